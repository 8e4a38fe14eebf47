// A convolutional layer drawn in the window, learned, and looked into, as a person would.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "engine/learn/registry.h"
#include "engine/run/run_thread.h"
#include "engine/spec/templates.h"
#include "imgui.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/architecture_hand.h"
#include "tests/ui/gui_bench.h"
#include "ui/architecture_panel.h"
#include "ui/lesion_panel.h"

namespace dentate::tests {
namespace {

using link::Phase;

std::shared_ptr<void> startEngine(link::Channel& channel) {
  return std::make_shared<run::RunThread>(channel, "assets");
}

class ConvolutionTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
  static void place(ImGuiTestContext* ctx, GuiBench& bench, const char* panel) {
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase != Phase::Loading; }, 1500));
    bench.laboratory().workspaces().setOpen(panel, true);
    ctx->Yield(3);
    ImGui::DockBuilderDockWindow(panel, 0);
    ctx->Yield(3);
    const auto window = std::string("//") + panel;
    ctx->WindowMove(window.c_str(), {30, 40});
    ctx->WindowResize(window.c_str(), {1400, 880});
    ctx->Yield(3);
  }
  // h1 becomes a layer of 8 channels.
  static void convolve(ImGuiTestContext* ctx, GuiBench& bench) {
    ctx->SetRef("//Architecture");
    ctx->ItemClick("**/###layer_h1");
    ctx->Yield(2);
    choose(ctx, "##kind", "convolutional");
    ctx->ItemInputValue("**/##channels", "8");
    ctx->Yield(2);
    const auto& layer = bench.laboratory().session().draft.spec().network.layers[1];
    IM_CHECK(spec::isConvolutional(layer));
    IM_CHECK_EQ(layer.units, 8 * 14 * 14);
  }
};

TEST_F(ConvolutionTest, ALayerIsDrawnLearnedAndLookedInto) {
  GuiBench bench({.seeds = 1, .start_run = startEngine});
  auto& session = bench.laboratory().session();
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    place(ctx, bench, ui::ArchitecturePanel::kTitle);
    convolve(ctx, bench);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->Yield(2);
    IM_CHECK_EQ(session.draft.spec().network.layers[1].channels, 32);  // one step of undo
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Y);
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->ItemClick("//Architecture/**/###learn");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Running && bench.now().step >= 10; }, 1500));
    IM_CHECK_EQ(bench.now().spec->network.layers[1].units, 8 * 14 * 14);
    IM_CHECK_GT(bench.now().layers[1].active_fraction, 0);
  }));
  bench.write("architecture-convolutional.png");
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    bench.laboratory().workspaces().setOpen(ui::ArchitecturePanel::kTitle, false);
    place(ctx, bench, "Units");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.units != nullptr; }));
    const auto item = ctx->ItemInfo("//Units/**/$$1/units").RectFull;
    ctx->MouseMoveToPos({item.Min.x + 2, item.Min.y + 2});
    ctx->MouseClick();
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.units->units.size() == 1; }));
    IM_CHECK((bench.now().views.units->units[0].id == link::UnitId{1, 0}));
    IM_CHECK_EQ(bench.now().views.units->units[0].kernels.size(), 1U);
    ctx->Yield(5);
  }));
  bench.screenshot("units-convolutional.png");
}

TEST_F(ConvolutionTest, WhatDoesNotFitIsSaidAtTheLayer) {
  GuiBench bench({.seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    place(ctx, bench, ui::ArchitecturePanel::kTitle);
    convolve(ctx, bench);
    ctx->ItemInputValue("**/##kernel", "31");
    ctx->Yield(2);
    const auto problem = bench.laboratory().session().draft.problem();
    IM_CHECK(problem.has_value());
    IM_CHECK_STR_EQ(problem->where.c_str(), "network.layers[1].kernel");
    bench.screenshotNext();
    ctx->Yield(2);
  }));
  bench.write("architecture-kernel.png");
}

TEST_F(ConvolutionTest, TheTemplateLearnsAndItsChannelsAreLesioned) {
  GuiBench bench({.seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    place(ctx, bench, ui::ArchitecturePanel::kTitle);
    ctx->ItemClick("//Architecture/###templates");
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###convolutional");
    ctx->Yield(3);
    const auto& network = bench.laboratory().session().draft.spec().network;
    IM_CHECK_EQ(network.layers.size(), 5U);
    IM_CHECK_EQ(network.layers[2].units, 32 * 7 * 7);
    ctx->ItemClick("//Architecture/**/###learn");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Running && bench.now().step >= 5; }, 1500));
    bench.laboratory().workspaces().setOpen(ui::ArchitecturePanel::kTitle, false);
    place(ctx, bench, ui::LesionPanel::kTitle);
    bench.channel().commands.put(link::SetLesions{{{spec::LesionPart::Layer, 1, 0.5}}});
    IM_CHECK(waitFor(
        ctx, [&] { return !bench.now().layers[1].lesioned.empty(); }, 1500));
    const auto& lesioned = bench.now().layers[1].lesioned;
    IM_CHECK_EQ(std::count(lesioned.begin(), lesioned.end(), 1), 16 * 14 * 14);
    ctx->Yield(5);
  }));
  bench.screenshot("lesions-convolutional.png");
}

// A value of a list in the Experiment panel.
void chooseValue(ImGuiTestContext* ctx, const char* list, const char* value) {
  ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
  ctx->ItemClick(list);
  ctx->Yield(2);
  ctx->ItemClick((std::string("//##Combo_00/") + value).c_str());
  ctx->Yield(2);
}

TEST_F(ConvolutionTest, OtherRulesLearnItAndAGpuIsRefused) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    place(ctx, bench, "Experiment");
    bench.laboratory().session().rules = learn::ruleTraits();
    auto& draft = bench.laboratory().session().draft;
    draft.setNetwork(spec::convolutionalNetwork({.inputs = 784,
                                                 .input_channels = 1,
                                                 .convolutional_layers = 2,
                                                 .channels = 4,
                                                 .dense_layers = 1,
                                                 .units = 20,
                                                 .categories = 10}));
    ctx->Yield(2);
    for (const std::string name : {"er", "sparse-maml"}) {
      chooseValue(ctx, "##rule.name", name.c_str());
      IM_CHECK_STR_EQ(draft.spec().rule.name.c_str(), name.c_str());
      IM_CHECK(!draft.problem().has_value());
      bench.channel().commands.put(link::Load{draft.spec()});  // the button asks what it discards
      IM_CHECK(waitFor(
          ctx, [&] { return bench.now().spec && bench.now().spec->rule.name == name; }, 1500));
      bench.channel().commands.put(link::StepMeta{});
      IM_CHECK(waitFor(
          ctx, [&] { return bench.now().step >= 1 && !bench.now().failure; }, 1500));
      IM_CHECK_GT(bench.now().layers[1].active_fraction, 0);
    }
    chooseValue(ctx, "##device", "cuda");
    bench.screenshotNext();
    ctx->Yield(2);
    const auto* const refused = draft.refused("device");
    IM_CHECK(refused != nullptr);
    IM_CHECK(refused->error.what.find("convolutional layers learn on the CPU") !=
             std::string::npos);
  }));
  bench.write("experiment-convolutional.png");
}

}  // namespace
}  // namespace dentate::tests
