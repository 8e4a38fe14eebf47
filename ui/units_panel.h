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
  [[nodiscard]] link::StimulusChoice choice() const;
  void prepare(const PanelContext& context);
  void drawStimulus(const PanelContext& context, float width);
  void drawChoices(const PanelContext& context, float width);
  void drawTest(const PanelContext& context, float width);
  void drawFile(float width);
  void drawCanvasTools(const PanelContext& context);
  void drawPicture(const PanelContext& context, float side);
  void takeKeys(const PanelContext& context);
  void followHand(ImVec2 low, float side);  // that draws with the mouse
  void drawLayers(const PanelContext& context);
  void drawCards(const PanelContext& context, float width);
  void select(const link::UnitId& unit);
  [[nodiscard]] std::vector<link::UnitId> chosen() const;

  link::StimulusChoice::Kind kind_ = link::StimulusChoice::Kind::Newest;
  std::int64_t task_ = 0, index_ = 0;
  std::string file_, typed_file_;
  Canvas canvas_{28, 28};
  float brush_ = 1.6F;  // radius, pixels of the canvas
  bool erase_ = false, drawing_ = false;
  Canvas::Place last_;
  std::vector<link::UnitId> pinned_;
  std::optional<link::UnitId> selected_;
  std::uint64_t run_ = 0;
  ImageTexture picture_;
  std::map<std::pair<std::size_t, std::int64_t>, ImageTexture> weights_;  // by chosen unit
};

}  // namespace dentate::ui
