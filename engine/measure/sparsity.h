// How sparse a network has become: of each layer's activity over test images, and of each path's
// weights.
//
//   unit variance   mean over a layer's units of the variance of a unit's activity over images
//   Hoyer           (sqrt n - |w|_1 / |w|_2) / (sqrt n - 1) of a path's n weights: 0 where all are of
//                   one size, 1 where a single one is not 0
//   near zero       share of a path's weights below 1 % of the largest, by size
//
// Source Hoyer 2004, Journal of Machine Learning Research 5:1457.
// Thread any; no state.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/net/cpu_forward.h"
#include "engine/net/network.h"

namespace dentate::measure {

struct Sparsity {
  std::vector<float> dead;       // [layers] units; see deadUnits()
  std::vector<float> variance;   // [layers]; 0 for input and outputs
  std::vector<float> hoyer;      // [paths], [0, 1]; NaN where it has one weight, or none but zeros
  std::vector<float> near_zero;  // [paths], [0, 1]
  bool operator==(const Sparsity&) const = default;
};

// By layer, by unit: 1 where it was active (a > 0) for any image; empty for input and outputs.
using UsedUnits = std::vector<std::vector<std::uint8_t>>;
void unite(UsedUnits& to, const UsedUnits& other);
// A unit is dead that was silent for every image, [layers]; those that a lesion silences do not count.
[[nodiscard]] std::vector<float> deadUnits(const UsedUnits& used, const net::Lesions& lesions);

// Hoyer and near zero, by path. float32 on the CPU.
void addWeights(const net::Parameters& parameters, Sparsity& to);

// Sums over images that a forward pass has run, for the variance.
class VarianceSum {
 public:
  explicit VarianceSum(const net::Plan& plan);
  // The first `rows` of the last run.
  void add(const net::CpuForward& forward, std::int64_t rows);
  // All rows; float32 on the CPU.
  void add(const net::Trace& trace);
  [[nodiscard]] std::vector<float> variance() const;  // [layers]

 private:
  // Of values that are those of the row over `length`.
  void addRow(std::size_t layer, std::span<const float> row, double length);

  const net::Plan& plan_;
  std::int64_t images_ = 0;
  std::vector<std::vector<double>> sums_, squares_;  // by layer, by unit
};

}  // namespace dentate::measure
