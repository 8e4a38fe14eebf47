#include "ui/overlap_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "implot.h"
#include "ui/decimate.h"
#include "ui/format.h"
#include "ui/network_panel.h"
#include "ui/similarity_text.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr const char* kTitle = "Pattern overlap";

struct Drawn {
  const PanelContext& context;
  const OverlapContent& content;
  double steps_per_task = 1, tasks = 1;
  [[nodiscard]] const spec::NetworkSpec& network() const { return context.now.spec->network; }
  [[nodiscard]] double task(const SimilarityMoment& moment) const {
    return static_cast<double>(moment->step) / steps_per_task;
  }
};

struct End {
  ImVec2 at;
  std::string label;
  ImU32 color = 0;
};

int tickText(double value, char* out, int size, void*) {
  const std::string text = std::abs(value) < 1e-12 ? "0" : tidy(value);
  return std::snprintf(out, static_cast<std::size_t>(size), "%s", text.c_str());
}

// Down to a tenth below the lowest.
double lowEnd(const OverlapContent& content) {
  double low = 0.9;
  for (const auto& moment : content.moments)
    for (const auto* layers : {&moment->intact, &moment->lesioned})
      for (const auto& layer : *layers)
        if (layer.overlap < low) low = layer.overlap;
  return std::max(-1.0, std::floor(low * 10) / 10);
}

ImU32 colorOf(const Drawn& d, std::size_t layer) {
  return pack(figure::layerColor(d.network(), layer, d.context.look.theme));
}

std::vector<ImVec2> points(const Drawn& d, std::size_t place, bool lesioned) {
  std::vector<ImVec2> out;
  for (const auto& moment : d.content.moments) {
    const auto& layers = lesioned ? moment->lesioned : moment->intact;
    if (place < layers.size() && !std::isnan(layers[place].overlap))
      out.push_back(ImPlot::PlotToPixels(d.task(moment), layers[place].overlap));
  }
  return out;
}

std::vector<End> drawLines(const Drawn& d) {
  const Look& look = d.context.look;
  ImDrawList& list = *ImPlot::GetPlotDrawList();
  std::vector<End> ends;
  ImPlot::PushPlotClipRect(look.px(4));
  for (const std::size_t place : d.content.places) {
    const std::size_t layer = d.content.moments.back()->intact[place].layer;
    const ImU32 color = colorOf(d, layer);
    const auto intact = points(d, place, false);
    drawLine(list, intact, color, look.px(2), figure::Dash::Solid, look.scale);
    drawLine(list, points(d, place, true), color, look.px(2), figure::Dash::Dashed, look.scale);
    if (intact.empty()) continue;
    list.AddCircleFilled(intact.back(), look.px(3.5F), color);
    ends.push_back({intact.back(), shortLayerTitle(d.network(), layer), color});
  }
  const auto& shown = d.content.moments[d.content.at];
  const float x = std::round(ImPlot::PlotToPixels(d.task(shown), 0).x);
  const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
  list.AddLine({x, at.y}, {x, at.y + size.y}, look.accent(), look.px(1.5F));
  ImPlot::PopPlotClipRect();
  return ends;
}

void drawEnds(const PanelContext& context, const std::vector<End>& ends, ImVec2 at, ImVec2 size,
              float right) {
  const Look& look = context.look;
  const float height = look.textHeight() * 1.05F;
  const auto most = static_cast<std::size_t>(std::max(1.0F, std::floor(size.y / height + 0.5F)));
  std::vector<float> all, wanted;
  for (const End& end : ends) all.push_back(end.at.y);
  const auto kept = keptLabels(all, most);  // the others are in the card
  for (const std::size_t i : kept) wanted.push_back(all[i]);
  const auto y = spreadLabels(wanted, height, at.y, at.y + size.y + height / 2);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const End& end = ends[kept[i]];
    put(*ImGui::GetWindowDrawList(), boldInk(look, end.color),
        {right, y[i] - look.textHeight() / 2}, end.label, 1);
  }
}

void hoverCard(const Drawn& d, const SimilarityMoment& moment) {
  ImGui::BeginTooltip();
  ImGui::TextDisabled("task %s, meta-step %s", number(d.task(moment)).c_str(),
                      count(moment->step).c_str());
  for (const std::size_t place : d.content.places) {
    const auto& layer = moment->intact[place];
    ImGui::PushStyleColor(ImGuiCol_Text, colorOf(d, layer.layer));
    ImGui::PushFont(d.context.look.fonts.mono, 0);
    ImGui::Text("%7s", number(layer.overlap).c_str());
    ImGui::PopFont();
    ImGui::SameLine();
    ImGui::TextUnformatted(layerTitle(d.network(), layer.layer).c_str());
    ImGui::PopStyleColor();
    if (place < moment->lesioned.size()) {
      ImGui::SameLine();
      ImGui::TextDisabled("lesioned %s", number(moment->lesioned[place].overlap).c_str());
    }
  }
  ImGui::EndTooltip();
}

