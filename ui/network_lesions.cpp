#include "ui/network_lesions.h"

#include <algorithm>
#include <string>

#include "ui/hatch.h"
#include "ui/lesion_panel.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr const char* kMenu = "lesion menu";

bool isOfPart(const LesionRow& row, DiagramPart part) {
  const bool path = row.kind == LesionRow::Kind::Path;
  return path == part.path &&
         std::find(row.parts.begin(), row.parts.end(), part.index) != row.parts.end();
}

void lesionItem(const PanelContext& context, const LesionRow& row) {
  LesionDesk& desk = context.session.lesions;
  const bool whole = shareOf(desk.setup().at_test, row) >= 1;
  const std::string text =
      (row.kind == LesionRow::Kind::Path ? "Cut " : "Silence ") + row.name + " at test";
  if (!ImGui::MenuItem((text + "###" + row.id).c_str(), nullptr, whole)) return;
  desk.setForLearning(false);
  desk.edit(context.emit, [&](LesionSetup& setup) { setShare(setup.at_test, row, whole ? 0 : 1); });
}

}  // namespace

std::vector<spec::Lesion> lesionsAtTest(const PanelContext& context) {
  const LesionSetup& setup = context.session.lesions.setup();
  return lesionsOf(setup, setup.at_test);
}

double shareAtTest(const std::vector<spec::Lesion>& lesions, DiagramPart part) {
  const auto of = part.path ? spec::LesionPart::Path : spec::LesionPart::Layer;
  for (const auto& lesion : lesions)
    if (!lesion.plasticity && lesion.part == of && lesion.index == part.index) return lesion.share;
  return 0;
}

void drawLesionsAtTest(const NetworkDrawing& d) {
  const auto lesions = lesionsAtTest(d.context);
  const Look& look = d.context.look;
  for (std::size_t i = 0; i < d.layout.layers.size(); ++i) {
    const auto share = static_cast<float>(shareAtTest(lesions, {false, i}));
    const Box& frame = d.layout.layers[i].frame;
    const float top = frame.bottom() - frame.h * std::min(1.0F, share);
    drawHatched(d.list, look, {frame.x, top}, {frame.right(), frame.bottom()},
                figure::layerColor(d.network, i, look.theme));
  }
}

void drawLesionMenu(const PanelContext& context, const std::optional<DiagramPart>& pointed,
                    DiagramPart& menu_of) {
  if (pointed && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) {
    menu_of = *pointed;
    ImGui::OpenPopup(kMenu);
  }
  if (!ImGui::BeginPopup(kMenu)) return;
  LesionDesk& desk = context.session.lesions;
  for (const LesionRow& row : lesionRows(context.now.spec->network))
    if (isOfPart(row, menu_of)) lesionItem(context, row);
  ImGui::BeginDisabled(!desk.anyLesion());
  if (ImGui::MenuItem("Undo all lesions###undo_all")) desk.undoAll(context.emit);
  ImGui::EndDisabled();
  ImGui::Separator();
  if (ImGui::MenuItem("Lesion lab###lesion_lab")) context.session.panel_asked = LesionPanel::kTitle;
  ImGui::EndPopup();
}

const link::LesionView* watchLesionsAtTest(const PanelContext& context) {
  const auto lesions = lesionsAtTest(context);
  if (lesions.empty() || context.session.lesions.forLearning()) return nullptr;
  context.session.watch.lesion = link::LesionRequest{lesions};
  const auto& view = context.now.views.lesion;
  const bool answers = view && view->run == context.now.run && view->request.lesions == lesions;
  return answers ? view.get() : nullptr;
}

}  // namespace dentate::ui
