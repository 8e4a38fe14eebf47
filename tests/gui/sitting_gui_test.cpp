// The window closed and opened again: the runs, their curves and what is shown are as they were left.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

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

TEST_F(SittingGui, TheLogListsWhatHappenedToEachRun) {
  GuiBench bench(sitting());
  data::TempFolder saved;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    learnAndBranch(ctx, bench);
    auto& commands = bench.channel().commands;
    commands.put(link::SetRate{link::Rate::M, 0.5});
    commands.put(link::SetLesions{{{spec::LesionPart::Layer, 1, 0.4}}});
    commands.put(link::SaveRun{saved.path().string()});
    commands.put(link::OpenRun{saved.path().string()});
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().runs.size() == 3; }, kManyFrames));
    bench.laboratory().workspaces().setOpen("Log", true);
    ctx->Yield(2);
    ctx->WindowMove("//Log", {60, 60});
    ctx->WindowResize("//Log", {900, 420});
    ctx->ItemClick("//Log/**/###events");
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->ItemClick("//Log/**/###copy");
    const std::string all = ImGui::GetClipboardText();
    for (const char* what : {"started", "branched", "rates", "lesions"})
      IM_CHECK(all.find(what) != std::string::npos);
    ctx->ItemInputValue("//Log/**/##find", "lesions h1");
    ctx->ItemClick("//Log/**/###copy");
    const std::string found = ImGui::GetClipboardText();
    IM_CHECK(found.find("meta-step 12     lesions") != std::string::npos);
    IM_CHECK(found.find("started") == std::string::npos);
    ctx->ItemClick("//Log/lists/###events/##run");  // the one that was opened
    ctx->Yield(2);
    ctx->ItemClick(("//##Combo_00/###" + std::to_string(bench.now().runs[2].run)).c_str());
    ctx->ItemClick("//Log/**/###csv");
    IM_CHECK(std::filesystem::exists(bench.output() / "figures" / "events.csv"));
    ctx->ItemClick("//Log/**/###copy");
    IM_CHECK_STR_EQ(ImGui::GetClipboardText(), found.c_str());
    ctx->ItemClick("//Log/**/###notices");
    ctx->ItemInputValue("//Log/**/##find", "saved to");
    ctx->ItemClick("//Log/**/###copy");
    IM_CHECK(std::string(ImGui::GetClipboardText()).find("events.csv") != std::string::npos);
  }));
  bench.write("log-events.png");
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
