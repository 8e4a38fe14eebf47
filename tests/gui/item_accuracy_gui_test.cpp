// A branch without its large path beside the main run, in the real window over the real engine: the
// accuracy of items falls, in the plot, the matrix and the lesion lab.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/run/run_thread.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/lesion_panel.h"
#include "ui/live_plots.h"
#include "ui/matrix_panel.h"

namespace dentate::tests {
namespace {

using link::Phase;

constexpr int kManyFrames = 1500;
constexpr const char* kLongName = "large path lesioned as a whole after task 3";

BenchSetup dual() {
  return {.config = "configs/split-two-path.json",
          .workspace = ui::Workspace::Lab,
          .seeds = 1,
          .set = {"stream.samples_per_task=50", "stream.tasks=8"},
          .start_run = [](link::Channel& channel) {
            return std::make_shared<run::RunThread>(channel, "assets");
          }};
}

bool learnTo(GuiBench& bench, std::int64_t step) {
  while (bench.now().step < step) {
    const auto before = bench.now().step;
    bench.channel().commands.put(link::StepTask{});
    if (!bench.drawUntil(
            [&] { return bench.now().step > before && bench.now().phase == Phase::Paused; },
            kManyFrames))
      return false;
  }
  return true;
}

// Three tasks, a branch, its large path lesioned, two tasks more.
bool branchAndLesion(GuiBench& bench) {
  if (!bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }, kManyFrames))
    return false;
  if (!learnTo(bench, 30)) return false;
  const auto& layers = bench.now().spec->network.layers;
  std::size_t large = 0;
  while (layers[large].pathway != spec::Pathway::Large) ++large;
  auto& commands = bench.channel().commands;
  commands.put(link::Branch{});
  commands.put(link::SetLesions{{{spec::LesionPart::Layer, large, 1}}});
  if (!bench.drawUntil([&] { return bench.now().runs.size() == 2; }, kManyFrames)) return false;
  commands.put(link::RenameRun{bench.now().run, kLongName});
  return learnTo(bench, 50);
}

template <class P>
const P& panel(GuiBench& bench) {
  return dynamic_cast<const P&>(*bench.laboratory().panel(P::kTitle));
}

class ItemAccuracy : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

TEST_F(ItemAccuracy, OneSwitchTurnsPlotAndMatrixAndFitsTheirScales) {
  GuiBench bench(dual());
  ASSERT_TRUE(branchAndLesion(bench));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    const auto& accuracy = panel<ui::LivePlotsPanel>(bench).accuracyView();
    const auto& matrix = panel<ui::MatrixPanel>(bench);
    ctx->Yield(2);
    IM_CHECK_EQ(accuracy.top, 1.0);
    IM_CHECK_EQ(matrix.top(), 1.0);
    ctx->ItemClick("//Live plots/**/###head_item");
    ctx->Yield(3);
    IM_CHECK(bench.laboratory().session().comparison.head == ui::Head::Item);
    IM_CHECK_LT(accuracy.top, 0.5);
    IM_CHECK_LT(matrix.top(), 0.5);
    const auto& history = bench.laboratory().histories().of(bench.now().run);
    ctx->ItemClick("//Accuracy matrix/**/###head_in memory");
    ctx->Yield(3);
    IM_CHECK(bench.laboratory().session().comparison.head == ui::Head::ItemInMemory);
    const auto after = history.measuredTasks() - 1;
    for (std::size_t task = 0; task <= after; ++task) {
      const auto share = [&](ui::Head head) { return history.accuracyOf(0, after, task, head); };
      const auto all = share(ui::Head::Item), in = share(ui::Head::ItemInMemory),
                 outside = share(ui::Head::ItemOutside);
      IM_CHECK(all && (in || outside));
      if (!in || !outside) continue;
      IM_CHECK_LE(std::min(*in, *outside), *all + 1e-6);
      IM_CHECK_GE(std::max(*in, *outside), *all - 1e-6);
    }
    ctx->ItemClick("//Accuracy matrix/**/###head_category");
    ctx->Yield(3);
    IM_CHECK_EQ(accuracy.top, 1.0);
  }));
}

TEST_F(ItemAccuracy, PlotsFitAnewWhereDifferencesAreSwitchedOnAndOff) {
  GuiBench bench(dual());
  ASSERT_TRUE(branchAndLesion(bench));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    const auto& accuracy = panel<ui::LivePlotsPanel>(bench).accuracyView();
    bench.laboratory().session().comparison.head = ui::Head::Item;
    ctx->Yield(3);
    const double low = accuracy.low, top = accuracy.top;
    ctx->WindowFocus("//Runs");
    ctx->ItemClick("//Runs/**/###difference");
    ctx->Yield(3);
    IM_CHECK_LT(accuracy.low, 0.0);  // the branch knows fewer items
    IM_CHECK_LT(accuracy.top, top);
    ctx->ItemClick("//Runs/**/###difference");
    ctx->Yield(3);
    IM_CHECK_EQ(accuracy.low, low);
    IM_CHECK_EQ(accuracy.top, top);
  }));
}

