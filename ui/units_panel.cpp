#include "ui/units_panel.h"

#include <algorithm>
#include <cmath>

#include "imgui_stdlib.h"
#include "ui/format.h"
#include "ui/network_panel.h"
#include "ui/unit_card.h"
#include "ui/unit_grid.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using Kind = link::StimulusChoice::Kind;
using spec::LayerRole;

const link::UnitsView* answerOf(const PanelContext& context) {
  const auto& view = context.now.views.units;
  const bool fits = view && context.now.spec && view->run == context.now.run &&
                    view->layers.size() == context.now.spec->network.layers.size();
  return fits ? view.get() : nullptr;
}

// Of all hidden layers together, so that their colours can be compared.
float mostOf(const spec::NetworkSpec& network, const link::UnitsView& view) {
  float most = 0;
  for (std::size_t l = 0; l < view.layers.size(); ++l)
    if (network.layers[l].role == LayerRole::Hidden)
      for (const float a : view.layers[l].acts) most = std::max(most, a);
  return most;
}

// Side of a unit, so that all layers fill the room as far as they can be read and hit.
float cellFor(const Look& look, const spec::NetworkSpec& network, ImVec2 room) {
  std::int64_t units = 0, titles = 0;
  for (const auto& layer : network.layers) {
    if (spec::isSource(layer.role)) continue;
    if (!spec::isConvolutional(layer)) units += layer.units;  // maps have a size of their own
    ++titles;
  }
  const float high = room.y - static_cast<float>(titles) * look.px(48);
  const float area =
      room.x * std::max(high, 1.0F) / static_cast<float>(std::max<std::int64_t>(units, 1));
  return std::clamp(std::floor(std::sqrt(area) * 0.82F), look.px(9), look.px(22));
}

// "8 at 91 %".
std::string answerText(const link::LayerActivity& output) {
  const auto best = std::max_element(output.acts.begin(), output.acts.end());
  return count(best - output.acts.begin()) + " at " + percent(*best);
}

std::string activeShare(const link::LayerActivity& layer) {
  const auto active =
      std::count_if(layer.acts.begin(), layer.acts.end(), [](float a) { return a > 0; });
  return count(active) + " of " + count(static_cast<std::int64_t>(layer.acts.size())) + " active";
}

constexpr float kCard = 288, kCardGap = 16;  // design pixels
constexpr float kLeastLayers = 300;          // of the grids beside several columns of cards

// Side by side as far as the grids keep their room; 0 without a card.
int cardColumns(const Look& look, float room, std::size_t cards) {
  const float spare = room - look.px(kLeastLayers);
  const int fit = static_cast<int>(spare / look.px(kCard + kCardGap));
  return std::clamp(fit, std::min<int>(1, static_cast<int>(cards)), static_cast<int>(cards));
}

}  // namespace

void UnitsPanel::draw(const PanelContext& context) {
  const Look& look = context.look;
  if (auto dropped = std::exchange(context.session.picture_dropped, {}); !dropped.empty()) {
    context.session.units.kind = Kind::File;
    context.session.units.file = dropped.string();
  }
  const auto* view = answerOf(context);
  panelTitle(context, kTitle,
             view != nullptr && view->answer >= 0 ? "answers " + count(view->answer) : "");
  if (!context.now.spec)
    return emptyPanel(look, "The units of every layer appear here. Choose an experiment.");
  const UnitsDesk& desk = context.session.units;
  if (std::exchange(run_, context.now.run) != context.now.run) weights_.clear();
  context.session.watch.units = link::UnitsRequest{desk.choice(), desk.chosen()};
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float left = std::min(look.px(236), room.x * 0.42F);
  const int columns = cardColumns(look, room.x - left, desk.chosen().size());
  const bool cards = columns > 0;
  const float right = columns > 1 ? look.px(kCard + kCardGap) * static_cast<float>(columns)
                                  : std::min(look.px(kCard), room.x * 0.36F);
  ImGui::BeginChild("stimulus", {left, room.y});
  drawStimulus(context, left - look.px(8));
  ImGui::EndChild();
  ImGui::SameLine(0, look.px(12));
  const float middle = ImGui::GetContentRegionAvail().x - (cards ? right + look.px(12) : 0);
  ImGui::BeginGroup();
  if (view != nullptr) drawUnitLegend(context, mostOf(context.now.spec->network, *view));
  ImGui::BeginChild("layers", {middle, 0});
  if (view != nullptr)
    drawLayers(context);
  else
    emptyPanel(look, "The answer of every unit appears here in a moment.");
  ImGui::EndChild();
  ImGui::EndGroup();
  if (!cards) return;
  ImGui::SameLine(0, look.px(12));
  ImGui::BeginChild("cards", {right, 0});
  const auto each = ImGui::GetContentRegionAvail().x / static_cast<float>(columns);
  drawCards(context, each - look.px(columns > 1 ? kCardGap : 4), columns);
  ImGui::EndChild();
}

