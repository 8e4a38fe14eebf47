// Whether two runs measured the same, bit by bit.
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/run/record.h"

namespace dentate::test {

// Replica by replica, as a Record has it.
inline run::Record recordOf(const std::vector<link::MetricPoint>& points) {
  run::Record record;
  record.add(points);
  record.sort();
  return record;
}

inline bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

inline void expectSameRecord(const run::Record& a, const run::Record& b) {
  ASSERT_EQ(a.steps.size(), b.steps.size());
  for (std::size_t i = 0; i < a.steps.size(); ++i) {
    EXPECT_EQ(a.steps[i].replica, b.steps[i].replica);
    EXPECT_EQ(a.steps[i].step, b.steps[i].step);
    EXPECT_EQ(a.steps[i].task, b.steps[i].task);
    EXPECT_TRUE(same(a.steps[i].meta_loss, b.steps[i].meta_loss));
    EXPECT_EQ(a.steps[i].work, b.steps[i].work);
    EXPECT_EQ(a.steps[i].alpha, b.steps[i].alpha);
    EXPECT_EQ(a.steps[i].m, b.steps[i].m);
    if (a.steps[i].step == 0) continue;  // no activity yet
    EXPECT_EQ(a.steps[i].active_fraction, b.steps[i].active_fraction);
  }
  ASSERT_EQ(a.accuracy.size(), b.accuracy.size());
  for (std::size_t i = 0; i < a.accuracy.size(); ++i) {
    EXPECT_EQ(a.accuracy[i].replica, b.accuracy[i].replica);
    EXPECT_EQ(a.accuracy[i].step, b.accuracy[i].step);
    EXPECT_EQ(a.accuracy[i].after_task, b.accuracy[i].after_task);
    EXPECT_EQ(a.accuracy[i].task, b.accuracy[i].task);
    EXPECT_EQ(a.accuracy[i].category, b.accuracy[i].category);
    EXPECT_EQ(a.accuracy[i].item, b.accuracy[i].item);
    EXPECT_EQ(a.accuracy[i].item_in_memory, b.accuracy[i].item_in_memory);
    EXPECT_EQ(a.accuracy[i].item_outside, b.accuracy[i].item_outside);
    EXPECT_EQ(a.accuracy[i].in_memory, b.accuracy[i].in_memory);
    EXPECT_EQ(a.accuracy[i].outside, b.accuracy[i].outside);
  }
  ASSERT_EQ(a.sparsity.size(), b.sparsity.size());
  for (std::size_t i = 0; i < a.sparsity.size(); ++i) {
    EXPECT_EQ(a.sparsity[i].replica, b.sparsity[i].replica);
    EXPECT_EQ(a.sparsity[i].after_task, b.sparsity[i].after_task);
    EXPECT_EQ(a.sparsity[i].dead, b.sparsity[i].dead);
    EXPECT_EQ(a.sparsity[i].variance, b.sparsity[i].variance);
    EXPECT_EQ(a.sparsity[i].hoyer, b.sparsity[i].hoyer);
    EXPECT_EQ(a.sparsity[i].near_zero, b.sparsity[i].near_zero);
  }
}

}  // namespace dentate::test