TEST_F(ItemAccuracy, TheLesionLabPointsToTheCurvesOfBothRuns) {
  GuiBench bench(dual());
  ASSERT_TRUE(branchAndLesion(bench));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    auto& session = bench.laboratory().session();
    session.comparison.hidden_runs = {bench.now().runs[0].run};
    bench.laboratory().workspaces().setOpen(ui::LivePlotsPanel::kTitle, false);
    session.panel_asked = ui::LesionPanel::kTitle;
    ctx->Yield(3);
    ctx->ItemClick("//Lesion lab/**/###see_curves");
    ctx->Yield(3);
    IM_CHECK(session.comparison.hidden_runs.empty());
    IM_CHECK(session.comparison.head == ui::Head::Item);
    IM_CHECK(bench.laboratory().workspaces().isOpen(ui::LivePlotsPanel::kTitle));
  }));
}

// Before it is too late: a run that is lesioned itself has nothing to be held against.
TEST_F(ItemAccuracy, TheLesionLabAsksForABranchBeforeALesionOfLearning) {
  GuiBench bench(dual());
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }, kManyFrames));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    bench.laboratory().session().panel_asked = ui::LesionPanel::kTitle;
    ctx->Yield(3);
    IM_CHECK(!ctx->ItemExists("//Lesion lab/**/###branch_first"));
    ctx->ItemClick("//Lesion lab/**/###learning");
    ctx->ItemClick("//Lesion lab/**/###branch_first");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 2; }));
    IM_CHECK(waitFor(ctx, [&] { return ctx->ItemExists("//Lesion lab/**/###see_curves"); }));
  }));
}

// A name that is too long gives way to the others; its run can still be pressed.
TEST_F(ItemAccuracy, RunsOfLongNamesShareALine) {
  GuiBench bench(dual());
  ASSERT_TRUE(branchAndLesion(bench));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->Yield(2);
    const auto first = ctx->ItemInfo("//Live plots/**/###show_main").RectFull;
    const auto second =
        ctx->ItemInfo((std::string("//Live plots/**/###show_") + kLongName).c_str()).RectFull;
    IM_CHECK_EQ(first.Min.y, second.Min.y);
    IM_CHECK_LT(second.Max.x, ctx->WindowInfo("//Live plots").Window->Pos.x +
                                  ctx->WindowInfo("//Live plots").Window->Size.x);
  }));
}

TEST_F(ItemAccuracy, ALabelHasTheCardOfWhatItSays) {
  GuiBench bench(dual());
  ASSERT_TRUE(branchAndLesion(bench));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    const auto says = [&](const char* place, const char* term) {
      ctx->MouseMove(place);
      return waitFor(ctx, [&] { return bench.laboratory().session().pointed == &ui::term(term); });
    };
    IM_CHECK(says("//Live plots/**/label_chance", "chance"));
    IM_CHECK(says("//Active fraction/**/label_h1", "active fraction"));
    IM_CHECK(says("//Live plots/**/###head_item", "item accuracy"));
  }));
}

struct Picture {
  const char* name;
  figure::Theme theme;
  int width, height;
};

class ItemAccuracyPictures : public testing::TestWithParam<Picture> {};

TEST_P(ItemAccuracyPictures, AreTaken) {
  if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  const auto& picture = GetParam();
  auto setup = dual();
  setup.theme = picture.theme;
  setup.width = picture.width;
  setup.height = picture.height;
  GuiBench bench(setup);
  ASSERT_TRUE(branchAndLesion(bench));
  auto& session = bench.laboratory().session();
  session.comparison.head = ui::Head::Item;
  session.panel_asked = ui::LesionPanel::kTitle;
  EXPECT_TRUE(bench.drawUntil(
      [&] {
        const auto& lesion = bench.now().views.lesion;
        return lesion && lesion->samples == lesion->samples_in_all;
      },
      kManyFrames));
  const std::string name = picture.name;
  bench.drawFrames(6);
  bench.screenshot(name + ".png");
  session.comparison.difference = true;
  bench.drawFrames(6);
  bench.screenshot(name + "-difference.png");
}

INSTANTIATE_TEST_SUITE_P(All, ItemAccuracyPictures,
                         testing::Values(Picture{"items-dark", figure::Theme::Dark, 1600, 1000},
                                         Picture{"items-small", figure::Theme::Dark, 1280, 720},
                                         Picture{"items-projector", figure::Theme::Projector, 1600,
                                                 1000}),
                         [](const auto& picture) {
                           std::string name = picture.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace dentate::tests
