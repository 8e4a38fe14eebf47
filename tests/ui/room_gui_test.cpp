// What gives way where a window is small or its text large: nothing is cut or overlaps that need not.
#include <gtest/gtest.h>

#include <tuple>

#include "imgui.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/network_panel.h"
#include "ui/widgets.h"

namespace dentate::tests {
namespace {

using ui::Workspace;

class RoomTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

const ui::NetworkLayout& layoutOf(const GuiBench& bench) {
  return dynamic_cast<const ui::NetworkPanel*>(
             const_cast<GuiBench&>(bench).laboratory().panel(ui::NetworkPanel::kTitle))
      ->layout();
}

void expectApart(const BenchSetup& setup) {
  SCOPED_TRACE(setup.config + " at " + std::to_string(setup.width) + " x " +
               std::to_string(setup.height) + ", " + std::to_string(setup.scale) + " %");
  GuiBench bench(setup);
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == link::Phase::Ready; }));
  bench.laboratory().session().panel_asked = ui::NetworkPanel::kTitle;
  bench.drawFrames(6);
  const ui::NetworkLayout& layout = layoutOf(bench);
  EXPECT_TRUE(layout.fits);
  for (std::size_t a = 0; a < layout.layers.size(); ++a)
    for (std::size_t b = 0; b < a; ++b)
      EXPECT_FALSE(layout.layers[a].whole.meets(layout.layers[b].whole)) << a << " over " << b;
}

constexpr const char* kSplit = "configs/split-two-path.json";

TEST_F(RoomTest, TheDiagramHasRoomInTheLabOfASmallWindow) {
  expectApart({.config = kSplit, .width = 1280, .height = 720, .workspace = Workspace::Lab});
}

TEST_F(RoomTest, TheDiagramHasRoomWhereTextIsTwiceAsLarge) {
  expectApart({.config = kSplit, .scale = 200});
  expectApart({.config = kSplit, .workspace = Workspace::Lab, .scale = 200});
}

TEST_F(RoomTest, NotesLoseWordsBeforeTheyAreCut) {
  GuiBench bench;
  bench.drawFrames(2);
  EXPECT_TRUE(bench.run([](ImGuiTestContext*) {
    const ui::Ink ink{ImGui::GetFont(), 16, 0};
    const ui::Notes notes{"share of units, mean", "mean"};
    const float whole = ui::widthOf(ink, notes[0]), least = ui::widthOf(ink, notes[1]);
    IM_CHECK(ui::fitting(ink, notes, whole) == "share of units, mean");
    IM_CHECK(ui::fitting(ink, notes, whole - 1) == "mean");
    IM_CHECK(ui::fitting(ink, notes, least - 1) == ui::cut(ink, "mean", least - 1));
    IM_CHECK(ui::fitting(ink, {}, whole).empty());
  }));
}

TEST_F(RoomTest, OnALowWindowThePlotsOfTheLabAreTabs) {
  GuiBench bench({.width = 1280, .height = 720, .workspace = Workspace::Lab, .scale = 150});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->Yield(3);
    const ImGuiWindow* network = ctx->GetWindowByRef("//Network");
    const ImGuiWindow* plot = ctx->GetWindowByRef("//Active fraction");
    IM_CHECK_GE(plot->Pos.x, network->Pos.x + network->Size.x);
    IM_CHECK_EQ(plot->Size.y, network->Size.y);
  }));
}

TEST_F(RoomTest, TheDrawingOfAnArchitectIsWiderThanHalfTheWindow) {
  GuiBench bench(
      {.config = kSplit, .width = 1280, .height = 720, .workspace = Workspace::Architect});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->Yield(3);
    IM_CHECK_GT(ctx->GetWindowByRef("//Architecture")->Size.x, 1280 * 0.7F);
  }));
}

// Whole, not covered and not cut.
TEST_F(RoomTest, TheFooterOfExperimentIsWholeWhereTextIsLarge) {
  for (const int scale : {100, 150}) {
    SCOPED_TRACE(scale);
    GuiBench bench({.width = 1280, .height = 720, .workspace = Workspace::Lab, .scale = scale});
    EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
      IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == link::Phase::Ready; }));
      IM_CHECK(bench.laboratory().session().draft.assign("stream.tasks", "7"));
      ctx->Yield(8);
      for (const char* const button : {"###restart", "###revert"}) {
        const std::string path = std::string("//Experiment/**/") + button;
        const auto item = ctx->ItemInfo(path.c_str());
        IM_CHECK(item.ID != 0);
        IM_CHECK_LE(item.RectFull.GetWidth(), item.RectClipped.GetWidth() + 1);
        IM_CHECK_LE(item.RectFull.GetHeight(), item.RectClipped.GetHeight() + 1);
      }
      bench.screenshotNext();
      ctx->Yield();
      ctx->ItemClick("//Experiment/**/###restart");
      IM_CHECK(waitFor(ctx, [&] { return bench.now().spec->stream.tasks == 7; }));
    }));
    bench.write("footer-" + std::to_string(scale) + ".png");
  }
}

// Where text is large, plots are tabs rather than too small to be read.
TEST_F(RoomTest, TheLectureDegradesWhereTextIsLarge) {
  for (const auto& [width, height, scale] :
       {std::tuple{1600, 1000, 250}, {1280, 720, 200}, {1280, 720, 250}}) {
    SCOPED_TRACE(std::to_string(width) + " at " + std::to_string(scale) + " %");
    GuiBench bench({.width = width, .height = height, .scale = scale});
    ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == link::Phase::Ready; }));
    bench.drawFrames(8);
    const auto shown = [](const char* title) {
      const ImGuiWindow* const window = ImGui::FindWindowByName(title);
      return window != nullptr && !window->Hidden ? window : nullptr;
    };
    const float unit = static_cast<float>(scale) / 100;
    ASSERT_NE(shown("Network"), nullptr) << "the diagram stays in front";
    EXPECT_GT(shown("Network")->Size.x, 300 * unit);
    for (const char* const plot : {"Active fraction", "Learning rate α"})
      if (const ImGuiWindow* const window = shown(plot)) {
        EXPECT_GT(window->Size.y, 150 * unit) << plot;
        EXPECT_GT(window->Size.x, 240 * unit) << plot;
      }
    bench.screenshot("lecture-" + std::to_string(width) + "-" + std::to_string(scale) + ".png");
  }
}

}  // namespace
}  // namespace dentate::tests
