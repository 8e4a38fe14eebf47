#include "ui/plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "implot.h"
#include "ui/format.h"
#include "ui/plot_drawing.h"
#include "ui/plot_export.h"
#include "ui/plot_legend.h"
#include "ui/plot_menu.h"
#include "ui/plot_reading.h"

namespace dentate::ui {
namespace {

struct Extent {
  double low = 0, high = 1;
  bool known = false;
};

// The first position of a curve that the ends of y do not know; from now on they know all. One with
// places of its own is short, and what is known of it may come in any order.
std::size_t firstUnknown(const PlotCurve& curve, KnownCurve& known) {
  if (curve.trace.places != nullptr) return 0;
  if (known.label != curve.label || known.stride != curve.trace.stride ||
      known.positions > curve.trace.size)
    known = {curve.label, curve.trace.stride, 0};
  return std::exchange(known.positions, curve.trace.size);
}

// Of what the view does not know yet.
Extent dataExtent(const PlotContent& content, PlotView& view) {
  double low = 1e300, high = -1e300;
  view.known.resize(content.curves.size());
  for (std::size_t c = 0; c < content.curves.size(); ++c) {
    const Trace& trace = content.curves[c].trace;
    if (!view.shows(content.curves[c])) continue;
    const std::size_t first = firstUnknown(content.curves[c], view.known[c]);
    const std::size_t skip = std::max<std::size_t>(1, (trace.size - first) / 2000);
    for (std::size_t i = first; i < trace.size; i += skip) {
      const Moments value = trace.at(i);
      if (value.n == 0 || !std::isfinite(value.mean) || (view.log && value.mean <= 0)) continue;
      low = std::min<double>(low, value.mean - (view.log ? 0 : value.sem()));
      high = std::max<double>(high, value.mean + value.sem());
    }
  }
  const bool flat = !content.from_zero && low == 0 && high == 0;  // nothing differs yet
  if (low > high || flat) return view.log ? Extent{0.001, 1, false} : Extent{0, 1, false};
  return {low, high, true};
}

Extent linearEnds(const PlotContent& content, const Extent& data) {
  if (!content.from_zero && !data.known) return {-1, 1};
  const double below = data.low < 0 ? -niceAbove(-data.low * 1.04) : 0;
  const double low = content.low.value_or(below);
  if (!content.from_zero && data.high <= 0) return {low, 0};
  return {low, content.high.value_or(niceAbove(data.high * 1.04))};
}

// Ends of y. They grow with the data and never shrink while they follow it, so nothing jitters.
void followData(const PlotContent& content, PlotView& view, std::uint64_t run) {
  const bool fresh = view.fit || view.run != run;
  if (fresh) view.known.clear();
  const Extent data = dataExtent(content, view);
  if (!data.known && !fresh) return;
  view.run = data.known ? run : 0;
  auto [low, high, known] = linearEnds(content, data);
  if (view.log) {
    low = std::pow(10.0, std::floor(std::log10(data.low)));
    high = std::pow(10.0, std::ceil(std::log10(std::max(data.high, low * 1.01))));
  }
  view.low = fresh ? low : std::min(low, view.low);
  view.top = fresh ? high : std::max(high, view.top);
}

int tickText(double value, char* out, int size, void*) {
  const std::string text = std::abs(value) < 1e-12 ? "0" : tidy(value);
  return std::snprintf(out, static_cast<std::size_t>(size), "%s", text.c_str());
}

// Whole tasks under the axis, as many as have room.
void setupTicks(const DrawnPlot& d, float width) {
  if (d.view.log_x) return;
  const double room =
      std::max(2.0, static_cast<double>(width / (2.4F * d.context.look.textHeight())));
  double every = 1;
  for (const double step : {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0})
    if (d.content.tasks / (every = step) <= room) break;
  std::vector<double> ticks;
  for (double task = 0; task <= d.content.tasks; task += every) ticks.push_back(task);
  ImPlot::SetupAxisTicks(ImAxis_X1, ticks.data(), static_cast<int>(ticks.size()));
}

// Where the numbers beside a low plot would stand on each other, as many as have room.
void setupHeights(const DrawnPlot& d, float height) {
  const float text = d.context.look.textHeight();
  const double room = std::max(1.0, static_cast<double>(height / (1.3F * text)) - 2);
  if (d.view.log || room > 7) return;
  const double least = (d.view.top - d.view.low) / room;
  if (!(least > 0)) return;
  double step = std::pow(10.0, std::floor(std::log10(least)));
  for (const double times : {2.0, 2.5, 2.0})  // 1, 2, 5, 10
    if (step < least * 0.999) step *= times;
  std::vector<double> ticks;
  for (double at = std::ceil(d.view.low / step) * step; at <= d.view.top + step / 100; at += step)
    ticks.push_back(at);
  ImPlot::SetupAxisTicks(ImAxis_Y1, ticks.data(), static_cast<int>(ticks.size()));
}

void setupAxes(const DrawnPlot& d, ImVec2 size) {
  PlotView& view = d.view;
  const char* const name = d.content.isTraining() ? "task" : d.content.x_label.c_str();
  ImPlot::SetupAxes(d.content.named_x ? name : nullptr, nullptr,
                    ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight,
                    ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight);
  ImPlot::SetupAxisFormat(ImAxis_X1, tickText);
  ImPlot::SetupAxisFormat(ImAxis_Y1, tickText);
  if (view.log) ImPlot::SetupAxisScale(ImAxis_Y1, ImPlotScale_Log10);
  if (view.log_x) ImPlot::SetupAxisScale(ImAxis_X1, ImPlotScale_Log10);
  if (std::exchange(view.of, d.content.of) != d.content.of) view.follow = view.fit = true;
  const bool still = view.hovered && !view.fit;
  if (view.follow && !still) {
    followData(d.content, view, d.context.now.begun);
    const double left = view.log_x ? d.content.firstX() : 0;
    ImPlot::SetupAxesLimits(left, d.content.tasks, view.low, view.top, ImPlotCond_Always);
    view.limits = {static_cast<float>(left), static_cast<float>(d.content.tasks),
                   static_cast<float>(view.low), static_cast<float>(view.top)};
    view.fit = false;
  }
  if (view.follow) {
    setupTicks(d, size.x);
    setupHeights(d, size.y);
  }
  ImPlot::SetupFinish();
}

bool limitsMoved(const ImVec4& before, const ImPlotRect& after) {
  const auto far = [](float a, double b, double span) {
    return std::abs(static_cast<double>(a) - b) > 1e-4 * std::abs(span) + 1e-12;
  };
  return far(before.x, after.X.Min, after.X.Size()) || far(before.y, after.X.Max, after.X.Size()) ||
         far(before.z, after.Y.Min, after.Y.Size()) || far(before.w, after.Y.Max, after.Y.Size());
}

// What the person does to the plot: zoom and pan end the following, a double click resumes it.
void takeInput(const DrawnPlot& d) {
  PlotView& view = d.view;
  const bool hovered = ImPlot::IsPlotHovered();
  if (view.follow && view.hovered && limitsMoved(view.limits, ImPlot::GetPlotLimits()))
    view.follow = false;
  view.hovered = hovered;
  PlotDesk& desk = d.context.session.plots;
  desk.pointed |= hovered;
  if (hovered) desk.last = d.content.id;
  view.pressed.reset();
  answerRequest(d.context, d.content, view);
  if (!hovered) return;
  const double step = ImPlot::GetPlotMousePos().x * d.content.steps_per_task;
  const bool ctrl = ImGui::GetIO().KeyCtrl;
  if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) view.follow = view.fit = true;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && ctrl) togglePin(d, step);
  if (d.content.scrubs && !ctrl && ImGui::IsMouseDown(ImGuiMouseButton_Left)) view.pressed = step;
  if (ImGui::IsMouseReleased(ImGuiMouseButton_Right)) {
    view.menu_asked = true;
    view.menu_step =
        std::llround(std::clamp(step, 0.0, d.content.tasks * d.content.steps_per_task));
  }
  if (!view.menu_open) drawHoverTable(d);
}

