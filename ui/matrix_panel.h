// The accuracy matrix as a heat map, and RA, LA and BTI as big numbers; of several
// conditions the matrix of one, and a table of all.
#pragma once
#include <optional>
#include <vector>

#include "ui/panel.h"

namespace dentate::ui {

class MatrixPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Accuracy matrix";
  void draw(const PanelContext& context) override;
  // Of the colour scale, in the last frame.
  [[nodiscard]] double top() const { return top_; }

 private:
  void drawMap(const PanelContext& context, ImVec2 size) const;
  void drawNumbers(const PanelContext& context) const;
  void drawTable(const PanelContext& context, const std::vector<ShownGroup>& shown) const;
  void chooseGroup(const PanelContext& context);
  void drawScale(const PanelContext& context, float width) const;
  [[nodiscard]] double topOf(const PanelContext& context) const;
  [[nodiscard]] Summary summaryOf(const History& history, std::size_t group) const;
  Head head_ = Head::Category;              // of this frame
  double top_ = 1;                          // of the colour scale
  std::optional<spec::Compared> compared_;  // chosen for the matrix
  std::size_t group_ = 0;                   // that it shows
};

}  // namespace dentate::ui
