// Branching the run and comparing runs in the real window over the real engine.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/run/run_thread.h"
#include "imgui_te_context.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/ui/gui_bench.h"
#include "ui/live_curves.h"
#include "ui/matrix_panel.h"

namespace dentate::tests {
namespace {

using link::Phase;

constexpr int kManyFrames = 1500;

std::shared_ptr<void> startEngine(link::Channel& channel) {
  return std::make_shared<run::RunThread>(channel, "assets");
}

class BranchGui : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

BenchSetup dual() {
  return {.config = "configs/split-two-path.json",
          .workspace = ui::Workspace::Lab,
          .seeds = 1,
          .set = {"stream.samples_per_task=50", "stream.tasks=4"},
          .start_run = startEngine};
}

BenchSetup twoLayers() {
  return {.workspace = ui::Workspace::Lab,
          .seeds = 2,
          .set = {"stream.samples_per_task=50", "stream.tasks=4"},
          .start_run = startEngine};
}

// The mean in the last line of a matrix's CSV: of the newest task, after it.
float lastOf(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line, last;
  while (std::getline(in, line)) last = line;
  std::istringstream cells(last);
  for (int i = 0; i < 4; ++i) std::getline(cells, line, ',');
  return line.empty() ? -1 : std::stof(line);
}

void press(ImGuiTestContext* ctx, const char* in_runs) {
  ctx->ItemClick((std::string("//Runs/**/") + in_runs).c_str());
}

void learnATaskAndBranch(ImGuiTestContext* ctx, GuiBench& bench) {
  IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
  ctx->ItemClick("//Transport/**/###task");
  IM_CHECK(waitFor(
      ctx, [&] { return bench.now().phase == Phase::Paused && bench.now().step == 10; },
      kManyFrames));
  ctx->WindowFocus("//Runs");
  press(ctx, "###branch");
  IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 2; }));
}

// After two tasks, the branch in the panels: the matrix panel shows either run.
void checkMatrixOf(ImGuiTestContext* ctx, GuiBench& bench, std::uint64_t main,
                   std::uint64_t branch) {
  bench.laboratory().workspaces().setOpen("Lesion lab", false);
  bench.laboratory().session().panel_asked = "Accuracy matrix";
  ctx->Yield(6);
  ctx->ItemClick("//Accuracy matrix/##matrix_of");
  ctx->Yield(2);
  ctx->ItemClick(("//##Combo_00/" + bench.now().runs[0].name).c_str());
  IM_CHECK(pointAtPlot(ctx, bench, "Accuracy matrix", "accuracy_matrix"));
  // Beside names that are long, too.
  const auto& panel =
      dynamic_cast<const ui::MatrixPanel&>(*bench.laboratory().panel(ui::MatrixPanel::kTitle));
  const auto name = bench.now().runs[1].name;
  bench.channel().commands.put(
      link::RenameRun{branch, "split-two-path-branch-1-2026-11-27-031526"});
  IM_CHECK(waitFor(ctx, [&] { return bench.now().runs[1].name != name; }));
  ctx->Yield(2);
  IM_CHECK_GE(panel.side(), 120.0F);
  bench.channel().commands.put(link::RenameRun{branch, name});
  IM_CHECK(waitFor(ctx, [&] { return bench.now().runs[1].name == name; }));
  ctx->MouseClick(ImGuiMouseButton_Right);
  ctx->Yield(2);
  ctx->ItemClick("//$FOCUSED/###csv");
  ctx->Yield(2);
  IM_CHECK_EQ(bench.now().run, branch);
  const auto& histories = bench.laboratory().histories();
  const auto of_main = histories.of(main).accuracy(1, 1, ui::Head::Category).mean;
  IM_CHECK_NE(of_main, histories.of(branch).accuracy(1, 1, ui::Head::Category).mean);
  IM_CHECK_EQ(lastOf(bench.output() / "figures" / "accuracy_matrix.csv"), of_main);
}

TEST_F(BranchGui, ADroppedBranchComesBackWithItsCurvesAndItsName) {
  GuiBench bench(twoLayers());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    learnATaskAndBranch(ctx, bench);
    IM_CHECK_EQ(bench.now().runs.size(), 2U);
    const auto branch = bench.now().runs[1].run;
    const auto known = [&] { return bench.laboratory().histories().of(branch).positions(); };
    IM_CHECK(waitFor(ctx, [&] { return known() > 0; }));
    const auto before = known();
    auto& session = bench.laboratory().session();
    const auto emit = [&](const link::Command& c) { return bench.channel().commands.put(c); };
    ui::renameRun(bench.now().runs[1], "mine", session.run_edits, emit);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs[1].name == "mine"; }));
    ui::dropRun(bench.now().runs[1], session.run_edits, emit);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 1; }));
    ctx->MouseMove("//Runs/**/###open");
    ctx->Yield(2);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 2; }));
    IM_CHECK_EQ(bench.now().runs[1].run, branch);
    IM_CHECK_STR_EQ(bench.now().runs[1].name.c_str(), "mine");
    IM_CHECK_EQ(known(), before);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs[1].name == "branch 1"; }));
  }));
}

