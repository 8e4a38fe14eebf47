// The Representations panel over the real engine, driven as a person would drive it. With
// DENTATE_SCREENSHOTS set it leaves pictures of the panel there.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "engine/run/run_thread.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/representations_panel.h"

namespace dentate::tests {
namespace {

using link::Phase;
using Level = link::SimilarityRequest::Level;
namespace fs = std::filesystem;

constexpr const char* kPanel = ui::RepresentationsPanel::kTitle;

std::shared_ptr<void> startEngine(link::Channel& channel) {
  return std::make_shared<run::RunThread>(channel, "assets");
}

class RepresentationsGui : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

// Of a small experiment that learns in a second.
BenchSetup small(std::vector<std::string> set = {}) {
  set.insert(set.end(), {"stream.tasks=4", "stream.samples_per_task=50"});
  return {.seeds = 2, .set = std::move(set), .start_run = startEngine};
}

const link::SimilarityView* answerNow(GuiBench& bench) {
  return bench.now().views.similarity.get();
}

// For an answer: beside other work the engine may take its time.
bool waitLong(ImGuiTestContext* ctx, const std::function<bool()>& done) {
  return waitFor(ctx, done, 20'000);
}

void learnTask(ImGuiTestContext* ctx, GuiBench& bench) {
  const auto task = bench.now().task;
  bench.channel().commands.put(link::StepTask{});
  IM_CHECK(waitLong(ctx, [&] {
    return bench.now().task > task && bench.now().phase != Phase::Running &&
           bench.now().phase != Phase::Evaluating && answerNow(bench) != nullptr &&
           answerNow(bench)->step == bench.now().step;
  }));
}

void openPanel(ImGuiTestContext* ctx, GuiBench& bench) {
  IM_CHECK(waitLong(ctx, [&] { return bench.now().phase == Phase::Ready; }));
  bench.laboratory().workspaces().setOpen(kPanel, true);
  IM_CHECK(waitLong(ctx, [&] { return answerNow(bench) != nullptr; }));
}

TEST_F(RepresentationsGui, AnswersOnlyWhileItIsOpen) {
  GuiBench bench(small());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitLong(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->Yield(5);
    IM_CHECK(answerNow(bench) == nullptr);
    openPanel(ctx, bench);
    IM_CHECK_EQ(answerNow(bench)->rows->size(), 4U);
    IM_CHECK_EQ(answerNow(bench)->intact.size(), 2U);
    bench.laboratory().workspaces().setOpen(kPanel, false);
    IM_CHECK(waitLong(ctx, [&] { return answerNow(bench) == nullptr; }));
  }));
}

TEST_F(RepresentationsGui, LearnSwitchLevelScrubAndReadTheOverlap) {
  GuiBench bench(small());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    learnTask(ctx, bench);
    learnTask(ctx, bench);
    const auto& view = *answerNow(bench);
    IM_CHECK(view.step == bench.now().step);
    IM_CHECK(view.intact[0].overlap > 0 && view.intact[0].overlap < 1);
    ctx->SetRef(kPanel);
    // Three moments: before learning, after one task, after two.
    ctx->ItemInputValue("##moment", 1);
    IM_CHECK(ctx->ItemExists("Newest###newest"));
    IM_CHECK((ctx->ItemInfo("###newest").ItemFlags & ImGuiItemFlags_Disabled) == 0);
    learnTask(ctx, bench);  // a moment that is held stays, whatever arrives
    IM_CHECK((ctx->ItemInfo("###newest").ItemFlags & ImGuiItemFlags_Disabled) == 0);
    ctx->ItemClick("###newest");
    ctx->Yield(2);
    IM_CHECK((ctx->ItemInfo("###newest").ItemFlags & ImGuiItemFlags_Disabled) != 0);
    ctx->ItemClick("Items");
    IM_CHECK(waitLong(ctx, [&] {
      return answerNow(bench) != nullptr && answerNow(bench)->request.level == Level::Items;
    }));
    IM_CHECK_EQ(answerNow(bench)->rows->size(), 100U);
    IM_CHECK_EQ(answerNow(bench)->request.task, 0);
    ctx->ItemClick("##task_of");
    ctx->ItemClick("//##Combo_00/task 3");
    IM_CHECK(waitLong(
        ctx, [&] { return answerNow(bench) != nullptr && answerNow(bench)->request.task == 2; }));
    ctx->ItemClick("PCA");
    ctx->ItemClick("MDS");
    ctx->ItemClick("cosine");
    ctx->ItemClick("Categories");
    IM_CHECK(waitLong(ctx, [&] {
      return answerNow(bench) != nullptr && answerNow(bench)->request.level == Level::Categories &&
             answerNow(bench)->request.measure == link::SimilarityRequest::Measure::Cosine;
    }));
    IM_CHECK_EQ(answerNow(bench)->rows->size(), 10U);
  }));
}

