// Streams and data in colour, looked at before they are learned.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "engine/run/run_thread.h"
#include "imgui_te_context.h"
#include "tests/engine/data/tar_writer.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;

std::shared_ptr<void> startEngine(link::Channel& channel) {
  return std::make_shared<run::RunThread>(channel, "assets");
}

class StreamsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
  static void open(GuiBench& bench, ImGuiTestContext* ctx, const char* panel) {
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Ready; }, 1500));
    bench.laboratory().workspaces().setOpen(panel, true);
    ctx->Yield(2);
    const auto window = std::string("//") + panel;
    ctx->WindowMove(window.c_str(), {60, 60});
    ctx->WindowResize(window.c_str(), {1300, 760});
  }
  // The Data panel, with task `task` in the grid.
  static void showTask(GuiBench& bench, ImGuiTestContext* ctx, int task) {
    open(bench, ctx, "Data");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.stream != nullptr; }));
    ctx->ItemClick(("//Data/**/$$" + std::to_string(task) + "/task").c_str());
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.stream->request.task == task; }));
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
  }
};

TEST_F(StreamsTest, PermutationsAreLookedThroughTaskByTask) {
  GuiBench bench({.config = "configs/permutations.json", .seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    showTask(bench, ctx, 3);
    const auto& view = *bench.now().views.stream;
    IM_CHECK_STR_EQ(view.transforms[0].c_str(), "not permuted");
    IM_CHECK_STR_EQ(view.transforms[3].c_str(), "by permutation 3");
  }));
  bench.write("data-permutations.png");
}

TEST_F(StreamsTest, ClassSplitsShowTheirClasses) {
  GuiBench bench({.config = "configs/class-splits.json",
                  .seeds = 1,
                  .set = {"stream.incremental=class", "network.layers.category.units=10"},
                  .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    showTask(bench, ctx, 1);
    const auto& view = *bench.now().views.stream;
    IM_CHECK_STR_EQ(view.transforms[1].c_str(), "of classes 2 and 3");
    for (const auto& image : view.images) IM_CHECK(image.category == 2 || image.category == 3);
  }));
  bench.write("data-class-splits.png");
}

TEST_F(StreamsTest, SetsThatShareAnItemLabelAreChosenAndSeen) {
  GuiBench bench({.config = "configs/split-two-path.json",
                  .workspace = ui::Workspace::Lab,
                  .seeds = 1,
                  .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Ready; }, 1500));
    ctx->ItemInputValue("//Experiment/**/##stream.samples_per_item", "5");
    const auto& draft = bench.laboratory().session().draft;
    IM_CHECK_EQ(draft.spec().stream.samples_per_item, 5);
    IM_CHECK_EQ(draft.spec().network.layers.back().units, 400);
    ctx->ItemClick("//Experiment/**/###restart");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().spec->stream.samples_per_item == 5; }, 1500));
    bench.laboratory().session().panel_asked = "Data";
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.stream != nullptr; }));
    ctx->ItemClick("//Data/**/$$3/task");
    const auto shown = [&] { return bench.now().views.stream; };
    IM_CHECK(
        waitFor(ctx, [&] { return shown()->request.task == 3 && shown()->images.size() > 5; }));
    IM_CHECK_EQ(shown()->images[4].item, 60);  // 20 sets a task
    IM_CHECK_EQ(shown()->images[5].item, 61);
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
  }));
  bench.write("data-sets.png");
}

TEST_F(StreamsTest, ANoisyAndAnOccludedTaskCanBeSeen) {
  for (const char* kind : {"noise", "occlusion"}) {
    GuiBench bench(
        {.seeds = 1, .set = {std::string("stream.kind=") + kind}, .start_run = startEngine});
    EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) { showTask(bench, ctx, 19); }));
    bench.write("data-" + std::string(kind) + ".png");
  }
}

// CIFAR-100 where it is at hand, else an archive of its layout.
std::filesystem::path cifar(const data::TempFolder& folder) {
  const std::filesystem::path real = "../shared/data/cifar-100-binary-subset.tar.gz";
  if (std::filesystem::exists(real)) return std::filesystem::absolute(real);
  std::vector<std::uint8_t> records;
  for (int i = 0; i < 3000; ++i) {
    records.push_back(0);
    records.push_back(static_cast<std::uint8_t>(i % 100));
    for (int p = 0; p < 3072; ++p)
      records.push_back(static_cast<std::uint8_t>(p / 1024 == i % 3 ? 200 : p % 100));
  }
  const auto file = folder.path() / "cifar-100-binary.tar.gz";
  data::writeTar(file, {{"train.bin", records}, {"test.bin", records}});
  return file;
}

TEST_F(StreamsTest, ImagesInColourAreSeenDrawnAndWeighed) {
  const data::TempFolder folder;
  GuiBench bench({.seeds = 1,
                  .set = {"data.dataset=cifar-100", "data.path=" + cifar(folder).string(),
                          "network.layers.input.units=3072", "network.layers.category.units=100",
                          "stream.kind=class-splits", "stream.classes_per_task=5",
                          "stream.samples_per_task=100", "stream.test_samples=60"},
                  .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    showTask(bench, ctx, 2);
    IM_CHECK_EQ(bench.now().views.stream->images[0].pixels.size(), 3072U);
    bench.laboratory().workspaces().setOpen("Data", false);
    open(bench, ctx, "Units");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.units != nullptr; }));
    const auto item = ctx->ItemInfo("//Units/**/$$1/units");
    ctx->MouseMoveToPos({item.RectFull.Min.x + 4, item.RectFull.Min.y + 4});
    ctx->MouseClick();
    IM_CHECK(waitFor(ctx, [&] { return bench.now().views.units->units.size() == 1; }));
    IM_CHECK_EQ(bench.now().views.units->units[0].incoming.size(), 3072U);
    ctx->ItemClick("//Units/**/Drawn");
    const auto canvas = ctx->ItemInfo("//Units/**/canvas").RectFull;
    ctx->MouseMoveToPos({canvas.Min.x + 60, canvas.Min.y + 40});
    ctx->MouseDown();
    ctx->MouseMoveToPos({canvas.Min.x + 150, canvas.Min.y + 140});
    ctx->MouseUp();
    // White in all three planes.
    IM_CHECK(waitFor(ctx, [&] {
      const auto& pixels = bench.now().views.units->pixels;
      if (pixels.size() != 3072) return false;
      const bool alike = std::equal(pixels.begin(), pixels.begin() + 2048, pixels.begin() + 1024);
      return alike && std::count(pixels.begin(), pixels.end(), 255) > 60;
    }));
    ctx->ItemClick("//Units/**/Newest");
    ctx->Yield(30);
  }));
  bench.write("data-colour.png");
  bench.screenshot("units-colour.png");
}

}  // namespace
}  // namespace dentate::tests
