#include "ui/lesion_curves_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "implot.h"
#include "ui/decimate.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

int tickText(double value, char* out, int size, void*) {
  const std::string text = std::abs(value) < 1e-12 ? "0" : tidy(value);
  return std::snprintf(out, static_cast<std::size_t>(size), "%s", text.c_str());
}

double topOf(const figure::LinePlot& plot) {
  double top = 1e-3;
  for (const auto& curve : plot.curves)
    for (std::size_t i = 0; i < curve.y.size(); ++i) top = std::max(top, curve.y[i] + curve.sem[i]);
  return top * 1.06;
}

ImVec2 pixelOf(double x, double y) { return ImPlot::PlotToPixels(x, y); }

void drawBand(ImDrawList& list, const figure::Curve& curve) {
  const ImDrawFlags flags = list.Flags;
  list.Flags &= ~ImDrawFlags_AAFill;  // neighbours share edges: no seams between them
  for (std::size_t i = 1; i < curve.x.size(); ++i) {
    const auto at = [&](std::size_t p, double sign) {
      return pixelOf(curve.x[p], curve.y[p] + sign * curve.sem[p]);
    };
    if (curve.sem[i - 1] > 0 || curve.sem[i] > 0)
      list.AddQuadFilled(at(i - 1, -1), at(i - 1, 1), at(i, 1), at(i, -1),
                         pack(curve.style.color, 0.18F));
  }
  list.Flags = flags;
}

void drawCurve(const Look& look, const figure::Curve& curve) {
  ImDrawList& list = *ImPlot::GetPlotDrawList();
  drawBand(list, curve);
  std::vector<ImVec2> line;
  for (std::size_t i = 0; i < curve.x.size(); ++i) line.push_back(pixelOf(curve.x[i], curve.y[i]));
  drawLine(list, line, pack(curve.style.color), look.px(curve.level ? 1 : 2), curve.style.dash,
           look.scale);
  if (curve.level) return;
  for (const ImVec2& point : line)
    list.AddCircleFilled(point, look.px(2.5F), pack(curve.style.color));
}

// At the last known point of each, right of the plot.
void drawLabels(const Look& look, const figure::LinePlot& plot, float left, float right) {
  std::vector<float> wanted;
  std::vector<const figure::Curve*> known;
  for (const auto& curve : plot.curves) {
    if (curve.x.empty()) continue;
    known.push_back(&curve);
    wanted.push_back(pixelOf(curve.x.back(), curve.y.back()).y);
  }
  const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
  const float height = look.textHeight() * 1.1F;
  const auto y = spreadLabels(wanted, height, at.y - height / 2, at.y + size.y + height);
  for (std::size_t i = 0; i < known.size(); ++i) {
    const Ink ink = boldInk(look, pack(known[i]->style.color));
    put(*ImGui::GetWindowDrawList(), ink, {left, y[i] - look.textHeight() / 2},
        cut(ink, known[i]->label, right - left));
  }
}

// Every curve's value at the size next to the pointer, the highest first.
void hoverValues(const PanelContext& context, const figure::LinePlot& plot) {
  struct Row {
    const figure::Curve* curve;
    std::size_t point;
  };
  const double x = ImPlot::GetPlotMousePos().x;
  std::vector<Row> rows;
  for (const auto& curve : plot.curves) {
    if (curve.x.empty()) continue;
    const auto nearest = std::min_element(curve.x.begin(), curve.x.end(), [x](double a, double b) {
      return std::abs(a - x) < std::abs(b - x);
    });
    rows.push_back({&curve, static_cast<std::size_t>(nearest - curve.x.begin())});
  }
  if (rows.empty()) return;
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.curve->y[a.point] > b.curve->y[b.point];
  });
  ImGui::BeginTooltip();
  for (const auto& [curve, point] : rows) {
    ImGui::PushStyleColor(ImGuiCol_Text, pack(curve->style.color));
    ImGui::PushFont(context.look.fonts.mono, 0);
    ImGui::Text("%7s", percent(curve->y[point]).c_str());
    ImGui::PopFont();
    ImGui::SameLine();
    if (curve->level)
      ImGui::TextUnformatted(curve->label.c_str());
    else
      ImGui::Text("%s at %s%%", curve->label.c_str(), (tidy(curve->x[point]) + "\u2009").c_str());
    ImGui::PopStyleColor();
    if (curve->sem[point] <= 0) continue;
    ImGui::SameLine();
    ImGui::TextDisabled("± %s SEM", percent(curve->sem[point]).c_str());
  }
  ImGui::EndTooltip();
}

}  // namespace

bool drawLesionPlot(const PanelContext& context, const figure::LinePlot& plot, ImVec2 size) {
  const Look& look = context.look;
  float aside = 0;
  for (const auto& curve : plot.curves)
    aside = std::max(aside, widthOf(boldInk(look, 0), curve.label));
  aside = std::min(aside, size.x * 0.4F) + look.px(14);
  bool hovered = false;
  ImGui::BeginGroup();
  termLabel(context, plot.title.c_str(), plot.title);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float right = corner.x + size.x;
  const ImVec2 inner{size.x - aside, size.y - look.textHeight() * 1.4F};
  const ImPlotFlags flags = static_cast<int>(ImPlotFlags_CanvasOnly) | ImPlotFlags_NoFrame;
  if (ImPlot::BeginPlot(("##" + plot.title).c_str(), inner, flags)) {
    const ImPlotAxisFlags fixed = ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight |
                                  static_cast<int>(ImPlotAxisFlags_Lock);
    ImPlot::SetupAxes(plot.x.label.c_str(), nullptr, fixed, fixed);
    ImPlot::SetupAxisFormat(ImAxis_X1, tickText);
    ImPlot::SetupAxisFormat(ImAxis_Y1, tickText);
    ImPlot::SetupAxesLimits(-2, 102, 0, topOf(plot), ImPlotCond_Always);
    ImPlot::SetupFinish();
    ImPlot::PushPlotClipRect(look.px(4));
    for (const auto& curve : plot.curves) drawCurve(look, curve);
    ImPlot::PopPlotClipRect();
    drawLabels(look, plot, right - aside + look.px(8), right);
    hovered = ImPlot::IsPlotHovered();
    if (hovered) hoverValues(context, plot);
    ImPlot::EndPlot();
  }
  ImGui::SetCursorScreenPos({corner.x, corner.y});
  ImGui::Dummy({size.x, inner.y});
  ImGui::EndGroup();
  return hovered;
}

}  // namespace dentate::ui
