// The whole window over a fake run, driven as a person would drive it.
#include <gtest/gtest.h>

#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/live_curves.h"

namespace dentate::tests {
namespace {

using link::Phase;

class LaboratoryTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

TEST_F(LaboratoryTest, PlayPauseStepTaskAndReset) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->SetRef("Transport");
    ctx->ItemClick("**/###play");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step > 3; }));
    ctx->ItemClick("**/###play");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Paused; }));
    const auto step = bench.now().step;
    ctx->ItemClick("**/###step");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == step + 1; }));
    ctx->ItemClick("**/###task");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().step % 40 == 0 && bench.now().phase == Phase::Paused; }));
    IM_CHECK_GE(bench.laboratory().history().measuredTasks(), 1U);
    ctx->ItemClick("**/###reset");
    ctx->Yield(2);
    ctx->ItemClick("//Discard the run?/###discard");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 0; }));
  }));
}

TEST_F(LaboratoryTest, KeysRunPauseAndStep) {
  GuiBench bench({.full_speed = 50});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 1; }));
    ctx->KeyPress(ImGuiKey_Space);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Running; }));
    ctx->KeyPress(ImGuiKey_Space);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Paused; }));
    ctx->KeyPress(ImGuiMod_Shift | ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step >= 40; }));
  }));
}

TEST_F(LaboratoryTest, SavingFirstKeepsTheRun) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 1; }));
    ctx->ItemClick("//Transport/**/###reset");
    ctx->Yield(2);
    ctx->ItemClick("//Discard the run?/###save_first");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 0; }));
    IM_CHECK(!std::filesystem::is_empty(bench.output()));
  }));
}

TEST_F(LaboratoryTest, OnceTheRunIsSavedTheQuestionIsAnswered) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 1; }));
    ctx->ItemClick("//Transport/**/###reset");
    ctx->Yield(2);
    IM_CHECK(ctx->ItemExists("//Discard the run?/###save_first"));
    // The save that Ctrl+S began before takes until now.
    auto& guard = bench.laboratory().session().guard;
    guard.saveShown(
        bench.now(), [&](const auto& c) { return bench.channel().commands.put(c); },
        bench.output());
    IM_CHECK(!guard.savingTo().empty());
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 0; }));
    ctx->Yield(4);
    IM_CHECK(!ctx->ItemExists("//Discard the run?/###save_first"));
    IM_CHECK(guard.savingTo().empty());
  }));
}

TEST_F(LaboratoryTest, APresetLoadsWhenItIsChosen) {
  GuiBench bench({.workspace = ui::Workspace::Lab});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->ItemClick("//Experiment/**/##four-layer");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().spec->name == "Four layers"; }));
  }));
}

TEST_F(LaboratoryTest, AnEditedValueIsMarkedAndRestartsOnRequest) {
  GuiBench bench({.workspace = ui::Workspace::Lab});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->ItemInputValue("//Experiment/**/##rule.alpha0", "0.2");
    IM_CHECK(bench.laboratory().session().draft.differs("rule.alpha0"));
    IM_CHECK_NE(bench.now().spec->rule.alpha0, 0.2);
    ctx->ItemClick("//Experiment/**/###restart");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().spec->rule.alpha0 == 0.2; }));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    IM_CHECK(!bench.laboratory().session().draft.differs("rule.alpha0"));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Y);
    IM_CHECK(bench.laboratory().session().draft.differs("rule.alpha0"));
  }));
}

TEST_F(LaboratoryTest, ARateActsOnTheLoadedRun) {
  GuiBench bench({.workspace = ui::Workspace::Lab});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto run = bench.now().run;
    ctx->ItemInputValue("//Experiment/**/##rule.alpha_lr", "0.003");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().alpha_lr == 0.003; }));
    IM_CHECK_EQ(bench.now().run, run);
  }));
}

TEST_F(LaboratoryTest, ABadValueShowsItsErrorAndLoadsNothing) {
  GuiBench bench({.workspace = ui::Workspace::Lab});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto run = bench.now().run;
    ctx->ItemInputValue("//Experiment/**/##rule.alpha0", "0.2");
    ctx->ItemInputValue("//Experiment/**/##stream.tasks", "many");
    IM_CHECK(bench.laboratory().session().draft.refused("stream.tasks") != nullptr);
    const ImGuiTestItemInfo restart = ctx->ItemInfo("//Experiment/**/###restart");
    IM_CHECK((restart.ItemFlags & ImGuiItemFlags_Disabled) != 0);
    ctx->Yield(10);
    IM_CHECK_EQ(bench.now().run, run);
  }));
}

