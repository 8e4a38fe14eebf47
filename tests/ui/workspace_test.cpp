// Workspaces of the person's own, and what the next start finds. Over a fake run.
#include <gtest/gtest.h>

#include <fstream>

#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/settings.h"

namespace dentate::tests {
namespace {

namespace fs = std::filesystem;
using link::Phase;

class WorkspaceTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

fs::path fresh(const char* name) {
  const fs::path folder = fs::path(testing::TempDir()) / name;
  fs::remove_all(folder);
  return folder;
}

void nameIt(ImGuiTestContext* ctx, const char* popup, const char* name) {
  ctx->Yield(2);
  ctx->SetRef(popup);
  ctx->ItemInputValue("##name", name);  // ends with Enter
  ctx->Yield(3);
}

TEST_F(WorkspaceTest, TheThirdOneIsTheArchitects) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->ItemClick("//##MainMenuBar/##MenuBar/Architect");
    ctx->Yield(3);
    const auto& workspaces = bench.laboratory().workspaces();
    IM_CHECK(workspaces.current() == ui::Workspace::Architect);
    for (const char* panel :
         {"Experiment", "Architecture", "Active fraction", "Learning rate α", "Transport"})
      IM_CHECK(workspaces.isOpen(panel));
    IM_CHECK(!workspaces.isOpen("Stimuli"));
    const ImGuiWindow* experiment = ctx->GetWindowByRef("//Experiment");
    const ImGuiWindow* drawing = ctx->GetWindowByRef("//Architecture");
    const ImGuiWindow* plot = ctx->GetWindowByRef("//Active fraction");
    IM_CHECK_LT(experiment->Pos.x, drawing->Pos.x);
    IM_CHECK_LT(drawing->Pos.y, plot->Pos.y);
  }));
}

TEST_F(WorkspaceTest, OneOfOnesOwnIsSavedSwitchedToRenamedDeletedAndBroughtBack) {
  GuiBench bench({.workspace = ui::Workspace::Lab});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    auto& workspaces = bench.laboratory().workspaces();
    ctx->Yield(3);
    workspaces.setOpen("Log", true);
    ctx->MenuClick("//##MainMenuBar/View/Workspace/Save workspace as…");
    nameIt(ctx, "//Save workspace as", "Reading");
    IM_CHECK_STR_EQ(workspaces.name().c_str(), "Reading");
    IM_CHECK(workspaces.current() == ui::Workspace::Lab);
    ctx->ItemClick("//##MainMenuBar/##MenuBar/Lecture");
    ctx->Yield(3);
    IM_CHECK(!workspaces.isOpen("Log"));
    ctx->MenuClick("//##MainMenuBar/View/Workspace/Reading");
    ctx->Yield(3);
    IM_CHECK(workspaces.isOpen("Log") && workspaces.isOpen("Experiment"));
    ctx->MenuClick("//##MainMenuBar/View/Workspace/Rename this workspace…");
    nameIt(ctx, "//Rename workspace", "Proofs");
    IM_CHECK(workspaces.own() == std::vector<std::string>{"Proofs"});
    ctx->MenuClick("//##MainMenuBar/View/Workspace/Delete this workspace");
    ctx->Yield(3);
    IM_CHECK(workspaces.own().empty());
    IM_CHECK_STR_EQ(workspaces.name().c_str(), "Lab");
    ctx->MenuClick("//##MainMenuBar/View/Workspace/Bring back Proofs");
    ctx->Yield(3);
    IM_CHECK_STR_EQ(workspaces.name().c_str(), "Proofs");
    IM_CHECK(workspaces.isOpen("Log"));
  }));
}

TEST_F(WorkspaceTest, ANameThatIsTakenIsRefusedInThePopup) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->Yield(3);
    ctx->MenuClick("//##MainMenuBar/View/Workspace/Save workspace as…");
    nameIt(ctx, "//Save workspace as", "Lab");
    IM_CHECK(bench.laboratory().workspaces().own().empty());
    ctx->ItemClick("//Save workspace as/###cancel");
  }));
}

