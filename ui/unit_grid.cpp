#include "ui/unit_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "imgui_internal.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using link::UnitState;

UnitState stateOf(const link::LayerActivity& activity, std::size_t unit) {
  if (unit < activity.states.size()) return activity.states[unit];
  return activity.acts[unit] > 0 ? UnitState::Active : UnitState::Silent;
}

// Of the scale, so that faint activity is seen too.
double shareOf(float act, float most) {
  return most > 0 ? std::sqrt(std::clamp<double>(act / most, 0, 1)) : 0;
}

ImU32 emptyColor(const Look& look) { return pack(mix(look.ground.panel, look.ground.line, 0.35F)); }

void drawCell(ImDrawList& list, const Look& look, ImVec2 low, float side, UnitState state,
              ImU32 active) {
  const ImVec2 high{low.x + side, low.y + side};
  list.AddRectFilled(low, high, state == UnitState::Active ? active : emptyColor(look));
  const float mark = std::max(1.0F, std::round(side / 6));
  const ImVec2 middle{low.x + side / 2, low.y + side / 2};
  if (state == UnitState::Inhibited)
    list.AddRectFilled({middle.x - mark, middle.y - mark}, {middle.x + mark, middle.y + mark},
                       look.quiet());
  if (state == UnitState::Lesioned) {
    list.AddLine(low, high, look.quiet(), look.hairline());
    list.AddLine({low.x, high.y}, {high.x, low.y}, look.quiet(), look.hairline());
  }
}

ImU32 activeColor(float act, float most) {
  // The darkest of viridis is as dark as an empty cell: activity begins above it.
  constexpr double kLeast = 0.12;
  return pack(figure::viridis(kLeast + (1 - kLeast) * shareOf(act, most)));
}

// The place that an arrow leads to from `at`: columns to the right, rows down; none pressed, or none there.
struct Arrow {
  int right = 0, down = 0;
};
std::optional<Arrow> arrowPressed() {
  constexpr std::array kArrows{
      std::pair{ImGuiKey_LeftArrow, Arrow{-1, 0}}, std::pair{ImGuiKey_RightArrow, Arrow{1, 0}},
      std::pair{ImGuiKey_UpArrow, Arrow{0, -1}}, std::pair{ImGuiKey_DownArrow, Arrow{0, 1}}};
  for (const auto& [key, arrow] : kArrows)
    if (ImGui::IsKeyPressed(key)) return arrow;
  return std::nullopt;
}

// Of the grid drawn last, where the keyboard is on it. `step` gives the unit that an arrow leads to;
// `placeOf` its corner, which is scrolled to.
template <class Step, class PlaceOf>
void takeKeys(const UnitGrid& grid, UnitHit& hit, const Step& step, const PlaceOf& placeOf) {
  if (!ImGui::IsItemFocused() || ImGui::GetIO().WantTextInput) return;
  const ImGuiID id = ImGui::GetItemID();
  // Else the keys would lead to the next control.
  for (const ImGuiKey key :
       {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow})
    ImGui::SetKeyOwner(key, id);
  if (grid.current)
    for (const ImGuiKey key : {ImGuiKey_Enter, ImGuiKey_Escape}) ImGui::SetKeyOwner(key, id);
  hit.pinned = grid.current && ImGui::IsKeyPressed(ImGuiKey_Enter, /*repeat=*/false);
  hit.let_go = grid.current && ImGui::IsKeyPressed(ImGuiKey_Escape, /*repeat=*/false);
  const auto arrow = arrowPressed();
  if (!arrow) return;
  hit.moved = grid.current ? step(*grid.current, *arrow).value_or(*grid.current) : 0;
  const ImVec2 low = placeOf(static_cast<std::size_t>(*hit.moved));
  const float edge = grid.context.look.px(24);
  ImGui::ScrollToRect(ImGui::GetCurrentWindow(), {low.x, low.y - edge, low.x + 1, low.y + 2 * edge},
                      ImGuiScrollFlags_KeepVisibleEdgeY);
}

}  // namespace