TEST_F(BranchGui, BranchLesionOneAndSeeTheCurvesPart) {
  GuiBench bench(dual());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    learnATaskAndBranch(ctx, bench);
    IM_CHECK_EQ(bench.now().runs.size(), 2U);
    const auto main = bench.now().runs[0].run, branch = bench.now().runs[1].run;
    IM_CHECK_EQ(bench.now().run, branch);
    bench.laboratory().workspaces().setOpen("Lesion lab", true);
    ctx->WindowFocus("//Lesion lab");
    ctx->ItemClick("//Lesion lab/**/###learning");
    const auto slider = ctx->ItemInfo("//Lesion lab/**/##share_large").RectFull;
    ctx->MouseMoveToPos({slider.Min.x + 8, slider.GetCenter().y});
    ctx->MouseDown(0);
    ctx->MouseMoveToPos({slider.Max.x + 200, slider.GetCenter().y});
    ctx->MouseUp(0);
    IM_CHECK(waitFor(ctx, [&] { return !bench.now().runs[1].lesions.empty(); }));
    IM_CHECK(bench.now().runs[0].lesions.empty());
    ctx->ItemClick("//Transport/**/###task");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Paused && bench.now().step == 20; },
        kManyFrames));
    const auto& histories = bench.laboratory().histories();
    // Alike before, apart after.
    std::size_t large = 0;
    const auto& layers = bench.now().spec->network.layers;
    while (layers[large].pathway != spec::Pathway::Large) ++large;
    const auto a = histories.of(main).activeFraction(large);
    const auto b = histories.of(branch).activeFraction(large);
    IM_CHECK_EQ(a.size, 21U);
    IM_CHECK_EQ(b.size, 21U);
    for (std::size_t i = 1; i <= 10; ++i) IM_CHECK_EQ(a.at(i).mean, b.at(i).mean);
    IM_CHECK_GT(a.at(20).mean, 0.0F);
    IM_CHECK_EQ(b.at(20).mean, 0.0F);
    checkMatrixOf(ctx, bench, main, branch);
    // The main run in the panels again, its branch dropped.
    ctx->WindowFocus("//Runs");
    const auto row = "$$" + std::to_string(main) + "/###select";
    press(ctx, row.c_str());
    IM_CHECK(waitFor(ctx, [&] { return bench.now().run == main; }));
    IM_CHECK(bench.now().lesions.empty());
    const auto menu = "$$" + std::to_string(branch) + "/###menu";
    press(ctx, menu.c_str());
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###drop");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 1; }));
  }));
}

TEST_F(BranchGui, SwitchInhibitionRenameAndTurnPlotsToDifferences) {
  GuiBench bench(twoLayers());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->ItemClick("//Transport/**/###task");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Paused; }, kManyFrames));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_B);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 2; }));
    ctx->WindowFocus("//Runs");
    ctx->SetRef(ctx->WindowInfo("//Runs/runs").ID);  // the list may have to be scrolled
    ctx->ItemClick("###inhibition_h1");
    ctx->Yield(2);
    ctx->ItemClick("//##Combo_00/none");
    IM_CHECK(waitFor(ctx, [&] {
      return bench.now().spec->network.layers[1].inhibition == spec::Inhibition::None;
    }));
    ctx->ItemClick("α is learned");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().alpha_lr == 0; }));
    IM_CHECK_GT(bench.now().runs[0].alpha_lr, 0);
    const auto menu = "$$" + std::to_string(bench.now().run) + "/###menu";
    press(ctx, menu.c_str());
    ctx->Yield(2);
    ctx->KeyCharsReplaceEnter("without inhibition");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs[1].name == "without inhibition"; }));
    ctx->ItemClick("//Transport/**/###task");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Paused && bench.now().step == 20; },
        kManyFrames));
    press(ctx, "###difference");
    const ui::Look look;
    const link::Emit emit;
    const auto content = ui::activeFractionContent(
        {bench.now(), bench.laboratory().histories(), look, emit, bench.laboratory().session()});
    IM_CHECK_EQ(content.curves.size(), 2U);
    IM_CHECK_EQ(content.curves[0].trace.at(10).mean, 0.0F);
    IM_CHECK_GT(content.curves[0].trace.last().mean, 0.0F);
    ctx->Yield(3);
  }));
}

