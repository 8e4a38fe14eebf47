// What is worked out on request of compared runs, in the real window over the real engine.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/run/run_thread.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;

constexpr int kManyFrames = 1500;

std::string textOf(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

void learnATask(ImGuiTestContext* ctx, GuiBench& bench, std::int64_t end) {
  IM_CHECK(waitFor(ctx, [&] { return bench.now().phase != Phase::Loading && bench.now().spec; }));
  ctx->ItemClick("//Transport/**/###task");
  IM_CHECK(waitFor(
      ctx, [&] { return bench.now().phase == Phase::Paused && bench.now().step == end; },
      kManyFrames));
}

void checkOverlap(ImGuiTestContext* ctx, GuiBench& bench) {
  ctx->WindowFocus("//Representations");
  IM_CHECK(waitFor(
      ctx,
      [&] {
        const auto& view = bench.now().views.similarity;
        return view && view->step == 10 && view->runs.size() == 1 && view->runs[0].step == 10;
      },
      kManyFrames));
  ctx->ItemClick("//Representations/**/###export");
  ctx->Yield(2);
  ctx->ItemClick("//$FOCUSED/###overlap");
  ctx->Yield(2);
  const auto overlap = textOf(bench.output() / "figures" / "overlap.csv");
  IM_CHECK(overlap.find("\"h3 main mean\"") != std::string::npos);
  IM_CHECK(overlap.find("\"h3 branch 1 mean\"") != std::string::npos);
  bench.screenshotNext();
  ctx->Yield(2);
  bench.write("branch-overlap.png");
}

void checkCurves(ImGuiTestContext* ctx, GuiBench& bench) {
  ctx->WindowFocus("//Lesion lab");
  ctx->ItemClick("//Lesion lab/**/###by_size");
  ctx->ItemClick("//Lesion lab/**/###curves");
  const auto tested = [&](std::size_t place) {
    const auto curves = bench.now().views.lesionCurvesOf(bench.now().runs[place].run);
    return curves && curves->complete();
  };
  IM_CHECK(waitFor(
      ctx, [&] { return tested(0) && tested(1); }, 10 * kManyFrames));
  ctx->Yield(2);
  bench.screenshotNext();
  ctx->Yield(2);
  bench.write("branch-lesion-curves.png");
  IM_CHECK(pointAtPlot(ctx, bench, "Lesion lab", "lesion_curves_category"));
  ctx->MouseClick(ImGuiMouseButton_Right);
  ctx->Yield(2);
  ctx->ItemClick("//$FOCUSED/###csv");
  ctx->Yield(2);
  const auto curves = textOf(bench.output() / "figures" / "lesion_curves_category.csv");
  IM_CHECK(curves.find("\"main\",\"small\",1,") != std::string::npos);
  IM_CHECK(curves.find("\"branch 1\",\"small\",1,") != std::string::npos);
}

// Plots of views have every compared run, too.
TEST(ComparedViews, LesionCurvesAndOverlapAreOfBothRuns) {
  if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  GuiBench bench({.config = "configs/split-two-path.json",
                  .workspace = ui::Workspace::Lab,
                  .seeds = 1,
                  .set = {"stream.samples_per_task=25", "stream.tasks=4"},
                  .start_run = [](link::Channel& channel) {
                    return std::make_shared<run::RunThread>(channel, "assets");
                  }});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    auto& workspaces = bench.laboratory().workspaces();
    workspaces.setOpen("Lesion lab", true);
    workspaces.setOpen("Representations", true);
    learnATask(ctx, bench, 5);
    bench.channel().commands.put(link::Branch{});
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 2; }));
    bench.channel().commands.put(link::SetLesions{{{spec::LesionPart::Layer, 5, 1.0}}});
    learnATask(ctx, bench, 10);
    checkOverlap(ctx, bench);
    checkCurves(ctx, bench);
  }));
}

}  // namespace
}  // namespace dentate::tests
