// The stimuli as a strip: learned, the one that the network answers now, and those to come.
#pragma once
#include <vector>

#include "ui/image_texture.h"
#include "ui/panel.h"

namespace dentate::ui {

class StimulusPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Stimuli";
  void draw(const PanelContext& context) override;

 private:
  void drawStrip(const PanelContext& context, float width);
  void drawNow(const PanelContext& context, float left) const;
  std::vector<ImageTexture> pictures_;
};

}  // namespace dentate::ui