UnitHit drawUnitGrid(const UnitGrid& grid, float cell) {
  const Look& look = grid.context.look;
  const auto units = grid.activity.acts.size();
  const float pitch = cell + std::max(1.0F, std::round(cell / 8));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const auto columns = static_cast<std::size_t>(std::max(1.0F, std::floor(width / pitch)));
  const std::size_t rows = (units + columns - 1) / columns;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 clip_low = list.GetClipRectMin(), clip_high = list.GetClipRectMax();
  const auto rowAt = [&](float y) {
    return static_cast<std::size_t>(std::clamp((y - at.y) / pitch, 0.0F, static_cast<float>(rows)));
  };
  const std::size_t first = rowAt(clip_low.y), end = std::min(rows, rowAt(clip_high.y) + 1);
  const auto corner = [&](std::size_t unit) {
    return ImVec2{at.x + pitch * static_cast<float>(unit % columns),
                  at.y + pitch * static_cast<float>(unit / columns)};
  };
  for (std::size_t unit = first * columns; unit < std::min(units, end * columns); ++unit)
    drawCell(list, look, corner(unit), cell, stateOf(grid.activity, unit),
             activeColor(grid.activity.acts[unit], grid.most));
  for (const auto& id : grid.chosen)
    if (id.layer == grid.layer && id.unit < static_cast<std::int64_t>(units)) {
      const ImVec2 low = corner(static_cast<std::size_t>(id.unit));
      list.AddRect({low.x - 1, low.y - 1}, {low.x + cell + 1, low.y + cell + 1}, look.text(), 0,
                   look.px(2));
    }
  ImGui::PushID(static_cast<int>(grid.layer));
  ImGui::InvisibleButton("units",
                         {std::max(width, 1.0F), std::max(pitch * static_cast<float>(rows), 1.0F)});
  ImGui::PopID();
  UnitHit hit;
  takeKeys(
      grid, hit,
      [&](std::int64_t from, Arrow arrow) -> std::optional<std::int64_t> {
        const auto wide = static_cast<std::int64_t>(columns);
        const auto to_column = from % wide + arrow.right;
        const auto to = from + arrow.right + arrow.down * wide;
        if (to_column < 0 || to_column >= wide || to < 0 || to >= static_cast<std::int64_t>(units))
          return std::nullopt;
        return to;
      },
      corner);
  const ImVec2 mouse = ImGui::GetMousePos();
  const auto column = static_cast<std::size_t>(std::max(0.0F, (mouse.x - at.x) / pitch));
  const auto unit = rowAt(mouse.y) * columns + column;
  if (!ImGui::IsItemHovered() || column >= columns || unit >= units) return hit;
  hit.hovered = static_cast<std::int64_t>(unit);
  if (ImGui::IsItemClicked()) hit.clicked = hit.hovered;
  return hit;
}

