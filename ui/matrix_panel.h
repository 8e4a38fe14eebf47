// The accuracy matrix as a heat map, and RA, LA and BTI as big numbers; of several conditions, or
// several runs that are compared, the matrix of one, and a table of all.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "ui/matrix_files.h"
#include "ui/panel.h"

namespace dentate::ui {

class MatrixPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Accuracy matrix";
  void draw(const PanelContext& context) override;
  // Of the colour scale, in the last frame.
  [[nodiscard]] double top() const { return top_; }
  // Of the matrix, in pixels, in the last frame; for tests.
  [[nodiscard]] float side() const { return side_; }

 private:
  // One of those that the panel chooses among, and its row of the table.
  struct Row {
    MatrixOf of;
    figure::Color color;
    std::uint64_t run = 0;
    spec::Compared compared;
  };
  [[nodiscard]] static std::vector<Row> rowsOf(const PanelContext& context);
  void drawContent(const PanelContext& context, const std::vector<Row>& shown);
  void drawMap(const PanelContext& context, ImVec2 size) const;
  void drawNumbers(const PanelContext& context) const;
  void drawTable(const PanelContext& context, const std::vector<Row>& rows) const;
  void choose(const PanelContext& context, const std::vector<Row>& rows);
  void drawScale(const PanelContext& context, float width) const;
  [[nodiscard]] double topOf(const PanelContext& context) const;
  [[nodiscard]] Summary summaryOf(const History& history, std::size_t group) const;
  Head head_ = Head::Category;              // of this frame
  double top_ = 1;                          // of the colour scale
  std::optional<spec::Compared> compared_;  // chosen for the matrix
  std::optional<std::uint64_t> run_;        // likewise, where runs are compared
  MatrixOf shown_;                          // in this frame
  float side_ = 0;
  float names_ = 0;  // width of their column, pixels
};

}  // namespace dentate::ui
