// The window on networks of several conditions: chooser, legend, panel. Over a fake run.
#include <gtest/gtest.h>

#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;
using spec::Compared;
using spec::Condition;

constexpr const char* kFour = "replicas.conditions=baseline,s,lr,s+lr";

class CompareTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

TEST_F(CompareTest, ANetworkIsFoundByItsWordsAndChosenByKeys) {
  GuiBench bench({.seeds = 10, .set = {kFour}});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_K);
    ctx->Yield(3);
    ctx->KeyCharsReplace("lr 7");
    ctx->Yield(2);
    ctx->KeyPress(ImGuiKey_Enter);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().replica == 27; }));  // third condition, seed 7
    ctx->ItemClick("//Network/###replica");
    ctx->Yield(3);
    ctx->KeyPress(ImGuiKey_DownArrow);
    ctx->KeyPress(ImGuiKey_Enter);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().replica == 28; }));
  }));
}

TEST_F(CompareTest, TheLegendLeavesConditionsOutOfAllPlots) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 2, .set = {kFour}});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& comparison = bench.laboratory().session().comparison;
    ctx->ItemClick("//Active fraction/**/###show_s");
    IM_CHECK(comparison.hidden == std::set<Compared>{{Condition::S}});
    ctx->ItemClick("//Active fraction/**/###show_lr");
    ctx->ItemClick("//Active fraction/**/###show_baseline");
    ctx->ItemClick("//Active fraction/**/###show_s+lr");  // the last one stays
    IM_CHECK_EQ(comparison.hidden.size(), 3U);
    ctx->ItemClick("//Active fraction/**/###show_lr");
    IM_CHECK(!comparison.hidden.contains({Condition::Lr}));
  }));
}

TEST_F(CompareTest, TheAlpha0OfThePlotsIsChosen) {
  GuiBench bench({.seeds = 2, .set = {kFour, "replicas.alpha0=0.001,0.01,0.1"}});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    IM_CHECK_EQ(bench.now().variants.size(), 24U);
    ctx->ItemClick("//Active fraction/##alpha0");
    ctx->Yield(2);
    ctx->ItemClick("//##Combo_00/.1");
    IM_CHECK(bench.laboratory().session().comparison.alpha0 == 0.1);
  }));
}

TEST_F(CompareTest, ConditionsAndAlpha0AreCommandsOfThePalette) {
  GuiBench bench({.seeds = 2, .set = {kFour, "replicas.alpha0=0.001,0.01,0.1"}});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& comparison = bench.laboratory().session().comparison;
    const auto command = [&](const char* words) {
      ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
      ctx->Yield(3);
      ctx->KeyCharsReplace(words);
      ctx->Yield(2);
      ctx->KeyPress(ImGuiKey_Enter);
      ctx->Yield(2);
    };
    command("leave out baseline");
    IM_CHECK(comparison.hidden == std::set<Compared>{{Condition::Baseline}});
    command("show condition baseline");
    IM_CHECK(comparison.hidden.empty());
    command("initial learning rate .1");
    IM_CHECK(comparison.alpha0 == 0.1);
    ctx->MenuClick("//##MainMenuBar/Plot/Conditions/lr");
    IM_CHECK(comparison.hidden == std::set<Compared>{{Condition::Lr}});
  }));
}

TEST_F(CompareTest, TheAccuracyShownIsACommandOfThePalette) {
  GuiBench bench({.config = "configs/split-two-path.json", .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& comparison = bench.laboratory().session().comparison;
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
    ctx->Yield(3);
    ctx->KeyCharsReplace("accuracy by item");
    ctx->Yield(2);
    ctx->KeyPress(ImGuiKey_Enter);
    ctx->Yield(2);
    IM_CHECK(comparison.head == ui::Head::Item);
    ctx->MenuClick("//##MainMenuBar/Plot/Accuracy/in memory");
    IM_CHECK(comparison.head == ui::Head::ItemInMemory);
    ctx->MenuClick("//##MainMenuBar/Plot/Accuracy/category");
    IM_CHECK(comparison.head == ui::Head::Category);
  }));
}

TEST_F(CompareTest, ThePanelMakesTheProduct) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
    ctx->ItemClick("##rule.condition");
    ctx->Yield(2);
    ctx->ItemClick("//##Combo_00/baseline");
    ctx->ItemClick("//##Combo_00/lr");
    IM_CHECK(draft.spec().replicas.conditions ==
             std::vector<Condition>({Condition::Baseline, Condition::Lr, Condition::SLr}));
    ctx->KeyPress(ImGuiKey_Escape);
    ctx->ItemInputValue("//Experiment/**/##rule.alpha0", "0.01, 0.1");
    IM_CHECK(draft.spec().replicas.alpha0 == std::vector<double>({0.01, 0.1}));
    ctx->ItemInputValue("##replicas.seeds", "4");
    ctx->ItemClick("//Experiment/**/###restart");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().variants.size() == 24; }));
  }));
}

TEST_F(CompareTest, OneConditionAndOneAlpha0AreTheRulesOwnAgain) {
  GuiBench bench({.workspace = ui::Workspace::Lab,
                  .seeds = 1,
                  .set = {"replicas.conditions=s,lr", "replicas.alpha0=0.1,0.2"}});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
    ctx->ItemClick("##rule.condition");
    ctx->Yield(2);
    ctx->ItemClick("//##Combo_00/s");
    IM_CHECK(draft.spec().replicas.conditions.empty());
    IM_CHECK(draft.spec().rule.condition == Condition::Lr);
    ctx->ItemClick("//##Combo_00/lr");  // the last one stays
    IM_CHECK(draft.spec().rule.condition == Condition::Lr);
    ctx->KeyPress(ImGuiKey_Escape);
    ctx->ItemInputValue("//Experiment/**/##rule.alpha0", "0.3");
    IM_CHECK(draft.spec().replicas.alpha0.empty());
    IM_CHECK_EQ(draft.spec().rule.alpha0, 0.3);
    ctx->ItemInputValue("//Experiment/**/##rule.alpha0", "0.3, 11");
    IM_CHECK(draft.refused("rule.alpha0") != nullptr);
  }));
}

}  // namespace
}  // namespace dentate::tests
