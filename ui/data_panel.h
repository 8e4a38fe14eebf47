// The data browser: the stream as a strip, one image a task, and a task's images as a grid, with
// transform and labels. Before training as well as while it goes on.
#pragma once
#include <vector>

#include "ui/image_texture.h"
#include "ui/panel.h"

namespace dentate::ui {

class DataPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Data";
  void draw(const PanelContext& context) override;

 private:
  void drawStrip(const PanelContext& context, const link::StreamView& view);
  void drawChoices(const PanelContext& context, const link::StreamView& view);
  void drawGrid(const PanelContext& context, const link::StreamView& view);
  void show(std::size_t place, const link::StreamImage& image, const link::StreamView& view);

  link::StreamRequest request_;
  bool follow_ = true;  // the task that the run is at
  float side_ = 56;     // of an image of the grid, design pixels
  std::vector<ImageTexture> pictures_;
};

}  // namespace dentate::ui
