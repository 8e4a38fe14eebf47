#include "ui/plot_drawing.h"

#include <algorithm>
#include <cmath>

#include "implot.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

std::vector<DrawnPoint> shownPoints(const DrawnPlot& d, const Trace& trace, PickedPoints& picked) {
  const ImPlotRect limits = ImPlot::GetPlotLimits();
  const auto columns = static_cast<std::size_t>(std::max(1.0F, ImPlot::GetPlotSize().x));
  auto points = decimate(
      trace, {limits.X.Min, limits.X.Max, columns, d.content.steps_per_task, d.view.log_x}, picked);
  if (d.view.log_x) std::erase_if(points, [](const DrawnPoint& point) { return point.x <= 0; });
  return points;
}

void drawBandOf(const DrawnPlot& d, const std::vector<DrawnPoint>& points, figure::Color color) {
  ImDrawList& list = *ImPlot::GetPlotDrawList();
  const ImDrawFlags flags = list.Flags;
  list.Flags &= ~ImDrawFlags_AAFill;  // neighbours share edges: no seams between them
  const double least = d.view.log ? d.view.low * 1e-3 : -1e300;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const DrawnPoint &a = points[i - 1], &b = points[i];
    if (a.sem <= 0 && b.sem <= 0) continue;
    const auto pixel = [&](double x, double y) {
      return ImPlot::PlotToPixels(x, std::max(y, least));
    };
    list.AddQuadFilled(pixel(a.x, a.mean - a.sem), pixel(a.x, a.mean + a.sem),
                       pixel(b.x, b.mean + b.sem), pixel(b.x, b.mean - b.sem),
                       pack(color, d.content.compares ? 0.12F : 0.22F));
  }
  list.Flags = flags;
}

constexpr std::size_t kMarkedPoints = 30;

// How much of its ink a curve gets, beside one that stands out.
struct Weight {
  float width = 1, alpha = 1;
};

Weight weightOf(const DrawnPlot& d, const PlotCurve& curve) {
  const auto& emphasis = d.context.session.plots.emphasis;
  if (!emphasis || emphasis->plot != d.content.id) return {};
  return isCalled(curve, emphasis->curve) ? Weight{1.75F, 1} : Weight{1, 0.3F};
}

}  // namespace

bool isCalled(const PlotCurve& curve, const std::string& name) {
  return (curve.layer.empty() ? curve.label : curve.layer) == name;
}

Trace shownTrace(const DrawnPlot& d, std::size_t curve) {
  const Trace& raw = d.content.curves[curve].trace;
  if (d.view.smoothed.empty()) return raw;
  return raw.with(d.view.smoothed[curve]);
}

void drawBoundaries(const DrawnPlot& d) {
  const Look& look = d.context.look;
  ImDrawList& list = *ImPlot::GetPlotDrawList();
  if (!d.content.isTraining()) return;
  const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
  const double every = std::max(1.0, std::ceil(d.content.tasks / 40));
  for (double task = every; task < d.content.tasks; task += every) {
    const float x = std::round(ImPlot::PlotToPixels(task, d.view.low).x);
    list.AddLine({x, at.y}, {x, at.y + size.y}, look.line(0.45F), 1);
  }
  if (const auto shown = d.content.shown) {
    const float x = std::round(ImPlot::PlotToPixels(*shown, d.view.low).x);
    list.AddLine({x, at.y}, {x, at.y + size.y}, look.accent(), look.px(1.5F));
  }
  if (d.content.now <= 0 || d.content.now >= d.content.tasks) return;
  const float x = std::round(ImPlot::PlotToPixels(d.content.now, d.view.low).x);
  drawLine(list, {{x, at.y}, {x, at.y + size.y}}, look.quiet(0.7F), look.hairline(),
           figure::Dash::Dotted, look.scale);
}

