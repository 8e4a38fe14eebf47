#include "engine/learn/autograd_step.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/softplus.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace dentate::learn {
namespace {

class PathRates final : public InnerRates {
 public:
  PathRates(const net::Plan& plan, const spec::RuleSpec& rule)
      : form_(plan.alpha), clip_norm_(rule.clip_norm) {
    const auto& paths = plan.network.paths;
    learned_ = spec::learnsAlpha(rule.condition) &&
               std::any_of(paths.begin(), paths.end(), [](const auto& p) { return !p.frozen; });
  }

  [[nodiscard]] Taken take(const net::Parameters& theta) const override {
    Taken out;
    const auto alpha = leafOf(theta.alpha, learned_);
    if (learned_) out.learned.push_back(alpha);
    const auto rate = rateOf(alpha);
    for (std::size_t p = 0; p < theta.weights.size(); ++p)
      out.of_path.push_back(rate.select(0, static_cast<std::int64_t>(p)));
    return out;
  }
  void descend(net::Parameters& theta, const Tensors& gradients, double alpha_lr) const override {
    const auto& g = gradients.front();
    theta.alpha.sub_(g * clipFactor(at::linalg_vector_norm(g), clip_norm_), alpha_lr);
  }
  [[nodiscard]] at::Tensor alphaGradient(const Tensors& gradients) const override {
    return learned_ ? gradients.front() : at::Tensor();
  }
  [[nodiscard]] at::Tensor ofUpdate(const net::Parameters& theta, std::size_t path) const override {
    return rateOf(theta.alpha.select(0, static_cast<std::int64_t>(path)));
  }

 private:
  // As engine/net/rate.h.
  [[nodiscard]] at::Tensor rateOf(const at::Tensor& alpha) const {
    return form_ == spec::AlphaForm::Relu ? at::relu(alpha) : at::softplus(alpha);
  }
  spec::AlphaForm form_;
  double clip_norm_;
  bool learned_;
};

}  // namespace

AutogradStep::AutogradStep(const net::Plan& plan, const spec::RuleSpec& rule,
                           std::unique_ptr<InnerRates> rates)
    : plan_(plan), rule_(rule), rates_(std::move(rates)) {
  if (!rates_) rates_ = std::make_unique<PathRates>(plan, rule);
  AutogradStep::setLesions({});
  learned_m_ = at::zeros({static_cast<std::int64_t>(plan.learns_m.size())}, at::kFloat);
  std::copy(plan.learns_m.begin(), plan.learns_m.end(), learned_m_.mutable_data_ptr<float>());
}

void AutogradStep::setLesions(const net::Lesions& lesions) {
  lesions_ = lesions;
  plastic_.clear();
  fast_.clear();
  for (std::size_t p = 0; p < plan_.network.paths.size(); ++p) {
    if (!net::learns(plan_, lesions, p)) continue;
    plastic_.push_back(p);
    if (rates_->fast(p)) fast_.push_back(p);
  }
}

void AutogradStep::setRates(double alpha_lr, double m_lr) {
  rule_.alpha_lr = alpha_lr;
  rule_.m_lr = m_lr;
}

bool AutogradStep::learnsM() const { return spec::learnsM(rule_.condition) && plan_.learnsAnyM(); }

TensorReport AutogradStep::step(net::Parameters& theta, const TensorSamples& batch,
                                const TensorSamples& replay) {
  TensorReport report;
  const auto gradients = metaGradient(theta, batch, joined(replay, batch), report);
  const at::NoGradGuard no_grad;
  update(theta, gradients, report);
  return report;
}

AutogradStep::Gradients AutogradStep::metaGradient(const net::Parameters& theta,
                                                   const TensorSamples& batch,
                                                   const TensorSamples& all,
                                                   TensorReport& report) const {
  Gradients out;
  Tensors wanted;
  for (const auto& w : theta.weights) wanted.push_back(leafOf(w));
  const auto m = leafOf(theta.m, learnsM());
  net::Parameters fast{wanted, theta.alpha, m, theta.steps, {}};
  const auto rates = rates_->take(theta);
  wanted.insert(wanted.end(), rates.learned.begin(), rates.learned.end());
  if (learnsM()) wanted.push_back(m);

  const auto steps = batch.x.size(0);
  at::Tensor total;
  for (std::int64_t i = 0; i < steps; ++i) {
    innerStep(fast, rates.of_path, sampleOf(batch, i));
    const auto trace = net::forward(plan_, fast, all.x, lesions_);
    const auto part = loss(plan_, trace, all) / static_cast<double>(steps);
    total = total.defined() ? total + part : part;
    if (i + 1 == steps) observe(plan_, trace, all, report);
  }
  report.meta_loss = total.detach();
  const auto all_gradients = gradOf(total, wanted);
  const auto end_of_weights =
      all_gradients.begin() + static_cast<std::ptrdiff_t>(theta.weights.size());
  const auto end_of_rates = end_of_weights + static_cast<std::ptrdiff_t>(rates.learned.size());
  out.weights.assign(all_gradients.begin(), end_of_weights);
  out.rates.assign(end_of_weights, end_of_rates);
  if (learnsM()) out.m = *end_of_rates * learned_m_.to(theta.m.options());
  out.fast = std::move(fast.weights);
  return out;
}

void AutogradStep::innerStep(net::Parameters& fast, const Tensors& rates,
                             const TensorSamples& one) const {
  const auto inner = loss(plan_, net::forward(plan_, fast, one.x, lesions_), one);
  Tensors moving;
  for (const auto p : fast_) moving.push_back(fast.weights[p]);
  const auto g = gradOf(inner, moving, rule_.order == 2);
  for (std::size_t i = 0; i < fast_.size(); ++i)
    fast.weights[fast_[i]] = fast.weights[fast_[i]] - rates[fast_[i]] * g[i];
}

void AutogradStep::update(net::Parameters& theta, const Gradients& gradients,
                          TensorReport& report) const {
  report.weight_grad_norms = norms(gradients.weights);
  report.alpha_grad = rates_->alphaGradient(gradients.rates);
  report.m_grad = gradients.m;
  if (!gradients.rates.empty()) rates_->descend(theta, gradients.rates, rule_.alpha_lr);
  if (learnsM()) {
    const auto factor = clipFactor(at::linalg_vector_norm(gradients.m), rule_.clip_norm);
    theta.m.sub_(gradients.m * factor, rule_.m_lr);
  }
  updateWeights(theta, gradients);
}

void AutogradStep::updateWeights(net::Parameters& theta, const Gradients& gradients) const {
  std::vector<std::size_t> moved;  // by the meta-gradient
  for (const auto p : plastic_) {
    if (rates_->fastStay() && rates_->fast(p))
      theta.weights[p].copy_(gradients.fast[p].detach());
    else
      moved.push_back(p);
  }
  if (moved.empty()) return;
  Tensors moving;
  for (const auto p : moved) moving.push_back(gradients.weights[p]);
  const auto clip = clipFactor(at::linalg_vector_norm(norms(moving)), rule_.clip_norm);
  for (const auto p : moved) {
    const bool own = rule_.update == spec::Update::Asynchronous;
    const auto factor = own ? rates_->ofUpdate(theta, p) * clip : clip * rule_.weight_lr;
    theta.weights[p].sub_(gradients.weights[p] * factor);
  }
}

}  // namespace dentate::learn
