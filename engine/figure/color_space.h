// The steps between 8-bit sRGB and the spaces in which colours are mixed. Inside engine/figure.
//
// Source  sRGB: IEC 61966-2-1. OKLab: Ottosson 2020, https://bottosson.github.io/posts/oklab/
#pragma once
#include <array>

#include "engine/figure/palette.h"

namespace dentate::figure {

using Linear = std::array<double, 3>;  // red, green, blue; light, [0, 1]
using Lab = std::array<double, 3>;     // OKLab: lightness [0, 1], green-red, blue-yellow

[[nodiscard]] Linear toLinear(Color color);
[[nodiscard]] Color fromLinear(const Linear& linear);  // clamped; opaque
[[nodiscard]] Lab toLab(Color color);
[[nodiscard]] Color fromLab(const Lab& lab);

// (L1 + 0.05) / (L2 + 0.05) of the relative luminances, 1 to 21 (WCAG 2.1).
[[nodiscard]] double contrast(Color a, Color b);
// Distance in OKLab; 0.02 is just noticeable.
[[nodiscard]] double difference(Color a, Color b);

}  // namespace dentate::figure
