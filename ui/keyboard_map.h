// The keyboard map: every command with its keys, from the same list as the menus, and what the mouse
// does in the plots. Searched by typing.
#pragma once
#include <string>
#include <vector>

#include "ui/actions.h"
#include "ui/look.h"

namespace dentate::ui {

class KeyboardMap {
 public:
  static constexpr const char* kTitle = "Keyboard";
  void ask() { asked_ = true; }
  void draw(const std::vector<Action>& actions, const Look& look);

 private:
  bool asked_ = false;
  std::string filter_;
};

struct KeyRow {
  std::string name, keys;  // keys may be empty
};
struct KeySection {
  const char* title;
  std::vector<KeyRow> rows;
};
// What `filter` finds, by menu; commands with keys first. Sections without rows are left out.
[[nodiscard]] std::vector<KeySection> keySections(const std::vector<Action>& actions,
                                                  const std::string& filter);

}  // namespace dentate::ui
