// The window closed and opened again: the runs, their curves and what is shown are as they were left.
#include <gtest/gtest.h>

#include "engine/run/run_thread.h"
#include "imgui_te_context.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;

constexpr int kManyFrames = 1500;

class SittingGui : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
  [[nodiscard]] BenchSetup sitting() const {
    return {.workspace = ui::Workspace::Lab,
            .seeds = 2,
            .set = {"stream.samples_per_task=50", "stream.tasks=4"},
            .start_run =
                [](link::Channel& channel) {
                  return std::make_shared<run::RunThread>(channel, "assets");
                },
            .settings = settings.path()};
  }
  data::TempFolder settings;
};

// Two runs, of which the second is shown, after the first task and two meta-steps.
void learnAndBranch(ImGuiTestContext* ctx, GuiBench& bench) {
  IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
  ctx->ItemClick("//Transport/**/###task");
  IM_CHECK(waitFor(
      ctx, [&] { return bench.now().phase == Phase::Paused && bench.now().step == 10; },
      kManyFrames));
  ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_B);
  IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 2; }));
  for (int step : {11, 12}) {
    ctx->KeyPress(ImGuiKey_Period);
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Paused && bench.now().step == step; }));
  }
}

TEST_F(SittingGui, IsAsItWasLeftAtTheNextStartAndNothingIsAsked) {
  link::Snapshot before;
  {
    GuiBench bench(sitting());
    EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
      learnAndBranch(ctx, bench);
      bench.laboratory().session().guard.wishQuit();
      IM_CHECK(waitFor(ctx, [&] { return bench.laboratory().session().guard.quitGranted(); }));
    }));
    before = bench.now();
  }
  GuiBench bench(sitting());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 2; }));
    IM_CHECK_EQ(bench.now().step, 12);
    IM_CHECK_EQ(bench.now().run, before.run);
    IM_CHECK_EQ(bench.now().runs[1].name, before.runs[1].name);
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().runs[0].sent == 1 && bench.now().runs[1].sent == 1; }));
    ctx->Yield(3);
    for (const auto& run : bench.now().runs)
      IM_CHECK_EQ(bench.laboratory().histories().of(run.run).positions(), 13U);
    ctx->ItemClick("//Transport/**/###play");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Finished; }, kManyFrames));
  }));
}

TEST_F(SittingGui, AnExperimentThatIsOpenedAsksBeforeTheRunsGo) {
  {
    GuiBench bench(sitting());
    EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) { learnAndBranch(ctx, bench); }));
  }
  auto opening = sitting();
  opening.config = "configs/four-layer.json";
  opening.opened = true;
  {
    GuiBench bench(opening);
    EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
      IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 2; }));
      IM_CHECK(waitFor(ctx, [&] { return ctx->ItemExists("//Discard the run?/###cancel"); }));
      ctx->ItemClick("//Discard the run?/###cancel");
      ctx->Yield(3);
      IM_CHECK_EQ(bench.now().runs.size(), 2U);
    }));
  }
  GuiBench bench(opening);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return ctx->ItemExists("//Discard the run?/###discard"); }));
    ctx->ItemClick("//Discard the run?/###discard");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().spec->name == "Four layers"; }));
    IM_CHECK_EQ(bench.now().runs.size(), 1U);
  }));
}

}  // namespace
}  // namespace dentate::tests
