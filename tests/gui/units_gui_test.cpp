// The units of a network that learns, looked at as a person would.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/run/run_thread.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;
using link::StimulusChoice;

std::shared_ptr<void> startEngine(link::Channel& channel) {
  return std::make_shared<run::RunThread>(channel, "assets");
}

class UnitsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
  static void open(GuiBench& bench, ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    bench.laboratory().workspaces().setOpen("Units", true);
    ctx->Yield(2);
    ctx->WindowMove("//Units", {60, 60});
    ctx->WindowResize("//Units", {1300, 760});
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.units != nullptr; }));
  }
  // Where a unit's cell stands: the item's lower left corner plus half a cell.
  static void clickUnit(ImGuiTestContext* ctx, int layer, float x, float y) {
    const auto item = ctx->ItemInfo(("//Units/**/$$" + std::to_string(layer) + "/units").c_str());
    ctx->MouseMoveToPos({item.RectFull.Min.x + x, item.RectFull.Min.y + y});
    ctx->MouseClick();
    ctx->Yield(2);
  }
};

TEST_F(UnitsTest, DrawADigitClickAUnitPinIt) {
  GuiBench bench({.seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    open(bench, ctx);
    ctx->ItemClick("//Units/**/Drawn");
    const auto canvas = ctx->ItemInfo("//Units/**/canvas").RectFull;
    ctx->MouseMoveToPos({canvas.Min.x + 60, canvas.Min.y + 40});
    ctx->MouseDown();
    ctx->MouseMoveToPos({canvas.Min.x + 150, canvas.Min.y + 40});
    ctx->MouseMoveToPos({canvas.Min.x + 90, canvas.Min.y + 180});
    ctx->MouseUp();
    IM_CHECK(waitFor(ctx, [&] {
      const auto& view = bench.now().views.units;
      if (!view || view->request.stimulus.kind != StimulusChoice::Kind::Drawn) return false;
      return std::count(view->pixels.begin(), view->pixels.end(), 255) > 20;
    }));
    clickUnit(ctx, 1, 4, 4);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.units->units.size() == 1; }));
    IM_CHECK((bench.now().views.units->units[0].id == link::UnitId{1, 0}));
    // Its tuning by category, beside the weights, as a file.
    ctx->Yield(2);
    const auto pin = ctx->ItemInfo("//Units/**/Pin").RectFull;
    const auto& plots = bench.laboratory().session().plots;
    for (float down = 30; down < 130 && plots.last != "tuning_h1_0_categories"; down += 8) {
      ctx->MouseMoveToPos({pin.Min.x, pin.Max.y + down});
      ctx->Yield(2);
    }
    const ImVec2 bars = ImGui::GetMousePos();
    ctx->MouseClick(ImGuiMouseButton_Right);
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###csv");
    ctx->Yield(2);
    std::ifstream csv(bench.output() / "figures" / "tuning_h1_0_categories.csv");
    std::string head, first;
    std::getline(csv, head);
    std::getline(csv, first);
    IM_CHECK_STR_EQ(head.c_str(), "category,mean_activity");
    const auto& tuned = bench.now().views.units->units[0].by_category;
    IM_CHECK_EQ(std::stof(first.substr(2)), tuned[0]);
    ctx->MouseMoveToPos(bars);
    ctx->Yield(2);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_E);
    ctx->Yield(2);
    IM_CHECK(std::filesystem::exists(bench.output() / "figures" / "tuning_h1_0_categories.png"));
    ctx->ItemClick("//Units/**/Pin");
    clickUnit(ctx, 2, 4, 4);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.units->units.size() == 2; }));
    IM_CHECK((bench.now().views.units->units[1].id == link::UnitId{2, 0}));
    ctx->ItemClick("//Units/**/Unpin");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.units->units.size() == 1; }));
  }));
}

TEST_F(UnitsTest, OverTheDrawingTheKeysUndoAndRedoItsStrokes) {
  GuiBench bench({.seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    open(bench, ctx);
    auto& session = bench.laboratory().session();
    session.draft.assign("rule.alpha0", "0.25");
    ctx->ItemClick("//Units/**/Drawn");
    const auto canvas = ctx->ItemInfo("//Units/**/canvas").RectFull;
    ctx->MouseMoveToPos({canvas.Min.x + 60, canvas.Min.y + 40});
    ctx->MouseDown();
    ctx->MouseMoveToPos({canvas.Min.x + 150, canvas.Min.y + 40});
    ctx->MouseUp();
    const auto lit = [&] {
      const auto& pixels = session.watch.units->stimulus.pixels;
      return std::count(pixels.begin(), pixels.end(), 255);
    };
    ctx->Yield(2);
    IM_CHECK_GT(lit(), 5);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->Yield(2);
    IM_CHECK_EQ(lit(), 0);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Y);
    ctx->Yield(2);
    IM_CHECK_GT(lit(), 5);
    IM_CHECK_EQ(session.draft.spec().rule.alpha0, 0.25);  // the experiment was left alone
    ctx->MouseMove("//Transport");
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->Yield(2);
    IM_CHECK_NE(session.draft.spec().rule.alpha0, 0.25);
    IM_CHECK_GT(lit(), 5);
  }));
}

