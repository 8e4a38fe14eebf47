// Pictures of the architecture's panel, over a fake run; see screenshots_test.cpp for the folder.
#include <gtest/gtest.h>

#include "imgui.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/architecture_panel.h"

namespace dentate::tests {
namespace {

// The panel over the whole window.
void openPanel(GuiBench& bench, int width, int height) {
  bench.laboratory().workspaces().setOpen(ui::ArchitecturePanel::kTitle, true);
  bench.drawFrames(2);
  ImGui::DockBuilderDockWindow(ui::ArchitecturePanel::kTitle, 0);
  bench.drawFrames(2);
  ImGui::SetWindowPos(ui::ArchitecturePanel::kTitle, {8, 40});
  ImGui::SetWindowSize(ui::ArchitecturePanel::kTitle,
                       {static_cast<float>(width) - 16, static_cast<float>(height) - 48});
  bench.drawFrames(4);
}

using Change = void (*)(GuiBench&);

void picture(const BenchSetup& setup, const std::string& name, Change change = nullptr) {
  if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  GuiBench bench(setup);
  bench.drawFrames(6);
  openPanel(bench, setup.width, setup.height);
  if (change != nullptr) change(bench);
  bench.drawFrames(6);
  bench.screenshot(name + ".png");
}

// A split network with a cycle, a layer that nothing leads to, and another that leads nowhere.
void spoil(GuiBench& bench) {
  auto& draft = bench.laboratory().session().draft;
  auto network = draft.spec().network;
  network.paths.push_back({"h3", "h1"});
  network.layers.push_back({.name = "alone"});
  network.layers.push_back({.name = "dead end"});
  network.paths.push_back({"h1", "dead end"});
  draft.setNetwork(network);
}

void click(GuiBench& bench, const char* item) {
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->ItemClick(item);
    ctx->MouseMoveToVoid();
  }));
}

void learn(GuiBench& bench) {
  bench.channel().commands.put(link::Play{});
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().step >= 300; }));
  bench.channel().commands.put(link::SetSpeed{20});
  click(bench, "//Architecture/###live");
}

void selectLarge(GuiBench& bench) { click(bench, "//Architecture/**/###layer_large"); }

void selectLargeLive(GuiBench& bench) {
  learn(bench);
  selectLarge(bench);
}

constexpr const char* kSplit = "configs/split-two-path.json";
constexpr const char* kFour = "configs/four-layer.json";
constexpr auto kLight = figure::Theme::Light;
constexpr auto kProjector = figure::Theme::Projector;

TEST(ArchitectureScreenshots, Edit) { picture({.config = kSplit}, "architecture-edit"); }
TEST(ArchitectureScreenshots, EditInLight) {
  picture({.config = kSplit, .theme = kLight}, "architecture-edit-light", selectLarge);
}
TEST(ArchitectureScreenshots, EditOnASmallWindow) {
  picture({.config = kSplit, .width = 1280, .height = 720}, "architecture-edit-720", selectLarge);
}
TEST(ArchitectureScreenshots, Skip) {
  picture({.config = "configs/skip-two-path.json"}, "architecture-skip");
}
TEST(ArchitectureScreenshots, Reasons) {
  picture({.config = kFour}, "architecture-reasons", spoil);
}
TEST(ArchitectureScreenshots, ReasonsOnASmallWindowInLight) {
  picture({.config = kFour, .width = 1280, .height = 720, .theme = kLight},
          "architecture-reasons-720-light", spoil);
}
TEST(ArchitectureScreenshots, Live) { picture({.config = kSplit}, "architecture-live", learn); }
TEST(ArchitectureScreenshots, LiveInLight) {
  picture({.config = kSplit, .theme = kLight}, "architecture-live-light", selectLargeLive);
}
TEST(ArchitectureScreenshots, LiveOnASmallWindow) {
  picture({.config = kSplit, .width = 1280, .height = 720}, "architecture-live-720", learn);
}
TEST(ArchitectureScreenshots, LiveForTheProjector) {
  picture({.config = kFour, .theme = kProjector, .scale = 150}, "architecture-live-projector-150",
          learn);
}

}  // namespace
}  // namespace dentate::tests
