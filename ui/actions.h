// Everything that can be done by name: one list behind the menus, the shortcuts and the palette.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "imgui.h"

namespace dentate::ui {

enum class Menu { Experiment, View, Plot, Help };

struct Action {
  Menu menu = Menu::Experiment;
  std::string name;           // sentence case; unique
  const char* shortcut = "";  // as written; empty: none
  ImGuiKeyChord chord = 0;    // 0: none
  std::function<void()> run = {};
  bool enabled = true;
  bool checked = false;
  bool separated = false;    // a line above it in its menu
  const char* group = "";    // before the name where it stands alone, as in the palette
  const char* submenu = "";  // of its menu; empty: it stands in the menu itself
  ImWchar sign = 0;          // runs it when typed, wherever the keyboard has it; 0: none
  std::string why_not =
      "";  // said where it is not enabled; empty: it is left out of the palette then
};

// Runs the actions whose keys were pressed. Nothing while text is edited or a popup is open.
void runShortcuts(const std::vector<Action>& actions);

// Whether every word of `filter` occurs in `name`, whatever the case.
[[nodiscard]] bool matches(const std::string& name, const std::string& filter);

class CommandPalette {
 public:
  static constexpr const char* kTitle = "Commands";
  void ask() { asked_ = true; }
  void draw(const std::vector<Action>& actions, float scale);

 private:
  bool asked_ = false;
  std::string filter_;
  std::size_t chosen_ = 0;
};

}  // namespace dentate::ui
