// A rule that only tests have: momentum. What a new rule takes is this file and a line in
// further_rules.cpp; the tests of rules_test.cpp are then its own too.
//
//   V <- 0.9 V + d CE(theta; R u B);  theta_p <- theta_p - relu(alpha_p) V_p
#pragma once
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include <memory>
#include <vector>

#include "engine/learn/gradients.h"
#include "engine/learn/tensor_rule.h"

namespace dentate::test {

class ToyStep final : public learn::TensorStep {
 public:
  explicit ToyStep(const net::Plan& plan) : plan_(plan) {}
  learn::TensorReport step(net::Parameters& theta, const learn::TensorSamples& batch,
                           const learn::TensorSamples& replay) override {
    const auto all = learn::joined(replay, batch);
    learn::Tensors weights;
    for (const auto& w : theta.weights) weights.push_back(learn::leafOf(w));
    const auto trace =
        net::forward(plan_, {weights, theta.alpha, theta.m, theta.steps, {}}, all.x, lesions_);
    const auto loss = learn::loss(plan_, trace, all);
    const auto gradients = learn::gradOf(loss, weights);
    learn::TensorReport report;
    learn::observe(plan_, trace, all, report);
    const at::NoGradGuard no_grad;
    report.meta_loss = loss.detach();
    report.weight_grad_norms = learn::norms(gradients);
    for (std::size_t p = 0; p < weights.size(); ++p) {
      if (!net::learns(plan_, lesions_, p)) continue;
      theta.extra[p].mul_(0.9).add_(gradients[p]);
      const auto rate = theta.alpha.select(0, static_cast<std::int64_t>(p)).clamp_min(0);
      theta.weights[p].sub_(theta.extra[p] * rate);
    }
    return report;
  }
  void setLesions(const net::Lesions& lesions) override { lesions_ = lesions; }

 private:
  const net::Plan& plan_;
  net::Lesions lesions_;
};

inline spec::Result<std::unique_ptr<learn::Rule>> makeToy(const net::Plan& plan,
                                                          const spec::RuleSpec& rule,
                                                          learn::Body body) {
  if (auto refused = learn::onlyOnTensors(rule, body)) return *std::move(refused);
  return learn::ruleOf(plan, std::make_unique<ToyStep>(plan));
}

inline std::vector<net::Extra> toyExtra(const net::Plan& plan, const spec::RuleSpec& /*rule*/) {
  std::vector<net::Extra> velocities;
  for (std::size_t p = 0; p < plan.network.paths.size(); ++p) velocities.push_back({p, 0.0});
  return velocities;
}

inline constexpr learn::RuleEntry kToy{.traits = {.name = "toy",
                                                  .alpha = spec::Learned::Never,
                                                  .m = spec::Learned::Never,
                                                  .update = spec::Update::Asynchronous,
                                                  .highest_order = 1},
                                       .make = &makeToy,
                                       .extra = &toyExtra};

}  // namespace dentate::test
