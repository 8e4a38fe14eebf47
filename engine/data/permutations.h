// The stream of permutations: task t shows every image with its pixels in an order of the task's
// own; task 0 leaves them in place (Kirkpatrick et al. 2017, doi:10.1073/pnas.1611835114). The
// colours of a pixel stay together.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/data/stream.h"

namespace dentate::data {

// The order is drawn from (purpose, task) alone, so that every replica learns the same tasks.
// Refuses tasks and images that would take more than 2 GB to prepare.
[[nodiscard]] spec::Result<std::vector<TaskPlan>> planPermutations(const Dataset& dataset,
                                                                   const spec::StreamSpec& spec);

// [pixels]; the pixel of the original that stands at each place in `task`.
[[nodiscard]] std::vector<std::int32_t> permutationOf(std::size_t pixels, std::size_t task);

}  // namespace dentate::data
