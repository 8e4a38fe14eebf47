#include "engine/learn/tensor_rule.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include <utility>

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

class TensorRule final : public Rule {
 public:
  TensorRule(const net::Plan& plan, std::unique_ptr<TensorStep> step)
      : inputs_(plan.network.layers[plan.graph.input].units), step_(std::move(step)) {}

  void step(net::ParameterBatch& parameters, std::span<const StepInput> inputs,
            std::span<StepReport> reports) override {
    for (std::size_t r = 0; r < inputs.size(); ++r) {
      auto one = parameters.replica(static_cast<std::int64_t>(r));
      const auto type = one.alpha.scalar_type();
      const auto measured =
          step_->step(one, samples(inputs[r].batch, type), samples(inputs[r].replay, type));
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
  void setRates(double alpha_lr, double m_lr) override { step_->setRates(alpha_lr, m_lr); }
  void setLesions(std::span<const net::Lesions> lesions) override {
    DENTATE_CHECK(lesions.size() == 1);
    step_->setLesions(lesions.front());
  }

 private:
  [[nodiscard]] TensorSamples samples(const Samples& of, at::ScalarType type) const {
    auto made = tensorsOf(of, inputs_);
    made.x = made.x.to(type);
    return made;
  }

  std::int64_t inputs_;
  std::unique_ptr<TensorStep> step_;
};

}  // namespace

void observe(const net::Plan& plan, const net::Trace& trace, const TensorSamples& samples,
             TensorReport& report) {
  const at::NoGradGuard no_grad;
  report.active_fraction = net::activeFraction(plan, trace);
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l) {
    const auto role = plan.network.layers[l].role;
    if (role == spec::LayerRole::Category ||
        (role == spec::LayerRole::Item && !report.batch_correct.defined()))
      report.batch_correct = correct(plan, trace, samples, l);
  }
}

std::unique_ptr<Rule> ruleOf(const net::Plan& plan, std::unique_ptr<TensorStep> step) {
  return std::make_unique<TensorRule>(plan, std::move(step));
}

spec::Status onlyOnTensors(const spec::RuleSpec& rule, Body body) {
  if (body == Body::Auto || body == Body::Autograd) return {};
  return spec::Error{spec::Error::Kind::Config, "rule.name",
                     "this rule learns on the CPU by autograd alone; choose device \"cpu\" or "
                     "\"auto\", or another rule, got \"" +
                         rule.name + "\""};
}

}  // namespace dentate::learn
