#include "ui/representations_panel.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/format.h"
#include "ui/network_panel.h"
#include "ui/overlap_plot.h"
#include "ui/similarity_export.h"
#include "ui/similarity_text.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using link::SimilarityRequest;
using Level = SimilarityRequest::Level;

constexpr const char* kNothingYet =
    "How alike the network answers tasks, categories or items appears here, layer by layer. Open "
    "an "
    "experiment, then press Play, or the space bar.";

// One choice of several as radio buttons in a line; they go on in the next where the panel ends.
template <class Value, std::size_t n>
void choose(const std::array<std::pair<const char*, Value>, n>& among, Value& value) {
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) ImGui::SameLine();
    if (ImGui::RadioButton(among[i].first, value == among[i].second)) value = among[i].second;
  }
}

// On the same line where `width` more fits into it.
void sameLineIfRoom(const Look& look, float width) {
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  if (ImGui::GetItemRectMax().x + look.px(16) + width < right) ImGui::SameLine(0, look.px(16));
}

// Plain layers first, then those of the large and the small path beside each other.
std::vector<std::size_t> placesInOrder(const link::SimilarityView& view,
                                       const spec::NetworkSpec& network) {
  std::vector<std::size_t> out(view.intact.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
  const auto rank = [&](std::size_t place) {
    return network.layers[view.intact[place].layer].pathway;
  };
  std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
    return static_cast<int>(rank(a)) < static_cast<int>(rank(b));
  });
  return out;
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

// Opened for the first time a window has the size that all panels have then; matrices need more.
void growFromFirstSize(const Look& look) {
  const ImVec2 size = ImGui::GetWindowSize();
  if (!ImGui::IsWindowDocked() && size.x == look.px(480) && size.y == look.px(320))
    ImGui::SetWindowSize({look.px(960), look.px(640)});
}

// How square pictures of one size fill an area best.
struct Grid {
  std::size_t columns = 1;
  float side = 0;
};
struct GridRoom {
  ImVec2 area;
  ImVec2 around;  // what a picture has beside and above it
  std::size_t pictures = 1, rows_each = 1;
};
Grid bestGrid(const GridRoom& room) {
  Grid best;
  for (std::size_t columns = 1; columns <= room.pictures; ++columns) {
    const std::size_t rows = (room.pictures + columns - 1) / columns * room.rows_each;
    const float side =
        std::floor(std::min(room.area.x / static_cast<float>(columns) - room.around.x,
                            room.area.y / static_cast<float>(rows) - room.around.y));
    if (side > best.side) best = {columns, side};
  }
  return best;
}

}  // namespace

SimilarityRequest RepresentationsPanel::request(const PanelContext& context) const {
  SimilarityRequest out;
  out.level = level_;
  out.measure = measure_;
  const auto last = context.now.spec->stream.tasks - 1;
  if (level_ == Level::Categories) out.task = std::min(task_, last);
  if (level_ == Level::Items) out.task = std::clamp<std::int64_t>(task_, 0, last);
  // What the lesion lab tries out is shown beside the intact network here too.
  if (context.session.watch.lesion) out.lesions = context.session.watch.lesion->lesions;
  return out;
}

void RepresentationsPanel::draw(const PanelContext& context) {
  const auto& now = context.now;
  growFromFirstSize(context.look);
  if (!now.spec) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, kNothingYet);
  }
  const auto asked = request(context);
  context.session.watch.similarity = asked;
  const auto& answer = now.views.similarity;
  if (answer && answer->run == now.run) store_.take(answer);
  const Shown what = shown(context);
  if (what.moments.empty()) {
    panelTitle(context, kTitle, "");
    drawControls(context);
    return emptyPanel(context.look, now.phase == link::Phase::Loading
                                        ? "The networks are being made …"
                                        : "The first answer is being worked out …");
  }
  panelTitle(context, kTitle, answerNote(*what.moment()));
  drawControls(context);
  drawLegend(context, what);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float foot = ImGui::GetFrameHeightWithSpacing() + ImGui::GetStyle().ItemSpacing.y;
  const float curve = std::clamp(room.y * 0.3F, context.look.px(84), context.look.px(190));
  drawTiles(context, what, {room.x, std::max(context.look.px(60), room.y - foot - curve)});
  if (const auto pressed =
          drawOverlaps(context, {what.moments, what.places, what.at}, {room.x, curve}))
    goTo(what, *pressed);
  drawScrubber(context, what);
}

void RepresentationsPanel::drawControls(const PanelContext& context) {
  const Look& look = context.look;
  constexpr std::array kLevels{std::pair{"Tasks", Level::Tasks},
                               std::pair{"Categories", Level::Categories},
                               std::pair{"Items", Level::Items}};
  choose(kLevels, level_);
  if (level_ != Level::Tasks) {
    sameLineIfRoom(look, look.px(120));
    chooseTask(context);
  }
  using Measure = SimilarityRequest::Measure;
  constexpr std::array kMeasures{std::pair{"Pearson", Measure::Pearson},
                                 std::pair{"cosine", Measure::Cosine}};
  sameLineIfRoom(look, look.px(190));
  choose(kMeasures, measure_);
  constexpr std::array kPictures{std::pair{"Matrix", SimilarityPicture::Matrix},
                                 std::pair{"PCA", SimilarityPicture::Components},
                                 std::pair{"MDS", SimilarityPicture::Scaling}};
  sameLineIfRoom(look, look.px(230));
  choose(kPictures, picture_);
  sameLineIfRoom(look, look.px(130));
  chooseLayer(context);
}

