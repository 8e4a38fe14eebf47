#include "engine/learn/meta_cls.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/stack.h>
#include <torch/csrc/autograd/autograd.h>

#include <cstdint>
#include <utility>

#include "engine/learn/loss.h"

namespace dentate::learn {
namespace {

constexpr double kClipFloor = 1e-6;  // added to a norm before dividing, as torch's clip_grad_norm_

using Tensors = std::vector<at::Tensor>;

Samples sample(const Samples& of, std::int64_t i) {
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

class MetaCls final : public Rule {
 public:
  MetaCls(const net::Plan& plan, const spec::RuleSpec& rule) : plan_(plan), rule_(rule) {
    for (const auto r : plan.rank) inhibited_ = inhibited_ || r > 0;
    for (std::size_t p = 0; p < plan.network.paths.size(); ++p)
      if (!plan.network.paths[p].frozen) plastic_.push_back(p);
  }

  StepReport step(net::Parameters& theta, const Samples& batch, const Samples& replay) override {
    StepReport report;
    const auto gradients = metaGradient(theta, batch, joined(replay, batch), report);
    const at::NoGradGuard no_grad;
    update(theta, gradients, report);
    return report;
  }

  void setRates(double alpha_lr, double m_lr) override {
    rule_.alpha_lr = alpha_lr;
    rule_.m_lr = m_lr;
  }

 private:
  [[nodiscard]] bool learnsAlpha() const {
    return spec::learnsAlpha(rule_.condition) && !plastic_.empty();
  }
  [[nodiscard]] bool learnsM() const { return spec::learnsM(rule_.condition) && inhibited_; }

  // Of every weight matrix, then alpha, then m, as far as they are learned.
  Tensors metaGradient(const net::Parameters& theta, const Samples& batch, const Samples& all,
                       StepReport& report) const {
    const auto leaf = [](const at::Tensor& t, bool learned) {
      return t.detach().set_requires_grad(learned);
    };
    Tensors wanted;
    for (const auto& w : theta.weights) wanted.push_back(leaf(w, true));
    Tensors fast = wanted;
    const auto alpha = leaf(theta.alpha, learnsAlpha());
    const auto m = leaf(theta.m, learnsM());
    if (learnsAlpha()) wanted.push_back(alpha);
    if (learnsM()) wanted.push_back(m);

    const auto rate = at::relu(alpha);
    const auto steps = batch.x.size(0);
    at::Tensor total;
    for (std::int64_t i = 0; i < steps; ++i) {
      innerStep(fast, rate, m, sample(batch, i));
      const auto trace = net::forward(plan_, fast, m, all.x);
      const auto part = loss(plan_, trace, all) / static_cast<double>(steps);
      total = total.defined() ? total + part : part;
      if (i + 1 == steps) observe(trace, all, report);
    }
    report.meta_loss = total.detach();
    return torch::autograd::grad({total}, wanted);
  }

  void innerStep(Tensors& fast, const at::Tensor& rate, const at::Tensor& m,
                 const Samples& one) const {
    const bool second = rule_.order == 2;
    const auto inner = loss(plan_, net::forward(plan_, fast, m, one.x), one);
    const auto g = torch::autograd::grad({inner}, fast, /*grad_outputs=*/{},
                                         /*retain_graph=*/second, /*create_graph=*/second);
    for (const auto p : plastic_)
      fast[p] = fast[p] - rate.select(0, static_cast<std::int64_t>(p)) * g[p];
  }

  void observe(const net::Trace& trace, const Samples& all, StepReport& report) const {
    const at::NoGradGuard no_grad;
    report.active_fraction = net::activeFraction(plan_, trace);
    for (std::size_t l = 0; l < plan_.network.layers.size(); ++l) {
      const auto role = plan_.network.layers[l].role;
      if (role == spec::LayerRole::Category ||
          (role == spec::LayerRole::Item && !report.batch_correct.defined()))
        report.batch_correct = correct(plan_, trace, all, l);
    }
  }

  void update(net::Parameters& theta, const Tensors& gradients, StepReport& report) const {
    const std::size_t paths = theta.weights.size();
    const Tensors of_weights(gradients.begin(),
                             gradients.begin() + static_cast<std::ptrdiff_t>(paths));
    report.weight_grad_norms = norms(of_weights);
    std::size_t next = paths;
    if (learnsAlpha()) report.alpha_grad = gradients[next++];
    if (learnsM()) report.m_grad = gradients[next];

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
      const auto factor =
          own ? rate.select(0, static_cast<std::int64_t>(p)) : clip * rule_.weight_lr;
      theta.weights[p].sub_(of_weights[p] * factor);
    }
  }

  const net::Plan& plan_;
  spec::RuleSpec rule_;
  bool inhibited_ = false;            // whether any layer is
  std::vector<std::size_t> plastic_;  // paths that the spec does not freeze
};

}  // namespace

std::unique_ptr<Rule> makeMetaCls(const net::Plan& plan, const spec::RuleSpec& rule) {
  return std::make_unique<MetaCls>(plan, rule);
}

}  // namespace dentate::learn
