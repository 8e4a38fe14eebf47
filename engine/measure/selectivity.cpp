#include "engine/measure/selectivity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace dentate::measure {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kWide = 16;  // partial sums side by side, so that they become vectors

struct Sums {
  double size = 0, squares = 0;  // of |v|, of v^2
};

Sums sumsOf(std::span<const float> values) {
  std::array<double, kWide> size = {}, squares = {};
  Sums sums;
  const auto take = [](float value, double& to_size, double& to_squares) {
    const auto v = static_cast<double>(value);
    to_size += std::abs(v);
    to_squares += v * v;
  };
  std::size_t i = 0;
  for (; i + kWide <= values.size(); i += kWide)
    for (std::size_t k = 0; k < kWide; ++k) take(values[i + k], size[k], squares[k]);
  for (; i < values.size(); ++i) take(values[i], sums.size, sums.squares);
  for (std::size_t k = 0; k < kWide; ++k) {
    sums.size += size[k];
    sums.squares += squares[k];
  }
  return sums;
}

float largestOf(std::span<const float> values) {
  std::array<float, kWide> most = {};
  std::size_t i = 0;
  for (; i + kWide <= values.size(); i += kWide)
    for (std::size_t k = 0; k < kWide; ++k) {
      const float v = std::abs(values[i + k]);
      most[k] = v > most[k] ? v : most[k];
    }
  float largest = *std::max_element(most.begin(), most.end());
  for (; i < values.size(); ++i) largest = std::max(largest, std::abs(values[i]));
  return largest;
}

// Of one unit over the categories.
struct Tally {
  float most = -std::numeric_limits<float>::infinity();
  double sum = 0;
  std::int32_t categories = 0, preferred = -1;
};

Selectivity selectivityOf(const Tally& tally) {
  constexpr Selectivity kNone{std::numeric_limits<float>::quiet_NaN(), -1};
  const auto most = static_cast<double>(tally.most);
  const double rest = (tally.sum - most) / (tally.categories - 1);  // of one: 0 / 0, NaN
  if (!(most + rest > 0)) return kNone;
  return {static_cast<float>((most - rest) / (most + rest)), tally.preferred};
}

}  // namespace

std::vector<Selectivity> selectivity(const Rows& means) {
  std::vector<Tally> tallies(means.columns());
  for (std::size_t c = 0; c < means.rows(); ++c) {
    const auto row = means.row(c);
    for (std::size_t u = 0; u < row.size(); ++u) {
      if (std::isnan(row[u])) continue;
      Tally& tally = tallies[u];
      ++tally.categories;
      tally.sum += static_cast<double>(row[u]);
      if (row[u] <= tally.most) continue;
      tally.most = row[u];
      tally.preferred = static_cast<std::int32_t>(c);
    }
  }
  std::vector<Selectivity> units;
  units.reserve(tallies.size());
  for (const Tally& tally : tallies) units.push_back(selectivityOf(tally));
  return units;
}

double trevesRolls(std::span<const float> activities) {
  const Sums sums = sumsOf(activities);
  const auto n = static_cast<double>(activities.size());
  return sums.squares > 0 ? sums.size * sums.size / (n * sums.squares) : kNaN;
}

double populationSparseness(const Rows& patterns) {
  double sum = 0;
  std::size_t active = 0;
  for (std::size_t p = 0; p < patterns.rows(); ++p) {
    const double sparseness = trevesRolls(patterns.row(p));
    if (std::isnan(sparseness)) continue;
    sum += sparseness;
    ++active;
  }
  return active == 0 ? kNaN : sum / static_cast<double>(active);
}

double hoyerSparsity(const Rows& weights) {
  Sums sums;
  for (std::size_t r = 0; r < weights.rows(); ++r) {
    const Sums row = sumsOf(weights.row(r));
    sums.size += row.size;
    sums.squares += row.squares;
  }
  const double root = std::sqrt(static_cast<double>(weights.rows() * weights.columns()));
  if (root <= 1 || !(sums.squares > 0)) return kNaN;
  return (root - sums.size / std::sqrt(sums.squares)) / (root - 1);
}

double shareOfSmall(const Rows& weights, double share_of_largest) {
  float largest = 0;
  for (std::size_t r = 0; r < weights.rows(); ++r)
    largest = std::max(largest, largestOf(weights.row(r)));
  if (!(largest > 0)) return kNaN;
  const auto limit = static_cast<float>(share_of_largest * static_cast<double>(largest));
  std::size_t small = 0;
  for (std::size_t r = 0; r < weights.rows(); ++r)
    for (const float w : weights.row(r)) small += std::abs(w) < limit ? 1 : 0;
  return static_cast<double>(small) / static_cast<double>(weights.rows() * weights.columns());
}

std::vector<std::int32_t> deadUnits(const Rows& patterns) {
  std::vector<float> most(patterns.columns());
  for (std::size_t p = 0; p < patterns.rows(); ++p) {
    const auto row = patterns.row(p);
    for (std::size_t u = 0; u < row.size(); ++u) most[u] = row[u] > most[u] ? row[u] : most[u];
  }
  std::vector<std::int32_t> dead;
  for (std::size_t u = 0; u < most.size(); ++u)
    if (!(most[u] > 0)) dead.push_back(static_cast<std::int32_t>(u));
  return dead;
}

}  // namespace dentate::measure