std::vector<EndLabel> drawCurves(const DrawnPlot& d, float right) {
  std::vector<EndLabel> labels;
  ImPlot::PushPlotClipRect(d.context.look.px(4));  // the dots at the ends are whole
  drawBoundaries(d);
  for (std::size_t i = 0; i < d.content.curves.size(); ++i) {
    const bool shown = d.view.shows(d.content.curves[i]);
    if (const auto end = shown ? drawCurve(d, i) : endOf(d, i)) addLabel(d, i, *end, labels);
  }
  drawPin(d);
  ImPlot::PopPlotClipRect();
  takeInput(d);
  drawLabels(d, labels, right);
  return labels;
}

// The choices of an earlier sitting are taken in once, later ones are kept for the next.
void remember(const PlotContent& content, PlotView& view, PlotDesk& desk) {
  const auto found = desk.choices.find(content.id);
  if (!std::exchange(view.remembered, true) && found != desk.choices.end()) {
    view.log = found->second.log;
    view.log_x = found->second.log_x;
    view.smooth = found->second.smooth;
    view.hidden = found->second.hidden;
    return;
  }
  const PlotChoice choice{view.log, view.log_x, view.smooth, view.hidden};
  if (found == desk.choices.end() || found->second != choice) desk.choices[content.id] = choice;
}

