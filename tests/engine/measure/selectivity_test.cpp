#include "engine/measure/selectivity.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace dentate::measure {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

TEST(Selectivity, ComparesThePreferredCategoryWithTheOthers) {
  // A column a unit: one category only; all alike; 6 against a mean of 2; silent.
  const std::array means{0.0F, 2.0F, 1.0F, 0.0F,  //
                         5.0F, 2.0F, 3.0F, 0.0F,  //
                         0.0F, 2.0F, 6.0F, 0.0F};
  const auto units = selectivity({means, 3, 4});
  ASSERT_EQ(units.size(), 4U);
  EXPECT_FLOAT_EQ(units[0].index, 1);
  EXPECT_EQ(units[0].preferred, 1);
  EXPECT_FLOAT_EQ(units[1].index, 0);
  EXPECT_EQ(units[1].preferred, 0);
  EXPECT_FLOAT_EQ(units[2].index, 0.5F);  // (6 - 2) / (6 + 2)
  EXPECT_EQ(units[2].preferred, 2);
  EXPECT_TRUE(std::isnan(units[3].index));
  EXPECT_EQ(units[3].preferred, -1);
}

TEST(Selectivity, LeavesOutCategoriesThatWereNotSeen) {
  const std::array means{kNaN, 1.0F, 3.0F};
  const auto units = selectivity({means, 3, 1});
  EXPECT_FLOAT_EQ(units[0].index, 0.5F);  // (3 - 1) / (3 + 1)
  EXPECT_EQ(units[0].preferred, 2);
  const std::array one{kNaN, kNaN, 3.0F};
  EXPECT_TRUE(std::isnan(selectivity({one, 3, 1})[0].index));
}

TEST(Sparseness, OfTrevesAndRollsIsTheShareOfUnitsThatAreAlikeActive) {
  std::vector<float> activities(40, 0.0F);
  activities[3] = activities[17] = activities[18] = activities[39] = 0.7F;
  EXPECT_NEAR(trevesRolls(activities), 0.1, 1e-12);  // 4 of 40
  const std::array graded{1.0F, 2.0F, 3.0F};         // (6 / 3)^2 / (14 / 3)
  EXPECT_NEAR(trevesRolls(graded), 4.0 / (14.0 / 3), 1e-12);
  EXPECT_TRUE(std::isnan(trevesRolls(std::vector<float>(5))));
  EXPECT_TRUE(std::isnan(trevesRolls({})));
}

TEST(Sparseness, OfAPopulationLeavesOutSilentPatterns) {
  const std::array patterns{1.0F, 0.0F, 9.0F, 0.0F, 0.0F, 9.0F, kNaN, kNaN, 9.0F};
  EXPECT_NEAR(populationSparseness({patterns, 3, 2, 3}), 1.0 / 2, 1e-12);  // 1/2, silent, NaN
  const std::array alike{1.0F, 0.0F, 2.0F, 2.0F};
  EXPECT_NEAR(populationSparseness({alike, 2, 2}), 0.75, 1e-12);  // 1/2, 1
}

TEST(Hoyer, IsOneForOneWeightAndZeroForAllAlike) {
  std::vector<float> weights(36, -0.25F);
  EXPECT_NEAR(hoyerSparsity({weights, 6, 6}), 0, 1e-12);
  weights.assign(36, 0.0F);
  EXPECT_TRUE(std::isnan(hoyerSparsity({weights, 6, 6})));
  weights[20] = -3.0F;
  EXPECT_NEAR(hoyerSparsity({weights, 6, 6}), 1, 1e-12);
  const std::array four{3.0F, 0.0F, -4.0F, 0.0F};  // (2 - 7 / 5) / (2 - 1)
  EXPECT_NEAR(hoyerSparsity({four, 2, 2}), 0.6, 1e-12);
  EXPECT_TRUE(std::isnan(hoyerSparsity({four, 1, 1})));
}

TEST(Hoyer, ReadsRowsWithoutWhatStandsBehindThem) {
  const std::array padded{3.0F, 0.0F, kNaN, -4.0F, 0.0F, kNaN};
  EXPECT_NEAR(hoyerSparsity({padded, 2, 2, 3}), 0.6, 1e-12);
  EXPECT_NEAR(shareOfSmall({padded, 2, 2, 3}), 0.5, 1e-12);
}

TEST(ShareOfSmall, IsRelativeToTheLargestByMagnitude) {
  // The largest is 2, so that small is below 0.02.
  std::vector<float> weights(40, 1.0F);
  weights[5] = -2.0F;
  weights[0] = 0.019F;
  weights[39] = -0.019F;
  weights[20] = 0.021F;
  weights[21] = 0;
  EXPECT_NEAR(shareOfSmall({weights, 2, 20}), 3.0 / 40, 1e-12);
  EXPECT_NEAR(shareOfSmall({weights, 2, 20}, 0.4), 4.0 / 40, 1e-12);  // below 0.8
  weights[39] = -20.0F;
  EXPECT_NEAR(shareOfSmall({weights, 2, 20}), 3.0 / 40, 1e-12);  // below 0.2
  EXPECT_TRUE(std::isnan(shareOfSmall({std::vector<float>(4), 2, 2})));
}

TEST(DeadUnits, AreActiveInNoPattern) {
  const std::array patterns{0.0F, 1.0F, 0.0F, -1.0F, 0.0F, 0.0F, 0.5F, -2.0F};
  EXPECT_EQ(deadUnits({patterns, 2, 4}), (std::vector<std::int32_t>{0, 3}));
  EXPECT_EQ(deadUnits({{}, 0, 2}), (std::vector<std::int32_t>{0, 1}));
}

}  // namespace
}  // namespace dentate::measure
