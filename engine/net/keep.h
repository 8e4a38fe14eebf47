// What a lesion leaves, as factors: 0 where it marks a unit, 1 elsewhere; float32 on the CPU.
#pragma once
#include <ATen/core/Tensor.h>
#include <ATen/ops/ones.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/net/network.h"

namespace dentate::net {

inline void clearMarked(const std::vector<std::uint8_t>& marked, float* keep) {
  for (std::size_t u = 0; u < marked.size(); ++u)
    if (marked[u] != 0) keep[u] = 0;
}

// [units] of the marks of all units.
[[nodiscard]] inline at::Tensor kept(const std::vector<std::uint8_t>& marked) {
  auto keep = at::ones({static_cast<std::int64_t>(marked.size())}, at::kFloat);
  clearMarked(marked, keep.mutable_data_ptr<float>());
  return keep;
}

// [lesions, 1, units], of the marks that `marks` finds in each: a pointer to them, or none. Not
// defined where none has any.
template <class Marks>
[[nodiscard]] at::Tensor kept(const std::vector<Lesions>& lesions, std::int64_t units,
                              const Marks& marks) {
  const auto some = [&](const Lesions& each) { return marks(each) != nullptr; };
  if (std::none_of(lesions.begin(), lesions.end(), some)) return {};
  auto keep = at::ones({static_cast<std::int64_t>(lesions.size()), 1, units}, at::kFloat);
  auto* to = keep.template mutable_data_ptr<float>();
  for (const auto& each : lesions) {
    if (some(each)) clearMarked(*marks(each), to);
    to += units;
  }
  return keep;
}

}  // namespace dentate::net