TEST_F(UnitsTest, FollowTheNetworkWhileItLearns) {
  GuiBench bench({.seeds = 2, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    open(bench, ctx);
    ctx->ItemClick("//Units/**/Test");
    ctx->Yield(2);
    bench.channel().commands.put(link::Play{});
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().views.units->step > 20; }, 20'000));
    IM_CHECK(bench.now().views.units->transform == "rotated by 0°");
    IM_CHECK(bench.now().phase != Phase::Failed);
  }));
}

TEST_F(UnitsTest, ACloseWindowAsksForNothing) {
  GuiBench bench({.seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    open(bench, ctx);
    bench.laboratory().workspaces().setOpen("Units", false);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.units == nullptr; }));
  }));
}

TEST_F(UnitsTest, TheStreamIsLookedThroughBeforeItIsLearned) {
  GuiBench bench({.seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    bench.laboratory().workspaces().setOpen("Data", true);
    ctx->Yield(2);
    ctx->WindowMove("//Data", {60, 60});
    ctx->WindowResize("//Data", {1300, 760});
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.stream != nullptr; }));
    ctx->ItemClick("//Data/**/$$6/task");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.stream->request.task == 6; }));
    IM_CHECK_EQ(bench.now().views.stream->images.size(), 100U);
    ctx->ItemClick("//Data/**/tested");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.stream->request.tests; }));
    IM_CHECK_EQ(bench.now().views.stream->in_task, 1000);
  }));
}

TEST_F(UnitsTest, AFileThatIsNoPictureSaysSo) {
  GuiBench bench({.seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    open(bench, ctx);
    ctx->ItemClick("//Units/**/File");
    ctx->ItemInputValue("//Units/**/##file", "configs/two-layer.json");
    IM_CHECK(waitFor(ctx, [&] { return !bench.now().views.units->problem.empty(); }));
    IM_CHECK(bench.now().views.units->problem.find("expected a PNG or JPEG") != std::string::npos);
  }));
}

TEST_F(UnitsTest, TheKeyboardChoosesPinsAndLetsGo) {
  GuiBench bench({.seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    open(bench, ctx);
    auto& desk = bench.laboratory().session().units;
    clickUnit(ctx, 1, 4, 4);
    IM_CHECK((desk.selected == link::UnitId{1, 0}));
    ctx->KeyPress(ImGuiKey_RightArrow, 3);
    IM_CHECK((desk.selected == link::UnitId{1, 3}));
    ctx->KeyPress(ImGuiKey_LeftArrow);
    ctx->KeyPress(ImGuiKey_UpArrow);  // there is no row above
    IM_CHECK((desk.selected == link::UnitId{1, 2}));
    ctx->KeyPress(ImGuiKey_DownArrow);
    IM_CHECK_GT(desk.selected->unit, 10);  // a row further
    ctx->KeyPress(ImGuiKey_UpArrow);
    ctx->KeyPress(ImGuiKey_Enter);
    IM_CHECK_EQ(desk.pinned.size(), 1U);
    ctx->KeyPress(ImGuiKey_RightArrow);
    ctx->KeyPress(ImGuiKey_Enter);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.units->units.size() == 2; }));
    bench.screenshotNext();
    ctx->Yield(2);
    auto& plots = bench.laboratory().session().plots;
    plots.pin = ui::PlotDesk::Pin{0, bench.now().begun};
    ctx->KeyPress(ImGuiKey_Escape);
    IM_CHECK(!desk.selected.has_value());
    IM_CHECK((desk.pinned == std::vector<link::UnitId>{{1, 2}, {1, 3}}));
    IM_CHECK(plots.pin.has_value());  // the grid, where the keyboard is, has taken the key
    ctx->Yield(2);
    ctx->KeyPress(ImGuiKey_Escape);
    IM_CHECK(!plots.pin.has_value());
  }));
  bench.write("units-pinned.png");
}

}  // namespace
}  // namespace dentate::tests
