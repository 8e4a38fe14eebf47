#include "ui/widgets.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/figure/marks.h"
#include "ui/format.h"
#include "ui/icons.h"

namespace dentate::ui {

Ink textInk(const Look& look, ImU32 color) {
  return {look.fonts.text, kTextSize * look.scale, color};
}
Ink boldInk(const Look& look, ImU32 color) {
  return {look.fonts.bold, kTextSize * look.scale, color};
}
Ink monoInk(const Look& look, ImU32 color) {
  return {look.fonts.mono, kTextSize * look.scale, color};
}
Ink titleInk(const Look& look, ImU32 color) {
  return {look.fonts.bold, kTitleSize * look.scale, color};
}
Ink bigInk(const Look& look, ImU32 color) {
  return {look.fonts.mono, kBigSize * look.scale, color};
}

float widthOf(const Ink& ink, std::string_view text) {
  return ink.font->CalcTextSizeA(ink.size, 1e9F, 0, text.data(), text.data() + text.size()).x;
}

void put(ImDrawList& list, const Ink& ink, ImVec2 at, std::string_view text, float align) {
  if (align != 0) at.x -= widthOf(ink, text) * align;
  list.AddText(ink.font, ink.size, {std::round(at.x), std::round(at.y)}, ink.color, text.data(),
               text.data() + text.size());
}

std::string cut(const Ink& ink, std::string_view text, float width) {
  if (widthOf(ink, text) <= width) return std::string(text);
  std::string out(text);
  while (!out.empty() && widthOf(ink, out + "…") > width) {
    do out.pop_back();  // a whole UTF-8 sign
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80U);
  }
  return out + "…";
}

std::string cutMiddle(const Ink& ink, const std::string& name, float width,
                      const std::vector<std::string>& others) {
  if (widthOf(ink, name) <= width) return name;
  const std::string text = tellingPart(name, others);
  if (widthOf(ink, text) <= width) return text;
  std::size_t fits = 0, over = text.size();  // signs of which it is known
  while (over - fits > 1) {
    const std::size_t middle = (fits + over) / 2;
    (widthOf(ink, elided(text, middle)) <= width ? fits : over) = middle;
  }
  return elided(text, std::max<std::size_t>(fits, 1));
}

std::string fitting(const Ink& ink, const Notes& notes, float width) {
  for (const std::string& note : notes)
    if (widthOf(ink, note) <= width) return note;
  return notes.empty() ? "" : cut(ink, notes.back(), width);
}

void panelTitle(const PanelContext& context, const char* title, const std::string& note,
                std::string_view term) {
  panelTitle(context, title, Notes{note}, term);
}

void panelTitle(const PanelContext& context, const char* title, const Notes& notes,
                std::string_view term, float taken) {
  const Look& look = context.look;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Ink bold = titleInk(look, look.text()), quiet = textInk(look, look.quiet());
  put(list, bold, at, title);
  const float room = width - widthOf(bold, title) - taken - look.px(16);
  const std::string shown = room > look.px(60) ? fitting(quiet, notes, room) : "";
  put(list, quiet, {at.x + width, at.y + look.px(1)}, shown, 1);
  const float tall = look.px(kTitleSize + 6);
  ImGui::Dummy({width, tall});
  if (!term.empty()) hoverPlace(context, at, {at.x + widthOf(bold, title), at.y + tall}, term);
  if (shown.find("SEM") != std::string::npos)
    hoverPlace(context, {at.x + width - widthOf(quiet, shown), at.y}, {at.x + width, at.y + tall},
               "SEM");
}

void emptyPanel(const Look& look, const char* sentence) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::max(0.0F, room.y / 2 - look.textHeight()));
  const float width = std::min(room.x, ImGui::CalcTextSize(sentence).x);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + (room.x - width) / 2);
  ImGui::PushStyleColor(ImGuiCol_Text, look.quiet());
  ImGui::TextWrapped("%s", sentence);
  ImGui::PopStyleColor();
}

