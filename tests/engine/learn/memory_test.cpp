#include "engine/learn/memory.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/spec/corrections.h"

namespace dentate::learn {
namespace {

data::Sample sample(std::int32_t item) {
  data::Sample made;
  made.place = item;
  return made;
}

spec::RuleSpec rule(std::int64_t capacity, bool as_published) {
  spec::RuleSpec made;
  made.memory = capacity;
  made.as_published = as_published;
  return made;
}

ReplayMemory memory(std::int64_t capacity, bool as_published) {
  return {rule(capacity, as_published), data::Random(3, "replay")};
}

// Share of runs in which the first sample is still held after `offered` samples.
double keptFirst(const spec::RuleSpec& rule, std::int32_t offered) {
  constexpr int kRuns = 20'000;
  int kept = 0;
  for (int run = 0; run < kRuns; ++run) {
    ReplayMemory held(rule, data::Random(static_cast<std::uint64_t>(run), "replay"));
    for (std::int32_t i = 0; i < offered; ++i) held.offer(sample(i));
    for (const auto& each : held.held()) kept += each.place == 0 ? 1 : 0;
  }
  return static_cast<double>(kept) / kRuns;
}

TEST(ReplayMemory, KeepsEverythingUntilItIsFull) {
  auto held = memory(3, true);
  EXPECT_TRUE(held.draw(5).empty());
  held.offer(sample(1));
  held.offer(sample(2));
  EXPECT_EQ(held.held().size(), 2U);
  for (std::int32_t i = 3; i < 50; ++i) held.offer(sample(i));
  EXPECT_EQ(held.held().size(), 3U);
}

TEST(ReplayMemory, CorrectedReservoirKeepsEverySampleAlike) {
  // capacity / offered = 2 / 4; standard error over 20,000 runs is 0.0035.
  EXPECT_NEAR(keptFirst(rule(2, /*as_published=*/false), 4), 0.5, 0.015);
}

TEST(ReplayMemory, PublishedReservoirReplacesALittleTooSeldom) {
  // The third sample replaces the first with probability 1/4 in place of 1/3, the fourth with 1/5
  // in place of 1/4: 3/4 * 4/5 = 0.6.
  EXPECT_NEAR(keptFirst(rule(2, /*as_published=*/true), 4), 0.6, 0.015);
}

std::set<std::int32_t> replayed(const spec::RuleSpec& rule) {
  ReplayMemory held(rule, data::Random(3, "replay"));
  held.beginTask();
  held.offer(sample(1));
  held.beginTask();
  held.offer(sample(2));
  std::set<std::int32_t> seen;
  for (int i = 0; i < 50; ++i)
    for (const auto& each : held.draw(2)) seen.insert(each.place);
  return seen;
}

TEST(ReplayMemory, EachQuirkIsCorrectedOnItsOwn) {
  const auto index =
      spec::corrected(rule(2, /*as_published=*/true), spec::Corrections::ReservoirIndex);
  EXPECT_NEAR(keptFirst(index, 4), 0.5, 0.015);
  EXPECT_EQ(replayed(index), (std::set<std::int32_t>{1, 2}));
  const auto old = spec::corrected(rule(2, /*as_published=*/true), spec::Corrections::OldMemory);
  EXPECT_NEAR(keptFirst(old, 4), 0.6, 0.015);
  EXPECT_EQ(replayed(old), std::set<std::int32_t>{1});
}

TEST(ReplayMemory, DrawsNoMoreThanItHolds) {
  auto held = memory(10, true);
  held.offer(sample(1));
  held.offer(sample(2));
  EXPECT_EQ(held.draw(5).size(), 2U);
  EXPECT_EQ(held.draw(1).size(), 1U);
}

TEST(ReplayMemory, CorrectedReplaysEarlierTasksOnly) {
  auto held = memory(10, false);
  held.beginTask();
  held.offer(sample(1));
  EXPECT_TRUE(held.draw(5).empty()) << "nothing came before the first task";
  held.beginTask();
  held.offer(sample(2));
  for (const auto& each : held.draw(5)) EXPECT_EQ(each.place, 1);
}

TEST(ReplayMemory, PublishedReplaysTheCurrentTaskToo) {
  EXPECT_EQ(replayed(rule(10, /*as_published=*/true)), (std::set<std::int32_t>{1, 2}));
}

}  // namespace
}  // namespace dentate::learn
