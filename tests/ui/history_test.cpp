#include "ui/history.h"

#include <gtest/gtest.h>

#include <chrono>
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

link::AccuracyPoint accuracy(std::size_t replica, std::int64_t after, std::int64_t task,
                             double share) {
  return {.run = 1,
          .replica = replica,
          .step = 0,
          .after_task = after,
          .task = task,
          .category = share};
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

TEST(History, APathStopsWhereItsNewestAlphaIsNotAboveZero) {
  History history;
  const auto alphaAt = [](std::size_t replica, std::int64_t at, float alpha) {
    auto point = step(1, replica, at, 0.5F);
    point.alpha = {alpha, 0.1F};
    return point;
  };
  history.take(1, {alphaAt(0, 1, 0), alphaAt(1, 1, 0.1F), alphaAt(2, 1, -0.1F)}, /*seeds=*/2);
  EXPECT_EQ(history.stopped(0, 0), 1U);
  EXPECT_EQ(history.stopped(0, 1), 1U);
  EXPECT_EQ(history.stopped(1, 0), 0U);
  history.take(1, {alphaAt(1, 2, -0.2F)}, 2);
  EXPECT_EQ(history.stopped(0, 0), 2U);
  history.take(2, {}, 2);
  EXPECT_EQ(history.stopped(0, 0), 0U);
}

TEST(History, AStepCountsOnceEveryReplicaHasReachedIt) {
  History history;
  history.take(1, {step(1, 0, 0, 0), step(1, 1, 0, 0), step(1, 0, 1, 0.4F)});
  EXPECT_EQ(history.positions(), 1U);
  history.take(1, {step(1, 1, 1, 0.6F)});
  EXPECT_EQ(history.positions(), 2U);
}

TEST(History, NobodyWaitsForANetworkThatIsLost) {
  History history;
  const std::size_t seeds = 2;
  history.take(1, {step(1, 0, 0, 0), step(1, 1, 0, 0), step(1, 0, 1, 0.4F), step(1, 1, 1, 0.6F)},
               seeds);
  history.take(1, {step(1, 0, 2, 0.3F), step(1, 0, 3, 0.2F)}, seeds);
  EXPECT_EQ(history.positions(), 2U);
  history.setFailed({{1, 2, "the loss is no longer a finite number"}});
  EXPECT_EQ(history.positions(), 4U);
  EXPECT_EQ(history.activeFraction(1).at(1).n, 2U);
  EXPECT_EQ(history.activeFraction(1).at(3).n, 1U);
  EXPECT_EQ(history.failedAt(0), (std::vector<std::int64_t>{2}));
  EXPECT_TRUE(history.failedAt(1).empty());
  EXPECT_FALSE(history.summary().has_value());
  history.take(1, {link::SummaryPoint{1, 0, 0.5, 0.6, -0.1}}, seeds);
  ASSERT_TRUE(history.summary().has_value());
  EXPECT_EQ(history.summary()->ra.n, 1U);
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

TEST(History, PointsOfANewRunWaitForItsSnapshot) {
  History history;
  history.take(1, {step(1, 0, 0, 0), step(2, 0, 0, 0.3F), step(2, 1, 0, 0.5F)});
  EXPECT_EQ(history.run(), 1U);
  EXPECT_EQ(history.replicas(), 1U);
  history.take(2, {}, /*seeds=*/1);  // now it is known that each is a group of its own
  EXPECT_EQ(history.run(), 2U);
  EXPECT_EQ(history.groups(), 2U);
  EXPECT_EQ(history.positions(1), 1U);
  history.take(1, {});  // the old snapshot again
  EXPECT_EQ(history.positions(), 1U);
}

TEST(History, GroupsAreCellsOfReplicas) {
  History history;
  std::vector<link::MetricPoint> points;
  for (std::size_t replica = 0; replica < 4; ++replica) {
    points.emplace_back(step(1, replica, 0, 0));
    // Replicas 0 and 1: .2 and .4; replicas 2 and 3: .6 and .8.
    points.emplace_back(step(1, replica, 1, 0.2F + 0.2F * static_cast<float>(replica)));
  }
  history.take(1, points, /*seeds=*/2);
  ASSERT_EQ(history.groups(), 2U);
  EXPECT_EQ(history.replicasOf(1), 2U);
  EXPECT_NEAR(history.activeFraction(1, 0).last().mean, 0.3, 1e-6);
  EXPECT_NEAR(history.activeFraction(1, 1).last().mean, 0.7, 1e-6);
  EXPECT_NEAR(history.activeFraction(1, 1).last().sem(), 0.1, 1e-6);  // s = .1414, / sqrt(2)
  EXPECT_NEAR(history.m(1, 1).last().mean, 0.1, 1e-6);
  EXPECT_NEAR(history.alpha(0, 1).last().mean, 0.01, 1e-6);
  EXPECT_NEAR(history.metaLoss(1).last().mean, 1, 1e-6);
  EXPECT_TRUE(history.alpha(7, 1).empty());
  EXPECT_TRUE(history.alpha(0, 2).empty());
}

TEST(History, AGroupDoesNotWaitForAnother) {
  History history;
  history.take(1, {step(1, 0, 0, 0), step(1, 1, 0, 0), step(1, 0, 1, 0), step(1, 0, 2, 0)},
               /*seeds=*/1);
  EXPECT_EQ(history.positions(0), 3U);
  EXPECT_EQ(history.positions(1), 1U);
}

TEST(History, AccuracyAndSummaryByGroup) {
  History history;
  history.take(1, {accuracy(0, 0, 0, 0.2), accuracy(1, 0, 0, 0.4), accuracy(2, 0, 0, 0.6)},
               /*seeds=*/2);
  EXPECT_NEAR(history.accuracy(0, 0, Head::Category, 0).mean, 0.3, 1e-6);
  EXPECT_NEAR(history.accuracy(0, 0, Head::Category, 1).mean, 0.6, 1e-6);
  EXPECT_NEAR(history.soFar(Head::Category, 1).ra.mean, 0.6, 1e-6);
  const double none = std::nan("");
  history.take(1, {link::SummaryPoint{1, 0, 0.4, none, none}}, 2);
  EXPECT_FALSE(history.summary(0));
  history.take(1, {link::SummaryPoint{1, 1, 0.6, none, none}}, 2);
  ASSERT_TRUE(history.summary(0));
  EXPECT_NEAR(history.summary(0)->ra.mean, 0.5, 1e-6);
  EXPECT_EQ(history.summary(0)->la.n, 0U) << "not measured";
  EXPECT_FALSE(history.summary(1));
}

TEST(History, ThinningKeepsEveryGroup) {
  History history;
  std::vector<link::MetricPoint> points;
  const auto last = static_cast<std::int64_t>(History::kMostPositions) + 2;
  for (std::int64_t i = 0; i <= last; ++i)
    for (std::size_t replica = 0; replica < 2; ++replica)
      points.emplace_back(step(1, replica, i, static_cast<float>(i) + static_cast<float>(replica)));
  history.take(1, points, /*seeds=*/1);
  EXPECT_EQ(history.stride(), 2);
  for (const std::size_t group : {0U, 1U}) {
    EXPECT_EQ(history.positions(group), History::kMostPositions / 2 + 2);
    EXPECT_FLOAT_EQ(history.activeFraction(1, group).at(100).mean, 200 + static_cast<float>(group));
  }
}

// 40 replicas at 10,000 meta-steps a second together are 333 points a frame.
TEST(History, TakesAFramesPointsInWellUnderAMillisecond) {
  constexpr int kFrames = 30, kSteps = 10;
  History history;
  std::vector<std::vector<link::MetricPoint>> frames(kFrames);
  for (std::int64_t f = 0; f < kFrames; ++f)
    for (std::int64_t i = 0; i < kSteps; ++i)
      for (std::size_t replica = 0; replica < 40; ++replica) {
        auto point = step(1, replica, f * kSteps + i, 0.4F);
        point.active_fraction.resize(4, 0.3F);
        point.m.resize(4, 0.1F);
        point.alpha.resize(3, 0.01F);
        frames[static_cast<std::size_t>(f)].emplace_back(point);
      }
  const auto began = std::chrono::steady_clock::now();
  for (auto& points : frames) history.take(1, std::move(points), /*seeds=*/10);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
  RecordProperty("microseconds_a_frame", static_cast<int>(1000 * took.count() / kFrames));
  EXPECT_EQ(history.positions(3), 300U);
#ifdef NDEBUG
  EXPECT_LT(took.count() / kFrames, 0.5);
#endif
}

TEST(History, LongRunsAreThinnedToABound) {
  History history;
  std::vector<link::MetricPoint> points;
  const auto last = static_cast<std::int64_t>(History::kMostPositions) + 10;
  for (std::int64_t i = 0; i <= last; ++i)
    points.emplace_back(step(1, 0, i, static_cast<float>(i)));
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
  EXPECT_NEAR(*history.accuracyOf(1, 1, 0, Head::Category), 0.5, 1e-6);
  EXPECT_FALSE(history.accuracyOf(0, 0, 1, Head::Category));
  EXPECT_FALSE(history.accuracyOf(0, 1, 1, Head::Item));
  const Summary now = history.soFar(Head::Category);
  EXPECT_NEAR(now.la.mean, 0.65, 1e-6);  // (0.55 + 0.75) / 2
  EXPECT_NEAR(now.ra.mean, 0.55, 1e-6);  // (0.45 + 0.65) / 2
  EXPECT_NEAR(now.bti.mean, -0.1, 1e-6);
  EXPECT_FALSE(history.summary());
  history.take(1,
               {link::SummaryPoint{1, 0, 0.4, 0.5, -0.1}, link::SummaryPoint{1, 1, 0.6, 0.5, 0.1}});
  ASSERT_TRUE(history.summary());
  EXPECT_NEAR(history.summary()->ra.mean, 0.5, 1e-6);
}

link::AccuracyPoint itemAccuracy(std::size_t replica, std::int64_t after, std::int64_t task,
                                 double share) {
  link::AccuracyPoint point = accuracy(replica, after, task, 0.9);
  point.item = share;
  return point;
}

TEST(History, AccuracyOverTasksFollowsEveryNewRow) {
  History history;
  history.take(1, {itemAccuracy(0, 0, 0, 0.04), itemAccuracy(1, 0, 0, 0.06)}, /*seeds=*/2);
  ASSERT_EQ(history.learned(Head::Item).size(), 2U);
  EXPECT_EQ(history.learned(Head::Item)[0].n, 0U);
  EXPECT_NEAR(history.learned(Head::Item)[1].mean, 0.05, 1e-6);
  history.take(1, {itemAccuracy(0, 1, 1, 0.03), itemAccuracy(1, 1, 1, 0.03)}, 2);
  EXPECT_NEAR(history.newest(Head::Item)[2].mean, 0.03, 1e-6);
  EXPECT_EQ(history.learned(Head::Item)[2].n, 0U) << "of the first task it is to come";
  history.take(1, {itemAccuracy(0, 1, 0, 0.01), itemAccuracy(1, 1, 0, 0.03)}, 2);
  EXPECT_NEAR(history.learned(Head::Item)[2].mean, 0.025, 1e-6);  // .02 and .03
  EXPECT_NEAR(history.learned(Head::Item)[2].sem(), 0.005, 1e-6);
  EXPECT_NEAR(history.learned(Head::Category)[2].mean, 0.9, 1e-6);
  EXPECT_NEAR(history.highest(Head::Item), 0.05, 1e-6);
  EXPECT_TRUE(history.learned(Head::Item, 7).empty());
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

TEST(Decimate, OnALogarithmicAxisEveryColumnHasItsOwnPoints) {
  std::vector<Moments> values(10'001);
  for (std::size_t i = 0; i < values.size(); ++i) values[i].add(static_cast<double>(i % 2));
  DrawnRange range{0.01, 100, 400, 100};  // from meta-step 1 on: a hundred columns a decade
  range.log = true;
  const auto points = decimate({values.data(), values.size(), 1}, range);
  EXPECT_LE(points.size(), 2U * 402);
  const auto first = std::count_if(points.begin(), points.end(),
                                   [](const DrawnPoint& point) { return point.x <= 0.1; });
  EXPECT_GE(first, 10) << "none of the first ten is left out";
  for (std::size_t i = 1; i < points.size(); ++i) EXPECT_GT(points[i].x, points[i - 1].x);
  EXPECT_GE(points.back().x, 99);
}

TEST(SpreadLabels, NeverOverlapAndStayInside) {
  const auto y = spreadLabels({50, 51, 52, 200, 199}, 18, 0, 220);
  EXPECT_GE(y[1] - y[0], 17.9F);
  EXPECT_GE(y[2] - y[1], 17.9F);
  EXPECT_GE(y[3] - y[4], 17.9F);
  EXPECT_LE(y[3], 220 - 9 + 0.1F);
  EXPECT_NEAR((y[0] + y[1] + y[2]) / 3, 51, 0.1);  // the block stays centred on its wishes
}

TEST(Decimate, TakesNoMoreColumnsThanTheCurveReachesOver) {
  std::vector<Moments> values(1000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i].add(static_cast<double>(i % 7));
  // A tenth of the range's 500 columns.
  const auto points = decimate({values.data(), values.size(), 1}, {0, 100, 500, 100});
  EXPECT_LE(points.size(), 2U * 51);
  EXPECT_GE(points.size(), 50U);
}

TEST(Smoothing, IsTheMeanOfWhatIsKnownAround) {
  std::vector<Moments> values(20);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (i % 4 != 1) values[i].add(static_cast<double>(i * i));
  const auto smooth = smoothed({values.data(), values.size(), 1}, 3);
  for (std::size_t i = 0; i < values.size(); ++i) {
    double sum = 0, known = 0;
    for (std::size_t k = i < 3 ? 0 : i - 3; k < std::min(values.size(), i + 4); ++k)
      if (k % 4 != 1) sum += static_cast<double>(k * k), ++known;
    EXPECT_NEAR(smooth[i].mean, sum / known, 1e-4) << "position " << i;
  }
}

TEST(Smoothing, KeepsAConstant) {
  std::vector<Moments> values(50);
  for (auto& value : values) value.add(0.3);
  for (const Moments& value : smoothed({values.data(), values.size(), 1}, 5))
    EXPECT_NEAR(value.mean, 0.3, 1e-6);
}

// What was kept of earlier frames may change nothing, however the curve has grown since.
TEST(Smoothing, GoesOnWhereItWasAsIfFromTheStart) {
  std::vector<Moments> values(700), smooth;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (i % 9 != 4)
      values[i].add(std::sin(0.05 * static_cast<double>(i)) + 0.1 * static_cast<double>(i % 5));
  for (const std::size_t size : {3U, 8U, 30U, 31U, 200U, 200U, 207U, 650U, 700U}) {
    const Trace trace{values.data(), size, 1};
    smoothInto(smooth, trace, 10);
    const auto whole = smoothed(trace, 10);
    ASSERT_EQ(smooth.size(), whole.size());
    for (std::size_t i = 0; i < size; ++i) {
      ASSERT_NEAR(smooth[i].mean, whole[i].mean, 1e-6) << size << " positions, " << i;
      ASSERT_EQ(smooth[i].n, whole[i].n);
    }
  }
}

TEST(Smoothing, BeginsAnewForAnotherCurve) {
  std::vector<Moments> first(300), other(400), smooth;
  for (auto& value : first) value.add(0.3);
  for (std::size_t i = 0; i < other.size(); ++i) other[i].add(i < 5 ? 0.3 : 0.7);
  smoothInto(smooth, {first.data(), first.size(), 1}, 10);
  smoothInto(smooth, {other.data(), other.size(), 1}, 10);
  EXPECT_NEAR(smooth[150].mean, 0.7, 1e-6);
  smoothInto(smooth, {first.data(), 20, 1}, 10);
  ASSERT_EQ(smooth.size(), 20U);
  EXPECT_NEAR(smooth[15].mean, 0.3, 1e-6);
}

TEST(Decimate, PicksWhatAGrowingCurveGainsAsIfFromTheStart) {
  std::vector<Moments> values(9'000);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i].add(static_cast<double>(i * 2654435761U % 1000));
  PickedPoints picked;
  for (const std::size_t size : {1U, 50U, 51U, 4000U, 4013U, 9000U, 300U, 900U}) {
    for (const DrawnRange& range : {DrawnRange{0, 100, 333, 100}, DrawnRange{0, 100, 333, 100},
                                    DrawnRange{20.5, 60, 333, 100}}) {
      const Trace trace{values.data(), size, 1};
      const auto points = decimate(trace, range, picked), whole = decimate(trace, range);
      ASSERT_EQ(points.size(), whole.size()) << size;
      for (std::size_t i = 0; i < points.size(); ++i) {
        ASSERT_EQ(points[i].x, whole[i].x);
        ASSERT_EQ(points[i].mean, whole[i].mean);
      }
    }
  }
}

TEST(Labels, TheOutermostStayWhereThereIsNoRoomForAll) {
  const std::vector<float> wanted{50, 10, 52, 90, 30};
  EXPECT_EQ(keptLabels(wanted, 5), (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  // 50 stands between 30 and 52, 22 apart; 30 between 10 and 50, 40 apart; 52 the same.
  EXPECT_EQ(keptLabels(wanted, 4), (std::vector<std::size_t>{1, 2, 3, 4}));
  EXPECT_EQ(keptLabels(wanted, 2), (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(keptLabels(wanted, 0), (std::vector<std::size_t>{1}));
}

}  // namespace
}  // namespace dentate::ui