TEST_F(RepresentationsGui, LesionsInForceStandBesideTheIntactAndFilesAreWritten) {
  GuiBench bench(small());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    learnTask(ctx, bench);
    bench.channel().commands.put(link::SetLesions{{{spec::LesionPart::Layer, 2, 1.0}}});
    IM_CHECK(waitLong(
        ctx, [&] { return answerNow(bench) != nullptr && !answerNow(bench)->lesioned.empty(); }));
    IM_CHECK(std::isnan(answerNow(bench)->lesioned[1].overlap));
    ctx->Yield(2);
    ctx->SetRef(kPanel);
    for (const char* item : {"###csv", "###png", "###svg", "###overlap"}) {
      ctx->ItemClick("###export");
      ctx->ItemClick((std::string("//$FOCUSED/") + item).c_str());
    }
    ctx->Yield(2);
  }));
  for (const char* name :
       {"representations.csv", "representations.png", "representations.svg", "overlap.csv"})
    EXPECT_GT(fs::file_size(bench.output() / "figures" / name), 60U) << name;
}

TEST_F(RepresentationsGui, TheOverlapIsExportedByKeyAndByMenu) {
  BenchSetup setup = small();
  setup.workspace = ui::Workspace::Lab;  // there the panel has room for the curve
  GuiBench bench(setup);
  const auto figures = bench.output() / "figures";
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->WindowFocus((std::string("//") + kPanel).c_str());
    openPanel(ctx, bench);
    learnTask(ctx, bench);
    learnTask(ctx, bench);
    ctx->Yield(2);
    IM_CHECK(pointAtPlot(ctx, bench, kPanel, "overlap"));
    const auto& plots = bench.laboratory().session().plots;
    ImVec2 early = ImGui::GetMousePos();
    for (ImVec2 at = early; plots.pointed && plots.last == "overlap"; at.x -= 12) {
      early = at;  // at the left end, in the end
      ctx->MouseMoveToPos(at);
      ctx->Yield();
    }
    ctx->MouseMoveToPos({early.x += 12, early.y});
    ctx->Yield();
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_E);
    ctx->Yield(2);
    IM_CHECK(fs::exists(figures / "overlap.png"));
    ctx->MouseClick(ImGuiMouseButton_Right);
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###svg");
    ctx->Yield(2);
    IM_CHECK(fs::exists(figures / "overlap.svg"));
    ctx->MenuClick("//##MainMenuBar/Plot/Export as CSV");
    ctx->Yield(2);
    IM_CHECK(fs::exists(figures / "overlap.csv"));
    // Ctrl and a click pin the moment in all plots; a press alone chooses what the panel shows.
    ctx->MouseMoveToPos(early);
    ctx->KeyDown(ImGuiMod_Ctrl);
    ctx->MouseClick();
    ctx->KeyUp(ImGuiMod_Ctrl);
    IM_CHECK(plots.pin.has_value());
    ctx->SetRef(kPanel);
    IM_CHECK((ctx->ItemInfo("###newest").ItemFlags & ImGuiItemFlags_Disabled) != 0);
    ctx->MouseMove("**/label_h1");
    ctx->MouseClick();
    ctx->Yield(2);
    IM_CHECK(plots.choices.at("overlap").hidden == std::set<std::string>{"h1"});
    IM_CHECK((ctx->ItemInfo("###newest").ItemFlags & ImGuiItemFlags_Disabled) != 0);
    ctx->MouseMoveToPos(early);
    ctx->MouseClick();
    ctx->Yield(2);
    IM_CHECK((ctx->ItemInfo("###newest").ItemFlags & ImGuiItemFlags_Disabled) == 0);
  }));
}

