// The architecture's panel in a real window over a fake run, driven by its own controls.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/architecture_hand.h"
#include "tests/ui/gui_bench.h"
#include "ui/architecture_panel.h"

namespace dentate::tests {
namespace {

using link::Phase;
using spec::NetworkSpec;
using ui::Ends;

class ArchitectureTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

const BenchSetup kSmall{.width = 1100, .height = 700};

void addLayer(ImGuiTestContext* ctx, const char* name, const char* units, const char* pathway) {
  ctx->ItemClick("###add");
  ctx->Yield(3);
  ctx->ItemInputValue("**/##name", name);
  ctx->Yield(2);
  if (units != nullptr) ctx->ItemInputValue("**/##units", units);
  ctx->Yield(2);
  if (pathway != nullptr) choose(ctx, "##pathway", pathway);
}

void emptyCanvas(ImGuiTestContext* ctx) {
  ctx->ItemClick("###templates");
  ctx->Yield(2);
  ctx->ItemClick("//$FOCUSED/###empty");
  ctx->Yield(3);
}

TEST_F(ArchitectureTest, ASplitNetworkIsDrawnFromAnEmptyCanvasAndLearned) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    emptyCanvas(ctx);
    IM_CHECK_EQ(networkOf(bench).layers.size(), 1U);
    IM_CHECK((ctx->ItemInfo("###learn").ItemFlags & ImGuiItemFlags_Disabled) != 0);
    addLayer(ctx, "trunk", nullptr, nullptr);
    addLayer(ctx, "large", "500", "large");
    addLayer(ctx, "small", nullptr, "small");
    ctx->ItemClick("###add_other");
    ctx->ItemClick("//$FOCUSED/Category output");
    ctx->Yield(3);
    for (const auto& ends : {Ends{"input", "trunk"},
                             {"trunk", "large"},
                             {"trunk", "small"},
                             {"large", "category"},
                             {"small", "category"}}) {
      drawPath(ctx, bench, ends.from.c_str(), ends.to.c_str());
    }
    IM_CHECK_EQ(networkOf(bench).paths.size(), 5U);
    IM_CHECK(!draftOf(bench).problem());
    IM_CHECK(spec::makeGraph(networkOf(bench)).ok());
    IM_CHECK_EQ(ui::layerNamed(networkOf(bench), "large")->units, 500);
    IM_CHECK(ui::layerNamed(networkOf(bench), "small")->pathway == spec::Pathway::Small);
    ctx->ItemClick("###learn");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().spec->network == networkOf(bench); }));
    ctx->ItemClick("//Transport/**/###play");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step > 3; }));
  }));
}

TEST_F(ArchitectureTest, ACycleIsNamedAndCanBeCut) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    drawPath(ctx, bench, "h2", "h1");
    IM_CHECK(ui::pathBetween(networkOf(bench), {"h2", "h1"}) != nullptr);
    IM_CHECK(draftOf(bench).problem().has_value());
    const auto problems = spec::networkProblems(networkOf(bench));
    IM_CHECK_EQ(problems.size(), 1U);
    IM_CHECK_STR_EQ(problems[0].what.c_str(), "This path closes a cycle: h1 → h2 → h1");
    IM_CHECK((ctx->ItemInfo("###learn").ItemFlags & ImGuiItemFlags_Disabled) != 0);
    // Click the middle of the link and cut it.
    const auto begin = panelOf(bench).canvas().pin("h2", true);
    const auto end = panelOf(bench).canvas().pin("h1", false);
    ctx->MouseMoveToPos({(begin->x + end->x) / 2, (begin->y + end->y) / 2});
    ctx->Yield(2);
    ctx->ItemClick("**/###layer_h2");
    ctx->Yield(2);
    ctx->ItemClick("**/###to_h1");
    ctx->Yield(2);
    IM_CHECK_EQ(panelOf(bench).canvas().selection().paths.size(), 1U);
    ctx->KeyPress(ImGuiKey_Delete);
    ctx->Yield(3);
    IM_CHECK(!draftOf(bench).problem());
    ctx->ItemClick("###add");
    ctx->Yield(3);
    drawPath(ctx, bench, "h1", "h3");
    drawPath(ctx, bench, "h3", "category");
    IM_CHECK(!draftOf(bench).problem());
    IM_CHECK((ctx->ItemInfo("###learn").ItemFlags & ImGuiItemFlags_Disabled) == 0);
  }));
}

TEST_F(ArchitectureTest, TenEditsAreUndoneAndRedone) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    const NetworkSpec before = networkOf(bench);
    for (int i = 0; i < 10; ++i) {
      ctx->ItemClick("###add");
      ctx->Yield(2);
    }
    const NetworkSpec after = networkOf(bench);
    IM_CHECK_EQ(after.layers.size(), before.layers.size() + 10);
    for (int i = 0; i < 10; ++i) ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    IM_CHECK(networkOf(bench) == before);
    for (int i = 0; i < 10; ++i) ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Y);
    IM_CHECK(networkOf(bench) == after);
  }));
}

