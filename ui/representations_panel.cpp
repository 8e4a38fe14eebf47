#include "ui/representations_panel.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/comparison_bar.h"
#include "ui/format.h"
#include "ui/network_panel.h"
#include "ui/plot_menu.h"
#include "ui/similarity_export.h"
#include "ui/similarity_text.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using link::SimilarityRequest;
using Level = SimilarityRequest::Level;

constexpr float kLeastSide =
    40;  // of a picture beside which there still is the curve; design pixels

constexpr const char* kNothingYet =
    "How alike the network answers tasks, categories or items appears here, layer by layer. Open "
    "an "
    "experiment, then press Play, or the space bar.";

// One choice of several as radio buttons in a line; they go on in the next where the panel ends.
template <class Value, std::size_t n>
void choose(const PanelContext& context, const std::array<std::pair<const char*, Value>, n>& among,
            Value& value) {
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) ImGui::SameLine();
    if (ImGui::RadioButton(among[i].first, value == among[i].second)) value = among[i].second;
    if (findTerm(among[i].first) != nullptr) hoverTerm(context, among[i].first);
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

// Opened for the first time a window has the size that all panels have then; matrices need more.
void growFromFirstSize(const Look& look) {
  const ImVec2 size = ImGui::GetWindowSize();
  if (!ImGui::IsWindowDocked() && size.x == look.px(480) && size.y == look.px(320))
    ImGui::SetWindowSize({look.px(960), look.px(640)});
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
  for (const auto& [entry, stroke] : shownRuns(context.now, context.session.comparison))
    if (entry->live() && entry->run != context.now.run) out.runs.push_back(entry->run);
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
  if (answer && answer->run == now.run) store_.take(answer, now);
  const Shown what = shown(context);
  if (what.moments.empty()) {
    panelTitle(context, kTitle, "");
    drawControls(context);
    return emptyPanel(context.look, now.phase == link::Phase::Loading
                                        ? "The networks are being made …"
                                        : "The first answer is being worked out …");
  }
  panelTitle(context, kTitle, answerNote(*what.moment()), "RSA");
  drawControls(context);
  drawLegend(context, what);
  drawBody(context, what);
  drawScrubber(context, what);
}

// The curve below the pictures or beside them, wherever they get larger; it goes where both have no
// room.
void RepresentationsPanel::drawBody(const PanelContext& context, const Shown& shown) {
  const Look& look = context.look;
  const SimilarityScene scene{shown.moment(), shown.places, picture_, low_};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImVec2 room = ImGui::GetContentRegionAvail();
  room.y = std::max(look.px(60), room.y - ImGui::GetFrameHeightWithSpacing());
  const float height = std::clamp(room.y * 0.32F, look.px(104), look.px(210));
  const float width = std::clamp(room.x * 0.36F, look.px(280), look.px(460));
  const ImVec2 above{room.x, std::max(look.px(40), room.y - height)};
  const ImVec2 left{room.x - width - look.px(12), room.y};
  const float side_beside = left.x > width ? SimilarityTiles::side(look, scene, left) : 0;
  const float side_above = SimilarityTiles::side(look, scene, above);
  const bool beside = side_beside > side_above;
  const bool alone = std::max(side_beside, side_above) < look.px(kLeastSide);
  const ImVec2 area = alone ? room : beside ? left : above;
  tiles_.draw(context, scene, area);
  const bool hovered =
      ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(at, {at.x + area.x, at.y + area.y});
  if (picture_ == SimilarityPicture::Matrix)
    drawExportMenu(context, similarityFiles(shown.moment(), context.now.spec->network, low_),
                   hovered);
  const ImVec2 size{beside ? width : room.x, std::min(beside ? look.px(330) : height, room.y)};
  ImGui::SetCursorScreenPos(beside ? ImVec2{at.x + room.x - width, at.y}
                                   : ImVec2{at.x, at.y + above.y});
  if (!alone) drawCourse(context, shown, size);
  ImGui::SetCursorScreenPos({at.x, at.y + room.y});
}

PlotContent RepresentationsPanel::course(const PanelContext& context, const Shown& shown) const {
  return overlapContent({shown.moments, shown.places, shown.at, shown.runs, shown.difference},
                        *context.now.spec, context.look.theme);
}

namespace {

// What the person changed, what the curves are of, or since when they are there.
Notes courseNotes(const PanelContext& context, const PlotContent& content, const PlotView& view) {
  const std::string changes = changesIn(content, view);
  if (!changes.empty()) return {changes};
  const auto difference = content.note.find("difference to");
  if (difference != std::string::npos) return {content.note.substr(difference)};
  if (view.crowded && content.compares)
    return {"at the ends " + featuredName(context.now, context.session.comparison)};
  return {"stored while this panel is open", "stored while open", ""};
}

// The dashes of the runs, from the cursor on; gives its height.
float drawDashes(const PanelContext& context) {
  ImGui::BeginGroup();
  drawRunBar(context);
  ImGui::EndGroup();
  return ImGui::GetItemRectSize().y + ImGui::GetStyle().ItemSpacing.y;
}

}  // namespace

