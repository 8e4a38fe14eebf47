#include "engine/learn/oml.h"

#include <ATen/ops/relu.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/learn/autograd_step.h"

namespace dentate::learn {
namespace {

// By path: whether it is of the prediction network.
std::vector<bool> predictionPaths(const net::Plan& plan, std::int64_t depth) {
  const auto& graph = plan.graph;
  std::vector<std::int64_t> to_output(plan.network.layers.size(), 0);  // paths on the shortest way
  for (auto layer = graph.order.rbegin(); layer != graph.order.rend(); ++layer) {
    if (spec::isOutput(plan.network.layers[*layer].role)) continue;
    std::int64_t least = depth + 1;
    for (const auto path : graph.outgoing[*layer])
      least = std::min(least, to_output[graph.target[path]] + 1);
    to_output[*layer] = least;
  }
  std::vector<bool> of_prediction;
  for (const auto target : graph.target) of_prediction.push_back(to_output[target] < depth);
  return of_prediction;
}

class PredictionRates final : public InnerRates {
 public:
  explicit PredictionRates(std::vector<bool> of_prediction)
      : of_prediction_(std::move(of_prediction)) {}

  [[nodiscard]] Taken take(const net::Parameters& theta) const override {
    Taken out;
    for (std::size_t p = 0; p < theta.weights.size(); ++p)
      out.of_path.push_back(ofUpdate(theta, p));
    return out;
  }
  void descend(net::Parameters& /*theta*/, const Tensors& /*gradients*/,
               double /*alpha_lr*/) const override {}
  [[nodiscard]] at::Tensor alphaGradient(const Tensors& /*gradients*/) const override { return {}; }
  [[nodiscard]] at::Tensor ofUpdate(const net::Parameters& theta, std::size_t path) const override {
    return at::relu(theta.alpha.select(0, static_cast<std::int64_t>(path)));
  }
  [[nodiscard]] bool fast(std::size_t path) const override { return of_prediction_[path]; }
  [[nodiscard]] bool fastStay() const override { return true; }

 private:
  std::vector<bool> of_prediction_;
};

}  // namespace

spec::Result<std::unique_ptr<Rule>> makeOml(const net::Plan& plan, const spec::RuleSpec& rule,
                                            Body body) {
  if (auto refused = onlyOnTensors(rule, body)) return *std::move(refused);
  auto of_prediction = predictionPaths(plan, rule.prediction_depth);
  if (std::ranges::all_of(of_prediction, [](bool is) { return is; }))
    return spec::Error{spec::Error::Kind::Config, "rule.prediction_depth",
                       "expected fewer, so that a path is left to be the representation, got " +
                           std::to_string(rule.prediction_depth)};
  auto rates = std::make_unique<PredictionRates>(std::move(of_prediction));
  return ruleOf(plan, std::make_unique<AutogradStep>(plan, rule, std::move(rates)));
}

}  // namespace dentate::learn
