#include "ui/lesion_controls.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/spec/shape.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::LesionOrder;
using Kind = LesionRow::Kind;

constexpr std::array kOrders{std::pair{LesionOrder::Random, "at random"},
                             std::pair{LesionOrder::MostActive, "most active first"},
                             std::pair{LesionOrder::LeastActive, "least active first"}};

const char* nameOf(LesionOrder order) {
  for (const auto& [value, name] : kOrders)
    if (value == order) return name;
  return "";
}

figure::Color colorOf(const PanelContext& context, const LesionRow& row) {
  const auto& network = context.now.spec->network;
  if (row.kind == Kind::Path)
    return figure::pathStyle(network, row.parts.front(), context.look.theme).color;
  return figure::layerColor(network, row.parts.front(), context.look.theme);
}

bool silencesChannels(const spec::NetworkSpec& network, const LesionRow& row) {
  return row.kind != Kind::Path && std::ranges::any_of(row.parts, [&](std::size_t layer) {
           return spec::isConvolutional(network.layers[layer]);
         });
}

// Columns of a row, from its left end: name, share, alpha = 0.
struct Columns {
  float name, value, still;  // widths, pixels
};
Columns columnsOf(const Look& look) {
  const float room = ImGui::GetContentRegionAvail().x;
  const float still = look.px(64);
  const float name = std::min(look.px(132), 0.4F * room);
  return {name, room - name - still, still};
}

void drawShare(const PanelContext& context, const LesionRow& row, float width) {
  const Look& look = context.look;
  LesionDesk& desk = context.session.lesions;
  const float digits = widthOf(monoInk(look, 0), "100 %") + look.px(16);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  auto share = static_cast<float>(shareOf(desk.dials(), row));
  const bool moved = thinSlider(look, ("##share_" + row.id).c_str(), &share, width - digits);
  if (ImGui::IsItemActivated()) desk.beginDrag();
  if (moved) desk.drag(row, std::round(100 * static_cast<double>(share)) / 100);
  if (ImGui::IsItemDeactivatedAfterEdit()) desk.endDrag(context.emit);
  if (row.kind == Kind::Path)
    tip("Cuts the path for so many units of its source; they go on sending over their other paths");
  else if (silencesChannels(context.now.spec->network, row))
    tip("Silences whole channels");
  const auto text = std::to_string(std::lround(100 * shareOf(desk.dials(), row))) + " %";
  const float line = (ImGui::GetFrameHeight() - look.textHeight()) / 2;
  put(*ImGui::GetWindowDrawList(), monoInk(look, share > 0 ? look.text() : look.quiet()),
      {at.x + width - look.px(8), at.y + line}, text, 1);
}

void drawRow(const PanelContext& context, const LesionRow& row) {
  const Look& look = context.look;
  const Columns columns = columnsOf(look);
  const float left = ImGui::GetCursorPosX();
  ImGui::PushID(row.id.c_str());
  ImGui::AlignTextToFramePadding();
  const Ink ink = boldInk(look, 0);
  ImGui::PushStyleColor(ImGuiCol_Text, pack(colorOf(context, row)));
  ImGui::PushFont(look.fonts.bold, 0);
  ImGui::TextUnformatted(cut(ink, row.name, columns.name - look.px(6)).c_str());
  ImGui::PopFont();
  ImGui::PopStyleColor();
  ImGui::SameLine(left + columns.name);
  drawShare(context, row, columns.value);
  ImGui::SameLine(left + columns.name + columns.value);
  LesionDesk& desk = context.session.lesions;
  ImGui::BeginDisabled(!desk.forLearning());
  bool still = isStill(desk.dials(), row);
  if (ImGui::Checkbox(("##still_" + row.id).c_str(), &still))
    desk.editDials(context.emit, [&](LesionDials& dials) { setStill(dials, row, still); });
  ImGui::EndDisabled();
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) && ImGui::BeginItemTooltip()) {
    ImGui::TextUnformatted(desk.forLearning() ? "Its plasticity: α = 0 from now on; activity stays"
                                              : "Plasticity matters only for the rest of learning");
    ImGui::EndTooltip();
  }
  ImGui::PopID();
}

}  // namespace

void LesionControls::takeKeys(const PanelContext& context) {
  if (ImGui::GetIO().WantTextInput) return;
  LesionDesk& desk = context.session.lesions;
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Z)) desk.undo(context.emit);
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Y)) desk.redo(context.emit);
}

void LesionControls::draw(const PanelContext& context) {
  if (spec_ != context.now.spec) {
    spec_ = context.now.spec;
    rows_ = lesionRows(spec_->network);
  }
  drawScope(context);
  drawOrder(context);
  drawUndo(context);
  drawInForce(context);
  drawRows(context);
}

