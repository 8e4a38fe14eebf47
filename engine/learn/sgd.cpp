#include "engine/learn/sgd.h"

#include <memory>
#include <utility>

#include "engine/learn/gradient_step.h"

namespace dentate::learn {

spec::Result<std::unique_ptr<Rule>> makeSgd(const net::Plan& plan, const spec::RuleSpec& rule,
                                            Body body) {
  if (auto refused = onlyOnTensors(rule, body)) return *std::move(refused);
  return ruleOf(plan, std::make_unique<GradientStep>(plan, rule, GradientStep::On::Batch));
}

}  // namespace dentate::learn
