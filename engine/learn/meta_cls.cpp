#include "engine/learn/meta_cls.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/from_blob.h>

#include <utility>

#include "engine/learn/autograd_step.h"
#include "engine/learn/low_rank_rule.h"
#include "engine/net/aten_body.h"
#include "engine/net/cpu_body.h"
#include "engine/spec/check.h"

namespace dentate::learn {
namespace {

template <class Number>
std::vector<Number> numbers(const at::Tensor& of) {
  if (!of.defined()) return {};
  const auto flat = of.to(at::kCPU, at::kDouble).contiguous();
  const double* first = flat.const_data_ptr<double>();
  std::vector<Number> out;
  for (std::int64_t i = 0; i < flat.numel(); ++i) out.push_back(static_cast<Number>(first[i]));
  return out;
}

class AutogradMetaCls final : public Rule {
 public:
  AutogradMetaCls(const net::Plan& plan, const spec::RuleSpec& rule)
      : inputs_(plan.network.layers[plan.graph.input].units), step_(plan, rule) {}

  void step(net::ParameterBatch& parameters, std::span<const StepInput> inputs,
            std::span<StepReport> reports) override {
    for (std::size_t r = 0; r < inputs.size(); ++r) {
      auto one = parameters.replica(static_cast<std::int64_t>(r));
      const auto measured = step_.step(one, tensorsOf(inputs[r].batch, inputs_),
                                       tensorsOf(inputs[r].replay, inputs_));
      auto& report = reports[r];
      report.meta_loss = measured.meta_loss.item<double>();
      report.weight_grad_norms = numbers<double>(measured.weight_grad_norms);
      report.alpha_grad = numbers<double>(measured.alpha_grad);
      report.m_grad = numbers<double>(measured.m_grad);
      report.active_fraction = numbers<float>(measured.active_fraction);
      report.alpha = numbers<float>(one.alpha);
      report.m = numbers<float>(one.m);
      report.batch_correct = measured.batch_correct.item<double>();
      report.work = 1;
    }
    ++parameters.steps;
  }
  void setRates(double alpha_lr, double m_lr) override { step_.setRates(alpha_lr, m_lr); }
  void setLesions(std::span<const net::Lesions> lesions) override {
    DENTATE_CHECK(lesions.size() == 1);
    step_.setLesions(lesions.front());
  }

 private:
  std::int64_t inputs_;
  AutogradStep step_;
};

std::unique_ptr<Rule> onAutograd(const net::Plan& plan, const spec::RuleSpec& rule) {
  return std::make_unique<AutogradMetaCls>(plan, rule);
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
  if (body == Body::Cpu || (body == Body::Auto && first_order)) return onCpu(plan, rule);
  if (body == Body::Aten) return onAten(plan, rule);
  return onAutograd(plan, rule);
}

}  // namespace dentate::learn
