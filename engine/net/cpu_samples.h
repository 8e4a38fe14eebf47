// The samples of a meta-step for the CPU body, replay first, and
// what is counted of them at the fast weights of the last inner step.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/net/cpu_buffers.h"
#include "engine/net/primitives.h"

namespace dentate::net {

// [units] raw pixels of a sample.
[[nodiscard]] const float* pixelsOf(const MetaBatch& samples, std::int64_t sample,
                                    std::int64_t units);

// By layer, by sample: of the output layers. Each holds at least as many as there are samples.
void copyLabels(const Plan& plan, const MetaBatch& samples,
                std::vector<std::vector<std::int32_t>>& labels);

// Share of the units of a hidden layer with a > 0.
[[nodiscard]] double shareActive(const LayerBuffers& layer, const StepShape& shape);

// Share of the samples whose largest logit is the label; before the logits of `output` become d.
[[nodiscard]] double shareCorrect(const LayerBuffers& output,
                                  const std::vector<std::int32_t>& labels, const StepShape& shape);

}  // namespace dentate::net
