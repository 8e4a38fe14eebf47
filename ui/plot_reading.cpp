#include "ui/plot_reading.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "implot.h"
#include "ui/format.h"
#include "ui/plot_export.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr std::size_t kRowsInBlock = 12;  // of the table on hover, at most
constexpr float kNear = 6;                // design pixels from the pin's line that count as on it

std::string momentText(const DrawnPlot& d, double step) {
  if (!d.content.isTraining())
    return d.content.x_label + ": " + tidy(step / d.content.steps_per_task);
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
  drawSample(look, {at.x, y}, look.px(28), curve.style);
  ImGui::Dummy({look.px(28), ImGui::GetTextLineHeight()});
}

void monoCell(const DrawnPlot& d, const std::string& text, ImU32 color) {
  ImGui::TableNextColumn();
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::PushFont(d.context.look.fonts.mono, 0);
  ImGui::Text("%7s", text.c_str());
  ImGui::PopFont();
  ImGui::PopStyleColor();
}

// Already at the moment that is read: a curve that has stopped by now may have learned then.
bool hadStopped(const DrawnPlot& d, const Reading& row) {
  return d.content.curves[row.curve].frozen && !(row.value.mean > 0);
}

// `pinned`: what is read at the pinned moment, if one is.
void tableRow(const DrawnPlot& d, const Reading& row, const std::vector<Reading>& pinned) {
  const PlotCurve& curve = d.content.curves[row.curve];
  const ImU32 color = pack(curve.style.color);
  monoCell(d, number(row.value.mean), color);
  ImGui::TableNextColumn();
  if (row.value.n > 1) ImGui::TextDisabled("± %s", number(row.value.sem()).c_str());
  if (!pinned.empty()) {
    const auto same = std::find_if(pinned.begin(), pinned.end(),
                                   [&](const Reading& r) { return r.curve == row.curve; });
    monoCell(d, same == pinned.end() ? "–" : number(same->value.mean), d.context.look.quiet());
  }
  ImGui::TableNextColumn();
  dashSample(d, curve);
  ImGui::SameLine();
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::TextUnformatted(curve.label.c_str());
  ImGui::PopStyleColor();
  if (!curve.lost.empty()) {
    ImGui::SameLine();
    ImGui::TextDisabled("%zu diverged", curve.lost.size());
  }
  if (!hadStopped(d, row)) return;
  ImGui::SameLine();
  ImGui::TextDisabled("stopped");
}

// In blocks of equal length side by side, so that many curves fit a low window.
void drawTable(const DrawnPlot& d, const std::vector<Reading>& rows,
               const std::vector<Reading>& pinned) {
  constexpr auto kFlags = static_cast<int>(ImGuiTableFlags_SizingFixedFit) |
                          static_cast<int>(ImGuiTableFlags_NoHostExtendX);
  const std::size_t blocks = (rows.size() + kRowsInBlock - 1) / kRowsInBlock;
  const std::size_t length = (rows.size() + blocks - 1) / blocks;
  for (std::size_t first = 0; first < rows.size(); first += length) {
    if (first > 0) ImGui::SameLine(0, d.context.look.px(24));
    ImGui::PushID(static_cast<int>(first));
    if (ImGui::BeginTable("values", pinned.empty() ? 3 : 4, kFlags)) {
      for (std::size_t i = first; i < std::min(rows.size(), first + length); ++i)
        tableRow(d, rows[i], pinned);
      ImGui::EndTable();
    }
    ImGui::PopID();
  }
}

std::vector<Reading> pinnedReadings(const DrawnPlot& d) {
  if (!d.content.isTraining() || !isPinned(d.context)) return {};
  return readingsAt(d.content, d.view, static_cast<double>(d.context.session.plots.pin->step));
}

struct CardLine {
  std::string number, label;
  ImU32 color;
};

// As at the ends of the curves: of one layer the featured condition alone where there is no room.
std::vector<CardLine> cardLines(const DrawnPlot& d, const std::vector<Reading>& rows) {
  std::vector<CardLine> lines;
  for (const Reading& row : rows) {
    const PlotCurve& curve = d.content.curves[row.curve];
    if (d.crowded && !curve.featured) continue;
    lines.push_back(
        {number(row.value.mean), d.crowded ? curve.layer : curve.label, pack(curve.style.color)});
  }
  return lines;
}

