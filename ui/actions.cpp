#include "ui/actions.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "imgui_internal.h"
#include "imgui_stdlib.h"

namespace dentate::ui {
namespace {

std::string lowered(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// What cannot be done now, each with the reason below it; false where there is none of these words.
bool drawDisabled(const std::vector<Action>& actions, const std::string& filter) {
  bool any = false;
  for (const Action& action : actions) {
    const std::string name = action.group + action.name;
    if (action.enabled || action.why_not.empty() || !matches(name, filter)) continue;
    any = true;
    ImGui::TextDisabled("%s", name.c_str());
    ImGui::Indent();
    ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
    ImGui::TextWrapped("%s", action.why_not.c_str());
    ImGui::PopStyleColor();
    ImGui::Unindent();
  }
  return any;
}

}  // namespace

void runShortcuts(const std::vector<Action>& actions) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.WantTextInput ||
      ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel))
    return;
  for (const Action& action : actions) {
    if (!action.enabled) continue;
    if (action.sign != 0 && io.InputQueueCharacters.contains(action.sign)) action.run();
    if (action.chord == 0) continue;
    // The space bar presses the control that the keyboard is on, where it is on one.
    if (action.chord == ImGuiKey_Space && io.NavVisible) continue;
    // A control that the keyboard is on, as the grid of units, takes Escape first.
    if (action.chord == ImGuiKey_Escape &&
        ImGui::GetKeyOwner(ImGuiKey_Escape) != ImGuiKeyOwner_NoOwner)
      continue;
    if (ImGui::IsKeyChordPressed(action.chord)) action.run();
  }
}

bool matches(const std::string& name, const std::string& filter) {
  std::istringstream words(lowered(filter));
  const std::string text = lowered(name);
  for (std::string word; words >> word;)
    if (text.find(word) == std::string::npos) return false;
  return true;
}

void CommandPalette::draw(const std::vector<Action>& actions, float scale) {
  if (asked_) {
    asked_ = false;
    filter_.clear();
    chosen_ = 0;
    ImGui::OpenPopup(kTitle);
  }
  const ImGuiViewport& viewport = *ImGui::GetMainViewport();
  ImGui::SetNextWindowPos({viewport.GetCenter().x, viewport.WorkPos.y + 40 * scale},
                          ImGuiCond_Always, {0.5F, 0});
  ImGui::SetNextWindowSize({520 * scale, std::min(420 * scale, viewport.WorkSize.y * 0.8F)});
  // The keys are the text's and the list's own: ImGui's navigation would take the text's focus away.
  if (!ImGui::BeginPopup(kTitle, ImGuiWindowFlags_NoNav)) return;
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(-1);
  if (ImGui::InputTextWithHint("##filter", "Type a command", &filter_)) chosen_ = 0;
  if (!ImGui::IsAnyItemActive()) ImGui::SetKeyboardFocusHere(-1);
  std::vector<const Action*> found;
  for (const Action& action : actions)
    if (action.enabled && matches(action.group + action.name, filter_)) found.push_back(&action);
  const std::size_t before = chosen_;
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) ++chosen_;
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow) && chosen_ > 0) --chosen_;
  chosen_ = found.empty() ? 0 : std::min(chosen_, found.size() - 1);
  const bool entered = ImGui::IsKeyPressed(ImGuiKey_Enter);
  const Action* go = nullptr;
  if (ImGui::BeginChild("list", {0, 0}, ImGuiChildFlags_None, ImGuiWindowFlags_NoNav)) {
    for (std::size_t i = 0; i < found.size(); ++i) {
      const std::string name = found[i]->group + found[i]->name;
      if (ImGui::Selectable(name.c_str(), i == chosen_) || (entered && i == chosen_)) go = found[i];
      if (i == chosen_ && chosen_ != before) ImGui::SetScrollHereY();
      ImGui::SameLine(ImGui::GetContentRegionAvail().x - 90 * scale);
      ImGui::TextDisabled("%s", found[i]->shortcut);
    }
    const bool any = drawDisabled(actions, filter_) || !found.empty();
    if (!any) ImGui::TextDisabled("No command has these words.");
  }
  ImGui::EndChild();
  if (go != nullptr || ImGui::IsKeyPressed(ImGuiKey_Escape)) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
  if (go != nullptr) go->run();
}

}  // namespace dentate::ui
