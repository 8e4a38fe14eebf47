// Data and stream are chosen in the experiment panel.
#include <gtest/gtest.h>

#include <set>

#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/live_curves.h"

namespace dentate::tests {
namespace {

using link::Phase;
using spec::DatasetKind;
using spec::StreamKind;

class ExperimentTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
  static void choose(ImGuiTestContext* ctx, const char* list, const char* value) {
    ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
    ctx->ItemClick(list);
    ctx->Yield(2);
    ctx->ItemClick((std::string("//##Combo_00/") + value).c_str());
    ctx->Yield(2);
  }
  static bool has(ImGuiTestContext* ctx, const char* field) {
    return ctx->ItemExists((std::string("//Experiment/**/##") + field).c_str());
  }
};

TEST_F(ExperimentTest, ARuleIsChosenWithWhatItTakes) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    const auto before = draft.spec();
    IM_CHECK(!has(ctx, "rule.reptile_within"));
    choose(ctx, "##rule.name", "mer");
    IM_CHECK_STR_EQ(draft.spec().rule.name.c_str(), "mer");
    IM_CHECK(draft.spec().rule.condition == spec::Condition::Baseline);  // it takes no other
    IM_CHECK(has(ctx, "rule.reptile_within"));
    IM_CHECK(!has(ctx, "rule.prediction_depth"));
    ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
    ctx->ItemInputValue("##rule.reptile_across", "0.5");
    IM_CHECK_EQ(draft.spec().rule.reptile_across, 0.5);
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->Yield(2);
    IM_CHECK(draft.spec() == before);
  }));
  bench.write("experiment-rule.png");
}

TEST_F(ExperimentTest, WhatIsSeldomChangedIsUnderAFoldThatSaysSo) {
  GuiBench bench({.width = 1100, .height = 760, .workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    const auto before = draft.spec();
    IM_CHECK(!has(ctx, "rule.batch"));
    ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
    ctx->ItemClick("###more");
    ctx->Yield(2);
    ctx->ItemInputValue("##rule.batch", "10");
    ctx->ItemInputValue("##rule.k_fraction", "0");
    IM_CHECK_EQ(draft.spec().rule.batch, 10);
    IM_CHECK(draft.refused("rule.k_fraction") != nullptr);  // above 0, as in a file
    choose(ctx, "##evaluate", "diagonal");
    IM_CHECK(draft.spec().evaluate == spec::Evaluate::Diagonal);
    const auto field = ctx->ItemInfo("##rule.memory").RectFull;
    ctx->MouseMoveToPos({field.Min.x - 40, field.GetCenter().y});
    ctx->SleepNoSkip(1, 0.1F);
    const auto* const card = bench.laboratory().session().pointed;
    IM_CHECK(card != nullptr);
    IM_CHECK_STR_EQ(card->name, "replay memory");
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->ItemClick("reset##rule.k_fraction");
    ctx->ItemClick("reset##rule.batch");
    ctx->Yield(2);
    IM_CHECK_EQ(draft.spec().rule.batch, before.rule.batch);
    ctx->ItemClick("###more");
    ctx->Yield(2);
    IM_CHECK(!has(ctx, "rule.batch"));
    for (int i = 0; i < 3; ++i) ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->Yield(2);
    IM_CHECK(draft.spec() == before);
  }));
  bench.write("experiment-more.png");
}

TEST_F(ExperimentTest, AValueIsResetAloneByItsMark) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    const auto before = draft.spec();
    ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
    IM_CHECK(!ctx->ItemExists("reset##rule.alpha0"));
    ctx->ItemInputValue("##rule.alpha0", "0.3");
    ctx->ItemInputValue("##rule.m_lr", "0.7");
    ctx->Yield(2);
    ctx->ItemClick("reset##rule.alpha0");
    ctx->Yield(2);
    IM_CHECK_EQ(draft.spec().rule.alpha0, before.rule.alpha0);
    IM_CHECK_EQ(draft.spec().rule.m_lr, 0.7);
    IM_CHECK(!ctx->ItemExists("reset##rule.alpha0"));
    ctx->ItemClick("reset##rule.m_lr");
    ctx->Yield(2);
    IM_CHECK(draft.spec() == before);
  }));
}

TEST_F(ExperimentTest, QuirksAreChosenEachOnItsOwnOrCompared) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    auto& draft = bench.laboratory().session().draft;
    const auto before = draft.spec();
    choose(ctx, "##rule.old_memory", "corrected");
    IM_CHECK(draft.spec().rule.old_memory == spec::Quirk::Corrected);
    IM_CHECK(draft.spec().rule.reservoir_index == spec::Quirk::Default);
    choose(ctx, "##rule.old_memory", "published");
    IM_CHECK(draft.spec() == before);  // no key is left behind
    choose(ctx, "##rule.alpha", "softplus");
    IM_CHECK(draft.spec().rule.alpha == spec::AlphaForm::Softplus);
    bench.screenshotNext();
    ctx->Yield(2);
    choose(ctx, "##replicas.corrections", "as published");
    ctx->ItemClick("//##Combo_00/corrected");
    ctx->KeyPress(ImGuiKey_Escape);
    ctx->Yield(2);
    IM_CHECK(draft.spec().replicas.corrections ==
             std::vector({spec::Corrections::AsPublished, spec::Corrections::All}));
    IM_CHECK(!has(ctx, "rule.old_memory"));  // each network has its own
    choose(ctx, "##rule.name", "mer");
    IM_CHECK(draft.spec().rule.alpha == spec::AlphaForm::Relu);
    IM_CHECK(draft.spec().replicas.corrections.empty());
    choose(ctx, "##rule.old_memory", "corrected");
    IM_CHECK(draft.spec().rule.old_memory == spec::Quirk::Corrected);
    IM_CHECK(!draft.problem());
  }));
  bench.write("experiment-corrections.png");
}

