#include "ui/histories.h"

#include <gtest/gtest.h>

#include <cmath>

namespace dentate::ui {
namespace {

link::StepPoint step(std::uint64_t run, std::int64_t at, float alpha, std::size_t replica = 0) {
  link::StepPoint point;
  point.run = run;
  point.replica = replica;
  point.step = at;
  point.alpha = {alpha};
  return point;
}

link::Snapshot listing(const std::vector<std::uint64_t>& runs) {
  link::Snapshot now;
  for (const auto run : runs) {
    link::RunEntry entry;
    entry.run = run;
    now.runs.push_back(entry);
  }
  return now;
}

TEST(Histories, SortPointsByTheirRun) {
  Histories histories;
  histories.take(listing({1, 2}), {step(1, 0, 0.1F), step(2, 0, 0.2F), step(1, 1, 0.3F)});
  EXPECT_EQ(histories.of(1).positions(), 2U);
  EXPECT_EQ(histories.of(2).positions(), 1U);
  EXPECT_EQ(histories.of(2).alpha(0).at(0).mean, 0.2F);
  EXPECT_EQ(histories.of(7).positions(), 0U) << "not listed";
}

TEST(Histories, PointsOfARunThatIsNotListedYetWait) {
  Histories histories;
  histories.take(listing({1}), {step(1, 0, 0.1F), step(3, 0, 0.5F), step(3, 1, 0.6F)});
  histories.take(listing({1, 3}), {step(3, 2, 0.7F)});
  EXPECT_EQ(histories.of(3).positions(), 3U);
  EXPECT_EQ(histories.of(3).alpha(0).last().mean, 0.7F);
}

TEST(Histories, WhatIsNotListedAnyMoreIsForgotten) {
  Histories histories;
  histories.take(listing({1, 2}), {step(1, 0, 0.1F), step(2, 0, 0.1F)});
  histories.take(listing({2}), {step(1, 1, 0.1F), step(2, 1, 0.1F)});
  EXPECT_EQ(histories.of(1).positions(), 0U);
  EXPECT_EQ(histories.of(2).positions(), 2U);
  histories.take(listing({1, 2}), {});
  EXPECT_EQ(histories.of(1).positions(), 0U) << "it did not come back";
}

TEST(Histories, ADroppedRunIsKeptWhileItCanBeBroughtBack) {
  Histories histories;
  histories.take(listing({1, 2}), {step(1, 0, 0.1F), step(2, 0, 0.1F)});
  auto dropped = listing({2});
  dropped.dropped = listing({1}).runs;
  histories.take(dropped, {step(1, 1, 0.1F)});
  histories.take(listing({1, 2}), {});
  EXPECT_EQ(histories.of(1).positions(), 2U) << "with what came after it was dropped";
}

TEST(Difference, OfTwoMeansHasTheErrorOfBoth) {
  Moments a, b;
  for (const double value : {1.0, 2.0, 3.0}) a.add(value);
  for (const double value : {0.0, 1.0, 5.0}) b.add(value);
  const auto out = difference(a, b);
  EXPECT_EQ(out.n, 3U);
  EXPECT_NEAR(out.mean, 0, 1e-6);
  EXPECT_NEAR(out.sem(), std::hypot(a.sem(), b.sem()), 1e-6);
  EXPECT_EQ(difference(a, a).sem(), 0) << "the same networks";
  EXPECT_EQ(difference(a, Moments()).n, 0U);
}

std::vector<Moments> ramp(std::size_t size, double slope) {
  std::vector<Moments> out(size);
  for (std::size_t i = 0; i < size; ++i) out[i].add(slope * static_cast<double>(i));
  return out;
}

TEST(Difference, OfTracesGoesByMetaStepAsFarAsBothAreKnown) {
  const auto fine = ramp(9, 1), coarse = ramp(4, 4);  // both equal to the meta-step
  const Trace a{fine.data(), fine.size(), 1}, b{coarse.data(), coarse.size(), 4};
  const Trace on_coarse = difference(b, a);
  ASSERT_EQ(on_coarse.size, 3U);  // meta-steps 0, 4, 8; 12 is not known of the other
  for (std::size_t i = 0; i < on_coarse.size; ++i) EXPECT_EQ(on_coarse.at(i).mean, 0);
  EXPECT_EQ(on_coarse.step(2), 8);
  const Trace on_fine = difference(a, b);
  EXPECT_EQ(on_fine.at(8).mean, 0);
  EXPECT_EQ(difference(a, Trace()).size, 0U);
  const auto end = difference(Trace{fine.data(), fine.size(), 8}, b);
  EXPECT_EQ(end.size, 2U) << "meta-steps 0 and 8 of 0 to 12";
}

TEST(Difference, OfRunsWithOtherTasksGoesByTask) {
  const auto short_tasks = ramp(5, 1), long_tasks = ramp(9, 0.5);
  Trace a{short_tasks.data(), short_tasks.size(), 1}, b{long_tasks.data(), long_tasks.size(), 1};
  a.scale = 2;  // 10 meta-steps a task against 20
  const Trace both = difference(a, b);
  ASSERT_EQ(both.size, 5U);
  EXPECT_EQ(both.step(4), 8);
  for (std::size_t i = 0; i < both.size; ++i) EXPECT_EQ(both.at(i).mean, 0);
}

}  // namespace
}  // namespace dentate::ui
