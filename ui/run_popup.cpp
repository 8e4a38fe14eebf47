#include "ui/run_popup.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "imgui_stdlib.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {

namespace fs = std::filesystem;

void RunPopup::draw(const PanelContext& context) {
  if (std::exchange(context.session.saved_run_asked, false)) {
    found_ = savedRuns(context.session.output);
    path_ = context.session.output.string();
    error_.clear();
    ImGui::OpenPopup(kTitle);
  }
  ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Appearing, {0.5F, 0.5F});
  if (!ImGui::BeginPopupModal(kTitle, nullptr,
                              ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings))
    return;
  const bool done = drawContent(context);
  ImGui::SameLine();
  if (ImGui::Button("Cancel###cancel") || done || ImGui::IsKeyPressed(ImGuiKey_Escape))
    ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

bool RunPopup::drawContent(const PanelContext& context) {
  const Look& look = context.look;
  bool done = false;
  const float rows = std::min(static_cast<float>(found_.size()), 10.0F);
  if (found_.empty()) {
    ImGui::TextDisabled("No run was saved to %s yet.", context.session.output.c_str());
  } else {
    ImGui::TextDisabled("%s, newest first",
                        plural(static_cast<std::int64_t>(found_.size()), "run", "runs").c_str());
    if (ImGui::BeginChild("found",
                          {look.px(720), rows * ImGui::GetTextLineHeightWithSpacing() + look.px(8)},
                          ImGuiChildFlags_Borders)) {
      for (const SavedFolder& one : found_) {
        if (ImGui::Selectable(one.path.filename().string().c_str()))
          done |= open(context, one.path);
        const Ink ink = textInk(look, look.quiet());
        const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
        put(*ImGui::GetWindowDrawList(), ink, {high.x - look.px(8), low.y},
            cut(ink, one.facts, (high.x - low.x) / 2), 1);
      }
    }
    ImGui::EndChild();
  }
  ImGui::TextDisabled("Any folder of a saved run, as dentate run and Ctrl+S write them:");
  ImGui::SetNextItemWidth(look.px(720));
  const bool entered = ImGui::InputText("##path", &path_, ImGuiInputTextFlags_EnterReturnsTrue);
  if (!error_.empty()) errorText(look, error_);
  if (ImGui::Button("Open###go") || entered) done |= open(context, path_);
  return done;
}

bool RunPopup::open(const PanelContext& context, const fs::path& folder) {
  std::error_code ignored;
  const fs::path whole = fs::absolute(folder, ignored);
  if (!isSavedRun(whole)) {
    error_ = "It must hold config.json, metrics.csv and accuracy.csv.";
    return false;
  }
  context.emit(link::OpenRun{whole.string()});
  return true;
}

}  // namespace dentate::ui
