// The kinds of inhibition in a real window over a fake run: chosen for a layer, compared, measured.
#include <gtest/gtest.h>

#include <set>

#include "engine/spec/graph.h"
#include "engine/spec/problems.h"
#include "engine/spec/spelling.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/architecture_hand.h"
#include "tests/ui/gui_bench.h"
#include "ui/live_curves.h"
#include "ui/sparsity_panel.h"

namespace dentate::tests {
namespace {

using link::Phase;
using spec::Compared;
using spec::Condition;
using spec::NetworkSpec;

constexpr const char* kKinds = "replicas.inhibitions=none,learned_m,k_wta,k_wta_learned_m";

class InhibitionTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

TEST_F(InhibitionTest, AKindOfInhibitionIsChosenWithItsK) {
  GuiBench bench({.width = 1100, .height = 700});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    ctx->ItemClick("**/###layer_h1");
    ctx->Yield(2);
    IM_CHECK(!ctx->ItemExists("**/##k_max"));
    choose(ctx, "##inhibition", "k-WTA");
    const auto h1 = [&] { return networkOf(bench).layers[1]; };
    IM_CHECK(h1().inhibition == *spec::valueNamed<spec::Inhibition>("k_wta"));
    ctx->ItemInputValue("**/##k_max", "0.4");
    ctx->Yield(2);
    ctx->ItemInputValue("**/##k_target", "0.05");
    ctx->Yield(2);
    ctx->ItemInputValue("**/##k_steps", "120");
    ctx->Yield(2);
    IM_CHECK_EQ(h1().k_max, 0.4);
    IM_CHECK_EQ(h1().k_target, 0.05);
    IM_CHECK_EQ(h1().k_steps, 120);
    IM_CHECK(!draftOf(bench).problem());
    ctx->ItemInputValue("**/##k_target", "0.6");
    ctx->Yield(2);
    IM_CHECK_STR_EQ(draftOf(bench).problem()->where.c_str(), "network.layers[1].k_target");
    IM_CHECK_STR_EQ(spec::networkProblems(draftOf(bench).spec(), 1e12)[0].what.c_str(),
                    "k_target: expected at most k_max, 0.4, got 0.6");
    IM_CHECK(draftOf(bench).undo());
    IM_CHECK(!draftOf(bench).problem());
    ctx->ItemInputValue("**/##k_max", "most");
    ctx->Yield(2);
    IM_CHECK_EQ(h1().k_max, 0.4);
  }));
}

TEST_F(InhibitionTest, KindsOfInhibitionStandSideBySideByName) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 2, .set = {kKinds}});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    IM_CHECK_EQ(bench.now().variants.size(), 8U);
    const auto& comparison = bench.laboratory().session().comparison;
    ctx->ItemClick("//Active fraction/**/###show_k-WTA");
    const auto winners = *spec::valueNamed<spec::Inhibition>("k_wta");
    IM_CHECK(comparison.hidden == std::set<Compared>({{Condition::SLr, winners}}));
    ctx->ItemClick("//Active fraction/**/###show_none");
    ctx->ItemClick("//Active fraction/**/###show_k-WTA");
    IM_CHECK(comparison.hidden == std::set<Compared>({{Condition::SLr, spec::Inhibition::None}}));
    ctx->ItemClick("//Transport/**/###task");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Paused; }, 1500));
    const ui::Look look;
    const link::Emit emit;
    const auto m = ui::inhibitionContent(
        {bench.now(), bench.laboratory().histories(), look, emit, bench.laboratory().session()});
    std::set<std::string> known;  // of those that learn m
    for (const auto& curve : m.curves)
      if (curve.trace.size > 0) known.insert(curve.label);
    IM_CHECK(known == std::set<std::string>(
                          {"h1 learned m", "h1 k-WTA + m", "h2 learned m", "h2 k-WTA + m"}));
  }));
}

TEST_F(InhibitionTest, ThePanelComparesKindsOfInhibition) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    auto& draft = bench.laboratory().session().draft;
    ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
    ctx->ItemClick("##replicas.inhibitions");
    ctx->Yield(2);
    ctx->ItemClick("//##Combo_00/none");
    ctx->ItemClick("//##Combo_00/k-WTA");
    IM_CHECK(draft.spec().replicas.inhibitions ==
             std::vector({spec::Inhibition::None, *spec::valueNamed<spec::Inhibition>("k_wta")}));
    ctx->KeyPress(ImGuiKey_Escape);
    IM_CHECK(draft.undo());
    IM_CHECK_EQ(draft.spec().replicas.inhibitions.size(), 1U);
    IM_CHECK(draft.redo());
    ctx->ItemClick("//Experiment/**/###restart");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().variants.size() == 2; }));
    ctx->ItemClick("##replicas.inhibitions");
    ctx->Yield(2);
    ctx->ItemClick("//##Combo_00/###own");
    IM_CHECK(draft.spec().replicas.inhibitions.empty());
  }));
}

TEST_F(InhibitionTest, SparsityIsPlottedOnceATaskIsLearned) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 2, .set = {kKinds}});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->WindowFocus("//Sparsity");
    ctx->Yield(3);
    for (const std::int64_t task : {1, 2}) {
      ctx->ItemClick("//Transport/**/###task");
      IM_CHECK(waitFor(
          ctx, [&] { return bench.now().phase == Phase::Paused && bench.now().task == task; },
          1500));
    }
    ctx->Yield(3);
    const auto& history = bench.laboratory().histories().of(bench.now().run);
    IM_CHECK_EQ(history.sparsity(ui::Sparsity::Dead, 1, 3).size(), 3U);
    IM_CHECK_EQ(history.sparsity(ui::Sparsity::Hoyer, 2, 3).back().n, 2U);
    const ui::Look look;
    const link::Emit emit;
    const ui::PanelContext context{bench.now(), bench.laboratory().histories(), look, emit,
                                   bench.laboratory().session()};
    const auto dead = ui::sparsityContent(context, ui::Sparsity::Dead);
    const auto hoyer = ui::sparsityContent(context, ui::Sparsity::Hoyer);
    IM_CHECK_EQ(dead.curves.size(), 2U * 4);
    IM_CHECK_EQ(hoyer.curves.size(), 3U * 4);
    for (const auto& curve : hoyer.curves) IM_CHECK_EQ(curve.trace.last().n, 2U);
    IM_CHECK_STR_EQ(dead.curves[2].label.c_str(), "h1 k-WTA");
  }));
  bench.screenshot("sparsity.png");
}

}  // namespace
}  // namespace dentate::tests
