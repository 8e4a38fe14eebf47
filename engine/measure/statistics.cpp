#include "engine/measure/statistics.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <vector>

#include "engine/data/random.h"
#include "engine/spec/check.h"

namespace dentate::measure {
namespace {

constexpr std::size_t kResamples = 10'000;

// Of sorted values, between its neighbours where it falls between two.
double quantile(std::span<const double> sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - std::floor(at)) * (sorted[above] - sorted[below]);
}

std::vector<double> resampledMeans(std::span<const double> values, std::uint64_t seed) {
  data::Random chance(seed, "bootstrap");
  std::vector<double> means(kResamples);
  for (double& mean : means) {
    for (std::size_t i = 0; i < values.size(); ++i)
      mean += values[static_cast<std::size_t>(chance.below(values.size()))];
    mean /= static_cast<double>(values.size());
  }
  std::sort(means.begin(), means.end());
  return means;
}

}  // namespace

MeanSem meanSem(std::span<const double> values) {
  if (values.empty()) return {std::numeric_limits<double>::quiet_NaN(), 0};
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double v : values) sum += v;
  const double mean = sum / n;
  if (values.size() < 2) return {mean, 0};
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return {mean, std::sqrt(squares / (n - 1) / n)};
}

Estimate estimate(std::span<const double> values, std::uint64_t seed) {
  std::vector<double> known;
  std::copy_if(values.begin(), values.end(), std::back_inserter(known),
               [](double v) { return !std::isnan(v); });
  const auto [mean, sem] = meanSem(known);
  Estimate result{.mean = mean, .sem = sem, .count = known.size()};
  if (known.size() < 2) return result;
  const auto means = resampledMeans(known, seed);
  result.low = quantile(means, 0.025);
  result.high = quantile(means, 0.975);
  return result;
}

Estimate pairedDifference(std::span<const double> first, std::span<const double> second,
                          std::uint64_t seed) {
  DENTATE_CHECK(first.size() == second.size());
  std::vector<double> differences(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) differences[i] = first[i] - second[i];
  return estimate(differences, seed);
}

}  // namespace dentate::measure