// The values of a pinned moment on a ground of their own, beside `x` where there is more room.
void drawCard(const DrawnPlot& d, const std::vector<Reading>& rows, float x) {
  const Look& look = d.context.look;
  const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
  auto lines = cardLines(d, rows);
  const float line = look.textHeight() * 1.1F, pad = look.px(6);
  const auto room = static_cast<std::size_t>(std::max(1.0F, (size.y - 2 * pad) / line)) - 1;
  if (const std::size_t all = lines.size(); all > room) {
    lines.resize(room > 0 ? room - 1 : 0);
    if (room > 0)
      lines.push_back({"", "and " + std::to_string(all - lines.size()) + " more", look.quiet()});
  }
  const std::string head = "task " + number(rows.front().step / d.content.steps_per_task);
  const float numbers = widthOf(monoInk(look, 0), "−.0000");
  float width = widthOf(textInk(look, 0), head);
  for (const CardLine& entry : lines)
    width = std::max(width, numbers + pad + widthOf(textInk(look, 0), entry.label));
  const float whole = width + 2 * pad;
  const float tall = static_cast<float>(lines.size() + 1) * line + 2 * pad;
  float left = x - at.x < size.x / 2 ? x + pad : x - pad - whole;
  left = std::max(at.x, std::min(left, at.x + size.x - whole));
  ImDrawList& list = *ImPlot::GetPlotDrawList();
  list.AddRectFilled({left, at.y}, {left + whole, at.y + tall}, look.panel(0.88F), look.px(4));
  list.AddRect({left, at.y}, {left + whole, at.y + tall}, look.line(), look.px(4), look.hairline());
  float y = at.y + pad;
  put(list, textInk(look, look.quiet()), {left + pad, y}, head);
  for (const CardLine& entry : lines) {
    y += line;
    put(list, monoInk(look, entry.color), {left + pad + numbers, y}, entry.number, 1);
    put(list, textInk(look, entry.color), {left + 2 * pad + numbers, y}, entry.label);
  }
}

}  // namespace

std::vector<Reading> readingsAt(const PlotContent& content, const PlotView& view, double step) {
  std::vector<Reading> rows;
  for (std::size_t i = 0; i < content.curves.size(); ++i) {
    const Trace& trace = content.curves[i].trace;
    if (!view.shows(content.curves[i])) continue;
    const auto position = trace.nearest(step);
    if (position && trace.at(*position).n > 0)
      rows.push_back({i, trace.at(*position), trace.step(*position)});
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
  if (isSmooth(d.content, d.view)) head += ", not smoothed";
  ImGui::TextDisabled("%s", head.c_str());
  const auto pinned = pinnedReadings(d);
  if (!pinned.empty())
    ImGui::TextDisabled("beside it pinned, %s", momentText(d, pinned.front().step).c_str());
  drawTable(d, rows, pinned);
  if (std::any_of(rows.begin(), rows.end(), [&](const Reading& row) { return hadStopped(d, row); }))
    ImGui::TextDisabled("stopped: %s", term("frozen path").sentence);
  if (std::any_of(rows.begin(), rows.end(),
                  [&](const Reading& row) { return !d.content.curves[row.curve].lost.empty(); }))
    ImGui::TextDisabled(
        "diverged: from the triangle on the mean is of the others. Lower α₀ or the rates.");
  if (!d.view.hidden.empty()) ImGui::TextDisabled("Some curves are left out: press their labels.");
  ImGui::EndTooltip();
}

bool isPinned(const PanelContext& context) {
  const auto& pin = context.session.plots.pin;
  return pin && pin->begun == context.now.begun;
}

void togglePin(const DrawnPlot& d, double step) {
  if (!d.content.isTraining()) return;
  auto& pin = d.context.session.plots.pin;
  step = std::clamp(std::round(step), 0.0, d.content.tasks * d.content.steps_per_task);
  if (isPinned(d.context) &&
      std::abs(xOf(d, static_cast<double>(pin->step)) - xOf(d, step)) <= d.context.look.px(kNear))
    return pin.reset();
  pin = PlotDesk::Pin{static_cast<std::int64_t>(step), d.context.now.begun};
}

void drawPin(const DrawnPlot& d) {
  if (!d.content.isTraining() || !isPinned(d.context)) return;
  const auto step = static_cast<double>(d.context.session.plots.pin->step);
  const float x = xOf(d, step), left = ImPlot::GetPlotPos().x;
  if (x < left || x > left + ImPlot::GetPlotSize().x) return;
  verticalLine(x, d.context.look.accent(), d.context.look.hairline());
  if (d.view.hovered) return;  // the table on hover has its values
  const auto rows = pinnedReadings(d);
  if (!rows.empty()) drawCard(d, rows, x);
}

}  // namespace dentate::ui