void LesionControls::drawScope(const PanelContext& context) {
  ImGui::AlignTextToFramePadding();
  termLabel(context, "Lesion", "lesion");
  ImGui::SameLine();
  LesionDesk& desk = context.session.lesions;
  if (ImGui::RadioButton("at test###at_test", !desk.forLearning())) desk.setForLearning(false);
  tip("Nothing is changed: the networks are tested with and without the lesion");
  ImGui::SameLine();
  const float room = ImGui::GetContentRegionAvail().x - ImGui::GetFrameHeight() -
                     ImGui::GetStyle().ItemInnerSpacing.x;
  const std::string rest =
      fitting(textInk(context.look, 0), {"for the rest of learning", "from now on"}, room);
  if (ImGui::RadioButton((rest + "###learning").c_str(), desk.forLearning()))
    desk.setForLearning(true);
  tip("The networks learn on with the lesion, until it is undone. The tests compare them with "
      "themselves, the lesion lifted; what it does to learning shows beside another run.");
}

void LesionControls::drawOrder(const PanelContext& context) {
  const Look& look = context.look;
  LesionDesk& desk = context.session.lesions;
  const LesionSetup& setup = desk.setup();
  ImGui::AlignTextToFramePadding();
  termLabel(context, "units", "order of units");
  ImGui::SameLine();
  const bool random = setup.order == LesionOrder::Random;
  const std::string seed =
      std::string(icon::kReset) + " seed " + count(static_cast<std::int64_t>(setup.seed));
  const ImGuiStyle& style = ImGui::GetStyle();
  const float beside =
      random ? ImGui::CalcTextSize(seed.c_str()).x + 2 * style.FramePadding.x + style.ItemSpacing.x
             : 0;
  ImGui::SetNextItemWidth(std::min(look.px(164), ImGui::GetContentRegionAvail().x - beside));
  if (ImGui::BeginCombo("##order", nameOf(setup.order))) {
    for (const auto& [order, name] : kOrders)
      if (ImGui::Selectable(name, setup.order == order))
        desk.edit(context.emit, [to = order](LesionSetup& edited) { edited.order = to; });
    ImGui::EndCombo();
  }
  if (!random) return;
  ImGui::SameLine();
  if (ImGui::Button((seed + "###reroll").c_str()))
    desk.edit(context.emit, [](LesionSetup& edited) { ++edited.seed; });
  tip("Draw the random order anew, with the next seed");
}

void LesionControls::drawUndo(const PanelContext& context) {
  const auto button = [](const char* label, bool enabled, const char* about) {
    ImGui::BeginDisabled(!enabled);
    const bool pressed = ImGui::Button(label);
    ImGui::EndDisabled();
    if (about[0] != '\0') tip(about);
    return pressed;
  };
  LesionDesk& desk = context.session.lesions;
  const std::string undo = std::string(icon::kUndo) + "###undo";
  if (button(undo.c_str(), desk.canUndo(), "Undo the last change (Ctrl+Z over this panel)"))
    desk.undo(context.emit);
  ImGui::SameLine();
  if (button("Undo all lesions###undo_all", desk.anyLesion(),
             "At test and for the rest of learning"))
    desk.undoAll(context.emit);
  ImGui::Dummy({0, context.look.px(4)});
}

void LesionControls::drawRows(const PanelContext& context) {
  const Look& look = context.look;
  const auto heading = [&](const char* name, const char* value) {
    const Columns columns = columnsOf(look);
    const float left = ImGui::GetCursorPosX();
    ImGui::PushFont(look.fonts.bold, 0);
    ImGui::TextUnformatted(name);
    ImGui::PopFont();
    ImGui::SameLine(left + columns.name);
    ImGui::TextDisabled("%s", value);
    ImGui::SameLine(left + columns.name + columns.value);
    termLabel(context, "α = 0", "plasticity");
  };
  heading("Layers", spec::convolves(context.now.spec->network) ? "units or channels silenced"
                                                               : "units silenced");
  bool paths = false;
  for (const LesionRow& row : rows_) {
    if (row.kind == Kind::Path && !std::exchange(paths, true))
      heading("Paths", "source units cut off");
    drawRow(context, row);
  }
}

void LesionControls::drawInForce(const PanelContext& context) {
  const auto& lesions = context.now.lesions;
  std::string text;
  for (const auto& lesion : lesions)
    text += (text.empty() ? "In force while it learns: " : "; ") +
            spec::nameOf(context.now.spec->network, lesion);
  if (text.empty()) return;
  ImGui::PushStyleColor(ImGuiCol_Text, pack(context.look.warning));
  ImGui::TextWrapped("%s", text.c_str());
  ImGui::PopStyleColor();
  ImGui::Dummy({0, context.look.px(4)});
}

}  // namespace dentate::ui
