#include "engine/learn/autograd_step.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/autograd.h>

#include <cstdint>
#include <utility>

namespace dentate::learn {
namespace {

constexpr double kClipFloor = 1e-6;  // added to a norm before dividing, as torch's clip_grad_norm_

using Tensors = std::vector<at::Tensor>;

TensorSamples sample(const TensorSamples& of, std::int64_t i) {
  const auto one = [i](const at::Tensor& t) { return t.defined() ? t.narrow(0, i, 1) : t; };
  return {one(of.x), one(of.category), one(of.item)};
}

at::Tensor norms(const Tensors& parts) {
  Tensors each;
  for (const auto& part : parts) each.push_back(at::linalg_vector_norm(part));
  return at::stack(each);
}

// Factor that brings a group of this norm down to `limit`; 1 where it is below.
at::Tensor clipFactor(const at::Tensor& norm, double limit) {
  return (limit / (norm + kClipFloor)).clamp_max(1.0);
}

// Zeros where nothing depends on a tensor: the paths that a lesion leaves out.
Tensors gradOf(const at::Tensor& loss, const Tensors& by, bool second) {
  auto found = torch::autograd::grad({loss}, by, /*grad_outputs=*/{}, /*retain_graph=*/second,
                                     /*create_graph=*/second, /*allow_unused=*/true);
  for (std::size_t i = 0; i < by.size(); ++i)
    if (!found[i].defined()) found[i] = at::zeros_like(by[i]);
  return found;
}

}  // namespace

AutogradStep::AutogradStep(const net::Plan& plan, const spec::RuleSpec& rule)
    : plan_(plan), rule_(rule) {
  setLesions({});
  learnable_ = !plastic_.empty();
}

void AutogradStep::setLesions(const net::Lesions& lesions) {
  lesions_ = lesions;
  plastic_.clear();
  for (std::size_t p = 0; p < plan_.network.paths.size(); ++p)
    if (net::learns(plan_, lesions, p)) plastic_.push_back(p);
}

void AutogradStep::setRates(double alpha_lr, double m_lr) {
  rule_.alpha_lr = alpha_lr;
  rule_.m_lr = m_lr;
}

bool AutogradStep::learnsAlpha() const { return spec::learnsAlpha(rule_.condition) && learnable_; }

bool AutogradStep::learnsM() const { return spec::learnsM(rule_.condition) && plan_.learnsAnyM(); }

TensorReport AutogradStep::step(net::Parameters& theta, const TensorSamples& batch,
                                const TensorSamples& replay) {
  TensorReport report;
  const auto gradients = metaGradient(theta, batch, joined(replay, batch), report);
  const at::NoGradGuard no_grad;
  update(theta, gradients, report);
  return report;
}

// 1 for every layer whose m is learned, [layers].
at::Tensor AutogradStep::learnedM(const at::Tensor& like) const {
  auto made = at::zeros({like.size(0)}, at::kFloat);
  for (std::size_t l = 0; l < plan_.learns_m.size(); ++l)
    made.mutable_data_ptr<float>()[l] = plan_.learns_m[l];
  return made.to(like.options());
}

AutogradStep::Tensors AutogradStep::metaGradient(const net::Parameters& theta,
                                                 const TensorSamples& batch,
                                                 const TensorSamples& all,
                                                 TensorReport& report) const {
  const auto leaf = [](const at::Tensor& t, bool learned) {
    return t.detach().set_requires_grad(learned);
  };
  Tensors wanted;
  for (const auto& w : theta.weights) wanted.push_back(leaf(w, true));
  const auto alpha = leaf(theta.alpha, learnsAlpha());
  const auto m = leaf(theta.m, learnsM());
  net::Parameters fast{wanted, alpha, m, theta.steps};
  if (learnsAlpha()) wanted.push_back(alpha);
  if (learnsM()) wanted.push_back(m);

  const auto rate = at::relu(alpha);
  const auto steps = batch.x.size(0);
  at::Tensor total;
  for (std::int64_t i = 0; i < steps; ++i) {
    innerStep(fast, rate, sample(batch, i));
    const auto trace = net::forward(plan_, fast, all.x, lesions_);
    const auto part = loss(plan_, trace, all) / static_cast<double>(steps);
    total = total.defined() ? total + part : part;
    if (i + 1 == steps) observe(trace, all, report);
  }
  report.meta_loss = total.detach();
  return gradOf(total, wanted, /*second=*/false);
}

void AutogradStep::innerStep(net::Parameters& fast, const at::Tensor& rate,
                             const TensorSamples& one) const {
  const auto inner = loss(plan_, net::forward(plan_, fast, one.x, lesions_), one);
  const auto g = gradOf(inner, fast.weights, rule_.order == 2);
  for (const auto p : plastic_)
    fast.weights[p] = fast.weights[p] - rate.select(0, static_cast<std::int64_t>(p)) * g[p];
}

void AutogradStep::observe(const net::Trace& trace, const TensorSamples& all,
                           TensorReport& report) const {
  const at::NoGradGuard no_grad;
  report.active_fraction = net::activeFraction(plan_, trace);
  for (std::size_t l = 0; l < plan_.network.layers.size(); ++l) {
    const auto role = plan_.network.layers[l].role;
    if (role == spec::LayerRole::Category ||
        (role == spec::LayerRole::Item && !report.batch_correct.defined()))
      report.batch_correct = correct(plan_, trace, all, l);
  }
}

void AutogradStep::update(net::Parameters& theta, const Tensors& gradients,
                          TensorReport& report) const {
  const std::size_t paths = theta.weights.size();
  const Tensors of_weights(gradients.begin(),
                           gradients.begin() + static_cast<std::ptrdiff_t>(paths));
  report.weight_grad_norms = norms(of_weights);
  std::size_t next = paths;
  if (learnsAlpha()) report.alpha_grad = gradients[next++];
  if (learnsM()) report.m_grad = gradients[next] * learnedM(theta.m);

  const auto descend = [this](at::Tensor& value, const at::Tensor& gradient, double step_size) {
    const auto factor = clipFactor(at::linalg_vector_norm(gradient), rule_.clip_norm);
    value.sub_(gradient * factor, step_size);
  };
  if (learnsAlpha()) descend(theta.alpha, report.alpha_grad, rule_.alpha_lr);
  if (learnsM()) descend(theta.m, report.m_grad, rule_.m_lr);

  if (plastic_.empty()) return;
  Tensors moving;
  for (const auto p : plastic_) moving.push_back(of_weights[p]);
  const auto clip = clipFactor(at::linalg_vector_norm(norms(moving)), rule_.clip_norm);
  const auto rate = at::relu(theta.alpha) * clip;
  for (const auto p : plastic_) {
    const bool own = rule_.update == spec::Update::Asynchronous;
    const auto factor = own ? rate.select(0, static_cast<std::int64_t>(p)) : clip * rule_.weight_lr;
    theta.weights[p].sub_(of_weights[p] * factor);
  }
}

}  // namespace dentate::learn
