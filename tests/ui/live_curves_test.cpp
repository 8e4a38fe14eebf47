// What the plots of several conditions hold, apart from how they are drawn.
#include "ui/live_curves.h"

#include <gtest/gtest.h>

#include "engine/spec/experiment_json.h"
#include "engine/spec/templates.h"
#include "ui/heads.h"
#include "ui/lesion_beside.h"

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

TEST_F(LivePlotsTest, StoppedPathsAreThoseOfTheConditionInTheDiagram) {
  session.comparison.alpha0 = 0.01;
  learn({-0.1F, -0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F});
  EXPECT_EQ(stoppedPaths(context()), 0U) << "of the baseline alone";
  now.replica = 0;
  EXPECT_EQ(stoppedPaths(context()), 1U);
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
  session.comparison.hidden = {{spec::Condition::Baseline}};
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

TEST_F(TwoRunsTest, StoppedPathsAreThoseOfTheRunInThePanels) {
  std::vector<link::MetricPoint> points;
  for (std::size_t r = 0; r < 8; ++r) {
    link::StepPoint point;
    point.run = 2;
    point.replica = r;
    point.step = 2;
    point.active_fraction = point.m = {0, 0.5F, 0.5F, 0};
    point.alpha = {-0.1F, 0, 0.1F};
    points.emplace_back(point);
  }
  histories.take(now, std::move(points));
  EXPECT_EQ(stoppedPaths(context()), 0U);
  now.run = 2;
  EXPECT_EQ(stoppedPaths(context()), 2U);
}

// A main run and a branch of the two-path network, of which the branch forgets its items.
class TwoPathsTest : public testing::Test {
 protected:
  TwoPathsTest() {
    auto spec = *spec::loadExperiment("configs/split-two-path.json");
    now.run = 1;
    now.spec = std::make_shared<const spec::ExperimentSpec>(spec);
    now.variants = {spec::variantOf(spec, 0)};
    for (const std::uint64_t run : {1, 2}) {
      link::RunEntry entry;
      entry.run = run;
      entry.name = run == 1 ? "main" : "branch";
      entry.from = run - 1;
      entry.spec = now.spec;
      now.runs.push_back(entry);
    }
  }
  // After the first task as the other, after the second by so much worse.
  void measure(std::uint64_t run, double worse) {
    std::vector<link::MetricPoint> points;
    for (const std::int64_t after : {0, 1}) {
      for (std::int64_t task = 0; task <= after; ++task) {
        link::AccuracyPoint point;
        point.run = run;
        point.after_task = after;
        point.task = task;
        point.category = 0.6 - (after == 1 ? worse : 0);
        point.item = 0.02 + 0.01 * static_cast<double>(task) - (after == 1 ? worse : 0);
        points.emplace_back(point);
      }
    }
    histories.take(now, std::move(points));
  }
  link::Snapshot now;
  Histories histories;
  Look look;
  link::Emit emit;
  Session session;
  [[nodiscard]] PanelContext context() { return {now, histories, look, emit, session}; }
};

TEST_F(TwoPathsTest, AccuracyIsOfTheOutputThatIsChosen) {
  measure(1, 0);
  measure(2, 0.01);
  EXPECT_NEAR(accuracyContent(context()).curves[0].trace.last().mean, 0.6, 1e-6);
  EXPECT_EQ(accuracyContent(context()).high, 1.0);
  session.comparison.head = Head::Item;
  const PlotContent content = accuracyContent(context());
  ASSERT_EQ(content.curves.size(), 3U);                           // main, branch, chance
  EXPECT_NEAR(content.curves[0].trace.last().mean, 0.025, 1e-6);  // .02 and .03
  EXPECT_NEAR(content.curves[1].trace.last().mean, 0.015, 1e-6);
  EXPECT_FALSE(content.high) << "its top follows the data";
  EXPECT_NE(content.y_label.find("item accuracy"), std::string::npos);
  EXPECT_EQ(content.file, "item_accuracy");
  session.comparison.hidden_runs = {2};
  const PlotContent alone = accuracyContent(context());
  ASSERT_EQ(alone.curves.size(), 3U);  // newest task, all learned, chance
  EXPECT_NEAR(alone.curves[0].trace.last().mean, 0.03, 1e-6);
  EXPECT_NEAR(alone.curves[1].trace.last().mean, 0.025, 1e-6);
}

TEST_F(TwoPathsTest, ChanceIsALevelOfTheChosenOutput) {
  measure(1, 0);
  const auto chance = [&] { return accuracyContent(context()).curves.back(); };
  EXPECT_STREQ(chance().term, "chance");
  EXPECT_TRUE(chance().level);
  EXPECT_NEAR(accuracyContent(context()).curves.back().trace.last().mean, 0.1, 1e-6);
  session.comparison.head = Head::Item;
  const PlotContent content = accuracyContent(context());
  EXPECT_NEAR(content.curves.back().trace.last().mean, 1.0 / 2000, 1e-9);
  session.comparison.difference = true;
  for (const auto& curve : accuracyContent(context()).curves) EXPECT_FALSE(curve.level);
}

TEST_F(TwoPathsTest, DifferencesAreOfTheChosenOutputAndFittedAnew) {
  measure(1, 0);
  measure(2, 0.01);
  const std::string plain = accuracyContent(context()).of;
  session.comparison.head = Head::Item;
  const std::string items = accuracyContent(context()).of;
  session.comparison.difference = true;
  const PlotContent content = accuracyContent(context());
  ASSERT_EQ(content.curves.size(), 1U);
  EXPECT_NEAR(content.curves[0].trace.at(1).mean, 0, 1e-6);
  EXPECT_NEAR(content.curves[0].trace.at(2).mean, -0.01, 1e-6);
  EXPECT_NE(plain, items);
  EXPECT_NE(items, content.of);
}

TEST_F(TwoPathsTest, TheRunBesideIsTheOneThatWasLeft) {
  EXPECT_EQ(runBeside(now)->run, 2U);
  now.run = 2;
  now.runs.push_back(now.runs[1]);
  now.runs[2].run = 3;
  std::swap(now.runs[0], now.runs[2]);
  EXPECT_EQ(runBeside(now)->run, 1U);
  now.runs.pop_back();
  EXPECT_EQ(runBeside(now)->run, 3U) << "the one that it left is gone";
  now.runs[0].folder = "out/saved";
  EXPECT_EQ(runBeside(now), nullptr);
}

TEST_F(TwoPathsTest, BesideAnotherRunAreTheLastTasksThatBothHaveLearned) {
  EXPECT_TRUE(besideOf(context(), now.runs[1]).rows.empty());
  measure(1, 0);
  measure(2, 0.01);
  now.run = 2;
  const Beside beside = besideOf(context(), now.runs[0]);
  EXPECT_EQ(beside.tasks, 2U);
  ASSERT_EQ(beside.rows.size(), 2U);
  EXPECT_EQ(beside.rows[1].head, Head::Item);
  EXPECT_NEAR(beside.rows[1].here.mean, 0.015, 1e-6);
  EXPECT_NEAR(beside.rows[1].there.mean, 0.025, 1e-6);
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