namespace {

// Where maps and their units stand, in pixels.
struct MapPlaces {
  ImVec2 at;
  const spec::Shape& maps;
  float unit = 4;  // side
  float gap = 4;   // between maps
  std::size_t columns = 1, rows = 1;
  [[nodiscard]] ImVec2 pitch() const {
    return {unit * static_cast<float>(maps.width) + gap,
            unit * static_cast<float>(maps.height) + gap};
  }
  [[nodiscard]] ImVec2 mapAt(std::size_t channel) const {
    return {at.x + pitch().x * static_cast<float>(channel % columns),
            at.y + pitch().y * static_cast<float>(channel / columns)};
  }
  [[nodiscard]] ImVec2 unitAt(std::size_t index) const {
    const auto area = static_cast<std::size_t>(maps.area()),
               width = static_cast<std::size_t>(maps.width);
    const ImVec2 low = mapAt(index / area);
    return {low.x + unit * static_cast<float>(index % area % width),
            low.y + unit * static_cast<float>(index % area / width)};
  }
  // From the edge of a map to the next one.
  [[nodiscard]] std::optional<std::int64_t> unitBeside(std::size_t from, int right,
                                                       int down) const {
    ImVec2 to = unitAt(from);
    to.x += unit / 2 + static_cast<float>(right) * unit;
    to.y += unit / 2 + static_cast<float>(down) * unit;
    if (const auto there = unitUnder(to)) return there;
    return unitUnder(
        {to.x + static_cast<float>(right) * gap, to.y + static_cast<float>(down) * gap});
  }
  [[nodiscard]] std::optional<std::int64_t> unitUnder(ImVec2 mouse) const {
    const ImVec2 from{mouse.x - at.x, mouse.y - at.y}, step = pitch();
    if (from.x < 0 || from.y < 0) return std::nullopt;
    const auto column = static_cast<std::size_t>(from.x / step.x);
    const auto channel = static_cast<std::size_t>(from.y / step.y) * columns + column;
    const auto x = static_cast<std::int64_t>(std::fmod(from.x, step.x) / unit);
    const auto y = static_cast<std::int64_t>(std::fmod(from.y, step.y) / unit);
    if (column >= columns || channel >= static_cast<std::size_t>(maps.channels) ||
        x >= maps.width || y >= maps.height)
      return std::nullopt;
    return (static_cast<std::int64_t>(channel) * maps.height + y) * maps.width + x;
  }
};

MapPlaces placesOf(const Look& look, const spec::Shape& maps) {
  constexpr float kMapSide = 48;  // design pixels, about
  MapPlaces out{ImGui::GetCursorScreenPos(), maps};
  const auto longest = static_cast<float>(std::max(maps.height, maps.width));
  out.unit = std::clamp(std::round(look.px(kMapSide) / longest), 2.0F, look.px(9));
  out.gap = look.px(4);
  const auto channels = static_cast<std::size_t>(maps.channels);
  const float room = ImGui::GetContentRegionAvail().x / out.pitch().x;
  out.columns =
      std::clamp(static_cast<std::size_t>(std::max(1.0F, room)), std::size_t{1}, channels);
  out.rows = (channels + out.columns - 1) / out.columns;
  return out;
}

// What is silent is the ground of its map; dots would fill small maps, so that what is inhibited is
// lighter than what is silent.
void drawMap(ImDrawList& list, const UnitGrid& grid, const MapPlaces& places, std::size_t channel) {
  const Look& look = grid.context.look;
  const ImVec2 low = places.mapAt(channel);
  const ImVec2 high{low.x + places.pitch().x - places.gap, low.y + places.pitch().y - places.gap};
  list.AddRectFilled(low, high, emptyColor(look));
  const auto area = static_cast<std::size_t>(places.maps.area());
  const ImU32 inhibited = pack(mix(look.ground.panel, look.ground.line, 0.9F));
  std::size_t lesioned = 0;
  for (std::size_t unit = channel * area; unit < (channel + 1) * area; ++unit) {
    const auto state = stateOf(grid.activity, unit);
    lesioned += state == UnitState::Lesioned ? 1 : 0;
    if (state != UnitState::Active && state != UnitState::Inhibited) continue;
    const ImVec2 at = places.unitAt(unit);
    list.AddRectFilled(
        at, {at.x + places.unit, at.y + places.unit},
        state == UnitState::Active ? activeColor(grid.activity.acts[unit], grid.most) : inhibited);
  }
  if (lesioned < area) return;
  list.AddLine(low, high, look.quiet(), look.hairline());
  list.AddLine({low.x, high.y}, {high.x, low.y}, look.quiet(), look.hairline());
}

}  // namespace

