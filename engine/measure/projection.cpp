#include "engine/measure/projection.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/measure/gram.h"
#include "engine/measure/spectrum.h"
#include "engine/measure/subspace.h"

namespace dentate::measure {
namespace {

using Kept = std::vector<std::size_t>;  // the patterns that take part, in order

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr double kResolution = 1e-6;  // of floats that have been summed

// B of the kept patterns, over `scale`.
struct Scaled {
  AlignedRows products;
  double scale = 1;
};

double trace(const AlignedRows& b) {
  double sum = 0;
  for (std::size_t i = 0; i < b.count(); ++i) sum += static_cast<double>(b.row(i)[i]);
  return sum;
}

// 1 or -1. A tolerance among the largest, as rounding may not choose between equals.
double signOf(const std::vector<double>& vector) {
  double most = 0;
  for (const double v : vector) most = std::max(most, std::abs(v));
  for (const double v : vector)
    if (std::abs(v) >= most * (1 - 1e-4)) return v < 0 ? -1 : 1;
  return 1;
}

Projection withoutVariance(std::size_t patterns, const Kept& kept) {
  Projection projection{{patterns, 2, std::vector<float>(patterns * 2, kNaN)}, {}};
  for (const std::size_t p : kept)
    projection.coordinates.at(p, 0) = projection.coordinates.at(p, 1) = 0;
  return projection;
}

// `positive`: the sum of the positive eigenvalues of the products.
Projection project(const Scaled& b, double positive, const Kept& kept, std::size_t patterns) {
  Projection projection = withoutVariance(patterns, kept);
  const TopTwo top = topTwo(b.products);
  for (std::size_t axis = 0; axis < 2; ++axis) {
    if (top.values[axis] <= kResolution * top.values[0]) continue;
    projection.share[axis] = std::min(top.values[axis] / positive, 1.0);
    const double length =
        signOf(top.vectors[axis]) * std::sqrt(top.values[axis]) * std::sqrt(b.scale);
    for (std::size_t i = 0; i < kept.size(); ++i)
      projection.coordinates.at(kept[i], axis) = static_cast<float>(length * top.vectors[axis][i]);
  }
  return projection;
}

// Centres rows and columns. `values` [n, n] is symmetric; what is kept is over its largest entry.
Scaled doubleCentred(const std::vector<double>& values, std::size_t n) {
  std::vector<double> mean(n);
  double most = 0, grand = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      mean[i] += values[i * n + j];
      most = std::max(most, std::abs(values[i * n + j]));
    }
    mean[i] /= static_cast<double>(n);
    grand += mean[i] / static_cast<double>(n);
  }
  Scaled b{AlignedRows(n, n), most > 0 ? most : 1};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      b.products.row(i)[j] =
          static_cast<float>((values[i * n + j] - mean[i] - mean[j] + grand) / b.scale);
  return b;
}

// Drops the patterns with the most entries that are not finite, the last of equals first, until
// none is left.
Kept withoutGaps(const Matrix& matrix) {
  DENTATE_CHECK(matrix.rows == matrix.columns);
  const std::size_t n = matrix.rows;
  const auto gap = [&matrix](std::size_t i, std::size_t j) {
    return !std::isfinite(matrix.at(i, j));
  };
  Kept kept(n);
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  std::vector<std::size_t> gaps(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) gaps[i] += gap(i, j) ? 1 : 0;
  while (!kept.empty()) {
    auto worst = kept.begin();
    for (auto at = kept.begin(); at != kept.end(); ++at)
      if (gaps[*at] >= gaps[*worst]) worst = at;
    if (gaps[*worst] == 0) break;
    const std::size_t dropped = *worst;
    kept.erase(worst);
    for (const std::size_t i : kept) gaps[i] -= gap(i, dropped) ? 1 : 0;
  }
  return kept;
}

// [kept, kept] of what `value` makes of each entry.
template <class Value>
std::vector<double> keptOf(const Matrix& matrix, const Kept& kept, const Value& value) {
  std::vector<double> values;
  values.reserve(kept.size() * kept.size());
  for (const std::size_t i : kept)
    for (const std::size_t j : kept) values.push_back(value(static_cast<double>(matrix.at(i, j))));
  return values;
}

Kept finiteRows(const Rows& patterns) {
  Kept kept;
  for (std::size_t p = 0; p < patterns.rows(); ++p) {
    const auto row = patterns.row(p);
    // Times 0 only what is finite stays 0.
    float sum = 0;
    for (const float v : row) sum += v * 0.0F;
    if (sum == 0) kept.push_back(p);
  }
  return kept;
}

