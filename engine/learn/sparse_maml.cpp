#include "engine/learn/sparse_maml.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/ge.h>
#include <ATen/ops/relu.h>

#include <memory>

#include "engine/learn/autograd_step.h"
#include "engine/learn/weight_rates.h"

namespace dentate::learn {
namespace {

at::Tensor maskOf(const at::Tensor& scores) { return scores.ge(0).to(scores.scalar_type()); }

class MaskedRates final : public WeightRates {
 public:
  using WeightRates::WeightRates;

  // The leaves are masks: their gradients go straight through to the scores.
  [[nodiscard]] Taken take(const net::Parameters& theta) const override {
    Taken out;
    for (std::size_t p = 0; p < theta.weights.size(); ++p) {
      out.learned.push_back(leafOf(maskOf(theta.extra[p])));
      out.of_path.push_back(out.learned.back() * rate(theta, p));
    }
    return out;
  }
  [[nodiscard]] at::Tensor alphaGradient(const Tensors& /*gradients*/) const override { return {}; }
  [[nodiscard]] at::Tensor ofUpdate(const net::Parameters& theta, std::size_t path) const override {
    return rate(theta, path);
  }

 protected:
  void show(net::Parameters& theta) const override {
    for (std::size_t p = 0; p < theta.weights.size(); ++p)
      theta.alpha[static_cast<std::int64_t>(p)].copy_(rate(theta, p) *
                                                      maskOf(theta.extra[p]).mean());
  }

 private:
  static at::Tensor rate(const net::Parameters& theta, std::size_t path) {
    return at::relu(theta.extra.back().select(0, static_cast<std::int64_t>(path)));
  }
};

}  // namespace

spec::Result<std::unique_ptr<Rule>> makeSparseMaml(const net::Plan& plan,
                                                   const spec::RuleSpec& rule, Body body) {
  if (auto refused = onlyOnTensors(rule, body)) return *std::move(refused);
  auto rates = std::make_unique<MaskedRates>(rule.clip_norm);
  return ruleOf(plan, std::make_unique<AutogradStep>(plan, rule, std::move(rates)));
}

std::vector<net::Extra> sparseMamlExtra(const net::Plan& plan, const spec::RuleSpec& /*rule*/) {
  auto extra = extraOfWeights(plan, kScore0);
  extra.emplace_back();  // alpha0
  return extra;
}

}  // namespace dentate::learn