TEST_F(RepresentationsGui, ARightClickExportsTheMatrices) {
  BenchSetup setup = small();
  setup.workspace = ui::Workspace::Lab;
  GuiBench bench(setup);
  const auto figures = bench.output() / "figures";
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->WindowFocus((std::string("//") + kPanel).c_str());
    openPanel(ctx, bench);
    learnTask(ctx, bench);
    ctx->Yield(2);
    IM_CHECK(pointAtPlot(ctx, bench, kPanel, "representations"));
    ctx->MouseClick(ImGuiMouseButton_Right);
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###sized");
    ctx->Yield(2);
    ctx->ItemInputValue("//Picture of the plot/width", 1200);
    ctx->ItemClick("//Picture of the plot/###go");
    ctx->Yield(2);
    IM_CHECK(fs::exists(figures / "representations.png"));
  }));
}

// --- Pictures, for eyes.

struct Scene {
  BenchSetup setup;
  const char* name;
  std::vector<const char*> clicks;
  std::vector<spec::Lesion> lesions = {};
  ImVec2 pointer = {0.1F, 0.4F};  // of the panel's size
};

void picture(Scene scene) {
  if (std::getenv("DENTATE_SCREENSHOTS") == nullptr) GTEST_SKIP() << "no pictures asked for";
  scene.setup.start_run = startEngine;
  scene.setup.seeds = 2;
  GuiBench bench(scene.setup);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    ctx->SetRef(kPanel);
    const float width = static_cast<float>(scene.setup.width);
    const float height = static_cast<float>(scene.setup.height);
    ctx->WindowMove("", {width * 0.02F, height * 0.06F});
    ctx->WindowResize("", {width * 0.8F, height * 0.78F});
    bench.channel().commands.put(link::SetLesions{scene.lesions});
    for (const char* item : scene.clicks) ctx->ItemClick(item);
    for (int i = 0; i < 7; ++i) learnTask(ctx, bench);
    IM_CHECK(waitLong(ctx, [&] { return !answerNow(bench)->networks.empty(); }));
    ctx->MouseMoveToPos(
        {width * (0.02F + 0.8F * scene.pointer.x), height * (0.06F + 0.78F * scene.pointer.y)});
    ctx->Yield(3);
    bench.screenshotNext();
    ctx->Yield();
    bench.write(std::string(scene.name) + ".png");
  }));
}

constexpr const char* kSplit = "configs/split-two-path.json";
using figure::Theme;

TEST_F(RepresentationsGui, PictureOfTasks) { picture({{.config = kSplit}, "rsa-tasks-dark", {}}); }
TEST_F(RepresentationsGui, PictureOfLesions) {
  picture({{.config = kSplit, .theme = Theme::Light},
           "rsa-lesion-light",
           {},
           {{spec::LesionPart::Layer, 3, 0.9}, {spec::LesionPart::Layer, 5, 1.0}}});
}
TEST_F(RepresentationsGui, PictureOfItemsOnASmallWindow) {
  picture({{.config = kSplit, .width = 1280, .height = 720, .theme = Theme::Projector},
           "rsa-items-projector-720",
           {"Items"}});
}
TEST_F(RepresentationsGui, PictureOfThePlane) {
  picture(
      {{.config = kSplit, .width = 1280, .height = 720}, "rsa-plane-dark-720", {"Items", "MDS"}});
}
TEST_F(RepresentationsGui, PictureOfTasksInThePlane) {
  picture({{.theme = Theme::Light}, "rsa-tasks-pca-light", {"PCA"}});
}
TEST_F(RepresentationsGui, PictureOfCategories) {
  picture(
      {{.theme = Theme::Projector, .scale = 150}, "rsa-categories-projector-150", {"Categories"}});
}

}  // namespace
}  // namespace dentate::tests
