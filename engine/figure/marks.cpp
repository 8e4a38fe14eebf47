#include "engine/figure/marks.h"

#include <cmath>

namespace dentate::figure {

std::vector<Point> markPlaces(const std::vector<Point>& curve, Mark mark, double gap) {
  std::vector<Point> places;
  if (mark == Mark::None || !(gap > 0)) return places;
  const double shift = gap * (static_cast<double>(mark) - 0.5) / 4;  // of four kinds
  for (std::size_t i = 1; i < curve.size(); ++i) {
    const Point &a = curve[i - 1], &b = curve[i];
    for (double x = std::floor((a.x - shift) / gap + 1) * gap + shift; x <= b.x; x += gap)
      places.push_back({x, std::lerp(a.y, b.y, (x - a.x) / (b.x - a.x))});
  }
  return places;
}

std::vector<Point> markCorners(Mark mark, Point at, double size) {
  const double side = 0.8 * size;
  switch (mark) {
    case Mark::None:
      break;
    case Mark::Square:
      return {{at.x - side, at.y - side},
              {at.x + side, at.y - side},
              {at.x + side, at.y + side},
              {at.x - side, at.y + side}};
    case Mark::Up:
      return {{at.x, at.y - size}, {at.x + size, at.y + side}, {at.x - size, at.y + side}};
    case Mark::Diamond:
      return {{at.x, at.y - 1.2 * size},
              {at.x + 1.2 * size, at.y},
              {at.x, at.y + 1.2 * size},
              {at.x - 1.2 * size, at.y}};
    case Mark::Down:
      return {{at.x - size, at.y - side}, {at.x + size, at.y - side}, {at.x, at.y + size}};
  }
  return {};
}

}  // namespace dentate::figure