// Of the published form alone a path stops, and is marked so.
TEST_F(ExperimentTest, PublishedAndCorrectedStandSideBySide) {
  GuiBench bench({.config = "configs/as-published-or-corrected.json",
                  .workspace = ui::Workspace::Lab,
                  .seeds = 3,
                  .full_speed = 3000});
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().phase == Phase::Ready; }));
  bench.channel().commands.put(link::Play{});
  ASSERT_TRUE(bench.drawUntil([&] { return bench.now().step >= 500; }));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK_EQ(bench.now().variants.size(), 6U);
    const ui::Look look;
    const link::Emit emit;
    const auto alpha = ui::alphaContent(
        {bench.now(), bench.laboratory().histories(), look, emit, bench.laboratory().session()});
    IM_CHECK_EQ(alpha.curves.size(), 2U * 5);
    IM_CHECK_STR_EQ(alpha.curves[0].label.c_str(), "→ h1 as published");
    IM_CHECK_STR_EQ(alpha.curves[1].label.c_str(), "→ h1 corrected");
    IM_CHECK(alpha.curves[0].frozen);
    for (std::size_t i = 1; i < alpha.curves.size(); ++i) IM_CHECK(!alpha.curves[i].frozen);
    ctx->ItemClick("//Active fraction/**/###show_corrected");
    IM_CHECK(
        bench.laboratory().session().comparison.hidden ==
        std::set<spec::Compared>({{spec::Condition::SLr, std::nullopt, spec::Corrections::All}}));
    ctx->ItemClick("//Active fraction/**/###show_corrected");
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
  }));
  bench.write("as-published-or-corrected.png");
}

TEST_F(ExperimentTest, AStreamIsChosenAndShowsTheValuesThatItReads) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    const auto before = draft.spec();
    IM_CHECK(!has(ctx, "stream.classes_per_task"));
    choose(ctx, "##stream.kind", "class-splits");
    IM_CHECK(draft.spec().stream.kind == StreamKind::ClassSplits);
    IM_CHECK_EQ(draft.spec().stream.tasks, 5);  // ten digits, two a task
    IM_CHECK(!draft.problem());
    IM_CHECK(has(ctx, "stream.classes_per_task"));
    choose(ctx, "##stream.incremental", "task");
    IM_CHECK(draft.spec().stream.incremental == spec::Incremental::Task);
    IM_CHECK_EQ(draft.spec().network.layers[3].units, 2);
    ctx->ItemInputValue("//Experiment/**/##stream.classes_per_task", "3");
    IM_CHECK(draft.refused("stream.classes_per_task") != nullptr);
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);  // takes what is refused back, then one each
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->Yield(2);
    IM_CHECK(draft.spec() == before);
    choose(ctx, "##stream.kind", "occlusion");
    choose(ctx, "##stream.patch", "moves");
    ctx->ItemInputValue("//Experiment/**/##stream.patch_size", "0.25");
    IM_CHECK(draft.spec().stream.patch == spec::Patch::Moves);
    IM_CHECK_EQ(draft.spec().stream.patch_size, 0.25);
    IM_CHECK(!has(ctx, "stream.noise"));
  }));
  bench.write("experiment-class-splits.png");
}

TEST_F(ExperimentTest, DataThatWantAPathTakeTheOneThatIsTypedNext) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    IM_CHECK(!has(ctx, "data.path"));
    choose(ctx, "##data.dataset", "cifar-100");
    IM_CHECK(draft.spec().data.dataset == DatasetKind::Mnist10k);
    IM_CHECK(draft.refused("data.dataset") != nullptr);
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->ItemInputValue("//Experiment/**/##data.path", "/data/cifar-100-binary.tar.gz");
    IM_CHECK(draft.spec().data.dataset == DatasetKind::Cifar100);
    IM_CHECK_STR_EQ(draft.spec().data.path.c_str(), "/data/cifar-100-binary.tar.gz");
    IM_CHECK_EQ(draft.spec().network.layers[0].units, 3072);
    IM_CHECK(!draft.problem());
    choose(ctx, "##data.dataset", "mnist-10k");
    IM_CHECK(draft.spec().data.dataset == DatasetKind::Mnist10k);
    IM_CHECK_EQ(draft.spec().network.layers[0].units, 784);
    IM_CHECK(!draft.problem());
  }));
  bench.write("experiment-wants-path.png");
}

}  // namespace
}  // namespace dentate::tests
