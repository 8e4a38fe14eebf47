#include "engine/measure/projection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/data/random.h"
#include "engine/measure/similarity.h"
#include "engine/measure/spectrum.h"

namespace dentate::measure {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

void expectAt(const Projection& projection, std::size_t pattern, double x, double y) {
  EXPECT_NEAR(projection.coordinates.at(pattern, 0), x, 1e-4) << "pattern " << pattern;
  EXPECT_NEAR(projection.coordinates.at(pattern, 1), y, 1e-4) << "pattern " << pattern;
}

double between(const Matrix& points, std::size_t p, std::size_t q) {
  double squares = 0;
  for (std::size_t c = 0; c < points.columns; ++c)
    squares += std::pow(static_cast<double>(points.at(p, c)) - points.at(q, c), 2);
  return std::sqrt(squares);
}

Matrix distancesOf(const Matrix& points) {
  Matrix distances{points.rows, points.rows, std::vector<float>(points.rows * points.rows)};
  for (std::size_t p = 0; p < points.rows; ++p)
    for (std::size_t q = 0; q < points.rows; ++q)
      distances.at(p, q) = static_cast<float>(between(points, p, q));
  return distances;
}

Matrix randomPatterns(std::size_t patterns, std::size_t units) {
  data::Random chance(4, "projection test");
  Matrix made{patterns, units, std::vector<float>(patterns * units)};
  for (float& v : made.values) v = static_cast<float>(std::max(chance.normal(), 0.0));
  return made;
}

// A rectangle of 6 by 2 at (5, 10, -7), across the last two units: variances 36 and 4.
const Matrix kRectangle{4, 3, {5, 13, -6, 5, 13, -8, 5, 7, -6, 5, 7, -8}};

TEST(PrincipalComponents, LieAlongTheLongestSides) {
  const Projection p = principalComponents(kRectangle.view());
  expectAt(p, 0, 3, 1);
  expectAt(p, 1, 3, -1);
  expectAt(p, 2, -3, 1);
  expectAt(p, 3, -3, -1);
  EXPECT_NEAR(p.share[0], 0.9, 1e-5);
  EXPECT_NEAR(p.share[1], 0.1, 1e-5);
}

TEST(PrincipalComponents, ShareIsOfAllVariance) {
  // Pairs at 5, 2 and 1 along three axes: variances 50, 8, 2.
  const Matrix points{6, 3, {5, 0, 0, -5, 0, 0, 0, -2, 0, 0, 2, 0, 0, 0, 1, 0, 0, -1}};
  const Projection p = principalComponents(points.view());
  EXPECT_NEAR(p.share[0], 50.0 / 60, 1e-5);
  EXPECT_NEAR(p.share[1], 8.0 / 60, 1e-5);
  expectAt(p, 0, 5, 0);
  expectAt(p, 2, 0, 2);  // the first of the largest is positive, whatever its sign was
  expectAt(p, 3, 0, -2);
  expectAt(p, 4, 0, 0);
}

TEST(PrincipalComponents, AgreeWithTheSpectrumOfTheCovariance) {
  constexpr std::size_t kPatterns = 150, kUnits = 40;
  const Matrix patterns = randomPatterns(kPatterns, kUnits);
  std::vector<double> mean(kUnits), covariance(kUnits * kUnits);
  for (std::size_t p = 0; p < kPatterns; ++p)
    for (std::size_t u = 0; u < kUnits; ++u) mean[u] += patterns.at(p, u) / double{kPatterns};
  for (std::size_t p = 0; p < kPatterns; ++p)
    for (std::size_t u = 0; u < kUnits; ++u)
      for (std::size_t v = 0; v < kUnits; ++v)
        covariance[u * kUnits + v] += (patterns.at(p, u) - mean[u]) * (patterns.at(p, v) - mean[v]);
  auto values = eigenvalues(covariance, kUnits);
  std::sort(values.rbegin(), values.rend());
  double total = 0;
  for (const double v : values) total += v;

  const Projection p = principalComponents(patterns.view());
  for (std::size_t axis = 0; axis < 2; ++axis) {
    EXPECT_NEAR(p.share[axis], values[axis] / total, 1e-5);
    double squares = 0;
    for (std::size_t i = 0; i < kPatterns; ++i) squares += std::pow(p.coordinates.at(i, axis), 2);
    EXPECT_NEAR(squares, values[axis], 1e-4 * values[axis]);
  }
}

TEST(PrincipalComponents, LeaveOutWhatIsNotFinite) {
  Matrix patterns = kRectangle;
  patterns.rows = 6;
  patterns.values.insert(patterns.values.end(), {5, kNaN, 0, 1e38F, 0, -1 / 0.0F});
  const Projection p = principalComponents(patterns.view());
  expectAt(p, 0, 3, 1);
  expectAt(p, 3, -3, -1);
  EXPECT_TRUE(std::isnan(p.coordinates.at(4, 0)) && std::isnan(p.coordinates.at(4, 1)));
  EXPECT_TRUE(std::isnan(p.coordinates.at(5, 0)) && std::isnan(p.coordinates.at(5, 1)));
}

TEST(PrincipalComponents, OfPatternsOfAnySize) {
  Matrix patterns = kRectangle;
  for (float& v : patterns.values) v *= 1e30F;
  const Projection p = principalComponents(patterns.view());
  EXPECT_NEAR(p.coordinates.at(0, 0) / 3e30, 1, 1e-4);
  EXPECT_NEAR(p.share[1], 0.1, 1e-4);
}

TEST(PrincipalComponents, OfFewOrEqualPatterns) {
  EXPECT_TRUE(principalComponents({{}, 0, 3}).coordinates.values.empty());
  const std::array one{3.0F, 4.0F};
  expectAt(principalComponents({one, 1, 2}), 0, 0, 0);
  EXPECT_EQ(principalComponents({one, 1, 2}).share[0], 0);

  const std::array two{0.0F, 0.0F, 3.0F, 4.0F};  // five apart
  const Projection pair = principalComponents({two, 2, 2});
  expectAt(pair, 0, 2.5, 0);
  expectAt(pair, 1, -2.5, 0);
  EXPECT_NEAR(pair.share[0], 1, 1e-6);
  EXPECT_EQ(pair.share[1], 0);

  const std::vector<float> equal(21, 0.1F);
  const Projection same = principalComponents({equal, 7, 3});
  for (std::size_t p = 0; p < 7; ++p) expectAt(same, p, 0, 0);
  EXPECT_EQ(same.share, (std::array{0.0, 0.0}));
}

TEST(Scaling, GivesBackTheDistancesOfPointsInAPlane) {
  const Matrix points{5, 2, {0, 0, 4, 1, -2, 3, 7, -5, 1, 1}};
  const Projection p = scaleDistances(distancesOf(points));
  for (std::size_t i = 0; i < 5; ++i)
    for (std::size_t j = 0; j < 5; ++j)
      EXPECT_NEAR(between(p.coordinates, i, j), between(points, i, j), 1e-4);
  EXPECT_NEAR(p.share[0] + p.share[1], 1, 1e-5);
}

TEST(Scaling, OfEuclideanDistancesIsPca) {
  const Matrix patterns = randomPatterns(60, 5);
  const Projection scaled = scaleDistances(distancesOf(patterns));
  const Projection components = principalComponents(patterns.view());
  for (std::size_t p = 0; p < 60; ++p)
    for (std::size_t axis = 0; axis < 2; ++axis)
      EXPECT_NEAR(scaled.coordinates.at(p, axis), components.coordinates.at(p, axis), 1e-3);
  EXPECT_NEAR(scaled.share[0], components.share[0], 1e-5);
  EXPECT_NEAR(scaled.share[1], components.share[1], 1e-5);
}

TEST(Scaling, OfSimilaritiesIsThatOfTheirDistances) {
  const Matrix s = similarityMatrix(randomPatterns(40, 30).view(), Similarity::Pearson);
  Matrix d = s;
  for (float& v : d.values) v = std::sqrt(2 - 2 * v);
  const Projection a = scaleSimilarities(s), b = scaleDistances(d);
  for (std::size_t p = 0; p < 40; ++p)
    for (std::size_t axis = 0; axis < 2; ++axis)
      EXPECT_NEAR(a.coordinates.at(p, axis), b.coordinates.at(p, axis), 1e-3);
  EXPECT_NEAR(a.share[0], b.share[0], 1e-5);
  // Four directions a quarter of a turn apart lie on the unit circle.
  const std::array compass{2.0F, 0.0F, 0.0F, 3.0F, -1.0F, 0.0F, 0.0F, -5.0F};
  const Projection square =
      scaleSimilarities(similarityMatrix({compass, 4, 2}, Similarity::Cosine));
  EXPECT_NEAR(between(square.coordinates, 0, 1), std::sqrt(2.0), 1e-4);
  EXPECT_NEAR(between(square.coordinates, 1, 3), 2, 1e-4);
  EXPECT_NEAR(square.share[0], 0.5, 1e-5);
}

// B = l u u' + 0.5 v v' - (all that is left), with u linear and v quadratic over 24 patterns: no
// points have such distances, and more eigenvalues are -1 than 0.5 is large.
TEST(Scaling, OfDistancesThatNoPointsHaveTakesThePositivePart) {
  constexpr std::size_t kPatterns = 24;
  constexpr double kFirst = 2400;
  std::array<double, kPatterns> u{}, v{};
  double uu = 0, vv = 0;
  for (std::size_t i = 0; i < kPatterns; ++i) {
    u[i] = static_cast<double>(i) - 11.5;
    v[i] = u[i] * u[i] - 575.0 / 12;  // less its mean, (24^2 - 1) / 12
    uu += u[i] * u[i];
    vv += v[i] * v[i];
  }
  Matrix d{kPatterns, kPatterns, std::vector<float>(kPatterns * kPatterns)};
  for (std::size_t i = 0; i < kPatterns; ++i)
    for (std::size_t j = 0; j < kPatterns; ++j) {
      const double along_u = std::pow(u[i] - u[j], 2) / uu, along_v = std::pow(v[i] - v[j], 2) / vv;
      const double squared = (kFirst + 1) * along_u + 1.5 * along_v - (i == j ? 0 : 2);
      ASSERT_GE(squared, 0);
      d.at(i, j) = static_cast<float>(std::sqrt(squared));
    }
  const Projection p = scaleDistances(d);
  EXPECT_NEAR(p.share[0], kFirst / (kFirst + 0.5), 1e-5);
  EXPECT_NEAR(p.share[1], 0.5 / (kFirst + 0.5), 1e-5);
  for (std::size_t i = 0; i < kPatterns; ++i) {
    EXPECT_NEAR(p.coordinates.at(i, 0), -u[i] * std::sqrt(kFirst / uu), 1e-2);  // 0: positive
    EXPECT_NEAR(p.coordinates.at(i, 1), v[i] * std::sqrt(0.5 / vv), 1e-2);
  }
}

TEST(Scaling, LeavesOutPatternsWithoutSimilarityAndMissingDistances) {
  const std::array patterns{2.0F, 0.0F, 0.0F, 0.0F, 0.0F, 3.0F, -1.0F, 0.0F};
  const Projection p = scaleSimilarities(similarityMatrix({patterns, 4, 2}, Similarity::Cosine));
  EXPECT_TRUE(std::isnan(p.coordinates.at(1, 0)) && std::isnan(p.coordinates.at(1, 1)));
  EXPECT_NEAR(between(p.coordinates, 0, 3), 2, 1e-4);
  EXPECT_NEAR(between(p.coordinates, 0, 2), std::sqrt(2.0), 1e-4);

  Matrix gaps = distancesOf({4, 1, {0, 1, 3, 6}});
  gaps.at(1, 2) = gaps.at(2, 1) = gaps.at(0, 2) = gaps.at(2, 0) = kNaN;  // both of pattern 2
  const Projection q = scaleDistances(gaps);
  EXPECT_TRUE(std::isnan(q.coordinates.at(2, 0)));
  EXPECT_NEAR(between(q.coordinates, 0, 3), 6, 1e-4);
  EXPECT_NEAR(between(q.coordinates, 1, 3), 5, 1e-4);
}

TEST(Scaling, OfNothingOrOfEquals) {
  EXPECT_TRUE(scaleDistances({}).coordinates.values.empty());
  EXPECT_TRUE(scaleSimilarities({}).coordinates.values.empty());
  const Matrix same{9, 9, std::vector<float>(81, 1.0F)};
  expectAt(scaleSimilarities(same), 4, 0, 0);
  // One pattern at several strengths: its similarities are 1 but for rounding.
  const Matrix strengths{
      4, 3, {0.1F, 0.7F, 0.3F, 0.2F, 1.4F, 0.6F, 0.3F, 2.1F, 0.9F, 0.7F, 4.9F, 2.1F}};
  const Projection alike =
      scaleSimilarities(similarityMatrix(strengths.view(), Similarity::Cosine));
  for (std::size_t p = 0; p < 4; ++p) EXPECT_EQ(alike.coordinates.at(p, 0), 0);
  EXPECT_EQ(alike.share[0], 0);
  const Matrix none{9, 9, std::vector<float>(81, 0.0F)};
  expectAt(scaleDistances(none), 4, 0, 0);
  EXPECT_TRUE(std::isnan(scaleSimilarities({1, 1, {kNaN}}).coordinates.at(0, 0)));
}

TEST(Projection, IsTheSameEachTime) {
  const Matrix patterns = randomPatterns(70, 30);
  EXPECT_EQ(principalComponents(patterns.view()).coordinates,
            principalComponents(patterns.view()).coordinates);
}

Projection turned(const Projection& from, double angle, bool mirror) {
  Projection to = from;
  for (std::size_t p = 0; p < from.coordinates.rows; ++p) {
    const double x = from.coordinates.at(p, 0);
    const double y = (mirror ? -1 : 1) * static_cast<double>(from.coordinates.at(p, 1));
    to.coordinates.at(p, 0) = static_cast<float>(std::cos(angle) * x - std::sin(angle) * y);
    to.coordinates.at(p, 1) = static_cast<float>(std::sin(angle) * x + std::cos(angle) * y);
  }
  return to;
}

TEST(AlignedTo, UndoesATurnAndAMirror) {
  const Projection before = principalComponents(kRectangle.view());
  for (const bool mirror : {false, true})
    for (const double angle : {0.0, 0.9, 2.0, -3.0}) {
      const Projection after = alignedTo(before, turned(before, angle, mirror));
      for (std::size_t p = 0; p < 4; ++p)
        expectAt(after, p, before.coordinates.at(p, 0), before.coordinates.at(p, 1));
    }
}

TEST(AlignedTo, TakesTheSharesAlong) {
  const Projection before = principalComponents(kRectangle.view());
  const Projection upright = turned(before, std::acos(0.0), false);
  const Projection after = alignedTo(upright, before);
  EXPECT_NEAR(after.share[0], 0.1, 1e-5);
  EXPECT_NEAR(after.share[1], 0.9, 1e-5);
  expectAt(after, 0, -1, 3);  // (3, 1), a quarter of a turn on
}

TEST(AlignedTo, GoesByThePatternsThatBothHave) {
  Projection before = principalComponents(kRectangle.view());
  Projection now = turned(before, 1.1, true);
  before.coordinates.at(0, 0) = before.coordinates.at(0, 1) = kNaN;
  now.coordinates.at(1, 0) = now.coordinates.at(1, 1) = kNaN;
  const Projection after = alignedTo(before, now);
  expectAt(after, 0, 3, 1);
  expectAt(after, 2, -3, 1);
  expectAt(after, 3, -3, -1);
  EXPECT_TRUE(std::isnan(after.coordinates.at(1, 0)));
  // Of other patterns: as it is.
  EXPECT_EQ(alignedTo({}, now).coordinates.at(2, 0), now.coordinates.at(2, 0));
}

}  // namespace
}  // namespace dentate::measure
