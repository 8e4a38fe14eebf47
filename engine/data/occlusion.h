// The stream of occlusion: a black square covers a part of every image.
//
//   grows   about the middle, its side s t / (T - 1) of the image's in task t of T
//   moves   its side s of the image's, from place to place row by row, as one reads: the places of
//           the T tasks lie on the smallest square grid that holds them and spans the image
//
// s = stream.patch_size. Sides and places are rounded to whole pixels.
#pragma once
#include <vector>

#include "engine/data/stream.h"

namespace dentate::data {

[[nodiscard]] spec::Result<std::vector<TaskPlan>> planOcclusion(const Dataset& dataset,
                                                                const spec::StreamSpec& spec);

}  // namespace dentate::data
