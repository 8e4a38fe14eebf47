#include "engine/measure/subspace.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "engine/data/random.h"
#include "engine/spec/check.h"

namespace dentate::measure {
namespace {

constexpr std::size_t kVectors = 10;  // two blocks of the kernels
constexpr int kRounds = 300;
constexpr double kTolerance = 1e-5;   // of an eigenvalue
constexpr double kResolution = 2e-6;  // of the largest: what products of floats give

double dot(const float* a, const float* b, std::size_t n) {
  std::array<double, 16> partial = {};
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16)
    for (std::size_t k = 0; k < 16; ++k)
      partial[k] += static_cast<double>(a[i + k]) * static_cast<double>(b[i + k]);
  double sum = 0;
  for (; i < n; ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  for (const double p : partial) sum += p;
  return sum;
}

void addScaled(float* to, const float* from, double scale, std::size_t n) {
  const auto by = static_cast<float>(scale);
  for (std::size_t i = 0; i < n; ++i) to[i] += by * from[i];
}

void divide(float* row, double by, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) row[i] = static_cast<float>(row[i] / by);
}

// Gram-Schmidt, twice; a row that the others span already gives way to a row of chance.
void orthonormalise(AlignedRows& rows, data::Random& chance) {
  const std::size_t n = rows.columns();
  for (std::size_t r = 0; r < rows.count(); ++r)
    while (true) {
      float* const row = rows.row(r);
      const double before = std::sqrt(dot(row, row, n));
      if (before > 0) divide(row, before, n);
      for (int pass = 0; pass < 2; ++pass)
        for (std::size_t other = 0; other < r; ++other)
          addScaled(row, rows.row(other), -dot(row, rows.row(other), n), n);
      const double left = std::sqrt(dot(row, row, n));
      if (left > 1e-5) {
        divide(row, left, n);
        break;
      }
      for (std::size_t i = 0; i < n; ++i) row[i] = static_cast<float>(chance.normal());
    }
}

// A symmetric matrix of at most kVectors rows, and its eigenvectors as columns.
struct Small {
  std::array<std::array<double, kVectors>, kVectors> a = {}, vectors = {};
  std::size_t n = 0;

  void rotate(std::size_t p, std::size_t q) {
    if (a[p][q] == 0) return;
    const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    const double t = (theta < 0 ? -1 : 1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
    const double c = 1 / std::sqrt(t * t + 1);
    const double s = t * c;
    const auto turn = [c, s](double& x, double& y) {
      const double kept = x;
      x = c * kept - s * y;
      y = s * kept + c * y;
    };
    for (std::size_t k = 0; k < n; ++k) turn(a[k][p], a[k][q]);
    for (std::size_t k = 0; k < n; ++k) turn(a[p][k], a[q][k]);
    for (std::size_t k = 0; k < n; ++k) turn(vectors[k][p], vectors[k][q]);
  }

  // Cyclic Jacobi: ten sweeps leave nothing off the diagonal of ten rows that doubles can hold.
  void diagonalise() {
    for (std::size_t k = 0; k < n; ++k) vectors[k][k] = 1;
    for (int sweep = 0; sweep < 10; ++sweep)
      for (std::size_t p = 0; p + 1 < n; ++p)
        for (std::size_t q = p + 1; q < n; ++q) rotate(p, q);
  }
};

// to[k] = sum over r of by[r][order[k]] from[r].
AlignedRows combined(const AlignedRows& from, const Small& by, std::span<const std::size_t> order) {
  AlignedRows to(from.count(), from.columns());
  for (std::size_t k = 0; k < from.count(); ++k)
    for (std::size_t r = 0; r < from.count(); ++r)
      addScaled(to.row(k), from.row(r), by.vectors[r][order[k]], from.columns());
  return to;
}

struct Ritz {
  AlignedRows vectors;         // v, [k, n], orthonormal, by falling value
  AlignedRows images;          // B v
  std::vector<double> values;  // [k]
};

// The best approximations to eigenvectors that the span of the vectors holds.
void rayleighRitz(Ritz& ritz) {
  Small small;
  small.n = ritz.vectors.count();
  for (std::size_t i = 0; i < small.n; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      small.a[i][j] = small.a[j][i] =
          dot(ritz.vectors.row(i), ritz.images.row(j), ritz.vectors.columns());
  small.diagonalise();
  std::vector<std::size_t> order(small.n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&small](std::size_t i, std::size_t j) {
    return small.a[i][i] > small.a[j][j];
  });
  ritz.vectors = combined(ritz.vectors, small, order);
  ritz.images = combined(ritz.images, small, order);
  for (std::size_t i = 0; i < small.n; ++i) ritz.values[i] = small.a[order[i]][order[i]];
}

double largest(std::span<const double> values) {
  double most = 0;
  for (const double value : values) most = std::max(most, std::abs(value));
  return most;
}

bool settled(const Ritz& ritz) {
  const std::size_t n = ritz.vectors.columns();
  const double least = kResolution * largest(ritz.values);
  for (std::size_t k = 0; k < std::min<std::size_t>(ritz.values.size(), 2); ++k) {
    const double allowed = std::max(kTolerance * std::abs(ritz.values[k]), least);
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double off = ritz.images.row(k)[i] - ritz.values[k] * ritz.vectors.row(k)[i];
      squares += off * off;
    }
    if (!(squares <= allowed * allowed)) return false;
  }
  return true;
}

// Of B + shift times the unit matrix, which has the vectors of B.
Ritz iterate(const AlignedRows& matrix, double shift) {
  const std::size_t n = matrix.count();
  const std::size_t k = std::min(kVectors, n);
  data::Random chance(0, "projection");
  Ritz ritz{AlignedRows(k, n), AlignedRows(k, n), std::vector<double>(k)};
  for (int round = 0; round < kRounds; ++round) {
    std::swap(ritz.vectors, ritz.images);
    orthonormalise(ritz.vectors, chance);  // of zeros, at first: all are drawn
    multiply(ritz.vectors, matrix, ritz.images);
    for (std::size_t i = 0; i < k; ++i)
      addScaled(ritz.images.row(i), ritz.vectors.row(i), shift, n);
    rayleighRitz(ritz);
    if (settled(ritz)) break;
  }
  for (double& value : ritz.values) value -= shift;
  return ritz;
}

}  // namespace

TopTwo topTwo(const AlignedRows& matrix) {
  DENTATE_CHECK(matrix.count() >= 1 && matrix.count() == matrix.columns());
  Ritz ritz = iterate(matrix, /*shift=*/0);
  // What has been found is largest by magnitude: unless it holds two that are positive, negative
  // ones may have hidden them. Shifted by the lowest, none is negative.
  const double none = kResolution * largest(ritz.values);
  const double lowest = ritz.values.back();
  if (ritz.values.size() > 1 && ritz.values[1] < none && lowest < -none)
    ritz = iterate(matrix, -lowest);
  TopTwo top;
  for (std::size_t k = 0; k < 2; ++k) {
    top.vectors[k].assign(matrix.count(), 0.0);
    if (k >= ritz.values.size()) continue;
    top.values[k] = ritz.values[k];
    std::copy_n(ritz.vectors.row(k), matrix.count(), top.vectors[k].begin());
  }
  return top;
}

}  // namespace dentate::measure
