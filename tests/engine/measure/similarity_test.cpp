#include "engine/measure/similarity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/data/random.h"

namespace dentate::measure {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

TEST(Similarity, PearsonIsTheCosineAboutTheMean) {
  // Deviations (-1, 0, 1), (1, 0, -1) and (0, -1, 1), each of length sqrt 2.
  const std::array values{1.0F, 2.0F, 3.0F, 7.0F, 6.0F, 5.0F, 1.0F, 0.0F, 2.0F};
  const Matrix r = similarityMatrix({values, 3, 3}, Similarity::Pearson);
  EXPECT_EQ(r.at(0, 0), 1.0F);
  EXPECT_NEAR(r.at(0, 1), -1, 1e-6);
  EXPECT_NEAR(r.at(0, 2), 0.5, 1e-6);
  EXPECT_NEAR(r.at(2, 1), -0.5, 1e-6);
  EXPECT_NEAR(meanOffDiagonal(r), -1.0 / 3, 1e-6);  // (-1 + 0.5 - 0.5) / 3
}

TEST(Similarity, CosineIsAboutZero) {
  const std::array values{3.0F, 4.0F, 4.0F, 3.0F, 2.0F, 0.0F};
  const Matrix c = similarityMatrix({values, 3, 2}, Similarity::Cosine);
  EXPECT_NEAR(c.at(0, 1), 24.0 / 25, 1e-6);
  EXPECT_NEAR(c.at(0, 2), 3.0 / 5, 1e-6);
  EXPECT_NEAR(c.at(1, 2), 4.0 / 5, 1e-6);
}

// The textbook's formula from sums, over sizes that are no multiple of any block.
TEST(Similarity, AgreesWithTheSumsOfProducts) {
  constexpr std::size_t kPatterns = 133, kUnits = 83, kStride = 96;
  data::Random chance(1, "similarity test");
  std::vector<float> values(kPatterns * kStride, kNaN);  // behind the units: not to be read
  for (std::size_t p = 0; p < kPatterns; ++p)
    for (std::size_t u = 0; u < kUnits; ++u)
      values[p * kStride + u] = static_cast<float>(std::max(chance.normal(), 0.0));
  const Matrix r = similarityMatrix({values, kPatterns, kUnits, kStride}, Similarity::Pearson);
  for (std::size_t p = 0; p < kPatterns; ++p)
    for (std::size_t q = 0; q < kPatterns; ++q) {
      double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
      for (std::size_t u = 0; u < kUnits; ++u) {
        const double a = values[p * kStride + u], b = values[q * kStride + u];
        x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
      }
      const double expected =
          (kUnits * xy - x * y) / std::sqrt(kUnits * xx - x * x) / std::sqrt(kUnits * yy - y * y);
      ASSERT_NEAR(r.at(p, q), expected, 2e-6) << p << ", " << q;
      ASSERT_EQ(r.at(p, q), r.at(q, p));
    }
}

TEST(Similarity, IsNotDefinedForAPatternWithoutDirection) {
  // Constant at a number that floats do not hold exactly; with NaN; with infinity.
  const std::array values{0.1F, 0.1F, 0.1F, 1.0F, 2.0F,      4.0F, kNaN, 1.0F,
                          2.0F, 1.0F, 0.0F, 0.0F, kInfinity, 1.0F, 2.0F};
  const Matrix r = similarityMatrix({values, 5, 3}, Similarity::Pearson);
  for (const std::size_t undefined : {0U, 2U, 4U})
    for (std::size_t q = 0; q < 5; ++q) {
      EXPECT_TRUE(std::isnan(r.at(undefined, q))) << undefined << ", " << q;
      EXPECT_TRUE(std::isnan(r.at(q, undefined))) << q << ", " << undefined;
    }
  EXPECT_EQ(r.at(1, 1), 1.0F);
  EXPECT_DOUBLE_EQ(meanOffDiagonal(r), r.at(1, 3));  // the one pair that is left

  const std::array silent{0.0F, 0.0F, 0.1F, 0.1F};
  const Matrix c = similarityMatrix({silent, 2, 2}, Similarity::Cosine);
  EXPECT_TRUE(std::isnan(c.at(0, 0)) && std::isnan(c.at(0, 1)));
  EXPECT_EQ(c.at(1, 1), 1.0F);
  EXPECT_TRUE(std::isnan(meanOffDiagonal(c)));
}

TEST(Similarity, HoldsForActivitiesOfAnySize) {
  const std::array values{1e-30F, 2e-30F, 3e-30F, 1e30F, 0.0F, 2e30F};
  EXPECT_NEAR(similarityMatrix({values, 2, 3}, Similarity::Pearson).at(0, 1), 0.5, 1e-6);
}

TEST(Similarity, OfNothingIsEmpty) {
  EXPECT_TRUE(similarityMatrix({{}, 0, 3}, Similarity::Pearson).values.empty());
  EXPECT_TRUE(std::isnan(similarityMatrix({{}, 1, 0}, Similarity::Cosine).at(0, 0)));
}

TEST(MeanPatterns, AverageTheRowsOfEachGroup) {
  const std::array values{1.0F, 2.0F, 3.0F, 6.0F, 9.0F, 9.0F, 5.0F, 7.0F};
  const std::array<std::int32_t, 4> group{2, 0, -1, 2};
  const Matrix means = meanPatterns({values, 4, 2}, group, 3);
  EXPECT_EQ(means.at(0, 0), 3.0F);
  EXPECT_EQ(means.at(0, 1), 6.0F);
  EXPECT_TRUE(std::isnan(means.at(1, 0)));  // no row
  EXPECT_EQ(means.at(2, 0), 3.0F);          // (1 + 5) / 2
  EXPECT_EQ(means.at(2, 1), 4.5F);          // (2 + 7) / 2
}

}  // namespace
}  // namespace dentate::measure
