// From the numbers in the diagram to their curves. Over a fake run.
#include "ui/curve_link.h"

#include <gtest/gtest.h>

#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/architecture_panel.h"
#include "ui/network_panel.h"

namespace dentate::tests {
namespace {

using link::Phase;

class CurveLinkTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

const ui::NetworkLayout& layoutOf(GuiBench& bench) {
  return dynamic_cast<const ui::NetworkPanel*>(bench.laboratory().panel(ui::NetworkPanel::kTitle))
      ->layout();
}

TEST_F(CurveLinkTest, AClickOnMOpensItsCurveAndBringsItBack) {
  GuiBench bench({.seeds = 2});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    auto& laboratory = bench.laboratory();
    auto& plots = laboratory.session().plots;
    plots.choices["inhibition_m"].hidden = {"h1"};  // left out in an earlier sitting
    ctx->KeyPress(ImGuiMod_Shift | ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 40; }));
    IM_CHECK(!laboratory.workspaces().isOpen("Live plots"));
    const auto& h1 = layoutOf(bench).layers[1];
    ctx->MouseMoveToPos({h1.foot.x + 12, h1.foot.y + 10});
    ctx->MouseClick();
    ctx->Yield(4);
    IM_CHECK(laboratory.workspaces().isOpen("Live plots"));
    const ImGuiWindow* panel = ctx->GetWindowByRef("//Live plots");
    IM_CHECK(panel != nullptr && !panel->Hidden);  // its tab is in front
    IM_CHECK(plots.emphasis && plots.emphasis->plot == "inhibition_m");
    IM_CHECK_STR_EQ(plots.emphasis->curve.c_str(), "h1");
    IM_CHECK(plots.choices["inhibition_m"].hidden.empty());
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->MouseMoveToPos({h1.foot.x + 12, h1.foot.y + 10});
    ctx->MouseClick();
    ctx->Yield(2);
    IM_CHECK(!plots.emphasis);
  }));
  bench.write("curve-of-m.png");
}

TEST_F(CurveLinkTest, ActiveFractionAndAlphaDoSoUntilAClickIntoThePlot) {
  GuiBench bench({.seeds = 2, .set = {"replicas.conditions=baseline,s+lr"}});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiMod_Shift | ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 40; }));
    const auto& emphasis = bench.laboratory().session().plots.emphasis;
    const auto& layout = layoutOf(bench);
    ctx->MouseMoveToPos({layout.layers[2].ring.x, layout.layers[2].ring.y});
    ctx->MouseClick();
    ctx->Yield(3);
    IM_CHECK(emphasis && emphasis->plot == "active_fraction" && emphasis->curve == "h2");
    const auto at = layout.paths[1].label.centre();
    ctx->MouseMoveToPos({at.x, at.y});
    ctx->MouseClick();
    ctx->Yield(3);
    IM_CHECK(emphasis && emphasis->plot == "alpha" && emphasis->curve == "→ h2");
    bench.screenshotNext();
    ctx->Yield(2);
    const ImGuiWindow* plot = ctx->GetWindowByRef("//Learning rate α");
    ctx->MouseMoveToPos({plot->Pos.x + plot->Size.x * 0.5F, plot->Pos.y + plot->Size.y * 0.5F});
    ctx->MouseClick();
    ctx->Yield(2);
    IM_CHECK(!emphasis);
  }));
  bench.write("curve-of-alpha.png");
}

TEST_F(CurveLinkTest, AClickOnMInTheLiveArchitectureDoesSo) {
  GuiBench bench({.workspace = ui::Workspace::Architect, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->Yield(3);
    ctx->ItemClick("//Architecture/###live");
    ctx->Yield(3);
    const auto& canvas = dynamic_cast<const ui::ArchitecturePanel*>(
                             bench.laboratory().panel(ui::ArchitecturePanel::kTitle))
                             ->canvas();
    const auto& emphasis = bench.laboratory().session().plots.emphasis;
    // Where the canvas stands at its own size: 88 below the pins is the ring, beside it m.
    const ImVec2 in = *canvas.pin("h1", false), out = *canvas.pin("h1", true);
    const float zoom = (out.x - in.x) / ui::kNodeWidth;
    ctx->MouseMoveToPos({in.x + 24 * zoom, in.y + 88 * zoom});
    ctx->MouseClick();
    ctx->Yield(3);
    IM_CHECK(!emphasis);  // the panel's own side has that curve
    ctx->MouseMoveToPos({in.x + 60 * zoom, in.y + 96 * zoom});
    ctx->MouseClick();
    ctx->Yield(3);
    IM_CHECK(emphasis && emphasis->plot == "inhibition_m" && emphasis->curve == "h1");
    IM_CHECK(bench.laboratory().workspaces().isOpen("Live plots"));
  }));
}

}  // namespace
}  // namespace dentate::tests
