#include "ui/plot_reading.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "implot.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr std::size_t kRowsInColumn = 20;
constexpr float kNear = 6;  // design pixels from the pin's line that count as on it

std::string momentText(const DrawnPlot& d, double step) {
  return "task " + number(step / d.content.steps_per_task) + ", meta-step " +
         count(static_cast<std::int64_t>(step));
}

float xOf(const DrawnPlot& d, double step) {
  return std::round(ImPlot::PlotToPixels(step / d.content.steps_per_task, d.view.low).x);
}

void verticalLine(float x, ImU32 color, float thickness) {
  const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
  ImPlot::GetPlotDrawList()->AddLine({x, at.y}, {x, at.y + size.y}, color, thickness);
}

// The dash of a curve as a piece of line, an item of text height.
void dashSample(const DrawnPlot& d, const PlotCurve& curve) {
  const Look& look = d.context.look;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float y = std::round(at.y + ImGui::GetTextLineHeight() / 2);
  drawLine(*ImGui::GetWindowDrawList(), {{at.x, y}, {at.x + look.px(28), y}},
           pack(curve.style.color), look.px(2), curve.style.dash, look.scale);
  ImGui::Dummy({look.px(28), ImGui::GetTextLineHeight()});
}

void tableRow(const DrawnPlot& d, const Reading& row) {
  const PlotCurve& curve = d.content.curves[row.curve];
  ImGui::TableNextColumn();
  ImGui::PushStyleColor(ImGuiCol_Text, pack(curve.style.color));
  ImGui::PushFont(d.context.look.fonts.mono, 0);
  ImGui::Text("%7s", number(row.value.mean).c_str());
  ImGui::PopFont();
  ImGui::PopStyleColor();
  ImGui::TableNextColumn();
  if (row.value.n > 1) ImGui::TextDisabled("± %s", number(row.value.sem()).c_str());
  ImGui::TableNextColumn();
  dashSample(d, curve);
  ImGui::SameLine();
  ImGui::PushStyleColor(ImGuiCol_Text, pack(curve.style.color));
  ImGui::TextUnformatted(curve.label.c_str());
  ImGui::PopStyleColor();
  if (!curve.frozen) return;
  ImGui::SameLine();
  ImGui::TextDisabled("stopped");
}

void drawTable(const DrawnPlot& d, const std::vector<Reading>& rows) {
  for (std::size_t first = 0; first < rows.size(); first += kRowsInColumn) {
    if (first > 0) ImGui::SameLine(0, d.context.look.px(24));
    ImGui::PushID(static_cast<int>(first));
    if (ImGui::BeginTable("values", 3, ImGuiTableFlags_SizingFixedFit)) {
      const std::size_t end = std::min(rows.size(), first + kRowsInColumn);
      for (std::size_t i = first; i < end; ++i) tableRow(d, rows[i]);
      ImGui::EndTable();
    }
    ImGui::PopID();
  }
}

// The values of a pinned moment on a ground of their own, at `x` or ending there.
void drawCard(const DrawnPlot& d, const std::vector<Reading>& rows, float x) {
  const Look& look = d.context.look;
  const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
  const float line = look.textHeight() * 1.1F, pad = look.px(6);
  const auto room = static_cast<std::size_t>(std::max(0.0F, (size.y - 2 * pad) / line - 1));
  const std::size_t fitting =
      rows.size() <= room ? rows.size() : room - std::min<std::size_t>(1, room);
  if (fitting == 0) return;
  const std::string head = "task " + number(rows.front().step / d.content.steps_per_task);
  const std::string more =
      fitting < rows.size() ? "and " + std::to_string(rows.size() - fitting) + " more" : "";
  const float number_width = widthOf(monoInk(look, 0), "−.0000");
  float width = std::max(widthOf(textInk(look, 0), head), widthOf(textInk(look, 0), more));
  for (std::size_t i = 0; i < fitting; ++i)
    width = std::max(width, number_width + pad +
                                widthOf(textInk(look, 0), d.content.curves[rows[i].curve].label));
  const float lines = static_cast<float>(fitting) + 1 + (more.empty() ? 0.0F : 1.0F);
  const float whole = width + 2 * pad, tall = lines * line + 2 * pad;
  const float left = x + pad + whole < at.x + size.x ? x + pad : x - pad - whole;
  ImDrawList& list = *ImPlot::GetPlotDrawList();
  list.AddRectFilled({left, at.y}, {left + whole, at.y + tall}, look.panel(0.88F), look.px(4));
  list.AddRect({left, at.y}, {left + whole, at.y + tall}, look.line(), look.px(4), look.hairline());
  float y = at.y + pad;
  put(list, textInk(look, look.quiet()), {left + pad, y}, head);
  for (std::size_t i = 0; i < fitting; ++i) {
    const PlotCurve& curve = d.content.curves[rows[i].curve];
    y += line;
    put(list, monoInk(look, pack(curve.style.color)), {left + pad + number_width, y},
        number(rows[i].value.mean), 1);
    put(list, textInk(look, pack(curve.style.color)), {left + 2 * pad + number_width, y},
        curve.label);
  }
  if (!more.empty()) put(list, textInk(look, look.quiet()), {left + pad, y + line}, more);
}

}  // namespace

