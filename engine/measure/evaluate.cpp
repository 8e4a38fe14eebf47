#include "engine/measure/evaluate.h"

#include <ATen/core/grad_mode.h>

namespace dentate::measure {

Evaluation evaluate(const net::Plan& plan, const net::Parameters& parameters,
                    const learn::TensorSamples& samples, const net::Lesions& lesions) {
  const at::NoGradGuard no_grad;
  const auto trace = net::forward(plan, parameters.weights, parameters.m, samples.x, lesions);
  Evaluation out;
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l) {
    const auto role = plan.network.layers[l].role;
    if (!spec::isOutput(role)) continue;
    auto& share = role == spec::LayerRole::Category ? out.category : out.item;
    share = learn::correct(plan, trace, samples, l).item<double>();
  }
  const auto active = net::activeFraction(plan, trace).contiguous();
  const double* first = active.const_data_ptr<double>();
  out.active_fraction.assign(first, first + active.numel());
  return out;
}

}  // namespace dentate::measure
