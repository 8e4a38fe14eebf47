#include "engine/learn/la_maml.h"

#include <ATen/ops/relu.h>
#include <ATen/ops/stack.h>

#include <memory>

#include "engine/learn/autograd_step.h"
#include "engine/learn/meta_cls.h"
#include "engine/learn/weight_rates.h"

namespace dentate::learn {
namespace {

class RateAWeight final : public WeightRates {
 public:
  using WeightRates::WeightRates;

  [[nodiscard]] Taken take(const net::Parameters& theta) const override {
    Taken out;
    for (const auto& a : theta.extra) {
      out.learned.push_back(leafOf(a));
      out.of_path.push_back(at::relu(out.learned.back()));
    }
    return out;
  }
  [[nodiscard]] at::Tensor alphaGradient(const Tensors& gradients) const override {
    Tensors sums;
    for (const auto& g : gradients) sums.push_back(g.sum());
    return at::stack(sums);
  }
  [[nodiscard]] at::Tensor ofUpdate(const net::Parameters& theta, std::size_t path) const override {
    return at::relu(theta.extra[path]);
  }

 protected:
  void show(net::Parameters& theta) const override {
    for (std::size_t p = 0; p < theta.extra.size(); ++p)
      theta.alpha[static_cast<std::int64_t>(p)].copy_(at::relu(theta.extra[p]).mean());
  }
};

}  // namespace

spec::Result<std::unique_ptr<Rule>> makeLaMaml(const net::Plan& plan, const spec::RuleSpec& rule,
                                               Body body) {
  if (rule.alpha_per == spec::AlphaPer::Path) return makeMetaCls(plan, rule, body);
  if (auto refused = onlyOnTensors(rule, body)) return *std::move(refused);
  auto rates = std::make_unique<RateAWeight>(rule.clip_norm);
  return ruleOf(plan, std::make_unique<AutogradStep>(plan, rule, std::move(rates)));
}

std::vector<net::Extra> laMamlExtra(const net::Plan& plan, const spec::RuleSpec& rule) {
  if (rule.alpha_per == spec::AlphaPer::Path) return {};
  return extraOfWeights(plan, /*start=*/std::nullopt);
}

}  // namespace dentate::learn