// A copy of the folder while the window is open is what a kill would leave behind.
TEST_F(WorkspaceTest, AfterACrashAllIsAsItWasLeft) {
  const fs::path folder = fresh("dentate-crash"), copy = fresh("dentate-crash-copy");
  {
    GuiBench bench({.workspace = ui::Workspace::Lab,
                    .seeds = 3,
                    .set = {"replicas.conditions=baseline,s+lr"},
                    .settings = folder});
    EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
      IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
      auto& laboratory = bench.laboratory();
      ctx->ItemInputValue("//Experiment/**/##stream.tasks", "7");
      ctx->ItemClick("//Active fraction/**/###show_baseline");
      laboratory.setTheme(figure::Theme::Projector);
      laboratory.setScale(125);
      laboratory.workspaces().setOpen("Log", true);
      laboratory.workspaces().saveAs("Mine");
      ctx->KeyPress(ImGuiMod_Shift | ImGuiKey_Period);
      IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 40; }));
      ctx->ItemClick("//Learning rate α/**/label_→ h1 s+lr");
      const ImGuiWindow* plot = ctx->GetWindowByRef("//Learning rate α");
      ctx->MouseMoveToPos({plot->Pos.x + plot->Size.x * 0.3F, plot->Pos.y + plot->Size.y * 0.5F});
      ctx->MenuClick("//##MainMenuBar/Plot/Log y axis");
      laboratory.session().comparison.head = ui::Head::Item;
      bench.channel().commands.put(link::SetSpeed{250});
      bench.channel().commands.put(link::SelectReplica{4});
      IM_CHECK(waitFor(ctx, [&] { return bench.now().replica == 4; }));
    }));
    const auto kept = [&] { return ui::loadSettings(folder).first.replica == 4U; };
    ASSERT_TRUE(bench.drawUntil(kept)) << "written within a second, while the window is open";
    fs::copy(folder, copy, fs::copy_options::recursive);
  }
  GuiBench bench({.settings = copy, .as_left = true});
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }));
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().replica == 4; }));
  auto& laboratory = bench.laboratory();
  EXPECT_EQ(laboratory.session().draft.spec().stream.tasks, 7);
  EXPECT_EQ(laboratory.session().draft.spec().replicas.seeds, 3);
  EXPECT_TRUE(laboratory.session().draft.differs("stream.tasks"));
  EXPECT_EQ(laboratory.session().draft.file(), "configs/two-layer.json");
  EXPECT_EQ(bench.now().spec->stream.tasks, 7);
  EXPECT_EQ(bench.now().speed_limit, 250);
  EXPECT_EQ(laboratory.session().comparison.hidden,
            std::set<spec::Compared>{{spec::Condition::Baseline}});
  EXPECT_EQ(laboratory.session().comparison.head, ui::Head::Item);
  EXPECT_EQ(
      laboratory.session().plots.choices.at("alpha"),
      (ui::PlotChoice{.log = true, .log_x = false, .smooth = false, .hidden = {"→ h1 s+lr"}}));
  EXPECT_EQ(laboratory.workspaces().name(), "Mine");
  EXPECT_EQ(laboratory.workspaces().current(), ui::Workspace::Lab);
  EXPECT_TRUE(laboratory.workspaces().isOpen("Log"));
  const auto [settings, error] = ui::loadSettings(copy);
  EXPECT_FALSE(error);
  EXPECT_EQ(settings.theme, figure::Theme::Projector);
  EXPECT_EQ(settings.scale, 125);
}

TEST_F(WorkspaceTest, ANetworkThatIsHalfDrawnWaitsInTheDraftWhileThePresetRuns) {
  const fs::path folder = fresh("dentate-half-drawn-start");
  {
    GuiBench bench({.settings = folder});
    ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }));
    auto network = bench.laboratory().session().draft.spec().network;
    network.paths.pop_back();
    bench.laboratory().session().draft.setNetwork(network);
  }
  GuiBench bench({.settings = folder});
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }));
  const auto& draft = bench.laboratory().session().draft;
  EXPECT_TRUE(draft.problem());
  EXPECT_EQ(draft.spec().network.paths.size() + 1, bench.now().spec->network.paths.size());
}

TEST_F(WorkspaceTest, BrokenFilesOpenWithALineInTheLog) {
  const fs::path folder = fresh("dentate-broken-start");
  fs::create_directories(folder);
  std::ofstream(folder / "settings.json") << "{\"theme\": ";
  std::ofstream(folder / "draft.json") << "not an experiment";
  GuiBench bench({.settings = folder});
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }));
  const auto& entries = bench.laboratory().session().log.entries();
  ASSERT_GE(entries.size(), 2U);
  EXPECT_NE(entries[0].what.find("settings.json.broken"), std::string::npos);
  EXPECT_NE(entries[1].what.find("draft.json.broken"), std::string::npos);
}

TEST_F(WorkspaceTest, AChangedThemeIsWrittenWithinASecondOrTwo) {
  const fs::path folder = fresh("dentate-lab-changes");
  GuiBench bench({.settings = folder});
  bench.drawFrames(2);
  bench.laboratory().setTheme(figure::Theme::Projector);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_TRUE(bench.drawUntil(
      [&] { return ui::loadSettings(folder).first.theme == figure::Theme::Projector; }));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3));
}

TEST_F(WorkspaceTest, TheLayoutAndThemeComeBack) {
  const fs::path folder = fresh("dentate-lab-settings");
  {
    GuiBench bench(
        {.workspace = ui::Workspace::Lab, .theme = figure::Theme::Light, .settings = folder});
    bench.drawFrames(3);
  }
  const auto [settings, error] = ui::loadSettings(folder);
  EXPECT_FALSE(error);
  EXPECT_EQ(settings.theme, figure::Theme::Light);
  EXPECT_EQ(settings.workspace, "Lab");
  EXPECT_EQ(settings.experiment, "configs/two-layer.json");
  EXPECT_EQ(std::pair(settings.width, settings.height), std::pair(1600, 1000));
}

