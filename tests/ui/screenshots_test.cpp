// Pictures of the real window, into the folder that DENTATE_SCREENSHOTS names (else a temporary
// one), for the README and for eyes.
#include <gtest/gtest.h>

#include <array>

#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/theme.h"

namespace dentate::tests {
namespace {

// Learns up to `step`, then pictures the window while it runs.
void picture(const BenchSetup& setup, std::int64_t step, const std::string& name) {
  if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  GuiBench bench(setup);
  bench.drawFrames(4);
  if (step > 0) {
    bench.channel().commands.put(link::Play{});
    ASSERT_TRUE(bench.drawUntil([&] { return bench.now().step >= step; }));
    if (step < bench.now().total_steps) bench.channel().commands.put(link::SetSpeed{20});
  }
  bench.drawFrames(6);
  bench.screenshot(name + ".png");
}

constexpr const char* kSplit = "configs/split-two-path.json";
constexpr const char* kFour = "configs/four-layer.json";

TEST(Screenshots, LectureOnTheSplitNetwork) { picture({.config = kSplit}, 137, "lecture-split"); }
TEST(Screenshots, LectureBeforeTheFirstStep) { picture({.config = kSplit}, 0, "lecture-start"); }
TEST(Screenshots, LectureOnTwoLayers) { picture({}, 300, "lecture-two"); }
TEST(Screenshots, LectureOnFourLayers) { picture({.config = kFour}, 500, "lecture-four"); }
TEST(Screenshots, LectureOnASplitThatMeetsAgain) {
  picture({.config = "configs/split-h3.json"}, 400, "lecture-split-h3");
}
TEST(Screenshots, LectureOnASkippedLayer) {
  picture({.config = "configs/skip-two-path.json"}, 400, "lecture-skip");
}
TEST(Screenshots, LectureOnASmallWindow) {
  picture({.config = kSplit, .width = 1280, .height = 720}, 137, "lecture-split-720");
}
TEST(Screenshots, LectureOnALargeWindow) {
  picture({.config = kSplit, .width = 1920, .height = 1080}, 380, "lecture-split-1080");
}
TEST(Screenshots, LectureInLight) {
  picture({.config = kSplit, .theme = figure::Theme::Light}, 200, "lecture-light");
}
TEST(Screenshots, LectureForTheProjector) {
  picture({.config = kFour, .theme = figure::Theme::Projector, .scale = 150}, 300,
          "lecture-projector-150");
}
TEST(Screenshots, LectureAtOneAndAHalf) {
  picture({.config = kSplit, .scale = 150}, 300, "lecture-split-150");
}
TEST(Screenshots, LectureAtTwice) {
  picture({.config = kSplit, .scale = 200}, 137, "lecture-split-200");
}
TEST(Screenshots, Lab) {
  picture({.config = kSplit, .workspace = ui::Workspace::Lab}, 280, "lab-split");
}
TEST(Screenshots, LabFinished) {
  picture({.workspace = ui::Workspace::Lab, .full_speed = 3000}, 800, "lab-finished");
}
TEST(Screenshots, LabOnASmallWindow) {
  picture({.width = 1280, .height = 720, .workspace = ui::Workspace::Lab}, 200, "lab-720");
}
const std::vector<std::string> kCompared{"replicas.conditions=baseline,s,lr,s+lr"};
TEST(Screenshots, LectureOnFortyNetworks) {
  picture({.seeds = 10, .set = kCompared}, 300, "lecture-compare");
}
TEST(Screenshots, LabOnFortyNetworks) {
  picture({.workspace = ui::Workspace::Lab, .seeds = 10, .set = kCompared}, 500, "lab-compare");
}
TEST(Screenshots, LabOnFortyNetworksFinished) {
  picture({.config = kFour,
           .workspace = ui::Workspace::Lab,
           .seeds = 10,
           .set = {kCompared[0], "replicas.alpha0=0.001,0.01,0.1"},
           .full_speed = 3000},
          800, "lab-compare-finished");
}
TEST(Screenshots, LectureOnFortyNetworksInLight) {
  picture({.config = kSplit,
           .theme = figure::Theme::Light,
           .seeds = 10,
           .set = {"replicas.conditions=baseline,s+lr"}},
          200, "lecture-compare-light");
}

constexpr std::array kThemes{figure::Theme::Dark, figure::Theme::Light, figure::Theme::Projector};

// Everything that stands on top of the plots: the table on hover, a pinned moment, a curve left out.
void plotPicture(const BenchSetup& setup, const std::string& name) {
  if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  GuiBench bench(setup);
  bench.channel().commands.put(link::Play{});
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().step >= 300; }));
  bench.channel().commands.put(link::Pause{});
  bench.drawFrames(6);
  auto& plots = bench.laboratory().session().plots;
  plots.pin = ui::PlotDesk::Pin{130, bench.now().run};
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->ItemClick("//Learning rate α/**/label_→ h2");
    const ImGuiWindow* plot = ctx->GetWindowByRef("//Active fraction");
    ctx->MouseMoveToPos({plot->Pos.x + plot->Size.x * 0.3F, plot->Pos.y + plot->Size.y * 0.6F});
    ctx->Yield(3);
    bench.screenshotNext();
    ctx->Yield(2);
  }));
  bench.write(name + ".png");
}

TEST(Screenshots, PlotsOfFourConditions) {
  for (const auto theme : kThemes) {
    const std::string name = "plots-" + std::string(ui::themeName(theme));
    BenchSetup setup{.config = kSplit, .theme = theme, .seeds = 3, .set = kCompared};
    plotPicture(setup, name);
    setup.workspace = ui::Workspace::Lab;
    plotPicture(setup, name + "-lab");
    if (theme != figure::Theme::Dark) continue;
    setup.width = 1280;
    setup.height = 720;
    plotPicture(setup, name + "-lab-720");
  }
}

TEST(Screenshots, ArchitectsWorkspace) {
  picture({.config = kSplit, .workspace = ui::Workspace::Architect}, 280, "architect");
  picture({.config = kSplit, .width = 1280, .height = 720, .workspace = ui::Workspace::Architect},
          280, "architect-720");
}

TEST(Screenshots, KeyboardMap) {
  if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  for (const auto theme : kThemes) {
    for (const int height : {1000, 720}) {
      GuiBench bench({.width = height == 720 ? 1280 : 1600, .height = height, .theme = theme});
      EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
        ctx->Yield(3);
        ctx->KeyChars("?");
        ctx->Yield(4);
        bench.screenshotNext();
        ctx->Yield(2);
      }));
      bench.write("keyboard-" + std::string(ui::themeName(theme)) + "-" + std::to_string(height) +
                  ".png");
    }
  }
}

}  // namespace
}  // namespace dentate::tests
