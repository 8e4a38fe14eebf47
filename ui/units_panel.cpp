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
    if (layer.role == LayerRole::Input) continue;
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

}  // namespace

link::StimulusChoice UnitsPanel::choice() const {
  link::StimulusChoice made;
  made.kind = kind_ == Kind::File && file_.empty() ? Kind::Newest : kind_;
  if (made.kind == Kind::Test) made.task = task_, made.index = index_;
  if (made.kind == Kind::Drawn) made.pixels = canvas_.pixels();
  if (made.kind == Kind::File) made.file = file_;
  return made;
}

std::vector<link::UnitId> UnitsPanel::chosen() const {
  auto all = pinned_;
  if (selected_ && std::find(all.begin(), all.end(), *selected_) == all.end())
    all.push_back(*selected_);
  return all;
}

// A network that does not have what was chosen in another is begun with nothing chosen.
void UnitsPanel::prepare(const PanelContext& context) {
  const auto& network = context.now.spec->network;
  const auto& strip = context.now.strip;
  if (canvas_.width() != strip.width || canvas_.height() != strip.height)
    canvas_ = Canvas(strip.width, strip.height);
  if (run_ == context.now.run) return;
  run_ = context.now.run;
  const auto gone = [&](const link::UnitId& id) {
    return id.layer >= network.layers.size() || id.unit >= network.layers[id.layer].units ||
           network.layers[id.layer].role == LayerRole::Input;
  };
  std::erase_if(pinned_, gone);
  if (selected_ && gone(*selected_)) selected_.reset();
  task_ = std::min(task_, context.now.spec->stream.tasks - 1);
  weights_.clear();
}

void UnitsPanel::draw(const PanelContext& context) {
  const Look& look = context.look;
  if (auto dropped = std::exchange(context.session.picture_dropped, {}); !dropped.empty()) {
    kind_ = Kind::File;
    file_ = typed_file_ = dropped.string();
  }
  const auto* view = answerOf(context);
  panelTitle(context, kTitle,
             view != nullptr && view->answer >= 0 ? "answers " + count(view->answer) : "");
  if (!context.now.spec)
    return emptyPanel(look, "The units of every layer appear here. Choose an experiment.");
  prepare(context);
  context.session.watch.units = link::UnitsRequest{choice(), chosen()};
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float left = std::min(look.px(236), room.x * 0.42F);
  const bool cards = selected_.has_value() || !pinned_.empty();
  const float right = cards ? std::min(look.px(300), room.x * 0.36F) : 0;
  ImGui::BeginChild("stimulus", {left, room.y});
  drawStimulus(context, left - look.px(8));
  ImGui::EndChild();
  ImGui::SameLine(0, look.px(12));
  const float middle = ImGui::GetContentRegionAvail().x - (cards ? right + look.px(12) : 0);
  ImGui::BeginGroup();
  if (view != nullptr) drawUnitLegend(look, mostOf(context.now.spec->network, *view));
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
  drawCards(context, ImGui::GetContentRegionAvail().x - look.px(4));
  ImGui::EndChild();
}

void UnitsPanel::drawStimulus(const PanelContext& context, float width) {
  drawChoices(context, width);
  const float side = std::min(width, context.look.px(212));
  drawPicture(context, side);
  const auto* view = answerOf(context);
  if (view != nullptr && !view->problem.empty()) errorText(context.look, view->problem);
  if (view != nullptr && kind_ != Kind::Drawn && !view->transform.empty())
    ImGui::TextDisabled("%s%s", view->category >= 0 ? (count(view->category) + ", ").c_str() : "",
                        view->transform.c_str());
  if (kind_ == Kind::Drawn) drawCanvasTools(context);
}

void UnitsPanel::drawChoices(const PanelContext& context, float width) {
  const auto choose = [&](const char* name, Kind kind, const char* about) {
    if (ImGui::RadioButton(name, kind_ == kind)) kind_ = kind;
    tip(about);
  };
  choose("Newest", Kind::Newest, "The newest image of the stream");
  ImGui::SameLine();
  choose("Drawn", Kind::Drawn, "Draw with the mouse");
  choose("Test", Kind::Test, "An image that a task is tested on");
  ImGui::SameLine();
  choose("File", Kind::File, "A PNG or JPEG picture, brought to the size and colours of the input");
  if (kind_ == Kind::Test) drawTest(context, width);
  if (kind_ == Kind::File) drawFile(width);
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
  slide("task", task_, spec.stream.tasks);
  slide("image", index_, images);
}

void UnitsPanel::drawFile(float width) {
  ImGui::SetNextItemWidth(width);
  if (ImGui::InputTextWithHint("##file", "path, or drop a file", &typed_file_,
                               ImGuiInputTextFlags_EnterReturnsTrue))
    file_ = typed_file_;
}

