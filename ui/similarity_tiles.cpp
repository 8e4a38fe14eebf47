#include "ui/similarity_tiles.h"

#include <algorithm>
#include <cmath>

#include "ui/format.h"
#include "ui/network_panel.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

// What a picture has beside and above it.
ImVec2 around(const Look& look, SimilarityPicture picture) {
  const bool matrix = picture == SimilarityPicture::Matrix;
  return {look.px(matrix ? 38 : 14),
          std::ceil(look.textHeight() * (matrix ? 2.6F : 1.5F)) + look.px(10)};
}

// A swatch that says lesioned: hatched in the colour of what it was.
void drawHatch(const Look& look, ImVec2 at, ImU32 color) {
  const float side = look.px(13), gap = look.px(4);
  const ImVec2 low{at.x, at.y + look.px(2)}, high{low.x + side, low.y + side};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(low, high, true);
  for (float x = -side; x < side; x += gap)
    list.AddLine({low.x + x, high.y}, {low.x + x + side, low.y}, color, look.px(1.5F));
  list.PopClipRect();
  list.AddRect(low, high, color, 0, look.hairline());
}

}  // namespace

SimilarityTiles::Grid SimilarityTiles::gridFor(const Look& look, const SimilarityScene& scene,
                                               ImVec2 area) {
  const ImVec2 beside = around(look, scene.picture);
  const std::size_t n = scene.places.size(), each = scene.moment->lesioned.empty() ? 1 : 2;
  Grid best;
  for (std::size_t columns = 1; columns <= n; ++columns) {
    const std::size_t rows = (n + columns - 1) / columns * each;
    const float side = std::floor(std::min(area.x / static_cast<float>(columns) - beside.x,
                                           area.y / static_cast<float>(rows) - beside.y));
    if (side > best.side) best = {columns, side};
  }
  return best;
}

// Lesioned pictures below their intact ones.
void SimilarityTiles::draw(const PanelContext& context, const SimilarityScene& scene, ImVec2 size) {
  const Look& look = context.look;
  const auto& view = *scene.moment;
  intact_.resize(view.intact.size());
  lesioned_.resize(view.intact.size());
  const ImVec2 beside = around(look, scene.picture), origin = ImGui::GetCursorScreenPos();
  const Grid grid = gridFor(look, scene, size);
  const std::size_t each = view.lesioned.empty() ? 1 : 2;
  const auto rows = (scene.places.size() + grid.columns - 1) / grid.columns * each;
  // They share the width, so that titles have what room there is.
  const float cell = std::floor(size.x / static_cast<float>(grid.columns));
  const float row = std::floor(size.y / static_cast<float>(std::max<std::size_t>(1, rows)));
  for (std::size_t i = 0; i < scene.places.size(); ++i) {
    for (std::size_t state = 0; state < each; ++state) {
      const SimilarityTile tile{scene.moment, scene.places[i], state == 1};
      const ImVec2 at{origin.x + cell * static_cast<float>(i % grid.columns),
                      origin.y + row * static_cast<float>(i / grid.columns * each + state)};
      drawHead(context, tile, at, cell - look.px(14));
      drawTile(context, scene, tile, {at.x + beside.x - look.px(14), at.y + beside.y - look.px(6)},
               grid.side);
    }
  }
}

void SimilarityTiles::drawTile(const PanelContext& context, const SimilarityScene& scene,
                               const SimilarityTile& tile, ImVec2 at, float side) {
  if (side < context.look.px(8)) return;
  if (scene.picture != SimilarityPicture::Matrix)
    return drawPlane(context, tile, scene.picture, hover_, at, side);
  auto& picture = (tile.lesioned ? lesioned_ : intact_)[tile.place];
  picture.draw(context, tile, scene.low, at, side);
  drawMarks(context, *tile.moment, at, side);
  hoverMatrix(context, tile, hover_, at, side);
}

// Name of the layer in its colour, and its overlap; of several networks their mean on hover.
void SimilarityTiles::drawHead(const PanelContext& context, const SimilarityTile& tile, ImVec2 at,
                               float width) {
  const Look& look = context.look;
  const auto& layer = tile.layer();
  const auto& network = context.now.spec->network;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Ink bold = boldInk(look, pack(figure::layerColor(network, layer.layer, look.theme)));
  const Ink mono = monoInk(look, look.text()), quiet = textInk(look, look.quiet());
  const std::string overlap = number(layer.overlap);
  std::string name = shortLayerTitle(network, layer.layer);
  if (tile.lesioned) {
    drawHatch(look, at, bold.color);
    at.x += look.px(18);
    width -= look.px(18);
  }
  const std::string whole = name + (tile.lesioned ? ", lesioned" : "");
  const float number_width = widthOf(mono, overlap) + look.px(8);
  if (widthOf(bold, whole) + number_width <= width) name = whole;
  const bool numbered = widthOf(bold, name) + number_width <= width;  // else it is in the card
  name = cut(bold, name, width);
  put(list, bold, at, name);
  float x = at.x + widthOf(bold, name) + look.px(8);
  if (x + widthOf(quiet, "overlap ") + number_width <= at.x + width) {
    put(list, quiet, {x, at.y}, "overlap");
    x += widthOf(quiet, "overlap ");
  }
  if (numbered) put(list, mono, {x, at.y}, overlap);
  const ImVec2 high{x + widthOf(mono, overlap), at.y + look.textHeight() * 1.2F};
  if (!hoverPlace(context, at, high, "pattern overlap")) return;
  const auto& networks = tile.lesioned ? tile.moment->networks_lesioned : tile.moment->networks;
  ImGui::BeginTooltip();
  if (tile.place < networks.size())
    ImGui::Text("all networks alike %s ± %s SEM, n = %s", number(networks[tile.place].mean).c_str(),
                number(networks[tile.place].sem).c_str(), count(networks[tile.place].n).c_str());
  else
    ImGui::TextDisabled("of the network shown; of all while the run stands still");
  ImGui::EndTooltip();
}

}  // namespace dentate::ui