namespace {

// A cross where a path has stopped learning for good, else a dot.
void drawEnd(const DrawnPlot& d, const PlotCurve& curve, ImVec2 at) {
  const Look& look = d.context.look;
  ImDrawList& list = *ImPlot::GetPlotDrawList();
  const ImU32 color = pack(curve.style.color);
  if (!curve.frozen) return list.AddCircleFilled(at, look.px(3.5F), color);
  const float r = look.px(4);
  list.AddLine({at.x - r, at.y - r}, {at.x + r, at.y + r}, color, look.px(2));
  list.AddLine({at.x - r, at.y + r}, {at.x + r, at.y - r}, color, look.px(2));
}

// Where networks of the curve diverged: it is the mean of the others from there on.
void drawLost(const DrawnPlot& d, const PlotCurve& curve, const Trace& trace) {
  const Look& look = d.context.look;
  const float r = look.px(5);
  for (const std::int64_t step : curve.lost) {
    const auto before = static_cast<std::size_t>(static_cast<double>(step - 1) / trace.pace());
    if (trace.empty()) return;
    const std::size_t position = std::min(before, trace.size - 1);
    const Moments value = trace.at(position);
    if (value.n == 0 || (d.view.log && value.mean <= 0)) continue;
    if (d.view.log_x && trace.step(position) <= 0) continue;
    const ImVec2 at = ImPlot::PlotToPixels(trace.step(position) / d.content.steps_per_task,
                                           static_cast<double>(value.mean));
    ImDrawList& list = *ImPlot::GetPlotDrawList();
    const ImVec2 top{at.x, at.y - r}, right{at.x + r, at.y + 0.8F * r}, left{at.x - r, right.y};
    list.AddTriangleFilled(top, right, left, pack(look.warning));
    list.AddTriangle(top, right, left, look.panel(), look.hairline());
  }
}

}  // namespace

std::optional<ImVec2> drawCurve(const DrawnPlot& d, std::size_t index) {
  const PlotCurve& curve = d.content.curves[index];
  const Look& look = d.context.look;
  ImDrawList& list = *ImPlot::GetPlotDrawList();
  const Weight weight = weightOf(d, curve);
  std::optional<ImVec2> end;
  auto& [picked_raw, picked_shown] = d.view.picked[index];
  const auto stroke = [&](const Trace& trace, PickedPoints& picked, float alpha, float width,
                          figure::Dash dash) {
    const bool shown = alpha == 1;  // else it lies below what is
    alpha *= weight.alpha;
    const auto points = shownPoints(d, trace, picked);
    std::vector<ImVec2> line;
    for (const DrawnPoint& point : points)
      if (!d.view.log || point.mean > 0) line.push_back(ImPlot::PlotToPixels(point.x, point.mean));
    if (alpha == 1) drawBandOf(d, points, curve.style.color);
    drawLine(list, line, pack(curve.style.color, alpha), look.px(width * weight.width), dash,
             look.scale);
    if (shown && !curve.level)
      drawMarks(list, line, pack(curve.style.color, alpha), curve.style.mark, look.scale);
    if (!line.empty()) end = line.back();
    // A curve of few points shows where it was measured, as in print.
    if (trace.places != nullptr && line.size() <= kMarkedPoints && shown && !curve.level)
      for (const ImVec2& at : line)
        list.AddCircleFilled(at, look.px(2.5F), pack(curve.style.color));
  };
  if (!d.view.smoothed.empty() && !curve.level)
    stroke(curve.trace, picked_raw, d.content.compares ? 0.2F : 0.35F, 1, figure::Dash::Solid);
  stroke(shownTrace(d, index), picked_shown, 1, curve.level ? 1 : 2, curve.style.dash);
  if (end && !curve.level) drawEnd(d, curve, *end);
  if (!curve.lost.empty()) drawLost(d, curve, shownTrace(d, index));
  return end;
}

std::optional<ImVec2> endOf(const DrawnPlot& d, std::size_t index) {
  const Trace trace = shownTrace(d, index);
  if (trace.empty() || trace.last().n == 0) return std::nullopt;
  const double x = trace.step(trace.size - 1) / d.content.steps_per_task;
  return ImPlot::PlotToPixels(
      x, std::max<double>(trace.last().mean, d.view.log ? d.view.low : -1e300));
}

}  // namespace dentate::ui