// A scale of one kind cannot become one of another: each has a plot of its own.
const char* plotName(const PlotView& view) {
  if (view.log_x) return view.log ? "##log_both" : "##log_x";
  return view.log ? "##log" : "##linear";
}

// Of the curves that can be smoothed, where that is asked for.
void smooth(const PlotContent& content, PlotView& view) {
  view.smoothed.resize(isSmooth(content, view) ? content.curves.size() : 0);
  for (std::size_t c = 0; c < view.smoothed.size(); ++c) {
    const Trace& trace = content.curves[c].trace;
    smoothInto(view.smoothed[c], trace, smoothingWidth(content, trace));
  }
}

}  // namespace

double PlotContent::firstX() const {
  double first = tasks;
  for (const PlotCurve& curve : curves) {
    if (curve.level) continue;
    std::size_t i = 0;
    while (i < curve.trace.size && (curve.trace.at(i).n == 0 || curve.trace.step(i) <= 0)) ++i;
    if (i < curve.trace.size) first = std::min(first, curve.trace.step(i) / steps_per_task);
  }
  return first < tasks ? first : tasks / std::max(2.0, steps_per_task);
}

double niceAbove(double value) {
  if (!(value > 0)) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double step : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0})
    if (value <= step * power) return step * power;
  return 10 * power;
}

std::string changesIn(const PlotContent& content, const PlotView& view) {
  if (!view.follow) return "zoomed: double click fits";
  std::string words;
  const auto add = [&](const char* word) {
    words += (words.empty() ? "" : ", ") + std::string(word);
  };
  if (view.log) add("log y");
  if (view.log_x) add("log x");
  if (isSmooth(content, view)) add("smoothed");
  return words;
}

std::string meanNote(const PanelContext& context) {
  const auto& spec = *context.now.spec;
  const auto groups = shownGroups(spec, context.session.comparison);
  std::string note;
  if (spec.replicas.alpha0.size() > 1)
    note = "α₀ " + tidy(spec::cellVariant(spec, groups.front().group).alpha0) + ", ";
  const bool several = spec::comparedOf(spec).size() > 1;
  if (spec.replicas.seeds < 2) return note + (several ? "one network each" : "one network");
  return note + "mean ± SEM, n = " + count(spec.replicas.seeds) + (several ? " each" : "");
}

void drawPlot(const PanelContext& context, const PlotContent& content, PlotView& view,
              ImVec2 size) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (size.x <= 0) size.x = room.x;
  if (size.y <= 0) size.y = room.y;
  remember(content, view, context.session.plots);
  const bool crowded = view.crowded = isCrowded(context, content, size);
  const float aside = legendWidth(context, content, crowded, size.x);
  const float right = ImGui::GetCursorScreenPos().x + size.x;
  DrawnPlot drawn{context, content, view, crowded};
  view.picked.resize(content.curves.size());
  smooth(content, view);
  ImGui::PushID(content.id);
  ImPlotInputMap& input = ImPlot::GetInputMap();
  input.Fit = ImGuiMouseButton_Middle;  // a double click is ours, see takeInput
  input.Pan = content.scrubs ? ImGuiMouseButton_Middle : ImGuiMouseButton_Left;
  const ImPlotFlags flags = static_cast<int>(ImPlotFlags_CanvasOnly) | ImPlotFlags_NoFrame;
  if (ImPlot::BeginPlot(plotName(view), {size.x - aside, size.y}, flags)) {
    setupAxes(drawn, {size.x - aside, size.y});
    const auto labels = drawCurves(drawn, right);
    ImPlot::EndPlot();
    view.hovered |= pressLabels(drawn, labels);
  }
  drawPlotMenu(context, content, view);
  ImGui::PopID();
}

}  // namespace dentate::ui
