// Inhibition of a layer on tensors; the kinds are engine/spec/inhibition.h's.
//
//   z <- z - m I,   I of each row of z, treated as a constant
//
// Shapes z [..., units], m of any shape that goes with it, I [..., 1].
// Thread any; no state.
#pragma once
#include <cstdint>

#include "engine/spec/inhibition.h"

namespace at {
class Tensor;
}

namespace dentate::net {

// I; detached. `rank` in [1, units]. On the CPU alone where the kind has a threshold of its own.
[[nodiscard]] at::Tensor inhibiting(const at::Tensor& z, const spec::InhibitionKind& kind,
                                    std::int64_t rank);

}  // namespace dentate::net
