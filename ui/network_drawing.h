// The strokes of the network diagram: bands, tiles, bars, rings. Draws into a list; keeps nothing.
#pragma once
#include "engine/spec/graph.h"
#include "ui/image_texture.h"
#include "ui/network_layout.h"
#include "ui/panel.h"

struct ImDrawList;

namespace dentate::ui {

struct NetworkDrawing {
  const PanelContext& context;
  const spec::NetworkSpec& network;
  const NetworkLayout& layout;
  ImDrawList& list;
};

constexpr float kThickestBand = 26, kThinnestBand = 1.5F;  // design pixels

void drawBand(const NetworkDrawing& drawing, std::size_t path, double scale);
void drawBandNumber(const NetworkDrawing& drawing, std::size_t path, bool first);
void drawLayer(const NetworkDrawing& drawing, std::size_t layer);
void drawInput(const NetworkDrawing& drawing, std::size_t layer, const ImageTexture& stimulus);

// The strongest activity among the units of a tile.
[[nodiscard]] float tileActivity(const std::vector<float>& acts, const TileGrid& grid,
                                 std::size_t tile);
// Whether every unit of a tile is silenced by a lesion.
[[nodiscard]] bool isLesioned(const std::vector<std::uint8_t>& lesioned, const TileGrid& grid,
                              std::size_t tile);

}  // namespace dentate::ui