TEST_F(ArchitectureTest, KeysCopyPasteDuplicateAndDelete) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    ctx->ItemClick("**/###layer_h2");
    ctx->Yield(2);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_D);
    ctx->Yield(3);
    IM_CHECK(ui::layerNamed(networkOf(bench), "h3") != nullptr);
    IM_CHECK(panelOf(bench).canvas().selection() == (ui::Picked{{"h3"}, {}}));
    ctx->KeyPress(ImGuiKey_Delete);
    ctx->Yield(3);
    IM_CHECK(ui::layerNamed(networkOf(bench), "h3") == nullptr);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_A);
    ctx->Yield(3);
    IM_CHECK_EQ(panelOf(bench).canvas().selection().layers.size(), 4U);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_C);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_V);
    ctx->Yield(3);
    IM_CHECK_EQ(networkOf(bench).layers.size(), 8U);
    IM_CHECK_EQ(networkOf(bench).paths.size(), 6U);
  }));
}

TEST_F(ArchitectureTest, ANodeIsMovedAndNoOtherWithIt) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    const auto& canvas = panelOf(bench).canvas();
    const ImVec2 h1 = *canvas.pin("h1", true), h2 = *canvas.pin("h2", true);
    dragMouse(ctx, {h1.x - 40, h1.y - 12}, {h1.x - 20, h1.y + 80});
    const ImVec2 moved = *canvas.pin("h1", true);
    IM_CHECK_GT(moved.y, h1.y + 75);  // 92 less what begins a drag
    IM_CHECK_EQ(canvas.pin("h2", true)->y, h2.y);
    IM_CHECK(networkOf(bench) == draftOf(bench).preset().network);
    ctx->ItemClick("**/###layer_h1");
    ctx->Yield(2);
    ctx->ItemInputValue("**/##units", "77");
    ctx->Yield(2);
    IM_CHECK_EQ(networkOf(bench).layers[1].units, 77);
    IM_CHECK_EQ(canvas.pin("h1", true)->y, moved.y);
  }));
}

TEST_F(ArchitectureTest, ANodeStandsWhereItWasLeftAtTheNextStart) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "dentate-nodes";
  std::filesystem::remove_all(folder);
  BenchSetup setup = kSmall;
  setup.settings = folder;
  ImVec2 left;  // from h1 to h2
  const auto apart = [](GuiBench& bench) {
    const auto& canvas = panelOf(bench).canvas();
    const ImVec2 a = *canvas.pin("h1", true), b = *canvas.pin("h2", true);
    return ImVec2{b.x - a.x, b.y - a.y};
  };
  {
    GuiBench bench(setup);
    EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
      openPanel(ctx, bench);
      const ImVec2 h1 = *panelOf(bench).canvas().pin("h1", true);
      dragMouse(ctx, {h1.x - 40, h1.y - 12}, {h1.x - 20, h1.y + 80});
      ctx->ItemClick("###fit");
      ctx->Yield(3);
      left = apart(bench);
      IM_CHECK_LT(left.y, -50.0F);
    }));
  }
  GuiBench bench(setup);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    const ImVec2 now = apart(bench);
    IM_CHECK_LT(std::abs(now.x - left.x), 3.0F);
    IM_CHECK_LT(std::abs(now.y - left.y), 3.0F);
  }));
}

TEST_F(ArchitectureTest, AFrameSelectsWhatItHoldsAndACopyStandsBelow) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    const auto& canvas = panelOf(bench).canvas();
    const ImVec2 low = *canvas.pin("h1", false), high = *canvas.pin("h2", true);
    dragMouse(ctx, {low.x - 14, low.y - 120}, {high.x + 10, high.y + 130});
    IM_CHECK(canvas.selection().layers == (std::vector<std::string>{"h1", "h2"}));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_C);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_V);
    ctx->Yield(3);
    IM_CHECK(ui::pathBetween(networkOf(bench), {"h3", "h4"}) != nullptr);
    IM_CHECK_GT(canvas.pin("h3", true)->y, canvas.pin("h1", true)->y + 60);
    IM_CHECK(canvas.selection().layers == (std::vector<std::string>{"h3", "h4"}));
  }));
}

TEST_F(ArchitectureTest, AMoveIsUndoneAndDoneAgain) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    const auto& canvas = panelOf(bench).canvas();
    const ImVec2 h1 = *canvas.pin("h1", true);
    dragMouse(ctx, {h1.x - 40, h1.y - 12}, {h1.x - 20, h1.y + 80});
    const float moved = canvas.pin("h1", true)->y;
    IM_CHECK_GT(moved, h1.y + 50);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->Yield(3);
    IM_CHECK_LT(std::abs(canvas.pin("h1", true)->y - h1.y), 2.0F);
    IM_CHECK(!draftOf(bench).canUndo());
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Y);
    ctx->Yield(3);
    IM_CHECK_LT(std::abs(canvas.pin("h1", true)->y - moved), 2.0F);
  }));
}

