#include "engine/learn/meta_cls.h"

#include <memory>

#include "engine/learn/autograd_step.h"
#include "engine/learn/low_rank_rule.h"
#include "engine/net/aten_body.h"
#include "engine/net/cpu_body.h"

namespace dentate::learn {
namespace {

std::unique_ptr<Rule> onAutograd(const net::Plan& plan, const spec::RuleSpec& rule) {
  return ruleOf(plan, std::make_unique<AutogradStep>(plan, rule));
}

std::unique_ptr<Rule> onAten(const net::Plan& plan, const spec::RuleSpec& rule) {
  return std::make_unique<LowRankRule>(plan, rule, std::make_unique<net::AtenBody>(plan));
}

std::unique_ptr<Rule> onCpu(const net::Plan& plan, const spec::RuleSpec& rule) {
  const net::StepShape largest{.replay = rule.replay, .steps = rule.batch};
  return std::make_unique<LowRankRule>(plan, rule, std::make_unique<net::CpuBody>(plan, largest),
                                       LowRankRule::Takes::OneReplica);
}

}  // namespace

spec::Result<std::unique_ptr<Rule>> makeMetaCls(const net::Plan& plan, const spec::RuleSpec& rule,
                                                Body body) {
  const bool first_order = rule.order == 1;
  if (!first_order && (body == Body::Cpu || body == Body::Aten))
    return spec::Error{spec::Error::Kind::Config, "rule.order",
                       "only the autograd body differentiates through the inner gradient; choose "
                       "body autograd, or order 1"};
  const bool dense = !spec::convolves(plan.network);
  if (!dense && (body == Body::Cpu || body == Body::Aten))
    return spec::Error{spec::Error::Kind::Config, "network.layers",
                       "only the autograd body convolves; choose body autograd, or dense layers"};
  if (body == Body::Cpu || (body == Body::Auto && first_order && dense)) return onCpu(plan, rule);
  if (body == Body::Aten) return onAten(plan, rule);
  return onAutograd(plan, rule);
}

}  // namespace dentate::learn
