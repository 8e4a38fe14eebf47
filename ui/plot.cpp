#include "ui/plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "implot.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/plot_drawing.h"
#include "ui/plot_export.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

// The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten.
double niceAbove(double value) {
  if (!(value > 0)) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double step : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0})
    if (value <= step * power) return step * power;
  return 10 * power;
}

struct Extent {
  double low = 0, high = 1;
  bool known = false;
};

// The first position of a curve that the ends of y do not know; from now on they know all.
std::size_t firstUnknown(const PlotCurve& curve, KnownCurve& known) {
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
    const std::size_t first = firstUnknown(content.curves[c], view.known[c]);
    const std::size_t skip = std::max<std::size_t>(1, (trace.size - first) / 2000);
    for (std::size_t i = first; i < trace.size; i += skip) {
      const Moments& value = trace.at(i);
      if (value.n == 0 || !std::isfinite(value.mean) || (view.log && value.mean <= 0)) continue;
      low = std::min<double>(low, value.mean - (view.log ? 0 : value.sem()));
      high = std::max<double>(high, value.mean + value.sem());
    }
  }
  if (low > high) return view.log ? Extent{0.001, 1, false} : Extent{0, 1, false};
  return {low, high, true};
}

// Ends of y. They grow with the data and never shrink while they follow it, so nothing jitters.
void followData(const PlotContent& content, PlotView& view, std::uint64_t run) {
  const bool fresh = view.fit || view.run != run;
  if (fresh) view.known.clear();
  const Extent data = dataExtent(content, view);
  if (!data.known && !fresh) return;
  view.run = data.known ? run : 0;
  double low = 0, high = content.high.value_or(niceAbove(data.high * 1.04));
  if (view.log) {
    low = std::pow(10.0, std::floor(std::log10(data.low)));
    high = std::pow(10.0, std::ceil(std::log10(std::max(data.high, low * 1.01))));
  } else if (!content.from_zero || data.low < 0) {
    low = data.low < 0 ? -niceAbove(-data.low) : 0;
  }
  view.low = fresh ? low : std::min(low, view.low);
  view.top = fresh ? high : std::max(high, view.top);
}

int tickText(double value, char* out, int size, void*) {
  const std::string text = std::abs(value) < 1e-12 ? "0" : tidy(value);
  return std::snprintf(out, static_cast<std::size_t>(size), "%s", text.c_str());
}

void setupAxes(const DrawnPlot& d) {
  PlotView& view = d.view;
  ImPlot::SetupAxes(d.content.named_x ? "task" : nullptr, nullptr,
                    ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight,
                    ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight);
  ImPlot::SetupAxisFormat(ImAxis_X1, tickText);
  ImPlot::SetupAxisFormat(ImAxis_Y1, tickText);
  if (view.log) ImPlot::SetupAxisScale(ImAxis_Y1, ImPlotScale_Log10);
  const bool still = view.hovered && !view.fit;
  if (view.follow && !still) {
    followData(d.content, view, d.context.history.run());
    ImPlot::SetupAxesLimits(0, d.content.tasks, view.low, view.top, ImPlotCond_Always);
    view.limits = {0, static_cast<float>(d.content.tasks), static_cast<float>(view.low),
                   static_cast<float>(view.top)};
    view.fit = false;
  }
  ImPlot::SetupFinish();
}

// Whether the labels of all curves do not fit above each other in a plot of this height.
bool isCrowded(const PanelContext& context, const PlotContent& content, float height) {
  const float axis = (content.named_x ? 2.6F : 1.4F) * context.look.textHeight();
  const auto curves = std::count_if(content.curves.begin(), content.curves.end(),
                                    [](const auto& curve) { return !curve.trace.empty(); });
  return !content.curves.empty() && !content.curves.front().layer.empty() &&
         static_cast<float>(curves) * 1.12F * context.look.textHeight() > height - axis;
}

float marginFor(const PanelContext& context, const PlotContent& content, bool crowded) {
  float widest = 0;
  for (const auto& curve : content.curves)
    widest =
        std::max(widest, widthOf(boldInk(context.look, 0), crowded ? curve.layer : curve.label));
  if (crowded) return widest + context.look.px(16);
  return widest + widthOf(monoInk(context.look, 0), "−.0000") + context.look.px(24);
}

// Every curve's value at the pointer, the highest first.
void hoverValues(const DrawnPlot& d) {
  const Look& look = d.context.look;
  const ImPlotPoint mouse = ImPlot::GetPlotMousePos();
  struct Row {
    std::size_t curve;
    Moments value;
  };
  std::vector<Row> rows;
  double step = -1;
  for (std::size_t i = 0; i < d.content.curves.size(); ++i) {
    const Trace& trace = d.content.curves[i].trace;
    const double at =
        std::round(mouse.x * d.content.steps_per_task / static_cast<double>(trace.stride));
    if (at < 0 || at >= static_cast<double>(trace.size)) continue;
    const auto position = static_cast<std::size_t>(at);
    if (trace.at(position).n == 0) continue;
    rows.push_back({i, trace.at(position)});
    step = trace.step(position);
  }
  if (rows.empty()) return;
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.value.mean > b.value.mean; });
  const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
  const float x = std::round(ImPlot::PlotToPixels(step / d.content.steps_per_task, d.view.low).x);
  ImPlot::GetPlotDrawList()->AddLine({x, at.y}, {x, at.y + size.y}, look.quiet(0.8F), 1);
  ImGui::BeginTooltip();
  ImGui::TextDisabled("task %s, meta-step %s", number(step / d.content.steps_per_task).c_str(),
                      count(static_cast<std::int64_t>(step)).c_str());
  for (const Row& row : rows) {
    const PlotCurve& curve = d.content.curves[row.curve];
    ImGui::PushStyleColor(ImGuiCol_Text, pack(curve.style.color));
    ImGui::PushFont(look.fonts.mono, 0);
    ImGui::Text("%7s", number(row.value.mean).c_str());
    ImGui::PopFont();
    ImGui::SameLine();
    ImGui::TextUnformatted(curve.label.c_str());
    ImGui::PopStyleColor();
    if (row.value.n > 1) {
      ImGui::SameLine();
      ImGui::TextDisabled("± %s SEM", number(row.value.sem()).c_str());
    }
    if (curve.frozen) ImGui::TextDisabled("        %s", term("frozen path").sentence);
  }
  ImGui::EndTooltip();
}

