// Marks on curves that share colour and dash with others: what they look like and where they stand, in
// the window and in print alike. Lengths in the caller's unit, y downwards.
#pragma once
#include <vector>

#include "engine/figure/palette.h"

namespace dentate::figure {

struct Point {
  double x = 0, y = 0;
};

constexpr double kMarkGap = 52;    // along x, between two marks of a curve
constexpr double kMarkSize = 4.5;  // from the middle to a corner

// Where a curve, x rising, passes every `gap`-th place of x; kinds stand beside each other.
[[nodiscard]] std::vector<Point> markPlaces(const std::vector<Point>& curve, Mark mark, double gap);
// Corners of a convex shape, clockwise; none for Mark::None.
[[nodiscard]] std::vector<Point> markCorners(Mark mark, Point middle, double size);

}  // namespace dentate::figure
