#include "engine/learn/weight_rates.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/linalg_vector_norm.h>

namespace dentate::learn {

std::vector<net::Extra> extraOfWeights(const net::Plan& plan, std::optional<double> start) {
  std::vector<net::Extra> extra;
  for (std::size_t p = 0; p < plan.network.paths.size(); ++p) extra.push_back({p, start});
  return extra;
}

void WeightRates::descend(net::Parameters& theta, const Tensors& gradients, double alpha_lr) const {
  const auto factor = clipFactor(at::linalg_vector_norm(norms(gradients)), clip_norm_) * alpha_lr;
  for (std::size_t p = 0; p < gradients.size(); ++p) theta.extra[p].sub_(gradients[p] * factor);
  show(theta);
}

}  // namespace dentate::learn