void RepresentationsPanel::chooseTask(const PanelContext& context) {
  const bool all = level_ == Level::Categories;
  const auto chosen = all ? task_ : std::max<std::int64_t>(task_, 0);
  const auto name = [](std::int64_t task) {
    return task < 0 ? std::string("all tasks") : "task " + count(task + 1);
  };
  ImGui::SetNextItemWidth(context.look.px(120));
  if (!ImGui::BeginCombo("##task_of", name(chosen).c_str())) return;
  for (std::int64_t t = all ? -1 : 0; t < context.now.spec->stream.tasks; ++t)
    if (ImGui::Selectable(name(t).c_str(), t == chosen)) task_ = t;
  ImGui::EndCombo();
}

void RepresentationsPanel::chooseLayer(const PanelContext& context) {
  const auto& layers = context.now.spec->network.layers;
  ImGui::SetNextItemWidth(context.look.px(130));
  if (!ImGui::BeginCombo("##layer_of", layer_.empty() ? "all layers" : layer_.c_str())) return;
  if (ImGui::Selectable("all layers", layer_.empty())) layer_.clear();
  for (const auto& layer : layers)
    if (layer.role == spec::LayerRole::Hidden &&
        ImGui::Selectable(layer.name.c_str(), layer.name == layer_))
      layer_ = layer.name;
  ImGui::EndCombo();
}

RepresentationsPanel::Shown RepresentationsPanel::shown(const PanelContext& context) const {
  const auto asked = request(context);
  Shown out{store_.moments(asked, context.now.replica), 0, {}};
  if (out.moments.empty()) return out;
  out.at = out.moments.size() - 1;
  // The moment held may have made room for another: then the one before it.
  if (step_)
    while (out.at > 0 && out.moments[out.at]->step > *step_) --out.at;
  const auto& network = context.now.spec->network;
  out.places = placesInOrder(*out.moment(), network);
  const auto one = [&](std::size_t place) {
    return network.layers[out.moment()->intact[place].layer].name == layer_;
  };
  if (std::any_of(out.places.begin(), out.places.end(), one))
    std::erase_if(out.places, [&](std::size_t place) { return !one(place); });
  return out;
}

void RepresentationsPanel::goTo(const Shown& shown, std::size_t moment) {
  if (moment + 1 >= shown.moments.size())
    step_.reset();
  else
    step_ = shown.moments[moment]->step;
}

// The scale of the colours, or what the signs in the plane are; and the export.
void RepresentationsPanel::drawLegend(const PanelContext& context, const Shown& shown) {
  const Look& look = context.look;
  low_ = store_.low(shown.moment()->request, shown.moment()->replica);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, frame = ImGui::GetFrameHeight();
  const float line = at.y + (frame - look.textHeight()) / 2;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool matrix = picture_ == SimilarityPicture::Matrix;
  const char* const term = matrix                                      ? "similarity"
                           : picture_ == SimilarityPicture::Components ? "PCA"
                                                                       : "MDS";
  const std::string words = matrix ? std::string("similarity")
                                   : std::string(level_ == Level::Tasks ? "a number is a task"
                                                                        : "a number is a category");
  const Ink quiet = textInk(look, look.quiet());
  put(list, quiet, {at.x, line}, words);
  const float after = widthOf(quiet, words) + look.px(10);
  hoverPlace(context, at, {at.x + after, at.y + frame}, term);
  if (matrix)
    drawColorBar(context, low_, {at.x + after, line},
                 std::min(look.px(220), std::max(look.px(80), width - after - look.px(110))));
  ImGui::SetCursorScreenPos({at.x + width - look.px(88), at.y});
  exportMenu(context, shown);
}

void RepresentationsPanel::exportMenu(const PanelContext& context, const Shown& shown) {
  if (ImGui::Button("Export…###export", {context.look.px(88), 0})) ImGui::OpenPopup("export_menu");
  tip("The matrices as CSV, PNG or SVG; the overlap over training as CSV");
  if (!ImGui::BeginPopup("export_menu")) return;
  const SimilarityExport what{*shown.moment(), shown.moments, low_};
  ImGui::TextDisabled("Export to %s", (context.session.output / "figures").string().c_str());
  if (ImGui::MenuItem("Matrices as CSV###csv")) exportMatrices(context, what, ExportKind::Csv);
  if (ImGui::MenuItem("Matrices as PNG###png")) exportMatrices(context, what, ExportKind::Png);
  if (ImGui::MenuItem("Matrices as SVG###svg")) exportMatrices(context, what, ExportKind::Svg);
  if (ImGui::MenuItem("Overlap over training as CSV###overlap")) exportOverlap(context, what);
  ImGui::EndPopup();
}

