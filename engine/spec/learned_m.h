// Learned inhibition: a learned multiple of the k-th largest net input is taken off all of them.
//
//   z <- z - m I,   I = k-th largest of z,   k = max(1, floor(k_fraction units))
//
// m begins at the rule's m0; it may go negative and is never clipped.
// Source Zhou & Schapiro 2025, doi:10.1101/2025.07.10.664201. The published program takes
//        k = floor(k_fraction units), which fails under 100 units at 0.01; here k >= 1.
#pragma once
#include <algorithm>
#include <cmath>

#include "engine/spec/inhibition.h"

namespace dentate::spec {

// In [1, units]. `k_fraction` in (0, 1].
[[nodiscard]] inline std::int64_t learnedMRank(const LayerSpec& layer, double k_fraction,
                                               std::int64_t /*done*/) {
  const double k = std::floor(k_fraction * static_cast<double>(layer.units));
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(k), 1, layer.units);
}

inline constexpr InhibitionKind kLearnedM{
    .name = "learned_m",
    .words = "learned m",
    .about =
        "m times the k-th largest net input is taken off every unit, and m is learned; there "
        "in conditions s and s+lr.",
    .learns_m = true,
    .rank = &learnedMRank,
};

}  // namespace dentate::spec