TEST_F(LaboratoryTest, WorkspacesSwitchAndTheWindowShrinks) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(bench.laboratory().workspaces().isOpen("Stimuli"));
    ctx->ItemClick("//##MainMenuBar/##MenuBar/Lab");
    ctx->Yield(3);
    IM_CHECK(bench.laboratory().workspaces().isOpen("Experiment"));
    IM_CHECK(ctx->GetWindowByRef("//Experiment") != nullptr);
    bench.window().resize(1280, 720);
    IM_CHECK(waitFor(
        ctx, [] { return ImGui::GetMainViewport()->Size.x == 1280; }, 300));
    ctx->Yield(3);
    const ImGuiWindow* transport = ctx->GetWindowByRef("//Transport");
    IM_CHECK(transport != nullptr);
    IM_CHECK_LE(transport->Pos.y + transport->Size.y, 720.0F);
    ctx->ItemClick("//##MainMenuBar/##MenuBar/Lecture");
    ctx->Yield(3);
    IM_CHECK(!bench.laboratory().workspaces().isOpen("Experiment"));
  }));
}

TEST_F(LaboratoryTest, ThePaletteFindsACommand) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
    ctx->Yield(2);
    ctx->KeyChars("work lab");
    ctx->Yield(2);
    ctx->KeyPress(ImGuiKey_Enter);
    ctx->Yield(3);
    IM_CHECK(bench.laboratory().workspaces().current() == ui::Workspace::Lab);
  }));
}

TEST_F(LaboratoryTest, ARightClickExportsAPlot) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiMod_Shift | ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 40; }));
    const ImGuiWindow* plot = ctx->GetWindowByRef("//Active fraction");
    IM_CHECK(plot != nullptr);
    ctx->MouseMoveToPos({plot->Pos.x + plot->Size.x * 0.4F, plot->Pos.y + plot->Size.y * 0.5F});
    ctx->MouseClick(ImGuiMouseButton_Right);
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###csv");
    ctx->Yield(2);
    IM_CHECK(std::filesystem::exists(bench.output() / "figures" / "active_fraction.csv"));
  }));
}

TEST_F(LaboratoryTest, ThePaletteStillFiltersAfterAnArrow) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
    ctx->Yield(2);
    ctx->KeyPress(ImGuiKey_DownArrow, 25);
    ctx->KeyChars("show panel: log");
    ctx->Yield(2);
    ctx->KeyPress(ImGuiKey_Enter);
    ctx->Yield(3);
    IM_CHECK(bench.laboratory().workspaces().isOpen("Log"));
  }));
}

TEST_F(LaboratoryTest, ThePaletteGoesToAPanelBehindAnothersTab) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    bench.laboratory().workspaces().switchTo(ui::Workspace::Lab);
    ctx->Yield(3);
    for (const char* panel : {"Units", "Data", "Log"}) {
      ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
      ctx->Yield(2);
      ctx->KeyChars(("go to panel: " + std::string(panel)).c_str());
      ctx->Yield(2);
      ctx->KeyPress(ImGuiKey_Enter);
      ctx->Yield(4);
      const ImGuiWindow* const window = ImGui::FindWindowByName(panel);
      IM_CHECK(window != nullptr && window->Active && !window->Hidden);
    }
  }));
}

TEST_F(LaboratoryTest, AQuestionMarkOpensTheKeyboardMapWhichIsSearched) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    const auto open = [&] {
      ctx->Yield(3);
      return ctx->ItemExists("//$FOCUSED/##find");
    };
    ctx->Yield(2);
    IM_CHECK(!open());
    ctx->KeyChars("?");
    IM_CHECK(open());
    ctx->KeyChars("meta");
    IM_CHECK(open());
    IM_CHECK_STR_EQ(ctx->ItemReadAsString("//$FOCUSED/##find"), "meta");
    ctx->KeyPress(ImGuiKey_Escape);
    IM_CHECK(!open());
    ctx->MenuClick("//##MainMenuBar/Help/Keyboard");
    IM_CHECK(open());
    ctx->KeyPress(ImGuiKey_Escape);
  }));
}

