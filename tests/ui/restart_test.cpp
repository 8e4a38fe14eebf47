// What a restart keeps and asks: rates, the draft, the question before learning is lost, and which
// replica is shown. Over a fake run.
#include <gtest/gtest.h>

#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;

class RestartTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

TEST_F(RestartTest, AResetKeepsTheRatesThatThePanelShows) {
  GuiBench bench({.workspace = ui::Workspace::Lab});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->ItemInputValue("//Experiment/**/##rule.alpha_lr", "0.003");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().alpha_lr == 0.003; }));
    const auto run = bench.now().run;
    ctx->KeyPress(ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 1; }));
    ctx->ItemClick("//Transport/**/###reset");
    ctx->Yield(2);
    ctx->ItemClick("//Discard the run?/###discard");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().run > run && bench.now().alpha_lr == 0.003; }));
  }));
}

TEST_F(RestartTest, CancellingALoadKeepsTheDraft) {
  GuiBench bench({.workspace = ui::Workspace::Lab});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 1; }));
    const auto& draft = bench.laboratory().session().draft;
    const std::string name = draft.spec().name;
    ctx->ItemClick("//Experiment/**/##four-layer");
    ctx->Yield(2);
    ctx->ItemClick("//Discard the run?/###cancel");
    ctx->Yield(2);
    IM_CHECK_STR_EQ(draft.spec().name.c_str(), name.c_str());
    ctx->ItemClick("//Experiment/**/##four-layer");
    ctx->Yield(2);
    ctx->ItemClick("//Discard the run?/###discard");
    IM_CHECK(waitFor(ctx, [&] { return draft.spec().name == "Four layers"; }));
  }));
}

TEST_F(RestartTest, EnterSavesFirst) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 1; }));
    ctx->ItemClick("//Transport/**/###reset");
    ctx->Yield(3);
    ctx->KeyPress(ImGuiKey_Enter);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 0; }));
    IM_CHECK(!std::filesystem::is_empty(bench.output()));
  }));
}

TEST_F(RestartTest, AFinishedRunCanBeRunAgain) {
  GuiBench bench({.full_speed = 4000});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto run = bench.now().run;
    ctx->ItemClick("//Transport/**/###play");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Finished; }, 3000));
    ctx->ItemClick("//Transport/**/###play");
    ctx->Yield(2);
    ctx->ItemClick("//Discard the run?/###discard");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().run == run + 1 && bench.now().step > 0; }));
  }));
}

TEST_F(RestartTest, TheDiagramShowsTheChosenReplica) {
  GuiBench bench({.seeds = 3});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->ItemClick("//Network/###replica");
    ctx->Yield(3);
    ctx->KeyCharsReplaceEnter("seed 2");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().replica == 2; }));
  }));
}

}  // namespace
}  // namespace dentate::tests
