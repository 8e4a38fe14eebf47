// The samples of a meta-step, copied to where the CPU body works on them: replay first.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/net/cpu_buffers.h"
#include "engine/net/primitives.h"

namespace dentate::net {

// One row of `input` a sample, raw pixels; 0 where a lesion silences an input unit.
void copyPixels(const MetaBatch& samples, LayerBuffers& input);

// By layer, by sample: of the output layers. Each holds at least as many as there are samples.
void copyLabels(const Plan& plan, const MetaBatch& samples,
                std::vector<std::vector<std::int32_t>>& labels);

}  // namespace dentate::net