TEST_F(BranchGui, ASavedRunIsOpenedBesideTheLiveOneAndClosed) {
  GuiBench bench(twoLayers());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->ItemClick("//Transport/**/###task");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Paused; }, kManyFrames));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_S);
    IM_CHECK(waitFor(
        ctx, [&] { return !bench.now().notice.empty(); }, kManyFrames));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_O);
    ctx->Yield(3);
    ctx->SetRef("//Open a saved run");
    ctx->ItemInputValue("##path", "/no/such/run");
    ctx->ItemClick("###go");
    IM_CHECK(ctx->WindowInfo("//Open a saved run").Window != nullptr);  // and says why
    const auto folder = std::filesystem::directory_iterator(bench.output())->path();
    for (const char* table : {"metrics.csv", "accuracy.csv"})  // as of a run that was killed
      IM_CHECK(std::filesystem::remove(folder / table));
    ctx->ItemInputValue("##path", folder.c_str());  // its Enter opens
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().runs.size() == 2 && bench.now().runs[1].sent == 1; },
        kManyFrames));
    IM_CHECK(bench.now().notice.find("not finished") != std::string::npos);
    const auto saved = bench.now().runs[1].run;
    ctx->Yield(2);
    const auto& histories = bench.laboratory().histories();
    IM_CHECK_EQ(histories.of(saved).alpha(0).last().mean,
                bench.laboratory().history().alpha(0).last().mean);
    const auto menu = "$$" + std::to_string(saved) + "/###menu";
    ctx->WindowFocus("//Runs");
    press(ctx, menu.c_str());
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###drop");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 1; }));
  }));
}

// Save, close, open anew, drop the saved run onto the window, compare.
TEST_F(BranchGui, ARunOfAnEarlierSittingIsDroppedOntoTheWindow) {
  const BenchSetup setup{.workspace = ui::Workspace::Lab,
                         .seeds = 1,
                         .set = {"stream.samples_per_task=50", "stream.tasks=4"},
                         .start_run = startEngine};
  const data::TempFolder temp;
  const auto folder = temp.path() / "earlier";
  {
    GuiBench bench(setup);
    EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
      IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
      ctx->ItemClick("//Transport/**/###play");
      IM_CHECK(waitFor(
          ctx, [&] { return bench.now().phase == Phase::Finished; }, kManyFrames));
      ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_S);
      IM_CHECK(waitFor(
          ctx, [&] { return !bench.now().notice.empty(); }, kManyFrames));
    }));
    for (const auto& entry : std::filesystem::directory_iterator(bench.output()))
      std::filesystem::rename(entry.path(), folder);
  }
  GuiBench bench(setup);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    bench.window().drop({folder});
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().runs.size() == 2 && bench.now().runs[1].sent == 1; },
        kManyFrames));
    IM_CHECK_STR_EQ(bench.now().runs[1].name.c_str(), "earlier");
    ctx->ItemClick("//Transport/**/###play");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Finished; }, kManyFrames));
    ctx->Yield(2);
    // The same file and seed: the same numbers, also read back.
    const auto& histories = bench.laboratory().histories();
    const auto live = histories.of(bench.now().run).alpha(2);
    const auto saved = histories.of(bench.now().runs[1].run).alpha(2);
    IM_CHECK_EQ(live.size, 41U);
    IM_CHECK_EQ(saved.size, 41U);
    for (std::size_t i = 0; i < live.size; ++i) IM_CHECK_EQ(live.at(i).mean, saved.at(i).mean);
  }));
}

TEST_F(BranchGui, QuittingSavesEveryBranchThatHasSomethingToLose) {
  GuiBench bench({.seeds = 1,
                  .set = {"stream.samples_per_task=50", "stream.tasks=4"},
                  .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->ItemClick("//Transport/**/###task");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Paused; }, kManyFrames));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_B);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 2; }));
    ctx->ItemClick("//Transport/**/###play");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().step > 12; }, kManyFrames));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Q);
    ctx->Yield(3);
    ctx->ItemClick("//Discard the run?/###save_first");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.laboratory().session().guard.quitGranted(); }, kManyFrames));
  }));
  int saved = 0;
  for (const auto& entry : std::filesystem::directory_iterator(bench.output()))
    saved += std::filesystem::exists(entry.path() / "config.json") ? 1 : 0;
  EXPECT_EQ(saved, 2);
}

TEST_F(BranchGui, AllRunsAreSavedAtOnceWhileTheyLearn) {
  GuiBench bench(twoLayers());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 1; }));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_B);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().runs.size() == 2; }));
    ctx->ItemClick("//Transport/**/###play");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().step > 3; }, kManyFrames));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_S);
    const auto saved = [&] {
      int folders = 0;
      for (const auto& entry : std::filesystem::directory_iterator(bench.output()))
        folders += std::filesystem::exists(entry.path() / "summary.json") ? 1 : 0;
      return folders;
    };
    IM_CHECK(waitFor(
        ctx, [&] { return saved() == 2; }, kManyFrames));
    ctx->Yield(20);
    IM_CHECK_EQ(saved(), 2);
  }));
}

}  // namespace
}  // namespace dentate::tests
