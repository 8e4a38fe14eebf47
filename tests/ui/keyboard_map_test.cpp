#include "ui/keyboard_map.h"

#include <gtest/gtest.h>

namespace dentate::ui {
namespace {

std::vector<Action> actions() {
  return {{Menu::Experiment, "Open…", "Ctrl+O"},
          {Menu::View, "Log", "", 0, {}, true, false, false, "Show panel: "},
          {Menu::View, "Full screen", "F11"},
          {Menu::Help, "Keyboard", "?"}};
}

const KeySection* sectionOf(const std::vector<KeySection>& sections, std::string_view title) {
  for (const KeySection& section : sections)
    if (section.title == title) return &section;
  return nullptr;
}

TEST(KeyboardMap, ListsEveryCommandThoseWithKeysFirst) {
  const auto sections = keySections(actions(), "");
  const KeySection* view = sectionOf(sections, "View");
  ASSERT_NE(view, nullptr);
  ASSERT_EQ(view->rows.size(), 2U);
  EXPECT_EQ(view->rows[0].name, "Full screen");
  EXPECT_EQ(view->rows[0].keys, "F11");
  EXPECT_EQ(view->rows[1].name, "Show panel: Log");
  EXPECT_EQ(sectionOf(sections, "Plots"), nullptr) << "there is no such command";
  EXPECT_NE(sectionOf(sections, "In a plot, with the mouse"), nullptr);
}

TEST(KeyboardMap, IsSearchedByNameAndByKey) {
  const auto by_key = keySections(actions(), "ctrl+o");
  ASSERT_EQ(by_key.size(), 1U);
  EXPECT_EQ(by_key[0].rows.at(0).name, "Open…");
  const auto gestures = keySections(actions(), "pin moment");
  ASSERT_EQ(gestures.size(), 1U);
  EXPECT_EQ(gestures[0].rows.at(0).keys, "Ctrl+click");
  EXPECT_TRUE(keySections(actions(), "nothing like it").empty());
}

}  // namespace
}  // namespace dentate::ui
