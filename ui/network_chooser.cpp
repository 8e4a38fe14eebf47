#include "ui/network_chooser.h"

#include <algorithm>
#include <utility>

#include "imgui_stdlib.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {

float NetworkChooser::draw(const PanelContext& context, ImVec2 at) {
  const auto& now = context.now;
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const std::size_t shown =
      std::min(replica_.shown(now.replica, now.applied), now.variants.size() - 1);
  const std::string all = " of " + count(static_cast<std::int64_t>(now.variants.size()));
  ImGui::SetCursorScreenPos(at);
  const bool asked = std::exchange(context.session.network_asked, false);
  const std::string name = networkName(*now.spec, now.variants[shown]);
  if (ImGui::SmallButton((name + all + " …###replica").c_str()) || asked) {
    filter_.clear();
    search(context);
    marked_ = shown;
    moved_ = true;
    ImGui::OpenPopup(kTitle);
  }
  const float right = ImGui::GetItemRectMax().x;
  tip("The diagram shows this one of the networks that learn; the curves are of all");
  drawList(context, shown);
  ImGui::SetCursorScreenPos(after);
  return right;
}

void NetworkChooser::search(const PanelContext& context) {
  const auto& now = context.now;
  found_.clear();
  for (std::size_t i = 0; i < now.variants.size(); ++i)
    if (isFound(*now.spec, now.variants[i], filter_)) found_.push_back(i);
  marked_ = 0;
}

void NetworkChooser::moveByKeys() {
  const std::size_t before = marked_;
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) ++marked_;
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow) && marked_ > 0) --marked_;
  marked_ = found_.empty() ? 0 : std::min(marked_, found_.size() - 1);
  moved_ |= marked_ != before;
}

void NetworkChooser::drawList(const PanelContext& context, std::size_t shown) {
  const auto& now = context.now;
  const Look& look = context.look;
  ImGui::SetNextWindowSize({look.px(320), look.px(360)});
  // The keys are the text's and the list's own, as in the command palette.
  if (!ImGui::BeginPopup(kTitle, ImGuiWindowFlags_NoNav)) return;
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(-1);
  if (ImGui::InputTextWithHint("##find", "Condition, α₀ or seed", &filter_)) search(context);
  if (!ImGui::IsAnyItemActive()) ImGui::SetKeyboardFocusHere(-1);
  moveByKeys();
  std::optional<std::size_t> chosen;
  if (ImGui::IsKeyPressed(ImGuiKey_Enter) && !found_.empty()) chosen = found_[marked_];
  if (ImGui::BeginChild("list", {0, 0}, ImGuiChildFlags_None, ImGuiWindowFlags_NoNav)) {
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(found_.size()));
    if (std::exchange(moved_, false) && !found_.empty()) {
      clipper.IncludeItemByIndex(static_cast<int>(marked_));
      const float row = ImGui::GetTextLineHeightWithSpacing();
      const float top = row * static_cast<float>(marked_);
      const float room = ImGui::GetWindowHeight() - row;
      if (top < ImGui::GetScrollY() || top > ImGui::GetScrollY() + room)
        ImGui::SetScrollY(std::max(0.0F, top - room / 2));
    }
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        const std::size_t replica = found_[static_cast<std::size_t>(i)];
        if (replica >= now.variants.size()) continue;  // a run of fewer has begun
        std::string name = networkName(*now.spec, now.variants[replica]);
        if (replica == shown) name += "  (shown)";
        if (ImGui::Selectable(name.c_str(), static_cast<std::size_t>(i) == marked_))
          chosen = replica;
      }
    }
    if (found_.empty()) ImGui::TextDisabled("No network has these words.");
  }
  ImGui::EndChild();
  if (chosen && *chosen < now.variants.size())
    replica_.sent(*chosen, context.emit(link::SelectReplica{*chosen}));
  if (chosen || ImGui::IsKeyPressed(ImGuiKey_Escape)) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace dentate::ui
