// A rule made of meta-steps on tensors, one network at a time: on the CPU, in any floating type.
#pragma once
#include <memory>

#include "engine/learn/loss.h"
#include "engine/learn/rule.h"
#include "engine/net/network.h"

namespace dentate::learn {

// As StepReport, but tensors: nothing waits for a device.
struct TensorReport {
  at::Tensor meta_loss;          // []
  at::Tensor weight_grad_norms;  // [paths]
  at::Tensor alpha_grad;         // [paths]; not defined where alpha is not learned
  at::Tensor m_grad;             // [layers]; not defined where m is not learned
  at::Tensor active_fraction;    // [layers]
  at::Tensor batch_correct;      // []
};

class TensorStep {
 public:
  virtual ~TensorStep() = default;
  // One meta-step of one network, in place. `replay` may have no samples.
  virtual TensorReport step(net::Parameters& theta, const TensorSamples& batch,
                            const TensorSamples& replay) = 0;
  virtual void setRates(double /*alpha_lr*/, double /*m_lr*/) {}
  virtual void setLesions(const net::Lesions& lesions) = 0;
};

// Active fraction, and the share of `samples` that are right, by category if there is one.
void observe(const net::Plan& plan, const net::Trace& trace, const TensorSamples& samples,
             TensorReport& report);

// `plan` outlives it. setLesions() takes one for all replicas.
[[nodiscard]] std::unique_ptr<Rule> ruleOf(const net::Plan& plan, std::unique_ptr<TensorStep> step);

// Refuses the bodies that have kernels or batches of their own, for a rule that only ruleOf() makes.
[[nodiscard]] spec::Status onlyOnTensors(const spec::RuleSpec& rule, Body body);

}  // namespace dentate::learn
