#include "engine/measure/similarity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/measure/gram.h"

namespace dentate::measure {
namespace {

constexpr std::size_t kWide = 16;  // partial sums side by side, so that they become vectors

// The sum of what `term` makes of each value, in an order that does not depend on the machine.
template <class Term>
double sumOf(std::span<const float> values, const Term& term) {
  std::array<double, kWide> partial = {};
  std::size_t c = 0;
  for (; c + kWide <= values.size(); c += kWide)
    for (std::size_t i = 0; i < kWide; ++i) partial[i] += term(values[c + i]);
  double sum = 0;
  for (; c < values.size(); ++c) sum += term(values[c]);
  for (const double p : partial) sum += p;
  return sum;
}

// Writes the pattern with length 1, for Pearson about its mean; NaN where it has no direction. In
// double, equal floats add up to an exact mean, so that a constant pattern deviates by exactly 0.
void normalise(std::span<const float> pattern, Similarity kind, float* to) {
  const auto units = static_cast<double>(pattern.size());
  const double mean = kind == Similarity::Pearson
                          ? sumOf(pattern, [](float v) { return static_cast<double>(v); }) / units
                          : 0;
  const double squares = sumOf(pattern, [mean](float v) {
    const double d = static_cast<double>(v) - mean;
    return d * d;
  });
  const double scale = 1 / std::sqrt(squares);  // of 0: infinite, and 0 times infinity is NaN
  for (std::size_t c = 0; c < pattern.size(); ++c)
    to[c] = static_cast<float>((static_cast<double>(pattern[c]) - mean) * scale);
}

}  // namespace

Matrix similarityMatrix(const Rows& patterns, Similarity kind) {
  const std::size_t n = patterns.rows();
  AlignedRows directions(n, std::max<std::size_t>(patterns.columns(), 1));
  for (std::size_t p = 0; p < n; ++p) {
    normalise(patterns.row(p), kind, directions.row(p));
    if (patterns.columns() == 0) directions.row(p)[0] = std::numeric_limits<float>::quiet_NaN();
  }
  const AlignedRows products = gram(directions);
  Matrix similarity{n, n, std::vector<float>(n * n)};
  for (std::size_t p = 0; p < n; ++p) {
    const float* const from = products.row(p);
    float* const to = similarity.values.data() + p * n;
    // The comparisons let what is not a number through.
    for (std::size_t q = 0; q < n; ++q) {
      const float low = from[q] < -1.0F ? -1.0F : from[q];
      to[q] = low > 1.0F ? 1.0F : low;
    }
    if (!std::isnan(to[p])) to[p] = 1;
  }
  return similarity;
}

double meanOffDiagonal(const Matrix& matrix) {
  DENTATE_CHECK(matrix.rows == matrix.columns);
  double sum = 0;
  std::size_t pairs = 0;
  for (std::size_t p = 0; p < matrix.rows; ++p)
    for (std::size_t q = 0; q < p; ++q) {
      const double value = matrix.at(p, q);
      const bool defined = !std::isnan(value);
      sum += defined ? value : 0;
      pairs += defined ? 1 : 0;
    }
  return pairs == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(pairs);
}

Matrix meanPatterns(const Rows& patterns, std::span<const std::int32_t> group, std::size_t groups) {
  DENTATE_CHECK(group.size() == patterns.rows());
  const std::size_t units = patterns.columns();
  std::vector<double> sums(groups * units);
  std::vector<std::size_t> counts(groups);
  for (std::size_t p = 0; p < patterns.rows(); ++p) {
    if (group[p] < 0) continue;
    const auto g = static_cast<std::size_t>(group[p]);
    DENTATE_CHECK(g < groups);
    const auto from = patterns.row(p);
    double* const to = sums.data() + g * units;
    for (std::size_t u = 0; u < units; ++u) to[u] += static_cast<double>(from[u]);
    ++counts[g];
  }
  Matrix means{groups, units, std::vector<float>(groups * units)};
  for (std::size_t g = 0; g < groups; ++g) {
    const auto count = static_cast<double>(counts[g]);  // 0 / 0: NaN
    for (std::size_t u = 0; u < units; ++u)
      means.at(g, u) = static_cast<float>(sums[g * units + u] / count);
  }
  return means;
}

}  // namespace dentate::measure
