#include "ui/history.h"

#include <gtest/gtest.h>

#include <cmath>

#include "ui/decimate.h"

namespace dentate::ui {
namespace {

link::StepPoint step(std::uint64_t run, std::size_t replica, std::int64_t at, float active) {
  link::StepPoint point;
  point.run = run;
  point.replica = replica;
  point.step = at;
  point.meta_loss = 1;
  point.active_fraction = {0.2F, active};
  point.alpha = {0.01F};
  point.m = {0, 0.1F};
  return point;
}

link::AccuracyPoint accuracy(std::size_t replica, std::int64_t after, std::int64_t task, double share) {
  return {.run = 1, .replica = replica, .step = 0, .after_task = after, .task = task, .category = share};
}

TEST(History, MeanAndSemOverReplicas) {
  History history;
  history.take(1, {step(1, 0, 0, 0), step(1, 1, 0, 0), step(1, 0, 1, 0.4F), step(1, 1, 1, 0.6F)});
  const Trace trace = history.activeFraction(1);
  ASSERT_EQ(trace.size, 2U);
  EXPECT_NEAR(trace.last().mean, 0.5, 1e-6);
  // Deviations of 0.1: s = sqrt(0.02 / 1) = 0.1414, SEM = s / sqrt(2) = 0.1.
  EXPECT_NEAR(trace.last().sem(), 0.1, 1e-6);
  EXPECT_EQ(history.replicas(), 2U);
}

TEST(History, NothingWasActiveBeforeTheFirstStep) {
  History history;
  history.take(1, {step(1, 0, 0, 0.9F), step(1, 0, 1, 0.4F)});
  EXPECT_EQ(history.activeFraction(1).at(0).n, 0U);
  EXPECT_EQ(history.alpha(0).at(0).n, 1U);
}

TEST(History, AStepCountsOnceEveryReplicaHasReachedIt) {
  History history;
  history.take(1, {step(1, 0, 0, 0), step(1, 1, 0, 0), step(1, 0, 1, 0.4F)});
  EXPECT_EQ(history.positions(), 1U);
  history.take(1, {step(1, 1, 1, 0.6F)});
  EXPECT_EQ(history.positions(), 2U);
}

TEST(History, ANewRunVoidsTheOldOne) {
  History history;
  history.take(1, {step(1, 0, 0, 0), step(1, 0, 1, 0.4F), accuracy(0, 0, 0, 0.5)});
  history.take(2, {step(1, 0, 2, 0.4F)});  // late, of the old run
  EXPECT_EQ(history.positions(), 0U);
  EXPECT_EQ(history.measuredTasks(), 0U);
  history.take(2, {step(2, 0, 0, 0.4F)});
  EXPECT_EQ(history.positions(), 1U);
}

TEST(History, PointsOfANewRunMayComeBeforeItsSnapshot) {
  History history;
  history.take(1, {step(1, 0, 0, 0), step(2, 0, 0, 0)});
  EXPECT_EQ(history.run(), 2U);
  history.take(1, {});  // the old snapshot again
  EXPECT_EQ(history.positions(), 1U);
}

TEST(History, LongRunsAreThinnedToABound) {
  History history;
  std::vector<link::MetricPoint> points;
  const auto last = static_cast<std::int64_t>(History::kMostPositions) + 10;
  for (std::int64_t i = 0; i <= last; ++i) points.emplace_back(step(1, 0, i, static_cast<float>(i)));
  history.take(1, points);
  EXPECT_EQ(history.stride(), 2);
  EXPECT_LE(history.positions(), History::kMostPositions);
  const Trace trace = history.activeFraction(1);
  EXPECT_FLOAT_EQ(trace.at(100).mean, 200);
  EXPECT_EQ(trace.step(100), 200);
}

TEST(History, AccuracyByReplicaAndSummary) {
  History history;
  history.take(1, {accuracy(0, 0, 0, 0.5), accuracy(1, 0, 0, 0.7), accuracy(0, 1, 0, 0.3),
                   accuracy(1, 1, 0, 0.5), accuracy(0, 1, 1, 0.6), accuracy(1, 1, 1, 0.8)});
  EXPECT_NEAR(history.accuracy(1, 1, Head::Category).mean, 0.7, 1e-6);
  EXPECT_NEAR(*history.accuracy(1, 0, Head::Category, 1), 0.5, 1e-6);
  EXPECT_FALSE(history.accuracy(0, 1, Head::Category, 0));
  EXPECT_FALSE(history.accuracy(1, 1, Head::Item, 0));
  const Summary now = history.soFar(Head::Category);
  EXPECT_NEAR(now.la.mean, 0.65, 1e-6);   // (0.55 + 0.75) / 2
  EXPECT_NEAR(now.ra.mean, 0.55, 1e-6);   // (0.45 + 0.65) / 2
  EXPECT_NEAR(now.bti.mean, -0.1, 1e-6);
  EXPECT_FALSE(history.summary());
  history.take(1, {link::SummaryPoint{1, 0, 0.4, 0.5, -0.1}, link::SummaryPoint{1, 1, 0.6, 0.5, 0.1}});
  ASSERT_TRUE(history.summary());
  EXPECT_NEAR(history.summary()->ra.mean, 0.5, 1e-6);
}

TEST(Decimate, KeepsPeaksWithTwoPointsAColumn) {
  std::vector<Moments> values(10'000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i].add(i == 4321 ? 9 : 0);
  const Trace trace{values.data(), values.size(), 1};
  const auto points = decimate(trace, {0, 100, 200, 100});
  EXPECT_LE(points.size(), 400U);
  double most = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    most = std::max(most, points[i].mean);
    if (i > 0) {
      EXPECT_GT(points[i].x, points[i - 1].x);
    }
  }
  EXPECT_EQ(most, 9);
}

TEST(Decimate, AShortCurveIsDrawnWhole) {
  std::vector<Moments> values(5);
  for (std::size_t i = 0; i < values.size(); ++i) values[i].add(static_cast<double>(i));
  EXPECT_EQ(decimate({values.data(), values.size(), 1}, {0, 1, 500, 5}).size(), 5U);
}

TEST(SpreadLabels, NeverOverlapAndStayInside) {
  const auto y = spreadLabels({50, 51, 52, 200, 199}, 18, 0, 220);
  EXPECT_GE(y[1] - y[0], 17.9F);
  EXPECT_GE(y[2] - y[1], 17.9F);
  EXPECT_GE(y[3] - y[4], 17.9F);
  EXPECT_LE(y[3], 220 - 9 + 0.1F);
  EXPECT_NEAR((y[0] + y[1] + y[2]) / 3, 51, 0.1);  // the block stays centred on its wishes
}

TEST(Smoothing, KeepsAConstant) {
  std::vector<Moments> values(50);
  for (auto& value : values) value.add(0.3);
  for (const Moments& value : smoothed({values.data(), values.size(), 1}, 5))
    EXPECT_NEAR(value.mean, 0.3, 1e-6);
}

}  // namespace
}  // namespace dentate::ui
