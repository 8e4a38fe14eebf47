#include "tests/bench/yardstick.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/topk.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>

namespace dentate::bench {
namespace {

using Tensors = std::vector<at::Tensor>;

at::Tensor leaf(const at::Tensor& t, bool learned) { return t.detach().set_requires_grad(learned); }

learn::TensorSamples sample(const learn::TensorSamples& of, std::int64_t i) {
  const auto one = [i](const at::Tensor& t) { return t.defined() ? t.narrow(0, i, 1) : t; };
  return {one(of.x), one(of.category), one(of.item)};
}

// min(1, limit / norm) of a group of gradients, as torch's clip_grad_norm_.
at::Tensor clip(const Tensors& group, double limit) {
  Tensors norms;
  for (const auto& gradient : group) norms.push_back(at::linalg_vector_norm(gradient));
  return (limit / (at::linalg_vector_norm(at::stack(norms)) + 1e-6)).clamp_max(1.0);
}

}  // namespace

Yardstick::Yardstick(const net::Plan& plan, const spec::RuleSpec& rule)
    : plan_(plan),
      rule_(rule),
      learns_alpha_(spec::learnsAlpha(rule.condition)),
      learns_m_(spec::learnsM(rule.condition) && plan.learnsAnyM()) {}

void Yardstick::setRates(double alpha_lr, double m_lr) {
  rule_.alpha_lr = alpha_lr;
  rule_.m_lr = m_lr;
}

Tensors Yardstick::forward(const Tensors& weights, const at::Tensor& m, const at::Tensor& x) const {
  const auto& graph = plan_.graph;
  Tensors logits(graph.order.size()), sent(graph.order.size());
  for (const auto l : graph.order) {
    at::Tensor a = x;
    if (l != graph.input) {
      at::Tensor z;
      for (const auto p : graph.incoming[l]) {
        const auto term = sent[graph.source[p]].matmul(weights[p].t());
        z = z.defined() ? z + term : term;
      }
      if (spec::isOutput(plan_.network.layers[l].role)) {
        logits[l] = z;
        continue;
      }
      if (const auto k = plan_.rank(l, 0); k > 0) {
        const auto largest = std::get<0>(at::topk(z.detach(), k, /*dim=*/1));
        z = z - m[static_cast<std::int64_t>(l)] * largest.narrow(/*dim=*/1, k - 1, 1);
      }
      a = at::relu(z);
    }
    const auto norm = at::linalg_vector_norm(a, 2, /*dim=*/1, /*keepdim=*/true);
    sent[l] = a / norm.clamp_min(1e-12);
  }
  return logits;
}

at::Tensor Yardstick::loss(const Tensors& weights, const at::Tensor& m,
                           const learn::TensorSamples& samples) const {
  const auto logits = forward(weights, m, samples.x);
  at::Tensor total;
  for (std::size_t l = 0; l < logits.size(); ++l) {
    if (!logits[l].defined()) continue;
    const bool category = plan_.network.layers[l].role == spec::LayerRole::Category;
    const auto part = at::cross_entropy_loss(logits[l], category ? samples.category : samples.item);
    total = total.defined() ? total + part : part;
  }
  return total;
}

double Yardstick::metaStep(net::Parameters& theta, const learn::TensorSamples& batch,
                           const learn::TensorSamples& replay) const {
  Tensors wanted;
  for (const auto& w : theta.weights) wanted.push_back(leaf(w, true));
  Tensors fast = wanted;
  const auto alpha = leaf(theta.alpha, learns_alpha_);
  const auto m = leaf(theta.m, learns_m_);
  if (learns_alpha_) wanted.push_back(alpha);
  if (learns_m_) wanted.push_back(m);

  const auto all = learn::joined(replay, batch);
  const bool second = rule_.order == 2;
  const auto steps = batch.x.size(0);
  at::Tensor total;
  for (std::int64_t b = 0; b < steps; ++b) {
    const auto inner = loss(fast, m, sample(batch, b));
    const auto g = torch::autograd::grad({inner}, fast, /*grad_outputs=*/{},
                                         /*retain_graph=*/second, /*create_graph=*/second);
    for (std::size_t p = 0; p < fast.size(); ++p)
      fast[p] = fast[p] - at::relu(alpha[static_cast<std::int64_t>(p)]) * g[p];
    const auto part = loss(fast, m, all) / static_cast<double>(steps);
    total = total.defined() ? total + part : part;
  }
  const auto gradients = torch::autograd::grad({total}, wanted);
  const at::NoGradGuard no_grad;
  update(theta, gradients);
  return total.item<double>();
}

void Yardstick::update(net::Parameters& theta, const Tensors& gradients) const {
  const auto paths = static_cast<std::int64_t>(theta.weights.size());
  const Tensors of_weights(gradients.begin(), gradients.begin() + paths);
  auto next = gradients.begin() + paths;
  if (learns_alpha_) {
    theta.alpha.sub_(*next * clip({*next}, rule_.clip_norm) * rule_.alpha_lr);
    ++next;
  }
  if (learns_m_) theta.m.sub_(*next * clip({*next}, rule_.clip_norm) * rule_.m_lr);
  const auto factor = clip(of_weights, rule_.clip_norm);
  for (std::int64_t p = 0; p < paths; ++p) {
    const bool own = rule_.update == spec::Update::Asynchronous;
    const auto rate = own ? at::relu(theta.alpha[p]) * factor : factor * rule_.weight_lr;
    const auto i = static_cast<std::size_t>(p);
    theta.weights[i].sub_(of_weights[i] * rate);
  }
}

void Yardstick::step(net::ParameterBatch& parameters, std::span<const learn::StepInput> inputs,
                     std::span<learn::StepReport> reports) {
  const auto pixels = plan_.network.layers[plan_.graph.input].units;
  for (std::size_t r = 0; r < inputs.size(); ++r) {
    auto theta = parameters.replica(static_cast<std::int64_t>(r));
    reports[r] = {};
    reports[r].meta_loss = metaStep(theta, learn::tensorsOf(inputs[r].batch, pixels),
                                    learn::tensorsOf(inputs[r].replay, pixels));
  }
}

net::ParameterBatch plainParameters(const net::Plan& plan, std::int64_t replicas) {
  const auto& network = plan.network;
  net::ParameterBatch made;
  for (std::size_t p = 0; p < network.paths.size(); ++p)
    made.weights.push_back(at::zeros({replicas, network.layers[plan.graph.target[p]].units,
                                      network.layers[plan.graph.source[p]].units}));
  made.alpha = at::zeros({replicas, static_cast<std::int64_t>(network.paths.size())});
  made.m = at::zeros({replicas, static_cast<std::int64_t>(network.layers.size())});
  return made;
}

}  // namespace dentate::bench
