// Heat maps: a matrix as colours, with the scale of the colours beside it.
#include <algorithm>
#include <cmath>

#include "engine/figure/frame.h"

namespace dentate::figure {
namespace {

constexpr Color kNoValue{226, 229, 234};
constexpr double kBarGap = 14, kBarWidth = 12;
constexpr double kMostOblong = 3;  // cells are square unless the map gets longer than this

struct Colors {
  Range range;
  bool diverging = false;

  [[nodiscard]] Color of(double value) const {
    if (!std::isfinite(value)) return kNoValue;
    const double t = (value - range.low) / (range.high - range.low);
    return diverging ? figure::diverging(2 * t - 1) : viridis(t);
  }
};

bool hasValues(const HeatMap& map) {
  return map.rows > 0 && map.columns > 0 && map.values.size() / map.columns == map.rows &&
         map.values.size() % map.columns == 0;
}

Colors colorsOf(const HeatMap& map) {
  Axis axis;
  if (std::isfinite(map.low) && std::isfinite(map.high) && map.low < map.high) {
    axis.low = map.low;
    axis.high = map.high;
  }
  Colors colors{rangeOf(axis, map.values, /*margin=*/0), false};
  if (colors.range.low >= 0) return colors;
  const double most = std::max(-colors.range.low, colors.range.high);
  return {{-most, most}, true};
}

// Numbers of rows or columns, counted from 1, at the middle of their cells.
std::vector<Tick> cellTicks(std::size_t cells, double room) {
  const auto most = static_cast<std::size_t>(std::clamp(room / 26, 2.0, 12.0));
  std::size_t step = 1;
  for (std::size_t power = 1; cells / step > most; power *= 10)
    for (const std::size_t m : {1U, 5U})
      if (cells / step > most) step = m * power;
  std::vector<Tick> marks;
  for (std::size_t i = step; i <= cells; i += step) {
    const auto number = static_cast<double>(i);
    if (step > 1 && i == step) marks.push_back({0.5, "1"});
    marks.push_back({number - 0.5, tickLabel(number, static_cast<double>(step))});
  }
  return marks;
}

void drawColorBar(Canvas& canvas, const Box& area, const Colors& colors,
                  const std::vector<Tick>& marks, const std::string& label) {
  Raster ramp{.width = 1, .height = 256, .pixels = {}};
  for (std::size_t i = 0; i < ramp.height; ++i) {
    const double share = 1 - static_cast<double>(i) / 255.0;
    ramp.pixels.push_back(colors.of(std::lerp(colors.range.low, colors.range.high, share)));
  }
  canvas.raster(area, ramp);
  canvas.outline(area, ground(Theme::Light).text, kHairline);
  const Scale scale{colors.range, false, area.bottom, area.top};
  double widest = 0;
  for (const Tick& mark : marks) {
    if (!scale.shows(mark.value)) continue;
    const double y = scale.at(mark.value);
    canvas.line({area.right, y}, {area.right + kTickLength, y}, ground(Theme::Light).text,
                kHairline);
    canvas.text({area.right + kTickLength + 3, y + 0.36 * kSmallSize}, mark.label, quietType());
    widest = std::max(widest, canvas.textWidth(mark.label, quietType()));
  }
  canvas.textUp({area.right + kTickLength + 10 + widest + kTextSize / 2, area.middleY()}, label,
                plainType());
}

// The largest area within `room` whose cells are square, if that does not make it a strip.
Box squareCells(const Box& room, const HeatMap& map) {
  const double ratio = static_cast<double>(map.columns) / static_cast<double>(map.rows);
  if (ratio > kMostOblong || ratio < 1 / kMostOblong) return room;
  const double width = std::min(room.width(), room.height() * ratio);
  return {room.left, room.top, room.left + width, room.top + width / ratio};
}

}  // namespace

void draw(Canvas& canvas, const Box& cell, const HeatMap& map) {
  const Box rest = drawHeading(canvas, cell, map.title, map.note);
  Box area = rest;
  area.top += kSmallSize / 2;
  area.bottom -= xAxisHeight(map.x_label);
  if (!hasValues(map)) return drawEmpty(canvas, area);

  const Colors colors = colorsOf(map);
  const auto value_marks = yTicks(colors.range, false, area.height());
  area.right -= kBarGap + kBarWidth + yAxisWidth(canvas, value_marks, map.value_label) + 2;
  area.left += yAxisWidth(canvas, cellTicks(map.rows, area.height()), map.y_label);
  area.right = std::max(area.right, area.left + 40);
  area = squareCells(area, map);

  Raster raster{.width = map.columns, .height = map.rows, .pixels = {}};
  raster.pixels.reserve(map.values.size());
  for (const double value : map.values) raster.pixels.push_back(colors.of(value));
  canvas.raster(area, raster);
  const auto columns = static_cast<double>(map.columns);
  const auto rows = static_cast<double>(map.rows);
  drawXAxis(canvas, area, {{0, columns}, false, area.left, area.right},
            cellTicks(map.columns, area.width()), map.x_label);
  drawYAxis(canvas, area, {{0, rows}, false, area.top, area.bottom},
            cellTicks(map.rows, area.height()), map.y_label);
  drawColorBar(canvas,
               {area.right + kBarGap, area.top, area.right + kBarGap + kBarWidth, area.bottom},
               colors, value_marks, map.value_label);
}

}  // namespace dentate::figure
