// What the plots of several conditions hold, apart from how they are drawn.
#include "ui/live_curves.h"

#include <gtest/gtest.h>

#include "engine/spec/experiment_json.h"
#include "engine/spec/templates.h"

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
    link::RunEntry entry;
    entry.run = 1;
    entry.name = "main";
    entry.spec = now.spec;
    now.runs = {entry};
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
    histories.take(now, std::move(points));
  }
  link::Snapshot now;
  Histories histories;
  Look look;
  link::Emit emit;
  Session session;
  // A reference to a history that is there already.
  [[nodiscard]] PanelContext context() { return {now, histories, look, emit, session}; }
};

TEST_F(LivePlotsTest, APathIsMarkedWhereAllNetworksOfAConditionHaveStoppedIt) {
  session.comparison.alpha0 = 0.01;
  learn({0.01F, 0.01F, 0.1F, 0.1F, -0.001F, 0, -0.1F, 0.1F});
  const PlotContent content = alphaContent(context());
  ASSERT_EQ(content.curves.size(), 6U);  // three paths, two conditions
  EXPECT_FALSE(content.curves[0].frozen);
  EXPECT_TRUE(content.curves[1].frozen);
  EXPECT_FALSE(content.curves[2].frozen || content.curves[3].frozen);
  session.comparison.alpha0 = 0.1;  // one of two has stopped there
  EXPECT_FALSE(alphaContent(context()).curves[1].frozen);
}

TEST_F(LivePlotsTest, TheConditionInTheDiagramIsFeatured) {
  learn(std::vector<float>(8, 0.1F));
  const PlotContent content = activeFractionContent(context());
  ASSERT_EQ(content.curves.size(), 4U);  // two layers, two conditions
  EXPECT_EQ(content.curves[1].label, "h1 s+lr");
  EXPECT_FALSE(content.curves[0].featured);
  EXPECT_TRUE(content.curves[1].featured);
}

TEST_F(LivePlotsTest, AllGroupsAreThoseOfEveryConditionAndAlpha0) {
  learn(std::vector<float>(8, 0.1F));
  session.comparison.hidden = {spec::Condition::Baseline};
  EXPECT_EQ(lossContent(context()).curves.size(), 1U);
  const PlotContent all = lossContent(context(), Groups::All);
  ASSERT_EQ(all.curves.size(), 4U);
  EXPECT_EQ(all.curves[1].label, "baseline α₀ .1");
  EXPECT_EQ(all.curves[2].label, "s+lr α₀ .01");
}

// Two runs: the second a branch whose alpha is another.
class TwoRunsTest : public LivePlotsTest {
 protected:
  TwoRunsTest() {
    auto branch = now.runs[0];
    branch.run = 2;
    branch.from = 1;
    branch.name = "branch 1";
    now.runs.push_back(branch);
    std::vector<link::MetricPoint> points;
    for (const std::uint64_t run : {1, 2}) {
      for (std::size_t r = 0; r < 8; ++r) {
        for (const std::int64_t step : {0, 1}) {
          link::StepPoint point;
          point.run = run;
          point.replica = r;
          point.step = step;
          point.active_fraction = point.m = {0, 0.5F, 0.5F, 0};
          point.alpha = {run == 2 && step == 1 ? 0.2F : 0.1F, 0.1F, 0.1F};
          points.emplace_back(point);
        }
      }
    }
    histories.take(now, std::move(points));
  }
};

TEST_F(TwoRunsTest, ARunTakesThePlaceOfAConditionAndHasItsDash) {
  const PlotContent content = alphaContent(context());
  ASSERT_EQ(content.curves.size(), 6U);  // three paths, two runs
  EXPECT_EQ(content.curves[0].label, content.curves[0].layer + " main");
  EXPECT_EQ(content.curves[1].label, content.curves[1].layer + " branch 1");
  EXPECT_EQ(content.curves[0].style.color, content.curves[1].style.color);
  EXPECT_EQ(content.curves[0].style.dash, figure::Dash::Solid);
  EXPECT_EQ(content.curves[1].style.dash, figure::Dash::Dashed);
  EXPECT_TRUE(content.curves[0].featured) << "of the run in the panels";
  EXPECT_FALSE(content.curves[1].featured);
  EXPECT_FLOAT_EQ(content.curves[1].trace.last().mean, 0.2F);
  session.comparison.hidden_runs = {2};
  EXPECT_EQ(alphaContent(context()).curves.size(), 6U) << "one run again: its two conditions";
  EXPECT_EQ(alphaContent(context()).curves[0].style.dash, figure::Dash::Dotted);
}

TEST_F(TwoRunsTest, DifferencesAreToTheFirst) {
  session.comparison.difference = true;
  for (const std::uint64_t shown : {1, 2}) {
    now.run = shown;
    const PlotContent content = alphaContent(context());
    ASSERT_EQ(content.curves.size(), 3U);
    EXPECT_EQ(content.curves[0].label, content.curves[0].layer + " branch 1");
    EXPECT_EQ(content.curves[0].trace.at(0).mean, 0);
    EXPECT_EQ(content.curves[0].trace.at(0).sem(), 0);
    EXPECT_NEAR(content.curves[0].trace.at(1).mean, 0.1, 1e-6);
    EXPECT_FALSE(content.from_zero);
    EXPECT_NE(content.note.find("difference to main"), std::string::npos) << content.note;
  }
}

TEST_F(TwoRunsTest, OfARunWithOtherLayersEveryPartIsFoundByItsName) {
  auto other = *now.spec;
  other.network = spec::layeredNetwork(784, 3, 20, 10);
  other.stream.tasks = 40;
  now.runs[1].spec = std::make_shared<const spec::ExperimentSpec>(other);
  const PlotContent content = activeFractionContent(context());
  ASSERT_EQ(content.curves.size(), 6U);  // h1, h2, h3
  EXPECT_TRUE(content.curves[4].trace.empty()) << "main has no h3";
  EXPECT_EQ(content.tasks, 40);
}

}  // namespace
}  // namespace dentate::ui
