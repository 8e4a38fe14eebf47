#include "ui/settings.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "ui/window.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;

fs::path fresh(const char* name) {
  const fs::path folder = fs::path(testing::TempDir()) / name;
  fs::remove_all(folder);
  return folder;
}

TEST(Settings, ComeBackAsTheyWereWritten) {
  const fs::path folder = fresh("dentate-settings");
  Settings settings;
  settings.theme = figure::Theme::Projector;
  settings.scale = 150;
  settings.workspace = Workspace::Lab;
  settings.experiment = "configs/two-layer.json";
  settings.layouts[Workspace::Lab] = {"[Window][Network]\nPos=1,2\n", {"Network", "Log"}};
  ASSERT_FALSE(saveSettings(settings, folder));
  const auto [read, error] = loadSettings(folder);
  EXPECT_FALSE(error);
  EXPECT_EQ(read.theme, settings.theme);
  EXPECT_EQ(read.scale, 150);
  EXPECT_EQ(read.workspace, Workspace::Lab);
  EXPECT_EQ(read.experiment, settings.experiment);
  EXPECT_EQ(read.layouts.at(Workspace::Lab).open, settings.layouts[Workspace::Lab].open);
}

TEST(Settings, APathThatIsNotUtf8IsWrittenAndEndsNothing) {
  const fs::path folder = fresh("dentate-latin-settings");
  Settings settings;
  settings.scale = 125;
  settings.experiment = "/home/ren\xe9/two-layer.json";
  ASSERT_FALSE(saveSettings(settings, folder));
  const auto [read, error] = loadSettings(folder);
  EXPECT_FALSE(error);
  EXPECT_EQ(read.scale, 125);
}

TEST(Settings, OpenPanelsComeBackWithoutALayout) {
  const fs::path folder = fresh("dentate-open-settings");
  Settings settings;
  settings.layouts[Workspace::Lecture] = {"", {"Network", "Log"}};
  ASSERT_FALSE(saveSettings(settings, folder));
  const Settings read = loadSettings(folder).first;
  ASSERT_TRUE(read.layouts.contains(Workspace::Lecture));
  EXPECT_EQ(read.layouts.at(Workspace::Lecture).open, (std::set<std::string>{"Network", "Log"}));
}

TEST(Settings, ABrokenFileIsSetAsideAndReportedOnce) {
  const fs::path folder = fresh("dentate-broken-settings");
  fs::create_directories(folder);
  std::ofstream(folder / "settings.json") << "{\"theme\": ";
  EXPECT_TRUE(loadSettings(folder).second);
  EXPECT_TRUE(fs::exists(folder / "settings.json.broken"));
  EXPECT_FALSE(loadSettings(folder).second);
}

TEST(Settings, AWrongTypeIsABrokenFile) {
  const fs::path folder = fresh("dentate-mistyped-settings");
  fs::create_directories(folder);
  std::ofstream(folder / "settings.json") << R"({"scale": "large"})";
  EXPECT_TRUE(loadSettings(folder).second);
}

TEST(Window, WithoutADisplayThereIsAReasonAndNoCrash) {
  unsetenv("DISPLAY");
  unsetenv("WAYLAND_DISPLAY");
  const auto window = Window::open({});
  ASSERT_FALSE(window.ok());
  EXPECT_NE(window.error().what.find("no display"), std::string::npos);
}

}  // namespace
}  // namespace dentate::ui
