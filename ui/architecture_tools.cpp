#include "ui/architecture_tools.h"

#include <algorithm>

#include "engine/spec/check_data.h"
#include "engine/spec/items.h"
#include "engine/spec/shape.h"
#include "engine/spec/templates.h"
#include "ui/architecture_rows.h"
#include "ui/experiment_panel.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;

constexpr int kMostConvolutions = 4;  // 28 or 32 pixels, halved so often, are 2
constexpr int kMostLayers = 12, kMostUnits = 20'000, kMostRatio = 50, kMostChannels = 1'000;

// A button of two that stand for the two states of one thing.
bool modeButton(const Look& look, const char* label, bool on) {
  ImGui::PushStyleColor(ImGuiCol_Button, on ? look.accent() : look.track());
  ImGui::PushStyleColor(ImGuiCol_Text, on ? IM_COL32(255, 255, 255, 255) : look.text());
  const bool pressed = ImGui::Button(label);
  ImGui::PopStyleColor(2);
  return pressed;
}

// Whether one more button of that label has room on this line; else it begins the next.
void sameLineIfRoom(const char* label) {
  const ImGuiStyle& style = ImGui::GetStyle();
  const float width = ImGui::CalcTextSize(label, nullptr, true).x + 2 * style.FramePadding.x;
  const float right = ImGui::GetItemRectMax().x + style.ItemSpacing.x + width;
  if (right < ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x) ImGui::SameLine();
}

bool toolButton(const char* label, const char* about) {
  sameLineIfRoom(label);
  const bool pressed = ImGui::Button(label);
  tip(about);
  return pressed;
}

// A popup of the button that was drawn last, below it.
bool beginMenu(const char* id) {
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  ImGui::SetNextWindowPos({low.x, high.y + ImGui::GetStyle().ItemInnerSpacing.y},
                          ImGuiCond_Appearing);
  return ImGui::BeginPopup(id);
}

bool wholeField(const Look& look, const char* label, const char* id, int* value, int most) {
  sideRow(look, label);
  ImGui::SetNextItemWidth(look.px(120));
  const bool changed = ImGui::InputInt(id, value);
  *value = std::clamp(*value, 1, most);
  return changed;
}

}  // namespace

void ArchitectureTools::drawMode(const ToolsInput& input, Wish& wish) {
  const Look& look = input.context.look;
  if (modeButton(look, "Edit###edit", !input.live)) wish.live = false;
  tip("Draw the network");
  ImGui::SameLine(0, look.px(2));
  ImGui::BeginDisabled(!input.why_not_live.empty());
  if (modeButton(look, "Live###live", input.live)) wish.live = true;
  ImGui::EndDisabled();
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
    ImGui::SetTooltip("%s", input.why_not_live.empty() ? "Watch the network while it learns"
                                                       : input.why_not_live.c_str());
}

void ArchitectureTools::drawAdd(Wish& wish) {
  if (toolButton("Add layer###add", "A hidden layer, beside the one that is selected"))
    wish.add = LayerRole::Hidden;
  if (toolButton("Add other …###add_other", "An output, the input, or a bias"))
    ImGui::OpenPopup("add_menu");
  if (!beginMenu("add_menu")) return;
  if (ImGui::MenuItem("Category output")) wish.add = LayerRole::Category;
  if (ImGui::MenuItem("Item output")) wish.add = LayerRole::Item;
  if (ImGui::MenuItem("Input")) wish.add = LayerRole::Input;
  if (ImGui::MenuItem("Bias")) wish.add = LayerRole::Bias;
  ImGui::EndPopup();
}

void ArchitectureTools::drawTemplates(const ToolsInput& input, Wish& wish) {
  if (toolButton("Templates …###templates", "Begin with a network of a known shape"))
    ImGui::OpenPopup("templates_menu");
  if (!beginMenu("templates_menu")) return;
  const Look& look = input.context.look;
  wholeField(look, "layers", "##layers", &layers_, kMostLayers);
  wholeField(look, "units", "##units", &units_, kMostUnits);
  wholeField(look, "large : small", "##ratio", &ratio_, kMostRatio);
  wholeField(look, "channels", "##channels", &channels_, kMostChannels);
  sideRow(look, "item output");
  ImGui::Checkbox("##items", &items_);
  ImGui::Separator();
  drawShapes(input, wish);
  ImGui::EndPopup();
}

