// What all plots share: heading, axes, the room between them. Inside engine/figure.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "engine/figure/canvas.h"
#include "engine/figure/figure.h"
#include "engine/figure/ticks.h"

namespace dentate::figure {

// Sizes in points.
constexpr double kTextSize = 12, kTitleSize = 14, kSmallSize = 10.5;
constexpr double kTickLength = 4, kHairline = 0.6, kAxisWidth = 0.9;

// The types of the print theme.
[[nodiscard]] Type plainType();
[[nodiscard]] Type quietType();  // small: notes, values on axes
[[nodiscard]] Type titleType();

// An axis with its place on the page: `low` is drawn at `from`, `high` at `to`.
struct Scale {
  Range range;
  bool log = false;
  double from = 0, to = 1;

  [[nodiscard]] double at(double value) const;
  // Whether the value has a place at all, inside the range or not.
  [[nodiscard]] bool has(double value) const;
  [[nodiscard]] bool shows(double value) const;  // inside the range
};

// Title and note along the top of `cell`; gives what is left below them.
Box drawHeading(Canvas& canvas, const Box& cell, const std::string& title, const std::string& note);

// The axis' label; a log axis says so.
[[nodiscard]] std::string axisTitle(const Axis& axis);

// Points that the axis needs below or left of the plot area. `room` is its length.
[[nodiscard]] double xAxisHeight(const std::string& label);
[[nodiscard]] double yAxisWidth(Canvas& canvas, const std::vector<Tick>& marks,
                                const std::string& label);
[[nodiscard]] std::vector<Tick> yTicks(const Range& range, bool log, double room);
[[nodiscard]] std::vector<Tick> xTicks(const Range& range, bool log, double room);

// Line, marks, values and label of an axis along the left or the bottom of `area`.
void drawYAxis(Canvas& canvas, const Box& area, const Scale& scale, const std::vector<Tick>& marks,
               const std::string& label);
void drawXAxis(Canvas& canvas, const Box& area, const Scale& scale, const std::vector<Tick>& marks,
               const std::string& label);

// Says in the middle of the area that there is nothing to show.
void drawEmpty(Canvas& canvas, const Box& area);

// One plot into its cell.
void draw(Canvas& canvas, const Box& cell, const LinePlot& plot);
void draw(Canvas& canvas, const Box& cell, const HeatMap& map);
void draw(Canvas& canvas, const Box& cell, const BarPlot& plot);

}  // namespace dentate::figure
