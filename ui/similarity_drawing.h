// One layer's similarity as a picture: the matrix as a heat map, or its patterns as points in a
// plane. Hover gives the value, the names and the pictures of what is under the pointer.
#pragma once
#include <array>
#include <memory>

#include "engine/link/similarity_view.h"
#include "ui/image_texture.h"
#include "ui/panel.h"

namespace dentate::ui {

using SimilarityMoment = std::shared_ptr<const link::SimilarityView>;

// Which layer of an answer, and how it is shown.
struct SimilarityTile {
  SimilarityMoment moment;
  std::size_t place = 0;  // in its intact or lesioned layers
  bool lesioned = false;
  [[nodiscard]] const link::LayerSimilarity& layer() const {
    return (lesioned ? moment->lesioned : moment->intact)[place];
  }
};

enum class SimilarityPicture { Matrix, Components, Scaling };

// The two images of a hover card.
class SimilarityHover {
 public:
  // Name and picture of a row, beside each other, inside a tooltip.
  void row(const PanelContext& context, const link::SimilarityView& view, std::size_t row,
           std::size_t place);

 private:
  std::array<ImageTexture, 2> pictures_;
};

// The matrix on the graphics card, coloured anew only where it changed: a pixel of it for each of the
// screen's, as what the card enlarges is blurred.
class MatrixPicture {
 public:
  // In the square at `at`; colours from `low` to 1.
  void draw(const PanelContext& context, const SimilarityTile& tile, float low, ImVec2 at,
            float side);

 private:
  ImageTexture texture_;
  SimilarityMoment shown_;
  float low_ = 0, side_ = 0;
  ImU32 none_ = 0;
  bool silent_ = false;  // no pattern of it has a similarity
};

// Numbers of tasks or categories at the left and above the square, as many as there is room for.
void drawMarks(const PanelContext& context, const link::SimilarityView& view, ImVec2 at,
               float side);
void hoverMatrix(const PanelContext& context, const SimilarityTile& tile, SimilarityHover& hover,
                 ImVec2 at, float side);
void drawPlane(const PanelContext& context, const SimilarityTile& tile, SimilarityPicture kind,
               SimilarityHover& hover, ImVec2 at, float side);
// The scale of all matrices, `width` wide, its numbers at both ends.
void drawColorBar(const PanelContext& context, float low, ImVec2 at, float width);

}  // namespace dentate::ui
