#include "engine/measure/evaluate.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/eq.h>
#include <ATen/ops/gt.h>
#include <ATen/ops/sum.h>

#include "engine/learn/loss.h"
#include "engine/spec/check.h"

namespace dentate::measure {

using spec::LayerRole;

void Counts::add(const Counts& other) {
  samples += other.samples;
  category += other.category;
  item += other.item;
  if (active.size() < other.active.size()) active.resize(other.active.size());
  for (std::size_t l = 0; l < other.active.size(); ++l) active[l] += other.active[l];
}

Counts evaluate(const net::Plan& plan, const net::Parameters& parameters,
                const learn::Samples& samples, const net::Lesions& lesions) {
  const at::NoGradGuard no_grad;
  const auto on = learn::tensorsOf(samples, plan.network.layers[plan.graph.input].units);
  const auto trace = net::forward(plan, parameters.weights, parameters.m, on.x, lesions);
  Counts counts;
  counts.samples = samples.count;
  counts.active.resize(plan.network.layers.size());
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l) {
    const auto role = plan.network.layers[l].role;
    if (role == LayerRole::Hidden) {
      counts.active[l] = trace.activity[l].gt(0).sum().item<std::int64_t>();
    } else if (spec::isOutput(role)) {
      const bool category = role == LayerRole::Category;
      const auto& labels = category ? on.category : on.item;
      DENTATE_CHECK(labels.defined());
      (category ? counts.category : counts.item) =
          trace.net_input[l].argmax(/*dim=*/-1).eq(labels).sum().item<std::int64_t>();
    }
  }
  return counts;
}

Evaluation evaluationOf(const net::Plan& plan, const Counts& counts) {
  DENTATE_CHECK(counts.samples > 0);
  const auto samples = static_cast<double>(counts.samples);
  Evaluation out;
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l) {
    const auto& layer = plan.network.layers[l];
    out.active_fraction.push_back(static_cast<double>(counts.active[l]) / samples /
                                  static_cast<double>(layer.units));
    if (layer.role == LayerRole::Category)
      out.category = static_cast<double>(counts.category) / samples;
    if (layer.role == LayerRole::Item) out.item = static_cast<double>(counts.item) / samples;
  }
  return out;
}

}  // namespace dentate::measure
