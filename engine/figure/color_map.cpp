// The two colour maps of heat maps, as stops between which channels are mixed.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "engine/figure/palette.h"

namespace dentate::figure {
namespace {

constexpr Color kNoValue{160, 160, 160};

// Every fifteenth of the 256 colours of viridis (van der Walt & Smith 2015, CC0); the ones between
// differ by at most 5 of 255.
constexpr std::array<Color, 18> kViridis{{{68, 1, 84},
                                          {72, 23, 105},
                                          {71, 42, 122},
                                          {67, 61, 132},
                                          {61, 78, 138},
                                          {53, 94, 141},
                                          {46, 109, 142},
                                          {41, 123, 142},
                                          {35, 137, 142},
                                          {31, 151, 139},
                                          {33, 165, 133},
                                          {46, 179, 124},
                                          {70, 192, 111},
                                          {101, 203, 94},
                                          {137, 213, 72},
                                          {176, 221, 47},
                                          {216, 226, 25},
                                          {253, 231, 37}}};

// ColorBrewer's RdBu with a white middle (Brewer 2002, Apache 2.0).
constexpr std::array<Color, 5> kDiverging{
    {{33, 102, 172}, {146, 197, 222}, {255, 255, 255}, {244, 165, 130}, {178, 24, 43}}};

Color sample(std::span<const Color> stops, double t) {
  if (std::isnan(t)) return kNoValue;
  const double place = std::clamp(t, 0.0, 1.0) * static_cast<double>(stops.size() - 1);
  const auto left = std::min(static_cast<std::size_t>(place), stops.size() - 2);
  const double way = place - static_cast<double>(left);
  const auto mix = [&](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + (b - a) * way));
  };
  const Color& a = stops[left];
  const Color& b = stops[left + 1];
  return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b)};
}

}  // namespace

Color viridis(double t) { return sample(kViridis, t); }
Color diverging(double t) { return sample(kDiverging, (t + 1) / 2); }

}  // namespace dentate::figure