TEST_F(ArchitectureTest, SavingMovesNothing) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    const auto& canvas = panelOf(bench).canvas();
    const ImVec2 h1 = *canvas.pin("h1", true);
    dragMouse(ctx, {h1.x - 40, h1.y - 12}, {h1.x - 20, h1.y + 80});
    ctx->ItemClick("###add");
    ctx->Yield(3);
    const ImVec2 moved = *canvas.pin("h1", true);
    draftOf(bench).markSaved("somewhere.json");
    ctx->Yield(3);
    IM_CHECK_EQ(canvas.pin("h1", true)->y, moved.y);
  }));
}

TEST_F(ArchitectureTest, KeysZoomAndFit) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    const auto& canvas = panelOf(bench).canvas();
    const auto width = [&] { return canvas.pin("h1", true)->x - canvas.pin("h1", false)->x; };
    const float before = width();
    ctx->ItemClick("**/###layer_h1");  // the keys are the panel's while it has the focus
    ctx->KeyPress(ImGuiKey_Minus);
    ctx->Yield(3);
    IM_CHECK_LT(std::abs(width() - before / 1.25F), 3.0F);
    ctx->KeyPress(ImGuiKey_F);
    ctx->Yield(3);
    IM_CHECK_LT(std::abs(width() - before), 1.5F);
  }));
}

TEST_F(ArchitectureTest, APathDrawnIntoTheOpenEndsInANewLayer) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    const ImVec2 h1 = *panelOf(bench).canvas().pin("h1", true);
    dragMouse(ctx, h1, {h1.x + 60, h1.y + 200});
    IM_CHECK(ui::pathBetween(networkOf(bench), {"h1", "h3"}) != nullptr);
    const ImVec2 pin = *panelOf(bench).canvas().pin("h3", false);
    IM_CHECK_LT(std::abs(pin.x - h1.x - 60) + std::abs(pin.y - h1.y - 200), 12.0F);
  }));
}

TEST_F(ArchitectureTest, ARefusedNameLeavesTheNetworkAsItIs) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    ctx->ItemClick("**/###layer_h1");
    ctx->Yield(2);
    ctx->ItemInputValue("**/##name", "h2");
    ctx->Yield(2);
    IM_CHECK(!draftOf(bench).canUndo());
    ctx->ItemInputValue("**/##units", "0");
    ctx->Yield(2);
    IM_CHECK_STR_EQ(spec::networkProblems(networkOf(bench))[0].what.c_str(),
                    "units: expected a whole number from 1 to 100,000, got 0");
    ctx->ItemInputValue("**/##units", "many");
    ctx->Yield(2);
    IM_CHECK_EQ(networkOf(bench).layers[1].units, 0);
  }));
}

TEST_F(ArchitectureTest, HeadsAndLabelsAreMadeToFit) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    ctx->ItemClick("###add_other");
    ctx->ItemClick("//$FOCUSED/Item output");
    ctx->Yield(3);
    drawPath(ctx, bench, "h2", "item");
    IM_CHECK(draftOf(bench).problem().has_value());
    ctx->ItemClick("**/###fit_labels");
    ctx->Yield(2);
    IM_CHECK(draftOf(bench).spec().stream.labels == spec::Labels::Dual);
    IM_CHECK(!draftOf(bench).problem());
    ctx->ItemClick("**/###preset");
    ctx->Yield(2);
    IM_CHECK(networkOf(bench) == draftOf(bench).preset().network);
  }));
}

TEST_F(ArchitectureTest, ADrawnNetworkIsSavedAndOpened) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    ctx->ItemClick("###templates");
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###dual");
    ctx->Yield(3);
    const auto drawn = draftOf(bench).spec();
    IM_CHECK_EQ(drawn.network.layers.size(), 5U);
    IM_CHECK(drawn.stream.labels == spec::Labels::Dual);
    ctx->MenuClick("//##MainMenuBar/Experiment/Save experiment as…");
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###go");
    ctx->Yield(2);
    const auto read = spec::loadExperiment(bench.output() / "experiment.json");
    IM_CHECK(read.ok());
    IM_CHECK(*read == drawn);
    IM_CHECK(draftOf(bench).changedFromPreset().empty());
  }));
}

TEST_F(ArchitectureTest, LiveShowsTheRunAndEditsNothing) {
  GuiBench bench(kSmall);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    ctx->ItemClick("###live");
    ctx->Yield(3);
    IM_CHECK(!ctx->ItemExists("###add"));
    drawPath(ctx, bench, "h2", "h1");
    ctx->KeyPress(ImGuiKey_Delete);
    ctx->Yield(2);
    IM_CHECK(!draftOf(bench).canUndo());
    ctx->ItemClick("###edit");
    ctx->Yield(3);
    ctx->ItemClick("###add");
    ctx->Yield(3);
    IM_CHECK((ctx->ItemInfo("###live").ItemFlags & ImGuiItemFlags_Disabled) != 0);
  }));
}

}  // namespace
}  // namespace dentate::tests