// Products of the patterns less their mean, over the square of the largest deviation, so that they
// hold in floats. Zeros where none deviates.
Scaled covariances(const Rows& patterns, const Kept& kept) {
  const std::size_t units = patterns.columns();
  std::vector<double> mean(units);
  for (const std::size_t p : kept)
    for (std::size_t u = 0; u < units; ++u) mean[u] += static_cast<double>(patterns.row(p)[u]);
  for (double& m : mean) m /= static_cast<double>(kept.size());
  double most = 0;
  for (const std::size_t p : kept)
    for (std::size_t u = 0; u < units; ++u)
      most = std::max(most, std::abs(static_cast<double>(patterns.row(p)[u]) - mean[u]));
  AlignedRows deviations(kept.size(), units);
  for (std::size_t i = 0; most > 0 && i < kept.size(); ++i)
    for (std::size_t u = 0; u < units; ++u)
      deviations.row(i)[u] =
          static_cast<float>((static_cast<double>(patterns.row(kept[i])[u]) - mean[u]) / most);
  return {gram(deviations), most * most};
}

// Of the plane: mirrored at the first axis or not, then turned by the angle, in radians.
struct Turn {
  double angle = 0;
  bool mirror = false;
};

// Turned by t, the products with `from` sum to cos t (c00 + c11) + sin t (c01 - c10); mirrored
// first, to cos t (c00 - c11) + sin t (c01 + c10), c being the sums of to_i from_j. About the origin,
// as nothing is shifted.
Turn bestTurn(const Matrix& to, const Matrix& from) {
  std::array<std::array<double, 2>, 2> c = {};
  for (std::size_t p = 0; p < to.rows; ++p)
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t j = 0; j < 2; ++j) {
        const double both = static_cast<double>(to.at(p, i)) * static_cast<double>(from.at(p, j));
        c[i][j] += std::isnan(both) ? 0 : both;
      }
  const double along = c[0][0] + c[1][1], across = c[0][1] - c[1][0];
  const double mirrored_along = c[0][0] - c[1][1], mirrored_across = c[0][1] + c[1][0];
  if (std::hypot(mirrored_along, mirrored_across) > std::hypot(along, across))
    return {std::atan2(mirrored_across, mirrored_along), true};
  return {std::atan2(across, along), false};
}

}  // namespace

Projection principalComponents(const Rows& patterns) {
  const Kept kept = finiteRows(patterns);
  if (kept.empty()) return withoutVariance(patterns.rows(), kept);
  const Scaled b = covariances(patterns, kept);
  return project(b, trace(b.products), kept, patterns.rows());
}

Projection scaleSimilarities(const Matrix& similarity) {
  const Kept kept = withoutGaps(similarity);
  if (kept.empty()) return withoutVariance(similarity.rows, kept);
  const Scaled b = doubleCentred(keptOf(similarity, kept, [](double s) { return s; }), kept.size());
  const double total = trace(b.products);
  if (total <= kResolution * static_cast<double>(kept.size()))
    return withoutVariance(similarity.rows, kept);
  return project(b, total, kept, similarity.rows);
}

Projection scaleDistances(const Matrix& distance) {
  const Kept kept = withoutGaps(distance);
  if (kept.empty()) return withoutVariance(distance.rows, kept);
  const std::size_t n = kept.size();
  const Scaled b = doubleCentred(keptOf(distance, kept, [](double d) { return -d * d / 2; }), n);
  if (trace(b.products) <= 0) return withoutVariance(distance.rows, kept);
  std::vector<double> whole;
  for (std::size_t i = 0; i < n; ++i)
    whole.insert(whole.end(), b.products.row(i), b.products.row(i) + n);
  double positive = 0;
  for (const double value : eigenvalues(std::move(whole), n)) positive += std::max(value, 0.0);
  return project(b, positive, kept, distance.rows);
}

Projection alignedTo(const Projection& previous, Projection projection) {
  Matrix& to = projection.coordinates;
  if (to.rows != previous.coordinates.rows) return projection;
  const Turn turn = bestTurn(to, previous.coordinates);
  const double c = std::cos(turn.angle), s = std::sin(turn.angle), side = turn.mirror ? -1 : 1;
  for (std::size_t p = 0; p < to.rows; ++p) {
    const double x = to.at(p, 0), y = side * static_cast<double>(to.at(p, 1));
    to.at(p, 0) = static_cast<float>(c * x - s * y);
    to.at(p, 1) = static_cast<float>(s * x + c * y);
  }
  const auto [first, second] = projection.share;
  projection.share = {c * c * first + s * s * second, s * s * first + c * c * second};
  return projection;
}

}  // namespace dentate::measure
