#include "engine/measure/sparsity.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/spec/check.h"

namespace dentate::measure {
namespace {

constexpr float kNearZero = 0.01F;  // of the largest

// Calls each(row) with every row of weights that lies in one piece.
template <class Each>
void forRows(const at::Tensor& w, const Each& each) {
  DENTATE_CHECK(w.is_cpu() && w.scalar_type() == at::kFloat);
  const float* const first = w.const_data_ptr<float>();
  if (w.dim() != 2) {  // a kernel
    DENTATE_CHECK(w.is_contiguous());
    return each(std::span(first, static_cast<std::size_t>(w.numel())));
  }
  DENTATE_CHECK(w.stride(0) == 1);
  for (std::int64_t source = 0; source < w.size(1); ++source)
    each(std::span(first + source * w.stride(1), static_cast<std::size_t>(w.size(0))));
}

void addPath(const at::Tensor& w, Sparsity& to) {
  double sum = 0, squares = 0;
  float most = 0;
  forRows(w, [&](std::span<const float> row) {
    float row_sum = 0, row_squares = 0;
    for (const float each : row) {
      const float size = std::abs(each);
      row_sum += size;
      row_squares += size * size;
      most = std::max(most, size);
    }
    sum += static_cast<double>(row_sum);
    squares += static_cast<double>(row_squares);
  });
  std::int64_t small = 0;
  const float limit = kNearZero * most;
  forRows(w, [&](std::span<const float> row) {
    for (const float each : row) small += std::abs(each) < limit ? 1 : 0;
  });
  const auto count = static_cast<double>(w.numel());
  const double root = std::sqrt(count);
  const bool known = count > 1 && squares > 0;
  const double hoyer = (root - sum / std::sqrt(squares)) / (root - 1);
  to.hoyer.push_back(known ? static_cast<float>(std::clamp(hoyer, 0.0, 1.0))
                           : std::numeric_limits<float>::quiet_NaN());
  to.near_zero.push_back(static_cast<float>(static_cast<double>(small) / count));
}

}  // namespace

void unite(UsedUnits& to, const UsedUnits& other) {
  to.resize(std::max(to.size(), other.size()));
  for (std::size_t l = 0; l < other.size(); ++l) {
    to[l].resize(std::max(to[l].size(), other[l].size()));
    for (std::size_t u = 0; u < other[l].size(); ++u) to[l][u] |= other[l][u];
  }
}

std::vector<float> deadUnits(const UsedUnits& used, const net::Lesions& lesions) {
  std::vector<float> out;
  for (std::size_t l = 0; l < used.size(); ++l) {
    std::int64_t dead = 0;
    for (std::size_t u = 0; u < used[l].size(); ++u)
      dead += used[l][u] == 0 && !(lesions.silences(l) && lesions.units[l][u] != 0) ? 1 : 0;
    out.push_back(static_cast<float>(dead));
  }
  return out;
}

void addWeights(const net::Parameters& parameters, Sparsity& to) {
  for (const auto& w : parameters.weights) addPath(w, to);
}

VarianceSum::VarianceSum(const net::Plan& plan)
    : plan_(plan), sums_(plan.network.layers.size()), squares_(plan.network.layers.size()) {
  for (std::size_t l = 0; l < sums_.size(); ++l) {
    const auto& layer = plan.network.layers[l];
    if (layer.role != spec::LayerRole::Hidden) continue;
    sums_[l].resize(static_cast<std::size_t>(layer.units));
    squares_[l].resize(sums_[l].size());
  }
}

void VarianceSum::add(const net::CpuForward& forward, std::int64_t rows) {
  images_ += rows;
  for (std::size_t l = 0; l < sums_.size(); ++l)
    for (std::int64_t r = 0; r < rows && !sums_[l].empty(); ++r)
      addRow(l, forward.values(l, r), static_cast<double>(forward.length(l, r)));
}

void VarianceSum::add(const net::Trace& trace) {
  images_ += trace.activity[plan_.graph.input].size(0);
  for (std::size_t l = 0; l < sums_.size(); ++l) {
    if (sums_[l].empty()) continue;
    const auto a = trace.activity[l].contiguous();
    for (std::int64_t r = 0; r < a.size(0); ++r)
      addRow(l, {a.const_data_ptr<float>() + r * a.size(1), sums_[l].size()}, 1);
  }
}

void VarianceSum::addRow(std::size_t layer, std::span<const float> row, double length) {
  for (std::size_t u = 0; u < row.size(); ++u) {
    if (row[u] == 0) continue;
    const double a = static_cast<double>(row[u]) * length;
    sums_[layer][u] += a;
    squares_[layer][u] += a * a;
  }
}

std::vector<float> VarianceSum::variance() const {
  const auto n = static_cast<double>(std::max<std::int64_t>(images_, 1));
  std::vector<float> out;
  for (std::size_t l = 0; l < sums_.size(); ++l) {
    double total = 0;
    for (std::size_t u = 0; u < sums_[l].size(); ++u) {
      const double mean = sums_[l][u] / n;
      total += std::max(squares_[l][u] / n - mean * mean, 0.0);
    }
    out.push_back(
        static_cast<float>(sums_[l].empty() ? 0.0 : total / static_cast<double>(sums_[l].size())));
  }
  return out;
}

}  // namespace dentate::measure
