#include "engine/measure/spectrum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/data/random.h"
#include "engine/measure/subspace.h"

namespace dentate::measure {
namespace {

std::vector<double> sorted(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values;
}

// A random symmetric matrix that is the same in floats and in doubles.
std::vector<double> randomSymmetric(std::size_t n) {
  data::Random chance(3, "spectrum test");
  std::vector<double> a(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      a[i * n + j] = a[j * n + i] = static_cast<double>(static_cast<float>(chance.normal()));
  return a;
}

AlignedRows inFloats(const std::vector<double>& a, std::size_t n) {
  AlignedRows rows(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) rows.row(i)[j] = static_cast<float>(a[i * n + j]);
  return rows;
}

// Ones beside the diagonal: 2 cos(k pi / (n + 1)), k = 1 ... n.
TEST(Spectrum, OfAChainIsThatOfItsFormula) {
  constexpr std::size_t kNodes = 25;
  std::vector<double> a(kNodes * kNodes);
  for (std::size_t i = 0; i + 1 < kNodes; ++i) a[i * kNodes + i + 1] = a[(i + 1) * kNodes + i] = 1;
  const auto values = sorted(eigenvalues(a, kNodes));
  for (std::size_t k = 0; k < kNodes; ++k)
    EXPECT_NEAR(values[k],
                2 * std::cos(static_cast<double>(kNodes - k) * std::numbers::pi / (kNodes + 1)),
                1e-12);
}

// Ones everywhere but on the diagonal: n - 1 once, -1 else.
TEST(Spectrum, OfACompleteGraphHoldsOneValueManyTimes) {
  constexpr std::size_t kNodes = 30;
  std::vector<double> a(kNodes * kNodes, 1.0);
  for (std::size_t i = 0; i < kNodes; ++i) a[i * kNodes + i] = 0;
  const auto values = sorted(eigenvalues(a, kNodes));
  for (std::size_t k = 0; k + 1 < kNodes; ++k) EXPECT_NEAR(values[k], -1, 1e-12);
  EXPECT_NEAR(values.back(), kNodes - 1, 1e-12);
}

TEST(Spectrum, KeepsTraceAndSquares) {
  constexpr std::size_t kRows = 60;
  const auto a = randomSymmetric(kRows);
  double trace = 0, squares = 0;
  for (std::size_t i = 0; i < kRows; ++i) trace += a[i * kRows + i];
  for (const double v : a) squares += v * v;
  for (const double v : eigenvalues(a, kRows)) {
    trace -= v;
    squares -= v * v;
  }
  EXPECT_NEAR(trace, 0, 1e-9);
  EXPECT_NEAR(squares, 0, 1e-9);
}

TEST(Spectrum, OfSmallMatrices) {
  EXPECT_TRUE(eigenvalues({}, 0).empty());
  EXPECT_EQ(eigenvalues({4}, 1), std::vector<double>{4});
  EXPECT_EQ(sorted(eigenvalues({3, 0, 0, 0, -2, 0, 0, 0, 7}, 3)), (std::vector<double>{-2, 3, 7}));
  const auto two = sorted(eigenvalues({2, 1, 1, 2}, 2));
  EXPECT_NEAR(two[0], 1, 1e-12);
  EXPECT_NEAR(two[1], 3, 1e-12);
}

TEST(TopTwo, AreTheLargestOfTheSpectrumWithTheirVectors) {
  constexpr std::size_t kRows = 60;
  const auto a = randomSymmetric(kRows);
  const auto values = sorted(eigenvalues(a, kRows));
  const TopTwo top = topTwo(inFloats(a, kRows));
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_NEAR(top.values[k], values[kRows - 1 - k], 1e-4);
    double residual = 0, length = 0;
    for (std::size_t i = 0; i < kRows; ++i) {
      double image = 0;
      for (std::size_t j = 0; j < kRows; ++j) image += a[i * kRows + j] * top.vectors[k][j];
      residual += std::pow(image - values[kRows - 1 - k] * top.vectors[k][i], 2);
      length += top.vectors[k][i] * top.vectors[k][i];
    }
    EXPECT_NEAR(length, 1, 1e-5);
    EXPECT_LT(std::sqrt(residual), 1e-3);
  }
}

// More negative values than the iteration has vectors, all larger by magnitude than the second
// positive one.
TEST(TopTwo, AreNotHiddenByNegativeValues) {
  constexpr std::size_t kRows = 25;
  std::vector<double> a(kRows * kRows);
  for (std::size_t i = 0; i < kRows; ++i) a[i * kRows + i] = -3 - static_cast<double>(i) / 10;
  a[7 * kRows + 7] = 5;
  a[20 * kRows + 20] = 0.5;
  const TopTwo top = topTwo(inFloats(a, kRows));
  EXPECT_NEAR(top.values[0], 5, 1e-4);
  EXPECT_NEAR(top.values[1], 0.5, 1e-4);
  EXPECT_NEAR(std::abs(top.vectors[0][7]), 1, 1e-4);
  EXPECT_NEAR(std::abs(top.vectors[1][20]), 1, 1e-4);
}

TEST(TopTwo, OfFewRowsOrZerosHaveWhatThereIs) {
  const TopTwo one = topTwo(inFloats({4}, 1));
  EXPECT_NEAR(one.values[0], 4, 1e-6);
  EXPECT_EQ(one.values[1], 0);
  EXPECT_EQ(one.vectors[1], std::vector<double>{0});
  const TopTwo zeros = topTwo(inFloats(std::vector<double>(144), 12));
  EXPECT_EQ(zeros.values[0], 0);
}

}  // namespace
}  // namespace dentate::measure
