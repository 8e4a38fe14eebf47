// The layers of one answer as square pictures of one size, as large as an area lets them be; lesioned
// ones below the intact ones, each with its name and its overlap.
#pragma once
#include <vector>

#include "ui/similarity_drawing.h"

namespace dentate::ui {

struct SimilarityScene {
  SimilarityMoment moment;
  std::vector<std::size_t> places;  // of its layers, in the order in which they are drawn
  SimilarityPicture picture = SimilarityPicture::Matrix;
  float low = 0;  // end of the colour scale
};

class SimilarityTiles {
 public:
  // Of a picture, in an area of this size.
  [[nodiscard]] static float side(const Look& look, const SimilarityScene& scene, ImVec2 area) {
    return gridFor(look, scene, area).side;
  }
  // From the cursor on, which stays.
  void draw(const PanelContext& context, const SimilarityScene& scene, ImVec2 area);

 private:
  struct Grid {
    std::size_t columns = 1;
    float side = 0;
  };
  [[nodiscard]] static Grid gridFor(const Look& look, const SimilarityScene& scene, ImVec2 area);
  void drawTile(const PanelContext& context, const SimilarityScene& scene,
                const SimilarityTile& tile, ImVec2 at, float side);
  static void drawHead(const PanelContext& context, const SimilarityTile& tile, ImVec2 at,
                       float width);

  SimilarityHover hover_;
  std::vector<MatrixPicture> intact_, lesioned_;  // by place
};

}  // namespace dentate::ui
