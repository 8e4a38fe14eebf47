// One layer as a grid of units, of a convolutional layer as the maps of its channels: the colour is the activity for the stimulus, on one scale for all
// hidden layers; what is silent, inhibited or lesioned looks apart without colour too.
#pragma once
#include <optional>
#include <vector>

#include "engine/spec/shape.h"
#include "ui/panel.h"

namespace dentate::ui {

struct UnitGrid {
  const PanelContext& context;
  std::size_t layer = 0;
  const link::LayerActivity& activity;
  float most = 1;                            // of the colour scale
  const std::vector<link::UnitId>& chosen;   // framed
  std::optional<std::int64_t> current = {};  // that the arrows start from
};

struct UnitHit {
  std::optional<std::int64_t> hovered, clicked;
  // By the keyboard, while it is on the grid: after a click or Tab.
  std::optional<std::int64_t> moved;    // chosen in place of the current one: arrows
  bool pinned = false, let_go = false;  // Enter, Escape
};

// As wide as there is room, as high as it needs; units outside of what is scrolled to are not drawn.
UnitHit drawUnitGrid(const UnitGrid& grid, float cell);
// A map beside the other. The side of a unit follows: maps are small pictures.
UnitHit drawChannelGrid(const UnitGrid& grid, const spec::Shape& maps);
// What the looks of units mean, and the scale of their colours.
void drawUnitLegend(const PanelContext& context, float most);
// "active, a = .183", "inhibited", "silent", "lesioned".
[[nodiscard]] std::string stateText(const link::LayerActivity& activity, std::int64_t unit);

}  // namespace dentate::ui
