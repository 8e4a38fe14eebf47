// The inside of the nodes of the architecture's canvas, and the chips on its links: text, tiles,
// rings, reasons. Draws into a list; keeps nothing. Positions are pixels of the canvas.
#pragma once
#include <string>
#include <vector>

#include "engine/spec/problems.h"
#include "ui/image_texture.h"
#include "ui/network_layout.h"
#include "ui/panel.h"

struct ImDrawList;

namespace dentate::ui {

struct CanvasInput {
  const PanelContext& context;
  const spec::NetworkSpec& network;  // the draft's
  const std::vector<spec::Problem>& problems;
  bool live = false;  // the run's network is this one: show its activity and alpha
  float zoom = 1;     // pixels a canvas pixel
};

// From the top of a node to its pins.
constexpr float kPinHeight = 42;  // design pixels

[[nodiscard]] ImVec2 nodeSize(const CanvasInput& input, std::size_t layer);
void drawNode(const CanvasInput& input, std::size_t layer, const Box& frame,
              const ImageTexture& stimulus, ImDrawList& list);
// The reasons at a layer or a path, a line each; empty where there is none.
[[nodiscard]] std::string reasonsAtLayer(const CanvasInput& input, std::size_t layer);
[[nodiscard]] std::string reasonsAtPath(const CanvasInput& input, std::size_t path);

// What a layer or a path is, inside a tooltip; F1 then explains the term that it is about.
void layerCard(const CanvasInput& input, std::size_t layer);
void pathCard(const CanvasInput& input, std::size_t path);

// What stands on a link, a line each; empty: nothing.
struct LinkChip {
  std::string number;  // its alpha, or the initial one where it has its own
  std::string reason;  // why it does not learn, or what is wrong with it
  bool wrong = false;
};
[[nodiscard]] LinkChip linkChip(const CanvasInput& input, std::size_t path);
// `at` is its middle on screen, `zoom` pixels a canvas pixel.
void drawNumber(const Look& look, const LinkChip& chip, ImVec2 at, float zoom, ImDrawList& list);
struct ReasonPlace {
  ImVec2 at;           // middle of its lower edge, on screen
  bool below = false;  // of its upper edge
};
void drawReason(const Look& look, const LinkChip& chip, const ReasonPlace& place, float zoom,
                ImDrawList& list);

// Width of the line of a link, canvas pixels. `scale` is the alpha of the thickest.
[[nodiscard]] float linkThickness(const CanvasInput& input, std::size_t path, double scale);

// Tiles that fill a strip of `width` and at most `height` pixels; a tile stands for several units
// where there are too many.
[[nodiscard]] TileGrid stripGrid(std::size_t units, float width, float height, float scale);

}  // namespace dentate::ui