// The moment nearest to the pointer, where it is over the plot.
std::optional<std::size_t> underPointer(const Drawn& d, ImVec2 at, ImVec2 size) {
  if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(at, {at.x + size.x, at.y + size.y}))
    return std::nullopt;
  const double task = ImPlot::GetPlotMousePos().x;
  std::size_t best = 0;
  const auto& moments = d.content.moments;
  for (std::size_t i = 1; i < moments.size(); ++i)
    if (std::abs(d.task(moments[i]) - task) < std::abs(d.task(moments[best]) - task)) best = i;
  return best;
}

}  // namespace

figure::LinePlot overlapFigure(const OverlapContent& content, const spec::ExperimentSpec& spec) {
  const auto steps = static_cast<double>(std::max<std::int64_t>(1, spec::stepsPerTask(spec)));
  const auto tasks = static_cast<double>(std::max<std::int64_t>(1, spec.stream.tasks));
  figure::LinePlot plot;
  plot.title = kTitle;
  plot.note = "one network";
  plot.x = {"task", false, 0, tasks};
  plot.y = {"mean similarity of different patterns", false, lowEnd(content), 1};
  for (const std::size_t place : content.places) {
    for (const bool lesioned : {false, true}) {
      const std::size_t layer = content.moments.back()->intact[place].layer;
      figure::Curve curve;
      curve.label = layerTitle(spec.network, layer) + (lesioned ? " lesioned" : "");
      curve.style = {figure::layerColor(spec.network, layer, figure::Theme::Light),
                     lesioned ? figure::Dash::Dashed : figure::Dash::Solid};
      for (const auto& moment : content.moments) {
        const auto& layers = lesioned ? moment->lesioned : moment->intact;
        if (place >= layers.size() || std::isnan(layers[place].overlap)) continue;
        curve.x.push_back(static_cast<double>(moment->step) / steps);
        curve.y.push_back(layers[place].overlap);
      }
      if (!curve.x.empty()) plot.curves.push_back(std::move(curve));
    }
  }
  for (double task = 1; task < tasks && tasks <= 40; ++task) plot.boundaries.push_back(task);
  return plot;
}

PlotFiles overlapFiles(const PanelContext& context, const OverlapContent& content) {
  const auto& spec = *context.now.spec;
  return {"overlap", kTitle,
          [&] {
            return figure::Figure{"overlap", "", {overlapFigure(content, spec)}, 1};
          },
          [&] { return overlapCsv(content.moments, spec); }};
}

std::optional<std::size_t> drawOverlaps(const PanelContext& context, const OverlapContent& content,
                                        ExportMenu& menu, ImVec2 size) {
  const Look& look = context.look;
  const auto& spec = *context.now.spec;
  const Drawn drawn{context, content,
                    static_cast<double>(std::max<std::int64_t>(1, spec::stepsPerTask(spec))),
                    static_cast<double>(std::max<std::int64_t>(1, spec.stream.tasks))};
  float aside = 0;
  for (const std::size_t place : content.places)
    aside = std::max(
        aside, widthOf(boldInk(look, 0),
                       shortLayerTitle(spec.network, content.moments.back()->intact[place].layer)));
  const float right = ImGui::GetCursorScreenPos().x + size.x;
  const ImPlotFlags flags =
      static_cast<int>(ImPlotFlags_CanvasOnly) | ImPlotFlags_NoFrame | ImPlotFlags_NoInputs;
  std::optional<std::size_t> pressed;
  if (!ImPlot::BeginPlot("##overlap", {size.x - aside - look.px(12), size.y}, flags))
    return pressed;
  const bool flat = size.y < look.px(120);  // no room for a name and more than the ends
  ImPlot::SetupAxes(flat ? nullptr : "task", nullptr,
                    ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight,
                    ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight);
  ImPlot::SetupAxisFormat(ImAxis_X1, tickText);
  ImPlot::SetupAxisFormat(ImAxis_Y1, tickText);
  ImPlot::SetupAxesLimits(0, drawn.tasks, lowEnd(content), 1, ImPlotCond_Always);
  if (flat) ImPlot::SetupAxisTicks(ImAxis_Y1, lowEnd(content), 1, 2);
  ImPlot::SetupFinish();
  const auto ends = drawLines(drawn);
  const ImVec2 at = ImPlot::GetPlotPos(), extent = ImPlot::GetPlotSize();
  const auto under = underPointer(drawn, at, extent);
  ImPlot::EndPlot();
  drawEnds(context, ends, at, extent, right);
  menu.draw(context, overlapFiles(context, content), under.has_value());
  if (!under) return pressed;
  hoverCard(drawn, content.moments[*under]);
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) pressed = under;
  return pressed;
}

}  // namespace dentate::ui
