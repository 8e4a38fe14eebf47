// Learned inhibition: lowers a layer by a learned multiple of its k-th largest net input.
//
//   z <- z - m I,   I = k-th largest of each row of z, treated as a constant
//
// z      [batch, units]  net inputs, no bias
// m      []              learned multiplier of the layer; may be negative and is never clipped
// Source Zhou & Schapiro 2025, doi:10.1101/2025.07.10.664201. The published program takes
//        k = floor(k_fraction units), which fails under 100 units at 0.01; here k >= 1.
// Thread any; no state.
#pragma once
#include <cstdint>

namespace at {
class Tensor;
}

namespace dentate::net {

// Rank of the inhibiting unit in a layer of `units`, in [1, units]. `k_fraction` in (0, 1].
[[nodiscard]] std::int64_t inhibitionRank(std::int64_t units, double k_fraction);

// Net input after inhibition, [batch, units]. Gradients flow to z and m, not through I.
[[nodiscard]] at::Tensor inhibit(const at::Tensor& z, const at::Tensor& m, std::int64_t rank);

}  // namespace dentate::net
