#include "ui/explain.h"

#include <utility>

#include "ui/widgets.h"

namespace dentate::ui {

void Explain::ask(const Term* pointed, const PanelEntry* panel) {
  asked_ = true;
  term_ = pointed;
  panel_ = panel;
}

void Explain::draw(const Look& look) {
  if (std::exchange(asked_, false)) ImGui::OpenPopup(kTitle);
  if (ImGui::BeginPopup(kTitle)) {
    if (term_ != nullptr) {
      termCard(look, *term_);
    } else if (panel_ != nullptr) {
      termCard(look, {panel_->title, panel_->about, "", ""});
    } else {
      termCard(look, {"Dentate",
                      "Point at a word, a number or a panel and press F1 to have it "
                      "explained. Ctrl+P lists every command.",
                      "", ""});
    }
    ImGui::EndPopup();
  }
  drawTerms(look);
}

void Explain::drawTerms(const Look& look) {
  if (std::exchange(terms_asked_, false)) ImGui::OpenPopup(kTermsTitle);
  ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Appearing, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({look.px(480), ImGui::GetMainViewport()->WorkSize.y * 0.7F});
  if (!ImGui::BeginPopup(kTermsTitle)) return;
  for (const Term& one : terms()) {
    termCard(look, one);
    ImGui::Dummy({0, look.px(4)});
  }
  ImGui::EndPopup();
}

}  // namespace dentate::ui
