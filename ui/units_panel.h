// Every layer as a grid of units for one stimulus, from the stream, a file or the person's own hand;
// single units with their weights and tuning, several pinned side by side.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ui/canvas.h"
#include "ui/image_texture.h"
#include "ui/panel.h"

namespace dentate::ui {

class UnitsPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Units";
  void draw(const PanelContext& context) override;

 private:
  void drawStimulus(const PanelContext& context, float width);
  static void drawChoices(const PanelContext& context);
  static void drawTest(const PanelContext& context, float width);
  void drawFile(const PanelContext& context, float width);
  void drawCanvasTools(const PanelContext& context);
  void drawPicture(const PanelContext& context, float side);
  void takeKeys(const PanelContext& context) const;
  void followHand(const PanelContext& context, ImVec2 low,
                  float side);  // that draws with the mouse
  static void drawLayers(const PanelContext& context);
  void drawCards(const PanelContext& context, float width, int columns);

  std::string typed_file_;
  bool typing_file_ = false;
  float brush_ = 1.6F;  // radius, pixels of the canvas
  bool erase_ = false, drawing_ = false;
  Canvas::Place last_;
  ImageTexture picture_;
  std::uint64_t run_ = 0;  // that the pictures below are of
  std::map<std::pair<std::size_t, std::int64_t>, ImageTexture> weights_;  // by chosen unit
};

}  // namespace dentate::ui
