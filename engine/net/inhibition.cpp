#include "engine/net/inhibition.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/topk.h>

#include <algorithm>
#include <cmath>

namespace dentate::net {

std::int64_t inhibitionRank(std::int64_t units, double k_fraction) {
  const auto k = static_cast<std::int64_t>(std::floor(k_fraction * static_cast<double>(units)));
  return std::clamp<std::int64_t>(k, 1, units);
}

at::Tensor inhibit(const at::Tensor& z, const at::Tensor& m, std::int64_t rank) {
  const auto largest = std::get<0>(at::topk(z.detach(), rank, /*dim=*/-1));
  return z - m * largest.narrow(/*dim=*/-1, rank - 1, 1);
}

}  // namespace dentate::net
