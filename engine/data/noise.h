// The stream of noise: to every value of an image of task t of T is added
//
//   255 s t / (T - 1) n,   n normal with mean 0 and variance 1,  s = stream.noise
//
// rounded and cut to 8 bit. The first task has none. The noise of an image is drawn from its content
// and the task, so that every replica sees the same, and each image another.
#pragma once
#include <vector>

#include "engine/data/stream.h"

namespace dentate::data {

[[nodiscard]] spec::Result<std::vector<TaskPlan>> planNoise(const Dataset& dataset,
                                                            const spec::StreamSpec& spec);

}  // namespace dentate::data
