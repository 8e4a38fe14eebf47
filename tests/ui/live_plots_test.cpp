// What the plots of several conditions hold, apart from how they are drawn.
#include "ui/live_plots.h"

#include <gtest/gtest.h>

#include "engine/spec/experiment_json.h"

namespace dentate::ui {
namespace {

// Two conditions, two alpha0, two seeds: groups baseline .01, baseline .1, s+lr .01, s+lr .1.
class LivePlotsTest : public testing::Test {
 protected:
  LivePlotsTest() {
    auto spec = spec::setKeys(
        *spec::loadExperiment("configs/two-layer.json"),
        {"replicas.conditions=baseline,s+lr", "replicas.alpha0=0.01,0.1", "replicas.seeds=2"});
    now.run = 1;
    now.spec = std::make_shared<const spec::ExperimentSpec>(*spec);
    now.total_steps = 800;
    for (std::size_t r = 0; r < 8; ++r) now.variants.push_back(spec::variantOf(*now.spec, r));
    now.replica = 4;  // s+lr, .01
  }
  // The newest alpha of the first path, by replica; those of the other two are above 0.
  void learn(const std::vector<float>& alpha) {
    std::vector<link::MetricPoint> points;
    for (std::size_t r = 0; r < alpha.size(); ++r) {
      link::StepPoint point;
      point.run = 1;
      point.replica = r;
      point.active_fraction = point.m = {0, 0.5F, 0.5F, 0};
      point.alpha = {alpha[r], 0.1F, 0.1F};
      points.emplace_back(point);
    }
    history.take(1, std::move(points), /*seeds=*/2);
  }
  link::Snapshot now;
  History history;
  Look look;
  link::Emit emit;
  Session session;
  PanelContext context{now, history, look, emit, session};
};

TEST_F(LivePlotsTest, APathIsMarkedWhereAllNetworksOfAConditionHaveStoppedIt) {
  session.comparison.alpha0 = 0.01;
  learn({0.01F, 0.01F, 0.1F, 0.1F, -0.001F, 0, -0.1F, 0.1F});
  const PlotContent content = alphaContent(context);
  ASSERT_EQ(content.curves.size(), 6U);  // three paths, two conditions
  EXPECT_FALSE(content.curves[0].frozen);
  EXPECT_TRUE(content.curves[1].frozen);
  EXPECT_FALSE(content.curves[2].frozen || content.curves[3].frozen);
  session.comparison.alpha0 = 0.1;  // one of two has stopped there
  EXPECT_FALSE(alphaContent(context).curves[1].frozen);
}

TEST_F(LivePlotsTest, TheConditionInTheDiagramIsFeatured) {
  learn(std::vector<float>(8, 0.1F));
  const PlotContent content = activeFractionContent(context);
  ASSERT_EQ(content.curves.size(), 4U);  // two layers, two conditions
  EXPECT_EQ(content.curves[1].label, "h1 s+lr");
  EXPECT_FALSE(content.curves[0].featured);
  EXPECT_TRUE(content.curves[1].featured);
}

TEST_F(LivePlotsTest, AllGroupsAreThoseOfEveryConditionAndAlpha0) {
  learn(std::vector<float>(8, 0.1F));
  session.comparison.hidden = {spec::Condition::Baseline};
  EXPECT_EQ(lossContent(context).curves.size(), 1U);
  const PlotContent all = lossContent(context, Groups::All);
  ASSERT_EQ(all.curves.size(), 4U);
  EXPECT_EQ(all.curves[1].label, "baseline α₀ .1");
  EXPECT_EQ(all.curves[2].label, "s+lr α₀ .01");
}

}  // namespace
}  // namespace dentate::ui
