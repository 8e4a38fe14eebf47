// The network as a drawn diagram: layers as tiles of units lit by their activity, paths as bands
// whose width is alpha, a ring for each layer's active fraction, outputs as bars or tiles; the
// caption below says what is seen.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/spec/graph.h"
#include "ui/image_texture.h"
#include "ui/network_chooser.h"
#include "ui/network_layout.h"
#include "ui/network_lesions.h"
#include "ui/panel.h"

struct ImDrawList;

namespace dentate::ui {

// The alpha that the thickest band stands for: the next of 1, 2, 5 times a power of ten.
[[nodiscard]] double bandScale(const std::vector<link::PathView>& paths);
// "h1"; "large path" and "small path" for the layers of two pathways.
[[nodiscard]] std::string layerTitle(const spec::NetworkSpec& network, std::size_t layer);
// "h1", "large", "small": short, for the ends of curves and the heads of pictures.
[[nodiscard]] std::string shortLayerTitle(const spec::NetworkSpec& network, std::size_t layer);

class NetworkPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Network";
  void draw(const PanelContext& context) override;
  // Of the last frame, on screen; for tests.
  [[nodiscard]] const NetworkLayout& layout() const { return layout_; }

 private:
  void prepare(const PanelContext& context, const Box& area);
  void drawCaption(const PanelContext& context, float height);
  [[nodiscard]] std::optional<DiagramPart> partAt(const PanelContext& context, Point mouse) const;
  void hover(const PanelContext& context);

  std::shared_ptr<const spec::ExperimentSpec> spec_;  // what the layout is of
  std::optional<spec::Graph> graph_;
  NetworkLayout layout_;
  Box area_;
  float scale_ = 0;
  float zoom_ = 1;  // of the drawing
  ImageTexture stimulus_;
  NetworkChooser chooser_;
  DiagramPart menu_of_;
};

}  // namespace dentate::ui
