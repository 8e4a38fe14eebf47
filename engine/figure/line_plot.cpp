// Line plots: curves with bands, and their names at their ends instead of a legend.
#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/figure/frame.h"

namespace dentate::figure {
namespace {

constexpr double kCurveWidth = 1.8, kMarkRadius = 2.4;
constexpr std::uint8_t kBandAlpha = 46, kLeaderAlpha = 130, kRawAlpha = 90;
constexpr std::size_t kMarkedPoints = 30;  // a curve of so few points shows each of them
constexpr double kColumn = 0.5;            // points; finer than this a curve is thinned
constexpr double kLabelGap = kTextSize + 2;
constexpr double kLeader = 14;  // from the end of a curve to its name

struct Axes {
  Scale x, y;
};

std::size_t length(const Curve& curve) { return std::min(curve.x.size(), curve.y.size()); }

double semAt(const Curve& curve, std::size_t i) {
  const double sem = i < curve.sem.size() ? curve.sem[i] : 0;
  return std::isfinite(sem) && sem > 0 ? sem : 0;
}

Range rangeX(const LinePlot& plot) {
  std::vector<double> values;
  for (const Curve& curve : plot.curves)
    for (std::size_t i = 0; i < length(curve); ++i)
      if (std::isfinite(curve.y[i])) values.push_back(curve.x[i]);
  Range range = rangeOf(plot.x, values, /*margin=*/0);
  const bool marked = std::any_of(plot.curves.begin(), plot.curves.end(), [](const Curve& curve) {
    return length(curve) <= kMarkedPoints;
  });
  if (!marked) return range;
  // Marks keep off the y axis.
  constexpr double kFree = 0.025;
  const double free =
      plot.x.log ? std::pow(range.high / range.low, kFree) : kFree * (range.high - range.low);
  if (!plot.x.low) range.low = plot.x.log ? range.low / free : range.low - free;
  if (!plot.x.high) range.high = plot.x.log ? range.high * free : range.high + free;
  return range;
}

Range rangeY(const LinePlot& plot) {
  std::vector<double> values;
  for (const Curve& curve : plot.curves)
    for (std::size_t i = 0; i < length(curve); ++i) {
      values.push_back(curve.y[i] - semAt(curve, i));
      values.push_back(curve.y[i] + semAt(curve, i));
    }
  return rangeOf(plot.y, values, /*margin=*/0.05);
}

struct Reading {
  Point mean;
  double low = 0, high = 0;  // of the band, on the page
};

// The curve as runs without gaps, on the page.
std::vector<std::vector<Reading>> runs(const Curve& curve, const Axes& axes) {
  std::vector<std::vector<Reading>> found(1);
  for (std::size_t i = 0; i < length(curve); ++i) {
    if (!axes.x.has(curve.x[i]) || !axes.y.has(curve.y[i])) {
      if (!found.back().empty()) found.emplace_back();
      continue;
    }
    const double sem = semAt(curve, i);
    const double low = curve.y[i] - sem;  // on a log axis the band may reach below all places
    found.back().push_back({.mean = {axes.x.at(curve.x[i]), axes.y.at(curve.y[i])},
                            .low = axes.y.has(low) ? axes.y.at(low) : axes.y.from,
                            .high = axes.y.at(curve.y[i] + sem)});
  }
  if (found.back().empty()) found.pop_back();
  return found;
}

// At most two readings a column, its highest and its lowest, where there are many more than that.
std::vector<Reading> thinned(const std::vector<Reading>& run) {
  const auto column = [](const Reading& r) { return std::floor(r.mean.x / kColumn); };
  const double columns = std::abs(column(run.back()) - column(run.front())) + 1;
  if (static_cast<double>(run.size()) <= 4 * columns) return run;
  std::vector<Reading> kept;
  for (auto at = run.begin(); at != run.end();) {
    const auto next =
        std::find_if(at, run.end(), [&](const Reading& r) { return column(r) != column(*at); });
    auto [lowest, highest] = std::minmax_element(
        at, next, [](const Reading& a, const Reading& b) { return a.mean.y < b.mean.y; });
    if (highest < lowest) std::swap(lowest, highest);
    kept.push_back(*lowest);
    if (highest != lowest) kept.push_back(*highest);
    at = next;
  }
  return kept;
}

void drawBand(Canvas& canvas, const std::vector<Reading>& run, Color color) {
  std::vector<Point> around;
  for (const Reading& r : run) around.push_back({r.mean.x, r.high});
  for (auto r = run.rbegin(); r != run.rend(); ++r) around.push_back({r->mean.x, r->low});
  color.a = kBandAlpha;
  canvas.area(around, color);
}

void drawCurve(Canvas& canvas, const Curve& curve, const Axes& axes) {
  const bool marked = length(curve) <= kMarkedPoints && !curve.level && !curve.raw;
  const double width = curve.level ? kHairline : curve.raw ? kCurveWidth / 2 : kCurveWidth;
  Style style = curve.style;
  if (curve.raw) style = {{style.color.r, style.color.g, style.color.b, kRawAlpha}, Dash::Solid};
  for (const auto& whole : runs(curve, axes)) {
    const auto run = thinned(whole);
    std::vector<Point> points;
    for (const Reading& r : run) points.push_back(r.mean);
    canvas.curve(points, style, width);
    for (const Point& at : markPlaces(points, curve.raw ? Mark::None : style.mark, kMarkGap))
      canvas.area(markCorners(style.mark, at, kMarkSize), style.color);
    if (!marked && run.size() > 1) continue;
    for (const Point& p : points) canvas.disc(p, kMarkRadius, style.color);
  }
}

// Where the curve leaves the picture: its last reading inside the axes.
std::optional<Point> end(const Curve& curve, const Axes& axes) {
  for (std::size_t i = length(curve); i-- > 0;)
    if (axes.x.shows(curve.x[i]) && axes.y.shows(curve.y[i]))
      return Point{axes.x.at(curve.x[i]), axes.y.at(curve.y[i])};
  return std::nullopt;
}

void drawLabels(Canvas& canvas, const Box& area, const LinePlot& plot, const Axes& axes) {
  std::vector<const Curve*> named;
  std::vector<Point> ends;
  std::vector<double> wanted;
  for (const Curve& curve : plot.curves) {
    const auto last = end(curve, axes);
    if (curve.label.empty() || curve.raw || !last) continue;
    named.push_back(&curve);
    ends.push_back(*last);
    wanted.push_back(last->y);
  }
  const auto places = spread(wanted, kLabelGap, area.top, area.bottom);
  const double room = area.height() / static_cast<double>(std::max<std::size_t>(named.size(), 1));
  const double size = std::clamp(room - 2, 6.0, kTextSize);
  for (std::size_t i = 0; i < named.size(); ++i) {
    const Color color = named[i]->style.color;
    Color pale = color;
    pale.a = kLeaderAlpha;
    const Type type{.size = size, .bold = false, .color = color};
    if (std::abs(places[i] - ends[i].y) > 3 || area.right - ends[i].x > 3)
      canvas.line({ends[i].x + 3, ends[i].y}, {area.right + kLeader - 3, places[i]}, pale,
                  kHairline);
    canvas.text({area.right + kLeader, places[i] + 0.36 * size}, named[i]->label, type);
  }
}

double labelRoom(Canvas& canvas, const LinePlot& plot) {
  double widest = 0;
  for (const Curve& curve : plot.curves)
    widest = std::max(widest, canvas.textWidth(curve.label, plainType()));
  return widest > 0 ? kLeader + widest : 8;
}

}  // namespace

void draw(Canvas& canvas, const Box& cell, const LinePlot& plot) {
  const Box rest = drawHeading(canvas, cell, plot.title, plot.note);
  const std::string x_title = axisTitle(plot.x);
  const std::string y_title = axisTitle(plot.y);
  Box area = rest;
  area.top += kSmallSize / 2;
  area.bottom -= xAxisHeight(x_title);
  const Range y = rangeY(plot);
  const auto y_marks = yTicks(y, plot.y.log, area.height());
  area.left += yAxisWidth(canvas, y_marks, y_title);
  area.right = std::max(area.left + 40, area.right - labelRoom(canvas, plot));
  const Range x = rangeX(plot);
  const Axes axes{.x = {x, plot.x.log, area.left, area.right},
                  .y = {y, plot.y.log, area.bottom, area.top}};

  for (const double boundary : plot.boundaries)
    if (axes.x.shows(boundary))
      canvas.line({axes.x.at(boundary), area.top}, {axes.x.at(boundary), area.bottom},
                  ground(Theme::Light).line, kHairline);
  // Half a mark beyond the area, so that one on its edge is whole.
  canvas.clip({area.left - kMarkRadius, area.top - kMarkRadius, area.right + kMarkRadius,
               area.bottom + kMarkRadius});
  for (const Curve& curve : plot.curves)
    if (!curve.sem.empty() && !curve.raw)
      for (const auto& run : runs(curve, axes)) drawBand(canvas, thinned(run), curve.style.color);
  for (const Curve& curve : plot.curves) drawCurve(canvas, curve, axes);
  canvas.unclip();

  drawXAxis(canvas, area, axes.x, xTicks(x, plot.x.log, area.width()), x_title);
  drawYAxis(canvas, area, axes.y, y_marks, y_title);
  drawLabels(canvas, area, plot, axes);
  const bool any = std::any_of(plot.curves.begin(), plot.curves.end(),
                               [&](const Curve& curve) { return !runs(curve, axes).empty(); });
  if (!any) drawEmpty(canvas, area);
}

}  // namespace dentate::figure
