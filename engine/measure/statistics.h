// Statistics over replicas.
//
// Source Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13 (percentile interval).
// Thread any; no state.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace dentate::measure {

struct MeanSem {
  double mean = 0;  // NaN of nothing
  double sem = 0;   // sample standard deviation / sqrt(n); 0 for n < 2
};
[[nodiscard]] MeanSem meanSem(std::span<const double> values);

// A mean with its error and its 95 % interval.
struct Estimate {
  double mean = std::numeric_limits<double>::quiet_NaN();  // NaN of nothing
  double sem = 0;                                          // 0 for n < 2
  double low = std::numeric_limits<double>::quiet_NaN();   // NaN for n < 2
  double high = std::numeric_limits<double>::quiet_NaN();
  std::size_t count = 0;  // n, the values that are not NaN
};

// Of the values that are not NaN. The interval holds the middle 95 % of the means of 10,000 samples
// drawn from the values with replacement; the same `seed` draws the same ones.
[[nodiscard]] Estimate estimate(std::span<const double> values, std::uint64_t seed);

// Of first[i] - second[i], where neither is NaN. Both have an entry a replica.
[[nodiscard]] Estimate pairedDifference(std::span<const double> first,
                                        std::span<const double> second, std::uint64_t seed);

}  // namespace dentate::measure
