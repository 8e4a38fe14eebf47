// Where the parts of the drawn network stand. Pure geometry in pixels; no ImGui.
//
// Layers stand in columns by their depth, the input left, the outputs right. Where two layers share
// a column the large pathway is above, the small one below. A path that passes a column keeps a
// lane there. Tiles have a whole number of pixels, so that they are crisp.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/spec/graph.h"

namespace dentate::ui {

struct Point {
  float x = 0, y = 0;
};

struct Box {
  float x = 0, y = 0, w = 0, h = 0;
  [[nodiscard]] float right() const { return x + w; }
  [[nodiscard]] float bottom() const { return y + h; }
  [[nodiscard]] Point centre() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] bool contains(Point p) const {
    return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
  }
  [[nodiscard]] bool meets(const Box& o) const {
    return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
  }
};

struct LayoutRoom {
  Box area;                // to stay inside of
  float scale = 1;         // pixels a design pixel
  float text = 16;         // height of a line, pixels
  float label_width = 44;  // of the number beside a path, pixels
};

// Units of a layer as a grid: tile i stands for units [i * per_tile, (i + 1) * per_tile).
struct TileGrid {
  std::size_t columns = 1, rows = 1;
  std::size_t per_tile = 1;
  float pitch = 4;    // from tile to tile, whole pixels
  float padding = 5;  // from the frame to the first tile
};

// What a tile stands for at least: a unit, of a convolutional layer a whole channel.
[[nodiscard]] inline std::size_t partsOf(const spec::LayerSpec& layer) {
  return static_cast<std::size_t>(spec::isConvolutional(layer) ? layer.channels : layer.units);
}
// A grid of such parts as one of units.
[[nodiscard]] inline TileGrid ofParts(TileGrid grid, const spec::LayerSpec& layer) {
  const std::size_t parts = partsOf(layer);
  if (parts > 0) grid.per_tile *= static_cast<std::size_t>(layer.units) / parts;
  grid.per_tile = grid.per_tile > 0 ? grid.per_tile : 1;
  return grid;
}

struct LayerPlace {
  Box frame;   // around tiles, image or bars
  Box whole;   // with the label above and the foot below
  Point ring;  // centre of the active-fraction ring; hidden layers
  Point foot;  // left of the two lines beside the ring, their middle; outputs: below the frame
  bool bars = false;     // an output drawn as bars of probability
  bool crowded = false;  // another layer stands on its place: no room for numbers beside the ring
  TileGrid grid;
};

struct PathPlace {
  std::vector<Point> points;  // centre line, from the source's right edge to the target's left
  Box label;                  // of the number; without size where it would hide something
};

struct NetworkLayout {
  std::vector<LayerPlace> layers;  // by layer of the spec
  std::vector<PathPlace> paths;    // by path of the spec
  float ring_radius = 18;
  bool fits = true;  // else parts overlap, for the room is too small at its scale
};

constexpr std::size_t kMostTiles = 1000;  // a hidden layer; beyond it a tile stands for several
constexpr std::size_t kMostOutputTiles = 400;
constexpr std::int64_t kMostBars = 16;

[[nodiscard]] NetworkLayout layoutNetwork(const spec::NetworkSpec& network,
                                          const spec::Graph& graph, const LayoutRoom& room);

// Point of a path's centre line, t in [0, 1]; each stretch is a cubic with level ends.
[[nodiscard]] Point alongPath(const PathPlace& path, float t);

// Top-left corner of a tile.
[[nodiscard]] Point tileCorner(const LayerPlace& place, std::size_t tile);

}  // namespace dentate::ui
