// A bias drawn in the Architecture panel, over a fake run.
#include <gtest/gtest.h>

#include "engine/spec/graph.h"
#include "tests/ui/architecture_hand.h"

namespace dentate::tests {
namespace {

TEST(BiasGui, IsDrawnAsALayer) {
  if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  GuiBench bench({.width = 1100, .height = 700});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    openPanel(ctx, bench);
    ctx->ItemClick("###add_other");
    ctx->ItemClick("//$FOCUSED/Bias");
    ctx->Yield(3);
    IM_CHECK(draftOf(bench).problem().has_value());  // it leads nowhere yet
    drawPath(ctx, bench, "bias", "h2");
    IM_CHECK(!draftOf(bench).problem());
    IM_CHECK_STR_EQ(ui::whyNotPath(networkOf(bench), {"h1", "bias"}).c_str(),
                    "bias is the bias: nothing leads into it");
    ctx->ItemClick("###learn");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().spec->network == networkOf(bench); }));
    IM_CHECK(spec::makeGraph(networkOf(bench)).ok());
  }));
}

}  // namespace
}  // namespace dentate::tests
