// The accuracy matrix as a heat map, and RA, LA and BTI as big numbers.
#pragma once
#include "ui/panel.h"

namespace dentate::ui {

class MatrixPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Accuracy matrix";
  void draw(const PanelContext& context) override;

 private:
  void drawMap(const PanelContext& context, ImVec2 size) const;
  void drawNumbers(const PanelContext& context) const;
  Head head_ = Head::Category;
};

}  // namespace dentate::ui
