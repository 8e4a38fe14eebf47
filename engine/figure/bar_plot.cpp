// Bar plots: one bar a value, its SEM as a whisker, its name below.
#include <algorithm>
#include <cmath>
#include <sstream>

#include "engine/figure/frame.h"

namespace dentate::figure {
namespace {

constexpr double kBarShare = 0.62;  // of the room that each bar has
constexpr double kWidest = 64;
constexpr double kCap = 5;
constexpr double kSmallest = 7;  // size to which names shrink before they run into each other

double sem(const Bar& bar) { return std::isfinite(bar.sem) && bar.sem > 0 ? bar.sem : 0; }

Range rangeY(const BarPlot& plot) {
  std::vector<double> values;
  if (!plot.y.log) values.push_back(0);
  for (const Bar& bar : plot.bars) {
    values.push_back(bar.value - sem(bar));
    values.push_back(bar.value + sem(bar));
    values.push_back(bar.value);
  }
  return rangeOf(plot.y, values, /*margin=*/0.06);
}

// Broken at spaces, so that no line is wider than `room` if that can be.
std::vector<std::string> broken(Canvas& canvas, const std::string& text, const Type& type,
                                double room) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::string longer = lines.empty() ? word : lines.back() + " " + word;
    if (lines.empty() || canvas.textWidth(longer, type) > room)
      lines.push_back(word);
    else
      lines.back() = longer;
  }
  return lines;
}

struct Names {
  Type type = plainType();
  std::vector<std::vector<std::string>> lines;  // by bar
  [[nodiscard]] double height() const {
    std::size_t most = 1;
    for (const auto& name : lines) most = std::max(most, name.size());
    return 8 + static_cast<double>(most) * (type.size + 2);
  }
};

Names fitNames(Canvas& canvas, const BarPlot& plot, double room) {
  Names names;
  for (;; --names.type.size) {
    names.lines.clear();
    bool fits = true;
    for (const Bar& bar : plot.bars) {
      names.lines.push_back(broken(canvas, bar.label, names.type, room));
      for (const auto& line : names.lines.back())
        fits = fits && canvas.textWidth(line, names.type) <= room;
    }
    if (fits || names.type.size - 1 < kSmallest) return names;
  }
}

void drawBar(Canvas& canvas, const Bar& bar, double middle, double width, const Scale& y) {
  if (!y.has(bar.value)) {
    canvas.text({middle, y.from - 4}, "no value", quietType(), Align::Center);
    return;
  }
  const double base = y.log || !y.shows(0) ? y.from : y.at(0);
  const double tip = std::clamp(y.at(bar.value), y.to, y.from);
  const Box box{middle - width / 2, std::min(base, tip), middle + width / 2, std::max(base, tip)};
  if (bar.hatched) {
    Color pale = bar.style.color;
    pale.a = 36;
    canvas.box(box, pale);
    canvas.hatch(box, bar.style.color);
    canvas.outline(box, bar.style.color, 1.2);
  } else {
    canvas.box(box, bar.style.color);
  }
  if (sem(bar) <= 0) return;
  const Color ink = ground(Theme::Light).text;
  const double below = bar.value - sem(bar);
  const double low = y.has(below) ? std::min(y.at(below), y.from) : y.from;
  const double high = std::max(y.at(bar.value + sem(bar)), y.to);
  canvas.line({middle, low}, {middle, high}, ink, 1.1);
  for (const double end : {low, high})
    canvas.line({middle - kCap, end}, {middle + kCap, end}, ink, 1.1);
}

}  // namespace

void draw(Canvas& canvas, const Box& cell, const BarPlot& plot) {
  const Box rest = drawHeading(canvas, cell, plot.title, plot.note);
  const std::string y_title = axisTitle(plot.y);
  const Range range = rangeY(plot);
  Box area = rest;
  area.top += kSmallSize / 2;
  area.right -= 8;
  // The marks depend on the height, the height on the names, the names on the width.
  area.left += yAxisWidth(canvas, yTicks(range, plot.y.log, area.height()), y_title);
  const double slot =
      area.width() / static_cast<double>(std::max<std::size_t>(plot.bars.size(), 1));
  const Names names = fitNames(canvas, plot, slot - 6);
  area.bottom -= names.height();
  const auto marks = yTicks(range, plot.y.log, area.height());
  const Scale y{range, plot.y.log, area.bottom, area.top};

  for (std::size_t i = 0; i < plot.bars.size(); ++i) {
    const double middle = area.left + (static_cast<double>(i) + 0.5) * slot;
    drawBar(canvas, plot.bars[i], middle, std::min(kBarShare * slot, kWidest), y);
    for (std::size_t line = 0; line < names.lines[i].size(); ++line)
      canvas.text({middle, area.bottom + 6 + names.type.size +
                               static_cast<double>(line) * (names.type.size + 2)},
                  names.lines[i][line], names.type, Align::Center);
  }
  const double base = !plot.y.log && y.shows(0) ? y.at(0) : area.bottom;
  canvas.line({area.left, base}, {area.right, base}, ground(Theme::Light).text, kAxisWidth);
  drawYAxis(canvas, area, y, marks, y_title);
  if (plot.bars.empty()) drawEmpty(canvas, area);
}

}  // namespace dentate::figure
