// Statistics over replicas.
#pragma once
#include <span>

namespace dentate::measure {

struct MeanSem {
  double mean = 0;  // NaN of nothing
  double sem = 0;   // sample standard deviation / sqrt(n); 0 for n < 2
};
[[nodiscard]] MeanSem meanSem(std::span<const double> values);

}  // namespace dentate::measure