void termCard(const Look& look, const Term& term) {
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + look.px(400));
  ImGui::PushFont(look.fonts.bold, 0);
  ImGui::TextUnformatted(term.name);
  ImGui::PopFont();
  ImGui::TextUnformatted(term.sentence);
  if (term.formula[0] != '\0') {
    ImGui::PushFont(look.fonts.mono, 0);
    ImGui::TextUnformatted(term.formula);
    ImGui::PopFont();
  }
  if (term.source[0] != '\0') ImGui::TextDisabled("%s", term.source);
  ImGui::PopTextWrapPos();
}

void hoverTerm(const PanelContext& context, std::string_view name) {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  context.session.pointed = &term(name);
  if (ImGui::BeginItemTooltip()) {
    termCard(context.look, term(name));
    ImGui::EndTooltip();
  }
}

void termTip(const PanelContext& context, std::string_view name, const char* click) {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) return;
  context.session.pointed = &term(name);
  if (ImGui::BeginTooltip()) {
    termCard(context.look, term(name));
    ImGui::TextDisabled("%s", click);
    ImGui::EndTooltip();
  }
}

bool hoverPlace(const PanelContext& context, ImVec2 low, ImVec2 high, std::string_view name,
                const char* click) {
  if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(low, high)) return false;
  context.session.pointed = &term(name);
  if (ImGui::BeginTooltip()) {
    termCard(context.look, term(name));
    if (click != nullptr) ImGui::TextDisabled("%s", click);
    ImGui::EndTooltip();
  }
  return true;
}

bool clicked() {
  const ImGuiIO& io = ImGui::GetIO();
  return ImGui::IsMouseReleased(ImGuiMouseButton_Left) &&
         io.MouseDragMaxDistanceSqr[0] < io.MouseDragThreshold * io.MouseDragThreshold;
}

void termLabel(const PanelContext& context, const char* label, std::string_view name) {
  ImGui::PushStyleColor(ImGuiCol_Text, context.look.quiet());
  ImGui::TextUnformatted(label);
  ImGui::PopStyleColor();
  hoverTerm(context, name);
}

void tip(const char* text) {
  if (ImGui::BeginItemTooltip()) {
    ImGui::TextUnformatted(text);
    ImGui::EndTooltip();
  }
}

void drawRing(ImDrawList& list, const Look& look, ImVec2 centre, float radius,
              const std::pair<double, figure::Color>& share) {
  constexpr float kFull = 2 * std::numbers::pi_v<float>;
  const float thickness = look.px(6);
  const float middle = radius - thickness / 2;
  list.AddCircle(centre, middle, look.track(), 48, thickness);
  const auto part = static_cast<float>(std::clamp(share.first, 0.0, 1.0));
  if (part <= 0) return;
  list.PathArcTo(centre, middle, -kFull / 4, -kFull / 4 + kFull * part, 48);
  list.PathStroke(pack(share.second), thickness);
}

namespace {

// Calls draw(points) for every dash of a line; lengths in pixels, on and off in turn.
template <class Draw>
void forDashes(const std::vector<ImVec2>& points, const std::vector<float>& lengths, Draw draw) {
  std::vector<ImVec2> dash{points.front()};
  std::size_t which = 0;
  float left = lengths[0];
  for (std::size_t i = 1; i < points.size(); ++i) {
    ImVec2 at = points[i - 1];
    float rest = std::hypot(points[i].x - at.x, points[i].y - at.y);
    while (rest >= left && rest > 0) {
      const float t = left / rest;
      at = {at.x + (points[i].x - at.x) * t, at.y + (points[i].y - at.y) * t};
      rest -= left;
      dash.push_back(at);
      if (which % 2 == 0) draw(dash);
      dash.assign(1, at);
      which = (which + 1) % lengths.size();
      left = lengths[which];
    }
    left -= rest;
    dash.push_back(points[i]);
  }
  if (which % 2 == 0 && dash.size() > 1) draw(dash);
}

}  // namespace