TEST_F(LaboratoryTest, AnIdleWindowDrawsNoFrames) {
  GuiBench bench({.paced = true});
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NoMouse;
  auto& window = bench.window();
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }));
  // Each of these looks takes a frame or a tenth of a second.
  const auto stood = [&] {
    const auto before = window.frames();
    bench.drawFrames(20);  // two seconds
    return window.frames() == before;
  };
  ASSERT_TRUE(bench.drawUntil(stood, 20)) << "the window settles";
  const auto before = window.frames();
  bench.channel().commands.put(link::StepMeta{});
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().step == 1; }, 30));
  EXPECT_GT(window.frames(), before) << "news from the run is drawn";
}

TEST_F(LaboratoryTest, OpenedPanelsStayWithTheirWorkspace) {
  GuiBench bench;
  auto& workspaces = bench.laboratory().workspaces();
  bench.drawFrames(3);
  workspaces.setOpen("Log", true);
  workspaces.setOpen("Stimuli", false);
  workspaces.switchTo(ui::Workspace::Lab);
  bench.drawFrames(3);
  EXPECT_FALSE(workspaces.isOpen("Log"));
  workspaces.switchTo(ui::Workspace::Lecture);
  bench.drawFrames(3);
  EXPECT_TRUE(workspaces.isOpen("Log"));
  EXPECT_FALSE(workspaces.isOpen("Stimuli"));
  EXPECT_TRUE(workspaces.isOpen("Network"));
}

TEST_F(LaboratoryTest, ANameThatIsTooLongIsRefusedInThePopup) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->MenuClick("//##MainMenuBar/Experiment/Save experiment as…");
    ctx->Yield(2);
    ctx->ItemInputValue("//Save experiment as/##path", std::string(300, 'x').c_str());
    ctx->Yield(2);
    ctx->ItemClick("//Save experiment as/###go");
    ctx->Yield(2);
    IM_CHECK_EQ(bench.laboratory().session().draft.file().string(), "configs/two-layer.json");
    ctx->ItemClick("//Save experiment as/###cancel");
  }));
}

TEST_F(LaboratoryTest, AnExportAwayFromPlotsIsRefusedNotRemembered) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiMod_Shift | ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 40; }));
    const auto figures = bench.output() / "figures";
    ctx->MouseMoveToPos({4, 4});
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_E);
    IM_CHECK_STR_EQ(bench.laboratory().session().log.entries().back().what.c_str(),
                    "Point at a plot first");
    const ImGuiWindow* plot = ctx->GetWindowByRef("//Active fraction");
    ctx->MouseMoveToPos({plot->Pos.x + plot->Size.x * 0.4F, plot->Pos.y + plot->Size.y * 0.5F});
    ctx->Yield(2);
    IM_CHECK(!std::filesystem::exists(figures));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_E);
    ctx->Yield(2);
    IM_CHECK(std::filesystem::exists(figures / "active_fraction.png"));
    ctx->MenuClick("//##MainMenuBar/Plot/Export as PNG");
    ctx->Yield(2);
    IM_CHECK(std::filesystem::exists(figures / "active_fraction-2.png"));
  }));
}

TEST_F(LaboratoryTest, CurvesOfTheDarkWindowGoToPaperInLightColours) {
  GuiBench bench;
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }));
  const ui::Look look;
  const link::Emit emit;
  auto& laboratory = bench.laboratory();
  const auto content =
      ui::alphaContent({bench.now(), laboratory.histories(), look, emit, laboratory.session()});
  const auto& network = bench.now().spec->network;
  const auto dark = figure::pathStyle(network, 0, figure::Theme::Dark).color;
  const auto light = figure::pathStyle(network, 0, figure::Theme::Light).color;
  ASSERT_NE(dark, light);
  EXPECT_EQ(content.curves.at(0).style.color, dark);
  EXPECT_EQ(content.curves.at(0).paper.color, light);
}

}  // namespace
}  // namespace dentate::tests
