// The stream of rotations: task t of T shows every image turned by 180 t / T degrees
// counter-clockwise (Zhou & Schapiro 2025: 20 tasks, 9 degrees apart).
#pragma once
#include <cstdint>
#include <vector>

#include "engine/data/stream.h"

namespace dentate::data {

// Refuses angles and images that would take more than 2 GB to prepare.
[[nodiscard]] spec::Result<std::vector<TaskPlan>> planRotations(const Dataset& dataset,
                                                                const spec::StreamSpec& spec);

}  // namespace dentate::data