void drawLine(ImDrawList& list, const std::vector<ImVec2>& points, ImU32 color, float thickness,
              figure::Dash dash, float scale) {
  if (points.size() < 2) return;
  const auto stroke = [&](const std::vector<ImVec2>& part) {
    list.AddPolyline(part.data(), static_cast<int>(part.size()), color, thickness);
  };
  switch (dash) {
    case figure::Dash::Solid:
      return stroke(points);
    case figure::Dash::Dashed:
      return forDashes(points, {8 * scale, 5 * scale}, stroke);
    case figure::Dash::Dotted:
      return forDashes(points, {2.5F * scale, 4 * scale}, stroke);
    case figure::Dash::DashDot:
      return forDashes(points, {9 * scale, 4 * scale, 2.5F * scale, 4 * scale}, stroke);
    case figure::Dash::LongDashed:
      return forDashes(points, {18 * scale, 6 * scale}, stroke);
    case figure::Dash::DashDotDot:
      return forDashes(points,
                       {12 * scale, 4 * scale, 2.5F * scale, 4 * scale, 2.5F * scale, 4 * scale},
                       stroke);
  }
}

namespace {

void drawMark(ImDrawList& list, figure::Mark mark, figure::Point at, ImU32 color, float scale) {
  std::vector<ImVec2> corners;
  for (const auto& corner : figure::markCorners(mark, at, figure::kMarkSize * scale))
    corners.emplace_back(static_cast<float>(corner.x), static_cast<float>(corner.y));
  list.AddConvexPolyFilled(corners.data(), static_cast<int>(corners.size()), color);
}

}  // namespace

void drawMarks(ImDrawList& list, const std::vector<ImVec2>& points, ImU32 color, figure::Mark mark,
               float scale) {
  if (mark == figure::Mark::None) return;
  std::vector<figure::Point> curve;
  for (const ImVec2& point : points) curve.push_back({point.x, point.y});
  for (const auto& at : figure::markPlaces(curve, mark, figure::kMarkGap * scale))
    drawMark(list, mark, at, color, scale);
}

void drawSample(const Look& look, ImVec2 at, float width, const figure::Style& style, float alpha) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = pack(style.color, alpha);
  drawLine(list, {at, {at.x + width, at.y}}, color, look.px(2), style.dash, look.scale);
  if (style.mark != figure::Mark::None)
    drawMark(list, style.mark, {at.x + width / 2, at.y}, color, look.scale);
}

bool thinSlider(const Look& look, const char* label, float* value, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const auto clear = IM_COL32(0, 0, 0, 0);
  for (const ImGuiCol color : {ImGuiCol_FrameBg, ImGuiCol_FrameBgHovered, ImGuiCol_FrameBgActive,
                               ImGuiCol_SliderGrab, ImGuiCol_SliderGrabActive})
    ImGui::PushStyleColor(color, clear);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
  ImGui::SetNextItemWidth(width);
  const bool changed = ImGui::SliderFloat(label, value, 0, 1, "", ImGuiSliderFlags_AlwaysClamp);
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(5);
  const bool held = ImGui::IsItemActive() || ImGui::IsItemHovered();
  const float knob = look.px(9);
  const float y = std::round(at.y + ImGui::GetFrameHeight() / 2);
  const float x = at.x + knob + (width - 2 * knob) * *value;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float half = look.px(2);
  list.AddRectFilled({at.x, y - half}, {at.x + width, y + half}, look.track(), half);
  list.AddRectFilled({at.x, y - half}, {x, y + half}, look.accent(), half);
  list.AddCircleFilled({x, y}, held ? knob + look.px(1) : knob, look.text());
  return changed;
}

bool beginDialog(const char* title, bool& opening) {
  if (std::exchange(opening, false)) ImGui::OpenPopup(title);
  ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Appearing, {0.5F, 0.5F});
  // Else nothing parts it from what is behind it where that is as bright.
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, ImGui::GetStyle().PopupBorderSize);
  const bool begun = ImGui::BeginPopupModal(
      title, nullptr, ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar();
  return begun;
}

void errorText(const Look& look, const std::string& text) {
  ImGui::PushStyleColor(ImGuiCol_Text, pack(look.warning));
  ImGui::TextWrapped("%s %s", icon::kWarning, text.c_str());
  ImGui::PopStyleColor();
}

}  // namespace dentate::ui