void UnitsPanel::drawStimulus(const PanelContext& context, float width) {
  drawChoices(context);
  const Kind kind = context.session.units.kind;
  if (kind == Kind::Test) drawTest(context, width);
  if (kind == Kind::File) drawFile(context, width);
  const float side = std::min(width, context.look.px(212));
  drawPicture(context, side);
  const auto* view = answerOf(context);
  if (view != nullptr && !view->problem.empty()) errorText(context.look, view->problem);
  if (view != nullptr && kind != Kind::Drawn && !view->transform.empty())
    ImGui::TextDisabled("%s%s", view->category >= 0 ? (count(view->category) + ", ").c_str() : "",
                        view->transform.c_str());
  if (kind == Kind::Drawn) drawCanvasTools(context);
}

void UnitsPanel::drawChoices(const PanelContext& context) {
  Kind& chosen = context.session.units.kind;
  const auto choose = [&](const char* name, Kind kind, const char* about) {
    if (ImGui::RadioButton(name, chosen == kind)) chosen = kind;
    tip(about);
  };
  choose("Newest", Kind::Newest, "The newest image of the stream");
  ImGui::SameLine();
  choose("Drawn", Kind::Drawn, "Draw with the mouse");
  choose("Test", Kind::Test, "An image that a task is tested on");
  ImGui::SameLine();
  choose("File", Kind::File, "A PNG or JPEG picture, brought to the size and colours of the input");
}

void UnitsPanel::drawTest(const PanelContext& context, float width) {
  const auto& spec = *context.now.spec;
  const auto images = spec.stream.labels == spec::Labels::Category ? spec.stream.test_samples
                                                                   : spec.stream.samples_per_task;
  const auto slide = [&](const char* label, std::int64_t& value, std::int64_t count) {
    int shown = static_cast<int>(value) + 1;
    ImGui::SetNextItemWidth(width - context.look.px(60));
    if (ImGui::SliderInt(label, &shown, 1, static_cast<int>(count), "%d",
                         ImGuiSliderFlags_AlwaysClamp))
      value = shown - 1;
  };
  slide("task", context.session.units.task, spec.stream.tasks);
  slide("image", context.session.units.index, images);
}

void UnitsPanel::drawFile(const PanelContext& context, float width) {
  std::string& file = context.session.units.file;
  if (!typing_file_) typed_file_ = file;
  ImGui::SetNextItemWidth(width);
  if (ImGui::InputTextWithHint("##file", "path, or drop a file", &typed_file_,
                               ImGuiInputTextFlags_EnterReturnsTrue))
    file = typed_file_;
  typing_file_ = ImGui::IsItemActive();
}

void UnitsPanel::drawPicture(const PanelContext& context, float side) {
  const auto* view = answerOf(context);
  const auto& strip = context.now.strip;
  const Canvas& canvas = context.session.units.canvas;
  const bool drawn = context.session.units.kind == Kind::Drawn;
  if (drawn)
    picture_.show(canvas.pixels(), canvas.width(), canvas.height());
  else if (view != nullptr)
    picture_.show(view->pixels, strip.width, strip.height);
  const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + side, low.y + side};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(low, high, IM_COL32(0, 0, 0, 255), context.look.px(4));
  if (!picture_.empty()) list.AddImage(picture_.reference(), low, high);
  list.AddRect(low, high, drawn ? context.look.accent() : context.look.line(), context.look.px(4),
               context.look.hairline());
  if (drawn && canvas.empty() && !drawing_)
    put(list, textInk(context.look, IM_COL32(200, 200, 200, 255)),
        {low.x + side / 2, low.y + side / 2 - context.look.textHeight() / 2}, "draw here", 0.5F);
  ImGui::InvisibleButton("canvas", {side, side});
  if (!drawn) return;
  if (ImGui::IsItemHovered()) takeKeys(context);
  followHand(context, low, side);
}

// The drawing's own undo while the pointer is over it, in the place of the experiment's.
void UnitsPanel::takeKeys(const PanelContext& context) const {
  context.session.own_undo = true;
  if (drawing_ || ImGui::GetIO().WantTextInput) return;
  Canvas& canvas = context.session.units.canvas;
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Z)) canvas.undo();
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Y)) canvas.redo();
}

void UnitsPanel::followHand(const PanelContext& context, ImVec2 low, float side) {
  Canvas& canvas = context.session.units.canvas;
  if (!ImGui::IsItemActive()) {
    drawing_ = false;
    return;
  }
  const ImVec2 mouse = ImGui::GetMousePos();
  const Canvas::Place at{(mouse.x - low.x) / side * static_cast<float>(canvas.width()),
                         (mouse.y - low.y) / side * static_cast<float>(canvas.height())};
  if (!std::exchange(drawing_, true)) {
    canvas.beginStroke();
    last_ = at;
  }
  canvas.stroke(last_, at, brush_, erase_ ? 0 : 255);
  last_ = at;
}

