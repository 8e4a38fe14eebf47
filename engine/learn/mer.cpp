#include "engine/learn/mer.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/zeros_like.h>

#include <memory>
#include <utility>

#include "engine/learn/gradients.h"
#include "engine/learn/tensor_rule.h"

namespace dentate::learn {
namespace {

Tensors copied(const Tensors& of) {
  Tensors made;
  for (const auto& w : of) made.push_back(w.clone());
  return made;
}

class MerStep final : public TensorStep {
 public:
  MerStep(const net::Plan& plan, const spec::RuleSpec& rule)
      : plan_(plan), within_(rule.reptile_within), across_(rule.reptile_across) {
    MerStep::setLesions({});
  }

  TensorReport step(net::Parameters& theta, const TensorSamples& batch,
                    const TensorSamples& replay) override {
    const auto before = copied(theta.weights);
    Tensors sums;  // of gradients
    for (const auto& w : theta.weights) sums.push_back(at::zeros_like(w));
    for (std::int64_t i = 0; i < batch.x.size(0); ++i) {
      const auto begun = copied(theta.weights);
      descend(theta, joined(replay, sampleOf(batch, i)), sums);
      goBack(theta, begun, within_);
    }
    const at::NoGradGuard no_grad;
    TensorReport report;
    const auto all = joined(replay, batch);
    const auto trace = net::forward(plan_, theta, all.x, lesions_);
    report.meta_loss = loss(plan_, trace, all);
    report.weight_grad_norms = norms(sums);
    observe(plan_, trace, all, report);
    goBack(theta, before, across_);
    return report;
  }
  void setLesions(const net::Lesions& lesions) override {
    lesions_ = lesions;
    plastic_.clear();
    for (std::size_t p = 0; p < plan_.network.paths.size(); ++p)
      if (net::learns(plan_, lesions, p)) plastic_.push_back(p);
  }

 private:
  // A step for each sample.
  void descend(net::Parameters& theta, const TensorSamples& samples, Tensors& sums) const {
    const auto rate = at::relu(theta.alpha);
    for (std::int64_t i = 0; i < samples.x.size(0); ++i) {
      Tensors weights, moving;
      for (const auto& w : theta.weights) weights.push_back(w.detach());
      for (const auto p : plastic_) moving.push_back(weights[p] = leafOf(theta.weights[p]));
      const auto one = sampleOf(samples, i);
      const auto trace =
          net::forward(plan_, {weights, theta.alpha, theta.m, theta.steps, {}}, one.x, lesions_);
      const auto g = gradOf(loss(plan_, trace, one), moving);
      const at::NoGradGuard no_grad;
      for (std::size_t j = 0; j < plastic_.size(); ++j) {
        const auto p = plastic_[j];
        sums[p].add_(g[j]);
        theta.weights[p].sub_(g[j] * rate.select(0, static_cast<std::int64_t>(p)));
      }
    }
  }
  // Leaves `share` of the way that the weights have come since `before`.
  void goBack(net::Parameters& theta, const Tensors& before, double share) const {
    for (const auto p : plastic_) theta.weights[p].copy_(before[p].lerp(theta.weights[p], share));
  }

  const net::Plan& plan_;
  double within_, across_;
  net::Lesions lesions_;
  std::vector<std::size_t> plastic_;  // paths that learn
};

}  // namespace

spec::Result<std::unique_ptr<Rule>> makeMer(const net::Plan& plan, const spec::RuleSpec& rule,
                                            Body body) {
  if (auto refused = onlyOnTensors(rule, body)) return *std::move(refused);
  return ruleOf(plan, std::make_unique<MerStep>(plan, rule));
}

}  // namespace dentate::learn