void RepresentationsPanel::drawTiles(const PanelContext& context, const Shown& shown, ImVec2 size) {
  const Look& look = context.look;
  const auto& view = *shown.moment();
  intact_.resize(view.intact.size());
  lesioned_.resize(view.intact.size());
  const bool both = !view.lesioned.empty();
  const bool matrix = picture_ == SimilarityPicture::Matrix;
  const float head = look.textHeight() * (matrix ? 2.6F : 1.5F) + look.px(4);
  const float left = matrix ? look.px(24) : 0, gap = look.px(14);
  const Grid grid =
      bestGrid({size, {left + gap, head + look.px(6)}, shown.places.size(), both ? 2U : 1U});
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const auto rows = (shown.places.size() + grid.columns - 1) / grid.columns;
  // Cells share the width, so that titles have what room there is.
  const float cell = size.x / static_cast<float>(grid.columns);
  const float row = size.y / static_cast<float>(rows * (both ? 2 : 1));
  for (std::size_t i = 0; i < shown.places.size(); ++i) {
    const std::size_t line = i / grid.columns * (both ? 2 : 1);
    for (const bool lesioned : {false, true}) {
      if (lesioned && !both) continue;
      const SimilarityTile tile{shown.moment(), shown.places[i], lesioned};
      const ImVec2 at{origin.x + cell * static_cast<float>(i % grid.columns),
                      origin.y + row * static_cast<float>(line + (lesioned ? 1 : 0))};
      drawHead(context, tile, at, cell - gap);
      drawTile(context, tile, {at.x + left, at.y + head}, grid.side);
    }
  }
  ImGui::Dummy(size);
}

void RepresentationsPanel::drawTile(const PanelContext& context, const SimilarityTile& tile,
                                    ImVec2 at, float side) {
  if (side < context.look.px(8)) return;
  if (picture_ != SimilarityPicture::Matrix)
    return drawPlane(context, tile, picture_, hover_, at, side);
  auto& picture = (tile.lesioned ? lesioned_ : intact_)[tile.place];
  picture.draw(context, tile, low_, at, side);
  drawMarks(context, *tile.moment, at, side);
  hoverMatrix(context, tile, hover_, at, side);
}

// Name of the layer in its colour, and its overlap; of several networks their mean on hover.
void RepresentationsPanel::drawHead(const PanelContext& context, const SimilarityTile& tile,
                                    ImVec2 at, float width) {
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
  name = cut(bold, name, width - number_width);
  put(list, bold, at, name);
  float x = at.x + widthOf(bold, name) + look.px(8);
  if (x + widthOf(quiet, "overlap ") + number_width <= at.x + width) {
    put(list, quiet, {x, at.y}, "overlap");
    x += widthOf(quiet, "overlap ");
  }
  put(list, mono, {x, at.y}, overlap);
  const ImVec2 high{x + widthOf(mono, overlap), at.y + look.textHeight() * 1.2F};
  if (!hoverPlace(context, at, high, "pattern overlap") || tile.lesioned) return;
  const auto& networks = tile.moment->networks;
  ImGui::BeginTooltip();
  if (tile.place < networks.size())
    ImGui::Text("all networks alike %s ± %s SEM, n = %s", number(networks[tile.place].mean).c_str(),
                number(networks[tile.place].sem).c_str(), count(networks[tile.place].n).c_str());
  else
    ImGui::TextDisabled("of the network shown; of all while the run stands still");
  ImGui::EndTooltip();
}

void RepresentationsPanel::drawScrubber(const PanelContext& context, const Shown& shown) {
  const Look& look = context.look;
  const auto n = shown.moments.size();
  const auto& moment = *shown.moment();
  const auto task = moment.step / std::max<std::int64_t>(1, spec::stepsPerTask(*context.now.spec));
  int at = static_cast<int>(shown.at) + 1;
  const std::string text = "moment " + count(at) + " of " + count(static_cast<std::int64_t>(n)) +
                           ": task " + count(std::min(task + 1, context.now.spec->stream.tasks)) +
                           ", meta-step " + count(moment.step);
  const float button = look.px(84);
  const float width = ImGui::GetContentRegionAvail().x - button - ImGui::GetStyle().ItemSpacing.x;
  ImGui::SetNextItemWidth(width);
  ImGui::BeginDisabled(n < 2);
  if (ImGui::SliderInt("##moment", &at, 1, static_cast<int>(n), text.c_str(),
                       ImGuiSliderFlags_AlwaysClamp))
    goTo(shown, static_cast<std::size_t>(at - 1));
  ImGui::EndDisabled();
  tip("Moments of training are stored while this panel is open: up to 200, spread evenly.\n"
      "A press on the curve above goes to the moment there.");
  ImGui::SameLine();
  ImGui::BeginDisabled(!step_);
  if (ImGui::Button("Newest###newest", {button, 0})) step_.reset();
  ImGui::EndDisabled();
}

}  // namespace dentate::ui