void ArchitectureTools::drawShapes(const ToolsInput& input, Wish& wish) {
  using spec::Labels;
  const auto& draft = input.context.session.draft.spec();
  const auto items = spec::streamItems(draft.stream);
  const auto inputs = spec::unitsFor(LayerRole::Input, draft);
  const auto categories = spec::unitsFor(LayerRole::Category, draft);
  const auto entry = [&](const std::string& label, const char* about, auto make,
                         std::optional<Labels> labels) {
    if (ImGui::Selectable(label.c_str())) {
      auto network = make();
      network.layers.front().channels = spec::channelsFor(draft);  // of the input
      spec::fitUnits(network);
      wish.chosen = Template{std::move(network), labels};
    }
    tip(about);
  };
  const std::string rows = count(layers_) + " × " + count(units_);
  const std::string large = ", large " + count(std::int64_t{units_} * ratio_);
  entry(
      "Layered · " + rows + "###layered", "Hidden layers in a row",
      [&] { return spec::layeredNetwork(inputs, layers_, units_, categories); }, Labels::Category);
  entry(
      "Skip two-path · 3 × " + count(units_) + large + "###skip",
      "A large third layer, and a path past it",
      [&] { return spec::skipNetwork(inputs, units_, ratio_, categories); }, Labels::Category);
  const spec::SplitShape split{inputs, layers_, units_, ratio_, categories, items_ ? items : 0};
  entry(
      "Split two-path · " + rows + large + "###split",
      "Common layers, then a large and a small pathway side by side",
      [&] { return spec::splitNetwork(split); }, items_ ? Labels::Dual : Labels::Category);
  entry(
      "Dual heads · " + rows + "###dual",
      "Hidden layers in a row, then a category and an item output",
      [&] { return spec::dualNetwork(inputs, layers_, units_, categories, items); }, Labels::Dual);
  const spec::ConvolutionalShape maps{.inputs = inputs,
                                      .input_channels = spec::channelsFor(draft),
                                      .convolutional_layers = std::min(layers_, kMostConvolutions),
                                      .channels = channels_,
                                      .dense_layers = 1,
                                      .units = units_,
                                      .categories = categories,
                                      .items = items_ ? items : 0};
  entry(
      "Convolutional · " + count(maps.convolutional_layers) + " × " + count(channels_) +
          " channels, " + count(units_) + "###convolutional",
      "Convolutional layers in a row, each with half the height and width of the one before, then "
      "a dense layer",
      [&] { return spec::convolutionalNetwork(maps); }, items_ ? Labels::Dual : Labels::Category);
  entry(
      "Empty canvas###empty", "The input and nothing else",
      [&] { return spec::emptyNetwork(inputs); }, std::nullopt);
}

void ArchitectureTools::drawView(const ToolsInput& input, Wish& wish) {
  Draft& draft = input.context.session.draft;
  const bool can_undo = draft.canUndo(), can_redo = draft.canRedo();
  if (!input.live) {
    ImGui::BeginDisabled(!can_undo);
    if (toolButton((std::string(icon::kUndo) + "###undo").c_str(), "Undo, Ctrl+Z")) {
      draft.undo();
      sendRates(input.context);
    }
    ImGui::EndDisabled();
    ImGui::BeginDisabled(!can_redo);
    if (toolButton((std::string(icon::kRedo) + "###redo").c_str(), "Redo, Ctrl+Y")) {
      draft.redo();
      sendRates(input.context);
    }
    ImGui::EndDisabled();
  }
  wish.arrange = toolButton("Arrange###arrange", "Put the layers in order of their depth");
  wish.fit = toolButton("Fit###fit", "Show all of the network: F");
  if (toolButton("−###out", "Zoom out: the wheel, or −")) wish.zoom = 1 / 1.25F;
  if (toolButton("+###in", "Zoom in: the wheel, or +")) wish.zoom = 1.25F;
}

ArchitectureTools::Wish ArchitectureTools::draw(const ToolsInput& input) {
  Wish wish;
  drawMode(input, wish);
  if (!input.live) {
    drawAdd(wish);
    drawTemplates(input, wish);
  }
  drawView(input, wish);
  return wish;
}

}  // namespace dentate::ui