void UnitsPanel::drawPicture(const PanelContext& context, float side) {
  const auto* view = answerOf(context);
  const auto& strip = context.now.strip;
  const bool drawn = kind_ == Kind::Drawn;
  if (drawn)
    picture_.show(canvas_.pixels(), canvas_.width(), canvas_.height());
  else if (view != nullptr)
    picture_.show(view->pixels, strip.width, strip.height);
  const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + side, low.y + side};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(low, high, IM_COL32(0, 0, 0, 255), context.look.px(4));
  if (!picture_.empty()) list.AddImage(picture_.reference(), low, high);
  list.AddRect(low, high, drawn ? context.look.accent() : context.look.line(), context.look.px(4),
               context.look.hairline());
  if (drawn && canvas_.empty() && !drawing_)
    put(list, textInk(context.look, IM_COL32(200, 200, 200, 255)),
        {low.x + side / 2, low.y + side / 2 - context.look.textHeight() / 2}, "draw here", 0.5F);
  ImGui::InvisibleButton("canvas", {side, side});
  if (!drawn) return;
  if (ImGui::IsItemHovered()) takeKeys(context);
  followHand(low, side);
}

// The drawing's own undo while the pointer is over it, in the place of the experiment's.
void UnitsPanel::takeKeys(const PanelContext& context) {
  context.session.own_undo = true;
  if (drawing_ || ImGui::GetIO().WantTextInput) return;
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Z)) canvas_.undo();
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Y)) canvas_.redo();
}

void UnitsPanel::followHand(ImVec2 low, float side) {
  if (!ImGui::IsItemActive()) {
    drawing_ = false;
    return;
  }
  const ImVec2 mouse = ImGui::GetMousePos();
  const Canvas::Place at{(mouse.x - low.x) / side * static_cast<float>(canvas_.width()),
                         (mouse.y - low.y) / side * static_cast<float>(canvas_.height())};
  if (!std::exchange(drawing_, true)) {
    canvas_.beginStroke();
    last_ = at;
  }
  canvas_.stroke(last_, at, brush_, erase_ ? 0 : 255);
  last_ = at;
}

void UnitsPanel::drawCanvasTools(const PanelContext& context) {
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
  if (button("←", "One pixel to the left")) canvas_.shift(-1, 0);
  if (button("→", "One pixel to the right")) canvas_.shift(1, 0);
  if (button("↑", "One pixel up")) canvas_.shift(0, -1);
  if (button("↓", "One pixel down")) canvas_.shift(0, 1);
  ImGui::NewLine();
  if (button("−9°", "Turn against the clock")) canvas_.rotate(-9);
  if (button("+9°", "Turn with the clock, as the tasks do")) canvas_.rotate(9);
  ImGui::NewLine();
  ImGui::BeginDisabled(!canvas_.canUndo());
  if (button("Undo", "The last stroke, shift or turn (Ctrl+Z over the drawing)")) canvas_.undo();
  ImGui::EndDisabled();
  ImGui::BeginDisabled(!canvas_.canRedo());
  if (button("Redo", "What was undone last (Ctrl+Y over the drawing)")) canvas_.redo();
  ImGui::EndDisabled();
  if (button("Clear", "An empty canvas")) canvas_.clear();
  ImGui::NewLine();
}

void UnitsPanel::select(const link::UnitId& unit) {
  if (selected_ == unit)
    selected_.reset();
  else
    selected_ = unit;
}

void UnitsPanel::drawLayers(const PanelContext& context) {
  const Look& look = context.look;
  const auto& network = context.now.spec->network;
  const auto& view = *answerOf(context);
  const float most = mostOf(network, view);
  const auto all = chosen();
  const float cell = cellFor(look, network, ImGui::GetContentRegionAvail());
  const auto maps = spec::mapsOf(network);
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    if (network.layers[l].role == LayerRole::Input) continue;
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
    const UnitGrid grid{context, l, activity, top, all};
    const bool convolutional = spec::isConvolutional(network.layers[l]) && maps[l];
    const auto hit = convolutional ? drawChannelGrid(grid, *maps[l]) : drawUnitGrid(grid, cell);
    if (hit.hovered)
      ImGui::SetTooltip(
          "%s: %s", unitName(network, {l, *hit.hovered}).c_str(),
          hidden ? stateText(activity, *hit.hovered).c_str()
                 : percent(activity.acts[static_cast<std::size_t>(*hit.hovered)]).c_str());
    if (hit.clicked) select({l, *hit.clicked});
    ImGui::Dummy({1, look.px(8)});
  }
}

void UnitsPanel::drawCards(const PanelContext& context, float width) {
  const auto* view = answerOf(context);
  if (view == nullptr) return;
  const auto& pictured = view->units;
  const auto all = chosen();
  std::erase_if(weights_, [&](const auto& kept) {
    const link::UnitId id{kept.first.first, kept.first.second};
    return std::find(all.begin(), all.end(), id) == all.end();
  });
  for (const auto& id : all) {
    const auto picture = std::find_if(pictured.begin(), pictured.end(),
                                      [&](const auto& unit) { return unit.id == id; });
    if (picture == pictured.end()) continue;  // in the next answer
    const auto pin = std::find(pinned_.begin(), pinned_.end(), id);
    auto& texture = weights_[{id.layer, id.unit}];
    const auto ask = drawUnitCard(
        context,
        {*picture, context.now.strip.width, context.now.strip.height, pin != pinned_.end()},
        texture, width);
    if (ask == CardAsk::Pin && pinned_.size() + 1 < link::UnitsRequest::kMostUnits)
      pinned_.push_back(id);
    if (ask == CardAsk::Unpin) pinned_.erase(pin);
  }
}

}  // namespace dentate::ui