// Overlap over the moments.
void RepresentationsPanel::drawCourse(const PanelContext& context, const Shown& shown,
                                      ImVec2 size) {
  const Look& look = context.look;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Ink quiet = textInk(look, look.quiet());
  auto content = course(context, shown);
  const float after = widthOf(quiet, content.term), line = std::ceil(look.textHeight() * 1.5F);
  content.named_x = size.y - line >= look.px(120);  // else there is no room for a name
  put(*ImGui::GetWindowDrawList(), quiet, at, content.term);
  put(*ImGui::GetWindowDrawList(), quiet, {at.x + size.x, at.y},
      fitting(quiet, courseNotes(context, content, overlap_), size.x - after - look.px(12)), 1);
  hoverPlace(context, at, {at.x + after, at.y + line}, content.term);
  ImGui::SetCursorScreenPos({at.x, at.y + line});
  const float bar = content.compares && size.y >= look.px(180) ? drawDashes(context) : 0;
  ImGui::SetCursorScreenPos({at.x, at.y + line + bar});
  drawPlot(context, content, overlap_, {size.x, std::max(look.px(40), size.y - line - bar)});
  if (overlap_.pressed) goTo(shown, momentNear(shown.moments, *overlap_.pressed));
}

void RepresentationsPanel::drawControls(const PanelContext& context) {
  const Look& look = context.look;
  constexpr std::array kLevels{std::pair{"Tasks", Level::Tasks},
                               std::pair{"Categories", Level::Categories},
                               std::pair{"Items", Level::Items}};
  choose(context, kLevels, level_);
  if (level_ != Level::Tasks) {
    sameLineIfRoom(look, look.px(120));
    chooseTask(context);
  }
  using Measure = SimilarityRequest::Measure;
  constexpr std::array kMeasures{std::pair{"Pearson", Measure::Pearson},
                                 std::pair{"cosine", Measure::Cosine}};
  sameLineIfRoom(look, look.px(190));
  choose(context, kMeasures, measure_);
  constexpr std::array kPictures{std::pair{"Matrix", SimilarityPicture::Matrix},
                                 std::pair{"PCA", SimilarityPicture::Components},
                                 std::pair{"MDS", SimilarityPicture::Scaling}};
  sameLineIfRoom(look, look.px(230));
  choose(context, kPictures, picture_);
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
  const auto& now = context.now;
  Shown out{store_.moments({asked, now.run, now.replica}), 0, {}, {}};
  if (out.moments.empty()) return out;
  out.at = out.moments.size() - 1;
  // The moment held may have made room for another: then the one before it.
  if (step_)
    while (out.at > 0 && out.moments[out.at]->step > *step_) --out.at;
  const auto& comparison = context.session.comparison;
  if (!asked.runs.empty())
    for (const auto& [entry, stroke] : shownRuns(now, comparison))
      if (entry->live())
        out.runs.push_back({entry->name, stroke, store_.course({asked, entry->run, now.replica}),
                            entry->run == now.run});
  out.difference = comparison.difference;
  const auto& network = now.spec->network;
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
  low_ = store_.low({shown.moment()->request, context.now.run, context.now.replica});
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
  const auto files = similarityFiles(shown.moment(), context.now.spec->network, low_);
  ImGui::TextDisabled("Export to %s", (context.session.output / "figures").string().c_str());
  if (ImGui::MenuItem("Matrices as CSV###csv")) exportFiles(context, files, ExportKind::Csv);
  if (ImGui::MenuItem("Matrices as PNG###png")) exportFiles(context, files, ExportKind::Png);
  if (ImGui::MenuItem("Matrices as SVG###svg")) exportFiles(context, files, ExportKind::Svg);
  if (ImGui::MenuItem("Overlap over training as CSV###overlap")) {
    exportFiles(context, filesOf(course(context, shown), overlap_), ExportKind::Csv);
  }
  ImGui::EndPopup();
}

void RepresentationsPanel::drawScrubber(const PanelContext& context, const Shown& shown) {
  const Look& look = context.look;
  const auto n = shown.moments.size();
  const auto& moment = *shown.moment();
  const auto steps = std::max<std::int64_t>(1, spec::stepsPerTask(*context.now.spec));
  const auto task = std::max<std::int64_t>(0, moment.step - 1) / steps;  // that was learned then
  int at = static_cast<int>(shown.at) + 1;
  const std::string text = "moment " + count(at) + " of " + count(static_cast<std::int64_t>(n)) +
                           ": task " + count(task + 1) + ", meta-step " + count(moment.step);
  const float button = look.px(84);
  const float width = ImGui::GetContentRegionAvail().x - button - ImGui::GetStyle().ItemSpacing.x;
  const float after = ImGui::GetCursorPosX() + width + ImGui::GetStyle().ItemSpacing.x;
  ImGui::SetNextItemWidth(width);
  ImGui::AlignTextToFramePadding();
  if (n < 2)
    ImGui::TextDisabled("%s", text.c_str());
  else if (ImGui::SliderInt("##moment", &at, 1, static_cast<int>(n), text.c_str(),
                            ImGuiSliderFlags_AlwaysClamp))
    goTo(shown, static_cast<std::size_t>(at - 1));
  tip("Moments of training are stored while this panel is open: up to 200, spread evenly.\n"
      "A press on the curve above goes to the moment there.");
  ImGui::SameLine(after);
  ImGui::BeginDisabled(!step_);
  if (ImGui::Button("Newest###newest", {button, 0})) step_.reset();
  ImGui::EndDisabled();
}

}  // namespace dentate::ui
