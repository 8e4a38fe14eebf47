#include "ui/plot_drawing.h"

#include <algorithm>
#include <cmath>

#include "implot.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

std::vector<DrawnPoint> shownPoints(const DrawnPlot& d, const Trace& trace) {
  const ImPlotRect limits = ImPlot::GetPlotLimits();
  const auto columns = static_cast<std::size_t>(std::max(1.0F, ImPlot::GetPlotSize().x));
  return decimate(trace, {limits.X.Min, limits.X.Max, columns, d.content.steps_per_task});
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

}  // namespace

Trace shownTrace(const DrawnPlot& d, std::size_t curve) {
  const Trace& raw = d.content.curves[curve].trace;
  if (d.smooth.empty()) return raw;
  return {d.smooth[curve].data(), d.smooth[curve].size(), raw.stride};
}

void drawBoundaries(const DrawnPlot& d) {
  const Look& look = d.context.look;
  ImDrawList& list = *ImPlot::GetPlotDrawList();
  const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
  const double every = std::max(1.0, std::ceil(d.content.tasks / 40));
  for (double task = every; task < d.content.tasks; task += every) {
    const float x = std::round(ImPlot::PlotToPixels(task, d.view.low).x);
    list.AddLine({x, at.y}, {x, at.y + size.y}, look.line(0.45F), 1);
  }
  if (d.content.now <= 0 || d.content.now >= d.content.tasks) return;
  const float x = std::round(ImPlot::PlotToPixels(d.content.now, d.view.low).x);
  drawLine(list, {{x, at.y}, {x, at.y + size.y}}, look.quiet(0.7F), look.hairline(),
           figure::Dash::Dotted, look.scale);
}

std::optional<ImVec2> drawCurve(const DrawnPlot& d, std::size_t index) {
  const PlotCurve& curve = d.content.curves[index];
  const Look& look = d.context.look;
  ImDrawList& list = *ImPlot::GetPlotDrawList();
  const auto stroke = [&](const Trace& trace, float alpha, float width) -> std::optional<ImVec2> {
    const auto points = shownPoints(d, trace);
    std::vector<ImVec2> line;
    for (const DrawnPoint& point : points)
      if (!d.view.log || point.mean > 0) line.push_back(ImPlot::PlotToPixels(point.x, point.mean));
    if (alpha == 1) drawBandOf(d, points, curve.style.color);
    drawLine(list, line, pack(curve.style.color, alpha), look.px(width), curve.style.dash,
             look.scale);
    if (line.empty()) return std::nullopt;
    return line.back();
  };
  if (!d.smooth.empty() && !d.content.compares) stroke(curve.trace, 0.35F, 1);
  const auto end = stroke(shownTrace(d, index), 1, 2);
  if (end) list.AddCircleFilled(*end, look.px(3.5F), pack(curve.style.color));
  return end;
}

namespace {

// One label a layer, at the end of the last of its curves.
std::vector<EndLabel> merged(const std::vector<EndLabel>& labels) {
  std::vector<EndLabel> out;
  for (const EndLabel& label : labels) {
    const EndLabel whole{label.layer, "", label.end, label.color, label.layer};
    const auto same = std::find_if(
        out.begin(), out.end(), [&](const EndLabel& other) { return other.label == label.layer; });
    if (same == out.end())
      out.push_back(whole);
    else
      *same = whole;
  }
  return out;
}

}  // namespace

void drawEndLabels(const DrawnPlot& d, const std::vector<EndLabel>& all, float right) {
  if (all.empty()) return;
  const Look& look = d.context.look;
  const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
  const auto labels = d.crowded ? merged(all) : all;
  std::vector<float> wanted;
  float widest = 0, farthest = at.x;
  for (const EndLabel& label : labels) {
    wanted.push_back(label.end.y);
    widest = std::max(widest, widthOf(boldInk(look, 0), label.label));
    farthest = std::max(farthest, label.end.x);
  }
  const float height = look.textHeight() * 1.12F;
  const auto y = spreadLabels(wanted, height, at.y - height / 2, at.y + size.y);
  const float beside = farthest + look.px(10);
  const bool inside = beside + widest + look.px(6) < at.x + size.x;
  const float left = inside ? beside : at.x + size.x + look.px(10);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const float top = y[i] - look.textHeight() / 2;
    const ImU32 color = pack(labels[i].color);
    put(list, boldInk(look, color), {left, top}, labels[i].label);
    put(list, monoInk(look, color), {right, top}, labels[i].value, 1);
  }
}

}  // namespace dentate::ui