TEST_F(WorkspaceTest, WhatWasChosenInThePanelsComesBack) {
  const fs::path folder = fs::path(testing::TempDir()) / "dentate-panels";
  fs::remove_all(folder);
  std::vector<std::uint8_t> digit;
  {
    GuiBench bench({.workspace = ui::Workspace::Lab, .settings = folder});
    EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
      IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
      auto& session = bench.laboratory().session();
      session.units.pin({1, 17});
      session.units.pin({2, 3});
      session.units.select({2, 5});
      session.units.kind = link::StimulusChoice::Kind::Drawn;
      session.units.canvas.stroke({5, 5}, {20, 20}, 1.5F, 255);
      digit = session.units.canvas.pixels();
      session.lesions.editDials([](const link::Command&) { return link::Ticket(); },
                                [](ui::LesionDials& dials) { dials.share[1] = 0.25; });
      session.plots.pin = ui::PlotDesk::Pin{0, bench.now().begun};
      session.panel_asked = "Units";
      ctx->Yield(8);
    }));
  }
  GuiBench bench({.settings = folder, .as_left = true});
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }));
  bench.drawFrames(8);
  const auto& session = bench.laboratory().session();
  EXPECT_EQ(session.units.pinned, (std::vector<link::UnitId>{{1, 17}, {2, 3}}));
  EXPECT_EQ(session.units.selected, (link::UnitId{2, 5}));
  EXPECT_EQ(session.units.kind, link::StimulusChoice::Kind::Drawn);
  EXPECT_EQ(session.units.canvas.pixels(), digit);
  EXPECT_EQ(session.lesions.setup().at_test.share.at(1), 0.25);
  ASSERT_TRUE(session.plots.pin.has_value());
  EXPECT_EQ(session.plots.pin->step, 0);
  const ImGuiWindow* const units = ImGui::FindWindowByName("Units");
  const ImGuiWindow* const network = ImGui::FindWindowByName("Network");
  ASSERT_TRUE(units != nullptr && network != nullptr);
  EXPECT_FALSE(units->Hidden) << "its tab is in front";
  EXPECT_TRUE(network->Hidden);
}

bool inFront(const char* title) {
  const ImGuiWindow* const window = ImGui::FindWindowByName(title);
  return window != nullptr && window->WasActive && !window->Hidden;
}

TEST_F(WorkspaceTest, TheLabOpensOnTheNetworkAndKeepsTheTabThatIsChosen) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->Yield(8);
    ctx->ItemClick("//##MainMenuBar/##MenuBar/Lab");
    ctx->Yield(8);
    IM_CHECK(inFront("Network") && inFront("Experiment"));
    IM_CHECK(!inFront("Sparsity"));
    ctx->WindowFocus("//Lesion lab");
    ctx->Yield(8);
    IM_CHECK(inFront("Lesion lab"));
    for (const char* const workspace : {"Lecture", "Lab"}) {
      ctx->ItemClick((std::string("//##MainMenuBar/##MenuBar/") + workspace).c_str());
      ctx->Yield(8);
    }
    IM_CHECK(inFront("Lesion lab"));
    IM_CHECK(!inFront("Network"));
  }));
}

TEST_F(WorkspaceTest, TheDiagramStaysInFrontAsTextGrowsUnlessAPanelIsAskedFor) {
  GuiBench bench({.width = 1280, .height = 720});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    for (const int scale : {150, 200, 250}) {
      bench.laboratory().setScale(scale);
      ctx->Yield(8);
      IM_CHECK(inFront("Network"));
    }
    IM_CHECK(!inFront("Stimuli"));  // a tab of the same place
    bench.laboratory().setScale(200);
    bench.laboratory().session().panel_asked = "Stimuli";
    ctx->Yield(8);
    IM_CHECK(inFront("Stimuli"));
    IM_CHECK(!inFront("Network"));
  }));
}

TEST_F(WorkspaceTest, WhatAnotherNetworkDoesNotHaveStaysAway) {
  const fs::path folder = fs::path(testing::TempDir()) / "dentate-panels-of-another";
  fs::remove_all(folder);
  ui::Settings settings;
  settings.units.pinned = {{"h1", 3}, {"h1", 100'000}, {"gone", 3}, {"input", 3}};
  settings.units.chosen = {"gone", 1};
  settings.units.width = settings.units.height = 3;
  settings.units.drawn.assign(9, 255);
  settings.lesions = {{{"h2", 0.5}, {"gone", 1}, {"input", 1}}, {{"gone>h1", 1}}, {}, 7};
  settings.pinned = 1'000'000;
  ASSERT_FALSE(ui::saveSettings(settings, folder));
  GuiBench bench({.settings = folder, .as_left = true});
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }));
  bench.drawFrames(3);
  const auto& session = bench.laboratory().session();
  EXPECT_EQ(session.units.pinned, (std::vector<link::UnitId>{{1, 3}}));
  EXPECT_FALSE(session.units.selected);
  EXPECT_TRUE(session.units.canvas.empty());
  const auto& at_test = session.lesions.setup().at_test;
  EXPECT_EQ(at_test.share, (std::vector<double>{0, 0, 0.5, 0}));
  EXPECT_EQ(session.lesions.setup().seed, 7U);
  EXPECT_FALSE(session.plots.pin);
}

}  // namespace
}  // namespace dentate::tests