void UnitsPanel::drawCanvasTools(const PanelContext& context) {
  Canvas& canvas = context.session.units.canvas;
  const auto button = [](const char* name, const char* about) {
    const bool pressed = ImGui::Button(name);
    tip(about);
    ImGui::SameLine();
    return pressed;
  };
  if (ImGui::RadioButton("brush", !erase_)) erase_ = false;
  ImGui::SameLine();
  if (ImGui::RadioButton("erase", erase_)) erase_ = true;
  ImGui::SetNextItemWidth(context.look.px(100));
  ImGui::SliderFloat("##brush", &brush_, 0.5F, 4, "");
  ImGui::SameLine();
  ImGui::TextDisabled("%.1f px wide", static_cast<double>(2 * brush_));
  if (button("←", "One pixel to the left")) canvas.shift(-1, 0);
  if (button("→", "One pixel to the right")) canvas.shift(1, 0);
  if (button("↑", "One pixel up")) canvas.shift(0, -1);
  if (button("↓", "One pixel down")) canvas.shift(0, 1);
  ImGui::NewLine();
  if (button("−9°", "Turn against the clock")) canvas.rotate(-9);
  if (button("+9°", "Turn with the clock, as the tasks do")) canvas.rotate(9);
  ImGui::NewLine();
  ImGui::BeginDisabled(!canvas.canUndo());
  if (button("Undo", "The last stroke, shift or turn (Ctrl+Z over the drawing)")) canvas.undo();
  ImGui::EndDisabled();
  ImGui::BeginDisabled(!canvas.canRedo());
  if (button("Redo", "What was undone last (Ctrl+Y over the drawing)")) canvas.redo();
  ImGui::EndDisabled();
  if (button("Clear", "An empty canvas")) canvas.clear();
  ImGui::NewLine();
}

void UnitsPanel::drawLayers(const PanelContext& context) {
  const Look& look = context.look;
  const auto& network = context.now.spec->network;
  const auto& view = *answerOf(context);
  const float most = mostOf(network, view);
  UnitsDesk& desk = context.session.units;
  const auto all = desk.chosen();
  const float cell = cellFor(look, network, ImGui::GetContentRegionAvail());
  const auto maps = spec::mapsOf(network);
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    if (spec::isSource(network.layers[l].role)) continue;
    const bool hidden = network.layers[l].role == LayerRole::Hidden;
    const auto& activity = view.layers[l];
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Ink bold = boldInk(look, pack(figure::layerColor(network, l, look.theme)));
    put(list, bold, at, layerTitle(network, l));
    const Ink quiet = textInk(look, look.quiet());
    put(list, quiet, {at.x + ImGui::GetContentRegionAvail().x, at.y},
        hidden ? activeShare(activity) : "probability: " + answerText(activity), 1);
    ImGui::Dummy({1, look.textHeight() + look.px(6)});
    const float top = hidden ? most : 1;
    const auto current = desk.selected && desk.selected->layer == l
                             ? std::optional(desk.selected->unit)
                             : std::nullopt;
    const UnitGrid grid{context, l, activity, top, all, current};
    const bool convolutional = spec::isConvolutional(network.layers[l]) && maps[l];
    const auto hit = convolutional ? drawChannelGrid(grid, *maps[l]) : drawUnitGrid(grid, cell);
    if (hit.hovered)
      ImGui::SetTooltip(
          "%s: %s", unitName(network, {l, *hit.hovered}).c_str(),
          hidden ? stateText(activity, *hit.hovered).c_str()
                 : percent(activity.acts[static_cast<std::size_t>(*hit.hovered)]).c_str());
    if (hit.clicked) desk.select({l, *hit.clicked});
    if (hit.moved) desk.selected = link::UnitId{l, *hit.moved};
    if (hit.pinned && desk.selected) desk.pin(*desk.selected);
    if (hit.let_go) desk.selected.reset();
    ImGui::Dummy({1, look.px(8)});
  }
}

void UnitsPanel::drawCards(const PanelContext& context, float width, int columns) {
  const auto* view = answerOf(context);
  if (view == nullptr) return;
  UnitsDesk& desk = context.session.units;
  const auto& pictured = view->units;
  const auto all = desk.chosen();
  std::erase_if(weights_, [&](const auto& kept) {
    const link::UnitId id{kept.first.first, kept.first.second};
    return std::find(all.begin(), all.end(), id) == all.end();
  });
  int place = 0;
  for (const auto& id : all) {
    const auto picture = std::find_if(pictured.begin(), pictured.end(),
                                      [&](const auto& unit) { return unit.id == id; });
    if (picture == pictured.end()) continue;  // in the next answer
    if (place++ % columns != 0) ImGui::SameLine(0, context.look.px(kCardGap));
    auto& texture = weights_[{id.layer, id.unit}];
    const auto ask = drawUnitCard(
        context, {*picture, context.now.strip.width, context.now.strip.height, desk.isPinned(id)},
        texture, width);
    if (ask != CardAsk::None) desk.pin(id);
  }
}

}  // namespace dentate::ui
