#include "ui/workspace_popup.h"

#include <utility>

#include "imgui_stdlib.h"
#include "ui/widgets.h"

namespace dentate::ui {

void WorkspacePopup::begin(Mode mode, std::string name) {
  mode_ = mode;
  opening_ = true;
  name_ = std::move(name);
  error_.clear();
}

void WorkspacePopup::draw(const Look& look, Workspaces& workspaces) {
  if (mode_ == Mode::None) return;
  const char* title = mode_ == Mode::Save ? kSaveTitle : kRenameTitle;
  if (!beginDialog(title, opening_)) {
    mode_ = Mode::None;
    return;
  }
  if (drawContent(look, workspaces)) {
    ImGui::CloseCurrentPopup();
    mode_ = Mode::None;
  }
  ImGui::EndPopup();
}

bool WorkspacePopup::drawContent(const Look& look, Workspaces& workspaces) {
  ImGui::TextDisabled(mode_ == Mode::Save ? "Keeps which panels are open, and where."
                                          : "Another name for the same layout.");
  ImGui::SetNextItemWidth(look.px(360));
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  const bool entered = ImGui::InputText("##name", &name_, ImGuiInputTextFlags_EnterReturnsTrue);
  if (!error_.empty()) errorText(look, error_);
  if (ImGui::Button(mode_ == Mode::Save ? "Save###go" : "Rename###go") || entered) {
    const auto problem = workspaces.problemWith(name_);
    error_ = problem.value_or("");
    if (!problem && mode_ == Mode::Save) workspaces.saveAs(name_);
    if (!problem && mode_ == Mode::Rename) workspaces.rename(name_);
    if (!problem) return true;
  }
  ImGui::SameLine();
  return ImGui::Button("Cancel###cancel") || ImGui::IsKeyPressed(ImGuiKey_Escape);
}

}  // namespace dentate::ui
