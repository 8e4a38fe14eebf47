// A kind of inhibition as a newcomer would add it: half the mean net input is taken off a layer.
//
//   z <- z - m I,   I = mean of z / 2,   m learned
#pragma once
#include "engine/spec/inhibition.h"

namespace dentate::test {

inline std::int64_t anyRank(const spec::LayerSpec& /*layer*/, double /*k_fraction*/,
                            std::int64_t /*done*/) {
  return 1;
}

inline float halfTheMean(std::span<const float> z, std::int64_t /*rank*/) {
  float total = 0;
  for (const float each : z) total += each;
  return total / static_cast<float>(z.size()) / 2;
}

inline constexpr spec::InhibitionKind kHalfTheMean{
    .name = "half_the_mean",
    .words = "half the mean",
    .about = "m times half the mean net input is taken off every unit.",
    .learns_m = true,
    .rank = &anyRank,
    .threshold = &halfTheMean,
};

}  // namespace dentate::test
