#include "ui/lesion_panel.h"

#include <algorithm>
#include <utility>

#include "ui/lesion_beside.h"
#include "ui/lesion_results.h"
#include "ui/widgets.h"

namespace dentate::ui {

void LesionPanel::draw(const PanelContext& context) {
  const Look& look = context.look;
  panelTitle(context, kTitle,
             Notes{"silence part of the network, and see what it still knows",
                   "silence part of the network"});
  if (!context.now.spec)
    return emptyPanel(look, "What a lesion takes appears here. Choose an experiment.");
  if (ImGui::IsWindowHovered(ImGuiHoveredFlags_RootAndChildWindows)) {
    context.session.own_undo = true;
    LesionControls::takeKeys(context);
  }
  watch(context);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float left = std::clamp(room.x * 0.48F, look.px(260), look.px(400));
  const bool beside = room.x > left + look.px(260);
  if (ImGui::BeginChild("controls", {beside ? left : 0, beside ? 0 : room.y * 0.5F}))
    controls_.draw(context);
  ImGui::EndChild();
  if (beside) ImGui::SameLine(0, look.px(20));
  if (ImGui::BeginChild("answers", {0, 0})) drawAnswers(context);
  ImGui::EndChild();
}

void LesionPanel::watch(const PanelContext& context) {
  context.session.watch.lesion = link::LesionRequest{context.session.lesions.asked()};
  const auto& newest = context.now.views.lesion;
  if (newest) view_ = newest;
  if (view_ && view_->run != context.now.run) view_.reset();
}

void LesionPanel::drawAnswers(const PanelContext& context) {
  const bool curves_asked = std::exchange(context.session.lesion_curves_asked, false);
  curves_.follow(context);
  if (curves_asked) curves_.ask(context, context.session.lesions.setup());
  if (!ImGui::BeginTabBar("views", ImGuiTabBarFlags_DrawSelectedOverline)) return;
  const auto tab = [](const char* label, const char* about, bool to_front, const auto& content) {
    const bool open = ImGui::BeginTabItem(
        label, nullptr, to_front ? ImGuiTabItemFlags_SetSelected : ImGuiTabItemFlags_None);
    tip(about);
    if (!open) return;
    if (ImGui::BeginChild("content", {0, 0})) content();
    ImGui::EndChild();
    ImGui::EndTabItem();
  };
  tab("This lesion###this_lesion", "What the networks know with the lesion that is set", false,
      [&] { drawThisLesion(context); });
  tab("Every part, by size###by_size",
      "Accuracy over the size of a lesion, of every layer and every path in turn", curves_asked,
      [&] { curves_.draw(context, context.session.lesions.setup()); });
  ImGui::EndTabBar();
}

void LesionPanel::drawThisLesion(const PanelContext& context) {
  auto& watch = context.session.watch;
  if (!watch.similarity) {  // else Representations says what it is of
    watch.similarity.emplace();
    watch.similarity->lesions = watch.lesion->lesions;
  }
  drawBeside(context, context.session.lesions.forLearning());
  if (view_)
    drawLesionResults(context, *view_);
  else
    ImGui::TextDisabled("The networks are being tested …");
}

}  // namespace dentate::ui
