#include "ui/keyboard_map.h"

#include <algorithm>
#include <array>
#include <utility>

#include "imgui_stdlib.h"

namespace dentate::ui {
namespace {

// Not commands: they act on what is under the pointer.
constexpr std::array kGestures{std::pair{"All values at a moment", "rest the pointer"},
                               std::pair{"Pin a moment in all plots, or let it go", "Ctrl+click"},
                               std::pair{"Leave a curve out, or bring it back", "click its label"},
                               std::pair{"Zoom both axes", "wheel"},
                               std::pair{"Zoom one axis", "wheel over its numbers"},
                               std::pair{"Move what is seen", "drag"},
                               std::pair{"Fit, and follow the run again", "double click"},
                               std::pair{"Menu of the plot", "right click"}};
constexpr std::array kUnits{std::pair{"Choose a unit", "click it, or Tab to its layer"},
                            std::pair{"Choose the one beside it", "arrows"},
                            std::pair{"Pin it beside the others, or no longer", "Enter"},
                            std::pair{"Let go of it", "Escape"}};
constexpr std::array kEverywhere{std::pair{"Explain a word", "rest the pointer on it, or F1"},
                                 std::pair{"See the curve of a number in the diagram", "click it"},
                                 std::pair{"Open an experiment, a picture, data", "drop it here"},
                                 std::pair{"Go from control to control", "Tab, arrows"},
                                 std::pair{"Press the control that is marked", "Space, Enter"},
                                 std::pair{"Type a slider's or field's value", "Ctrl+click"},
                                 std::pair{"Close a list or a question", "Escape"}};

template <std::size_t N>
KeySection gestures(const char* title,
                    const std::array<std::pair<const char*, const char*>, N>& all,
                    const std::string& filter) {
  KeySection section{title, {}};
  for (const auto& [name, keys] : all)
    if (matches(std::string(name) + " " + keys, filter)) section.rows.push_back({name, keys});
  return section;
}

void drawSection(const KeySection& section, const Look& look) {
  ImGui::PushFont(look.fonts.bold, 0);
  ImGui::TextUnformatted(section.title);
  ImGui::PopFont();
  if (!ImGui::BeginTable(section.title, 2)) return;
  ImGui::TableSetupColumn("name", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn("keys", ImGuiTableColumnFlags_WidthFixed, look.px(220));
  for (const KeyRow& row : section.rows) {
    ImGui::TableNextColumn();
    ImGui::TextWrapped("%s", row.name.c_str());
    ImGui::TableNextColumn();
    ImGui::TextDisabled("%s", row.keys.c_str());
  }
  ImGui::EndTable();
  ImGui::Dummy({0, look.px(4)});
}

}  // namespace

std::vector<KeySection> keySections(const std::vector<Action>& actions, const std::string& filter) {
  std::vector<KeySection> sections;
  const auto commands = [&](Menu menu, const char* title) {
    KeySection section{title, {}};
    for (const Action& action : actions) {
      const std::string name = action.group + action.name;
      if (action.menu == menu && matches(name + " " + action.shortcut, filter))
        section.rows.push_back({name, action.shortcut});
    }
    std::stable_partition(section.rows.begin(), section.rows.end(),
                          [](const KeyRow& row) { return !row.keys.empty(); });
    sections.push_back(std::move(section));
  };
  commands(Menu::Experiment, "Experiment");
  commands(Menu::Plot, "Plots");
  sections.push_back(gestures("In a plot, with the mouse", kGestures, filter));
  sections.push_back(gestures("In the units", kUnits, filter));
  sections.push_back(gestures("Everywhere", kEverywhere, filter));
  commands(Menu::Help, "Help");
  commands(Menu::View, "View");
  std::erase_if(sections, [](const KeySection& section) { return section.rows.empty(); });
  return sections;
}

void KeyboardMap::draw(const std::vector<Action>& actions, const Look& look) {
  if (std::exchange(asked_, false)) {
    filter_.clear();
    ImGui::OpenPopup(kTitle);
  }
  const ImGuiViewport& viewport = *ImGui::GetMainViewport();
  ImGui::SetNextWindowPos(viewport.GetCenter(), ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(look.px(640), viewport.WorkSize.x * 0.95F),
                            std::min(look.px(720), viewport.WorkSize.y * 0.9F)});
  // The keys are the text's, as in the command palette.
  if (!ImGui::BeginPopup(kTitle, ImGuiWindowFlags_NoNav)) return;
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(-1);
  ImGui::InputTextWithHint("##find", "Find a command or a key", &filter_);
  const auto sections = keySections(actions, filter_);
  if (ImGui::BeginChild("list", {0, 0}, ImGuiChildFlags_None, ImGuiWindowFlags_NoNav)) {
    for (const KeySection& section : sections) drawSection(section, look);
    if (sections.empty()) ImGui::TextDisabled("Nothing has these words.");
  }
  ImGui::EndChild();
  if (ImGui::IsKeyPressed(ImGuiKey_Escape)) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace dentate::ui
