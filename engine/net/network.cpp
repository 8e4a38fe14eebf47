#include "engine/net/network.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <ATen/ops/gt.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>

#include <cmath>
#include <utility>

#include "engine/net/inhibition.h"

namespace dentate::net {
namespace {

constexpr double kNormFloor = 1e-12;  // of |a_s|: a silent layer sends zeros

at::Tensor normalised(const at::Tensor& a) {
  return a / at::linalg_vector_norm(a, 2, /*dim=*/-1, /*keepdim=*/true).clamp_min(kNormFloor);
}

bool hidden(const Plan& plan, std::size_t layer) {
  return plan.network.layers[layer].role == spec::LayerRole::Hidden;
}

}  // namespace

spec::Result<Plan> makePlan(const spec::NetworkSpec& network, spec::Condition condition,
                            double k_fraction) {
  auto graph = spec::makeGraph(network);
  if (!graph) return graph.error();
  Plan plan{network, std::move(graph).value(), {}, true};
  for (const auto& layer : network.layers) {
    const bool inhibited = spec::learnsM(condition) && layer.role == spec::LayerRole::Hidden &&
                           layer.inhibition == spec::Inhibition::LearnedM;
    plan.rank.push_back(inhibited ? inhibitionRank(layer.units, k_fraction) : 0);
  }
  return plan;
}

Parameters Parameters::clone() const {
  Parameters copy{{}, alpha.clone(), m.clone()};
  for (const auto& w : weights) copy.weights.push_back(w.clone());
  return copy;
}

Parameters initialParameters(const Plan& plan, const spec::RuleSpec& rule, data::Random& random) {
  const auto& network = plan.network;
  Parameters made;
  made.alpha = at::full({static_cast<std::int64_t>(network.paths.size())}, rule.alpha0);
  made.m = at::zeros({static_cast<std::int64_t>(network.layers.size())});
  for (std::size_t p = 0; p < network.paths.size(); ++p) {
    const auto units = network.layers[plan.graph.target[p]].units;
    const auto sources = network.layers[plan.graph.source[p]].units;
    const double spread = std::sqrt(2.0 / static_cast<double>(sources));
    auto w = at::empty({units, sources});
    float* value = w.mutable_data_ptr<float>();
    for (std::int64_t i = 0; i < w.numel(); ++i)
      value[i] = static_cast<float>(spread * random.normal());
    made.weights.push_back(std::move(w));
    if (network.paths[p].alpha0)
      made.alpha[static_cast<std::int64_t>(p)].fill_(*network.paths[p].alpha0);
  }
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    if (plan.rank[l] > 0) made.m[static_cast<std::int64_t>(l)].fill_(rule.m0);
  return made;
}

Lesions lesionPathway(const Plan& plan, spec::Pathway pathway) {
  Lesions lesions{std::vector<at::Tensor>(plan.network.layers.size()), {}};
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l)
    if (plan.network.layers[l].pathway == pathway)
      lesions.keep[l] = at::zeros({plan.network.layers[l].units});
  for (const auto& path : plan.network.paths) lesions.paths.push_back(path.pathway == pathway);
  return lesions;
}

Trace forward(const Plan& plan, const std::vector<at::Tensor>& weights, const at::Tensor& m,
              const at::Tensor& x, const Lesions& lesions) {
  const auto& graph = plan.graph;
  const std::size_t layers = plan.network.layers.size();
  Trace trace{std::vector<at::Tensor>(layers), std::vector<at::Tensor>(layers)};
  std::vector<at::Tensor> sent(layers);  // x^, by layer
  for (const auto l : graph.order) {
    auto& a = trace.activity[l];
    if (l == graph.input) {
      a = x;
    } else {
      at::Tensor z;
      for (const auto p : graph.incoming[l]) {
        if (!lesions.paths.empty() && lesions.paths[p] != 0) continue;
        auto term = at::linear(sent[graph.source[p]], weights[p]);
        z = z.defined() ? z + term : std::move(term);
      }
      if (!z.defined()) z = at::zeros({x.size(0), plan.network.layers[l].units}, x.options());
      if (plan.rank[l] > 0) z = inhibit(z, m.select(0, static_cast<std::int64_t>(l)), plan.rank[l]);
      trace.net_input[l] = z;
      if (!hidden(plan, l)) continue;
      a = at::relu(z);
    }
    if (!lesions.keep.empty() && lesions.keep[l].defined()) a = a * lesions.keep[l];
    sent[l] = l == graph.input && !plan.normalise_input ? a : normalised(a);
  }
  return trace;
}

at::Tensor activeFraction(const Plan& plan, const Trace& trace) {
  std::vector<at::Tensor> shares;
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l)
    shares.push_back(hidden(plan, l) ? trace.activity[l].gt(0).to(at::kDouble).mean()
                                     : at::zeros({}, at::kDouble));
  return at::stack(shares);
}

}  // namespace dentate::net