UnitHit drawChannelGrid(const UnitGrid& grid, const spec::Shape& maps) {
  const Look& look = grid.context.look;
  const MapPlaces places = placesOf(look, maps);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float clip_low = list.GetClipRectMin().y, clip_high = list.GetClipRectMax().y;
  for (std::size_t channel = 0; channel < static_cast<std::size_t>(maps.channels); ++channel) {
    const float top = places.mapAt(channel).y;
    if (top < clip_high && top + places.pitch().y > clip_low) drawMap(list, grid, places, channel);
  }
  for (const auto& id : grid.chosen) {
    if (id.layer != grid.layer || id.unit >= maps.units()) continue;
    const ImVec2 low = places.unitAt(static_cast<std::size_t>(id.unit));
    list.AddRect({low.x - 1, low.y - 1}, {low.x + places.unit + 1, low.y + places.unit + 1},
                 look.text(), 0, look.px(2));
  }
  ImGui::PushID(static_cast<int>(grid.layer));
  ImGui::InvisibleButton("units", {std::max(ImGui::GetContentRegionAvail().x, 1.0F),
                                   places.pitch().y * static_cast<float>(places.rows)});
  ImGui::PopID();
  UnitHit hit;
  takeKeys(
      grid, hit,
      [&](std::int64_t from, Arrow arrow) {
        return places.unitBeside(static_cast<std::size_t>(from), arrow.right, arrow.down);
      },
      [&](std::size_t unit) { return places.unitAt(unit); });
  if (!ImGui::IsItemHovered()) return hit;
  hit.hovered = places.unitUnder(ImGui::GetMousePos());
  if (ImGui::IsItemClicked()) hit.clicked = hit.hovered;
  return hit;
}

std::string stateText(const link::LayerActivity& activity, std::int64_t unit) {
  const auto at = static_cast<std::size_t>(unit);
  switch (stateOf(activity, at)) {
    case UnitState::Active:
      return "active, a = " + number(activity.acts[at]);
    case UnitState::Inhibited:
      return "inhibited: active but for m·I";
    case UnitState::Lesioned:
      return "lesioned";
    case UnitState::Silent:
      break;
  }
  return "silent";
}

void drawUnitLegend(const PanelContext& context, float most) {
  const Look& look = context.look;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = look.px(12), line = look.textHeight(), top = at.y + (line - side) / 2;
  const Ink quiet = textInk(look, look.quiet());
  const float gap = look.px(12), right = at.x + ImGui::GetContentRegionAvail().x;
  const auto word = [&](const std::string& text) {
    put(list, quiet, {at.x, at.y}, text);
    at.x += widthOf(quiet, text) + gap;
  };
  constexpr int kSteps = 24;
  constexpr float kWithLongScale = 420;  // design pixels
  const float step = look.px(ImGui::GetContentRegionAvail().x < look.px(kWithLongScale) ? 2 : 4);
  word("a");
  at.x -= look.px(4);
  put(list, monoInk(look, look.quiet()), at, "0");
  at.x += look.px(14);
  for (int i = 0; i < kSteps; ++i) {
    const float share = static_cast<float>(i) / (kSteps - 1);
    list.AddRectFilled({at.x, top}, {at.x + step, top + side}, activeColor(share * most, most));
    at.x += step;
  }
  at.x += look.px(6);
  word(number(most));
  hoverPlace(context, ImGui::GetCursorScreenPos(), {at.x - gap, at.y + line}, "activity");
  struct Mark {
    UnitState state;
    const char *name, *term;
  };
  for (const auto& [state, name, term] : {Mark{UnitState::Inhibited, "inhibited", "inhibition"},
                                          Mark{UnitState::Silent, "silent", "unit"},
                                          Mark{UnitState::Lesioned, "lesioned", "lesion"}}) {
    if (at.x + side + look.px(6) + widthOf(quiet, name) > right) break;
    drawCell(list, look, {at.x, top}, side, state, 0);
    const float left = at.x;
    at.x += side + look.px(6);
    word(name);
    hoverPlace(context, {left, at.y}, {at.x - gap, at.y + line}, term);
  }
  ImGui::Dummy({at.x - ImGui::GetCursorScreenPos().x, line});
}

}  // namespace dentate::ui
