#include "engine/measure/statistics.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace dentate::measure {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// How often 4 is drawn is binomial of four with 1/4: none 32 %, at most two 95 %, at most three
// 99.6 %. So the middle 95 % of the means reach from 0 to 3.
TEST(Estimate, IntervalOfFourValuesIsThatOfTheBinomial) {
  const std::array values{0.0, 4.0, 0.0, 0.0};
  const Estimate e = estimate(values, /*seed=*/1);
  EXPECT_DOUBLE_EQ(e.mean, 1);
  EXPECT_DOUBLE_EQ(e.sem, 1);  // squares 1 + 9 + 1 + 1 = 12; sqrt(12 / 3 / 4)
  EXPECT_DOUBLE_EQ(e.low, 0);
  EXPECT_DOUBLE_EQ(e.high, 3);
  EXPECT_EQ(e.count, 4U);
}

// For many values the means are normal, with the deviation sigma / sqrt n: here 1 / 20.
TEST(Estimate, IntervalOfManyValuesIsThatOfTheNormal) {
  std::vector<double> values(400, 1.0);
  for (std::size_t i = 0; i < values.size(); i += 2) values[i] = -1.0;
  const Estimate e = estimate(values, /*seed=*/2);
  EXPECT_NEAR(e.low, -1.96 / 20, 0.005);
  EXPECT_NEAR(e.high, 1.96 / 20, 0.005);
}

TEST(Estimate, IsTheSameForTheSameSeed) {
  const std::array values{0.11, 0.27, 0.64, 0.83, 1.9, 2.2, 3.7};
  EXPECT_EQ(estimate(values, 5).low, estimate(values, 5).low);
  EXPECT_NE(estimate(values, 5).low, estimate(values, 6).low);
}

TEST(Estimate, LeavesOutWhatIsNotANumber) {
  const std::array values{kNaN, 2.0, kNaN, 4.0};
  const Estimate e = estimate(values, 1);
  EXPECT_EQ(e.count, 2U);
  EXPECT_DOUBLE_EQ(e.mean, 3);
  EXPECT_DOUBLE_EQ(e.low, 2);  // both the same is drawn in a quarter of the samples
  EXPECT_DOUBLE_EQ(e.high, 4);
}

TEST(Estimate, OfOneValueHasNoInterval) {
  const std::array one{2.0};
  EXPECT_DOUBLE_EQ(estimate(one, 1).mean, 2);
  EXPECT_TRUE(std::isnan(estimate(one, 1).low) && std::isnan(estimate(one, 1).high));
  EXPECT_TRUE(std::isnan(estimate({}, 1).mean));
}

TEST(PairedDifference, TakesWhatTheReplicasShareOut) {
  const std::array first{10.0, 20.0, 30.0, kNaN};
  const std::array second{8.0, 17.0, 29.0, 1.0};
  const Estimate e = pairedDifference(first, second, 1);  // 2, 3, 1
  EXPECT_EQ(e.count, 3U);
  EXPECT_DOUBLE_EQ(e.mean, 2);
  EXPECT_NEAR(e.sem, std::sqrt(1.0 / 3), 1e-12);  // variance 1 over three
  EXPECT_DOUBLE_EQ(e.low, 1);                     // three times the same: 1 / 27 = 3.7 %
  EXPECT_DOUBLE_EQ(e.high, 3);
}

}  // namespace
}  // namespace dentate::measure