std::vector<Reading> readingsAt(const PlotContent& content, const PlotView& view, double step) {
  std::vector<Reading> rows;
  for (std::size_t i = 0; i < content.curves.size(); ++i) {
    const Trace& trace = content.curves[i].trace;
    if (!view.shows(content.curves[i])) continue;
    const double at = std::round(step / static_cast<double>(trace.stride));
    if (at < 0 || at >= static_cast<double>(trace.size)) continue;
    const auto position = static_cast<std::size_t>(at);
    if (trace.at(position).n > 0) rows.push_back({i, trace.at(position), trace.step(position)});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Reading& a, const Reading& b) { return a.value.mean > b.value.mean; });
  return rows;
}

void drawHoverTable(const DrawnPlot& d) {
  const auto rows =
      readingsAt(d.content, d.view, ImPlot::GetPlotMousePos().x * d.content.steps_per_task);
  if (rows.empty()) return;
  verticalLine(xOf(d, rows.front().step), d.context.look.quiet(0.8F), 1);
  ImGui::BeginTooltip();
  std::string head = momentText(d, rows.front().step);
  const bool spread =
      std::any_of(rows.begin(), rows.end(), [](const Reading& row) { return row.value.n > 1; });
  if (spread) head += ", mean ± SEM";
  if (d.view.smooth) head += ", not smoothed";
  ImGui::TextDisabled("%s", head.c_str());
  drawTable(d, rows);
  if (std::any_of(rows.begin(), rows.end(),
                  [&](const Reading& row) { return d.content.curves[row.curve].frozen; }))
    ImGui::TextDisabled("stopped: %s", term("frozen path").sentence);
  if (!d.view.hidden.empty()) ImGui::TextDisabled("Some curves are left out: press their labels.");
  ImGui::EndTooltip();
}

bool isPinned(const PanelContext& context) {
  const auto& pin = context.session.plots.pin;
  return pin && pin->run == context.history.run();
}

void togglePin(const DrawnPlot& d, double step) {
  auto& pin = d.context.session.plots.pin;
  step = std::clamp(std::round(step), 0.0, d.content.tasks * d.content.steps_per_task);
  if (isPinned(d.context) &&
      std::abs(xOf(d, static_cast<double>(pin->step)) - xOf(d, step)) <= d.context.look.px(kNear))
    return pin.reset();
  pin = PlotDesk::Pin{static_cast<std::int64_t>(step), d.context.history.run()};
}

void drawPin(const DrawnPlot& d) {
  if (!isPinned(d.context)) return;
  const auto step = static_cast<double>(d.context.session.plots.pin->step);
  const float x = xOf(d, step), left = ImPlot::GetPlotPos().x;
  if (x < left || x > left + ImPlot::GetPlotSize().x) return;
  verticalLine(x, d.context.look.accent(), d.context.look.hairline());
  const auto rows = readingsAt(d.content, d.view, step);
  if (!rows.empty()) drawCard(d, rows, x);
}

}  // namespace dentate::ui
