#include "ui/settings.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "engine/spec/experiment_json.h"
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
  settings.workspace = "My plots";
  settings.experiment = "configs/two-layer.json";
  settings.layouts["My plots"] = {
      "[Window][Network]\nPos=1,2\n", {"Network", "Log"}, Workspace::Lab};
  settings.speed_limit = 0;
  settings.replica = 7;
  settings.hidden_conditions = {"s", "lr"};
  settings.alpha0 = 0.1;
  settings.head = Head::ItemOutside;
  settings.plots["alpha"] = {.log = true, .log_x = true, .smooth = true, .hidden = {"h1 → h2"}};
  settings.figure = {900, 500};
  settings.nodes = {{"input>h1"}, {{"input", {-3, 0}}, {"h1", {7, 9}}}};
  settings.units = {.pinned = {{"h1", 3}, {"h2", 17}},
                    .chosen = KeptUnits::Unit{"h2", 0},
                    .kind = link::StimulusChoice::Kind::Drawn,
                    .task = 2,
                    .index = 5,
                    .file = "seven.png",
                    .width = 2,
                    .height = 2,
                    .drawn = {0, 15, 128, 255}};
  settings.lesions = {{{"h1", 0.25}}, {{"h1>h2", 0.5}}, spec::LesionOrder::MostActive, 4};
  settings.pinned = 120;
  settings.fronts["Lab"] = {"Units"};
  settings.width = 1200;
  settings.height = 700;
  ASSERT_FALSE(saveSettings(settings, folder));
  const auto [read, error] = loadSettings(folder);
  EXPECT_FALSE(error);
  EXPECT_EQ(read.theme, settings.theme);
  EXPECT_EQ(read.scale, 150);
  EXPECT_EQ(read.workspace, "My plots");
  EXPECT_EQ(read.experiment, settings.experiment);
  EXPECT_EQ(read.layouts.at("My plots").open, settings.layouts["My plots"].open);
  EXPECT_EQ(read.layouts.at("My plots").base, Workspace::Lab);
  EXPECT_EQ(read.speed_limit, 0.0);
  EXPECT_EQ(read.replica, 7U);
  EXPECT_EQ(read.hidden_conditions, settings.hidden_conditions);
  EXPECT_EQ(read.alpha0, 0.1);
  EXPECT_EQ(read.head, Head::ItemOutside);
  EXPECT_EQ(read.plots, settings.plots);
  EXPECT_EQ(read.figure, settings.figure);
  EXPECT_EQ(read.units, settings.units);
  EXPECT_EQ(read.lesions, settings.lesions);
  EXPECT_EQ(read.pinned, 120);
  EXPECT_EQ(read.fronts, settings.fronts);
  EXPECT_EQ(read.nodes.paths, settings.nodes.paths);
  EXPECT_EQ(read.nodes.places.at("input").x, -3);
  EXPECT_EQ(read.nodes.places.at("h1").y, 9);
  EXPECT_EQ(std::pair(read.width, read.height), std::pair(1200, 700));
}

TEST(Settings, AFileOfAnEarlierVersionIsRead) {
  const fs::path folder = fresh("dentate-old-settings");
  fs::create_directories(folder);
  std::ofstream(folder / "settings.json")
      << R"({"theme": "light", "scale": 125, "workspace": "Lab", "experiment": "a.json",
             "layouts": {"Lab": {"ini": "", "open": ["Network"]}}})";
  const auto [read, error] = loadSettings(folder);
  EXPECT_FALSE(error);
  EXPECT_EQ(read.theme, figure::Theme::Light);
  EXPECT_EQ(read.workspace, "Lab");
  EXPECT_EQ(read.layouts.at("Lab").base, Workspace::Lab);
  EXPECT_FALSE(read.speed_limit || read.replica || read.alpha0);
  EXPECT_EQ(read.figure, FigureSize());
}

TEST(Settings, UnsavedEditsAreKeptWhileThereAreSome) {
  const fs::path folder = fresh("dentate-draft-settings");
  Keeper keeper(folder);
  spec::ExperimentSpec edited = *spec::loadExperiment("configs/two-layer.json");
  edited.rule.alpha0 = 0.2;
  ASSERT_FALSE(keeper.keep({}, edited));
  EXPECT_EQ(loadDraft(folder).first, edited);
  ASSERT_FALSE(keeper.keep({}, std::nullopt));
  EXPECT_FALSE(loadDraft(folder).first);
  EXPECT_FALSE(fs::exists(folder / "draft.json"));
}

TEST(Settings, ANetworkThatIsHalfDrawnIsKept) {
  const fs::path folder = fresh("dentate-half-drawn");
  spec::ExperimentSpec edited = *spec::loadExperiment("configs/two-layer.json");
  edited.network.paths.pop_back();  // nothing reaches the output
  ASSERT_FALSE(Keeper(folder).keep({}, edited));
  const auto [draft, error] = loadDraft(folder);
  EXPECT_FALSE(error);
  EXPECT_EQ(draft, edited);
}

TEST(Settings, NothingIsWrittenWhereNothingChanged) {
  const fs::path folder = fresh("dentate-unchanged-settings");
  Keeper keeper(folder);
  ASSERT_FALSE(keeper.keep({}, std::nullopt));
  fs::remove(folder / "settings.json");
  ASSERT_FALSE(keeper.keep({}, std::nullopt));
  EXPECT_FALSE(fs::exists(folder / "settings.json"));
  Settings larger;
  larger.scale = 125;
  ASSERT_FALSE(keeper.keep(larger, std::nullopt));
  EXPECT_EQ(loadSettings(folder).first.scale, 125);
}

TEST(Settings, ABrokenDraftIsSetAsideAndReportedOnce) {
  const fs::path folder = fresh("dentate-broken-draft");
  fs::create_directories(folder);
  std::ofstream(folder / "draft.json") << R"({"rule": {"alpha0": )";
  const auto [draft, error] = loadDraft(folder);
  EXPECT_FALSE(draft);
  ASSERT_TRUE(error);
  EXPECT_NE(error->what.find("draft.json.broken"), std::string::npos);
  EXPECT_TRUE(fs::exists(folder / "draft.json.broken"));
  EXPECT_FALSE(loadDraft(folder).second);
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
  settings.layouts["Lecture"] = {"", {"Network", "Log"}};
  ASSERT_FALSE(saveSettings(settings, folder));
  const Settings read = loadSettings(folder).first;
  ASSERT_TRUE(read.layouts.contains("Lecture"));
  EXPECT_EQ(read.layouts.at("Lecture").open, (std::set<std::string>{"Network", "Log"}));
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