void exportAs(const PanelContext& context, const PlotContent& content, const PlotView& view,
              ExportKind kind) {
  const auto file = exportPlot(content, view.log, kind, context.session.output);
  if (!file) {
    context.session.log.error(file.error());
    return;
  }
  context.session.log.notice(content.title, "saved to " + file->string());
}

void menu(const PanelContext& context, const PlotContent& content, PlotView& view) {
  // Opened here, outside of the plot, which has ids of its own.
  if (std::exchange(view.menu_asked, false)) ImGui::OpenPopup("plot_menu");
  view.menu_open = ImGui::BeginPopup("plot_menu");
  if (!view.menu_open) return;
  ImGui::TextDisabled("%s", content.title);
  if (ImGui::MenuItem("Fit", "double click")) view.follow = view.fit = true;
  if (ImGui::MenuItem("Log axis", nullptr, &view.log)) view.follow = view.fit = true;
  ImGui::MenuItem("Smooth", nullptr, &view.smooth);
  ImGui::Separator();
  const std::string folder = (context.session.output / "figures").string();
  ImGui::TextDisabled("Export to %s", folder.c_str());
  if (ImGui::MenuItem((std::string(icon::kTable) + "  CSV, every meta-step###csv").c_str()))
    exportAs(context, content, view, ExportKind::Csv);
  if (ImGui::MenuItem((std::string(icon::kImage) + "  PNG###png").c_str(), "Ctrl+E"))
    exportAs(context, content, view, ExportKind::Png);
  if (ImGui::MenuItem((std::string(icon::kImage) + "  SVG###svg").c_str()))
    exportAs(context, content, view, ExportKind::Svg);
  ImGui::EndPopup();
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
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) view.follow = view.fit = true;
  if (hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) view.menu_asked = true;
  Session& session = d.context.session;
  if (hovered) session.plot = d.content.id;
  session.plot_pointed |= hovered;
  if (session.plot == d.content.id && std::exchange(session.export_asked, false))
    exportAs(d.context, d.content, view, ExportKind::Png);
  if (hovered && !view.menu_open) hoverValues(d);
  view.hovered = hovered;
}

void drawCurves(const DrawnPlot& d, float right) {
  std::vector<EndLabel> labels;
  ImPlot::PushPlotClipRect(d.context.look.px(4));  // the dots at the ends are whole
  drawBoundaries(d);
  for (std::size_t i = 0; i < d.content.curves.size(); ++i) {
    const PlotCurve& curve = d.content.curves[i];
    const auto end = drawCurve(d, i);
    if (!end) continue;
    labels.push_back(
        {curve.label, number(shownTrace(d, i).last().mean), *end, curve.style.color, curve.layer});
  }
  ImPlot::PopPlotClipRect();
  takeInput(d);
  drawEndLabels(d, labels, right);
}

}  // namespace

std::string meanNote(const PanelContext& context) {
  const auto& spec = *context.now.spec;
  const auto groups = shownGroups(spec, context.session.comparison);
  std::string note;
  if (spec.replicas.alpha0.size() > 1)
    note = "α₀ " + tidy(spec::cellVariant(spec, groups.front().group).alpha0) + ", ";
  const bool several = spec.replicas.conditions.size() > 1;
  if (spec.replicas.seeds < 2) return note + (several ? "one network each" : "one network");
  return note + "mean ± SEM, n = " + count(spec.replicas.seeds) + (several ? " each" : "");
}

void drawPlot(const PanelContext& context, const PlotContent& content, PlotView& view,
              ImVec2 size) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (size.x <= 0) size.x = room.x;
  if (size.y <= 0) size.y = room.y;
  const bool crowded = isCrowded(context, content, size.y);
  const float aside = marginFor(context, content, crowded);
  const float right = ImGui::GetCursorScreenPos().x + size.x;
  DrawnPlot drawn{context, content, view, {}, crowded};
  if (view.smooth) {
    const auto width = static_cast<std::size_t>(std::max(2.0, content.steps_per_task / 4));
    for (const PlotCurve& curve : content.curves)
      drawn.smooth.push_back(smoothed(curve.trace, width));
  }
  ImGui::PushID(content.id);
  ImPlot::GetInputMap().Fit = ImGuiMouseButton_Middle;  // a double click is ours, see takeInput
  const ImPlotFlags flags = static_cast<int>(ImPlotFlags_CanvasOnly) | ImPlotFlags_NoFrame;
  if (ImPlot::BeginPlot(view.log ? "##log" : "##linear", {size.x - aside, size.y}, flags)) {
    setupAxes(drawn);
    drawCurves(drawn, right);
    ImPlot::EndPlot();
  }
  menu(context, content, view);
  ImGui::PopID();
}

}  // namespace dentate::ui
