// The interface of a learning rule: one meta-step on given samples.
//
// A rule is one file and one line in engine/learn/registry.cpp. It draws nothing at random: the
// order of the batch and the replayed samples are given to it.
#pragma once
#include <ATen/core/Tensor.h>

#include <memory>
#include <vector>

#include "engine/net/network.h"
#include "engine/spec/experiment.h"

namespace dentate::learn {

// Samples as the network takes them. n may be 0.
struct Samples {
  at::Tensor x;         // [n, inputs], raw pixels in [0, 1]
  at::Tensor category;  // [n] int64, not defined without a category output
  at::Tensor item;      // [n] int64, not defined without an item output
};

// What a meta-step measured, before clipping. Tensors, so that nothing waits for a device.
struct StepReport {
  at::Tensor meta_loss;          // []
  at::Tensor weight_grad_norms;  // [paths]
  at::Tensor alpha_grad;         // [paths]; not defined where alpha is not learned
  at::Tensor m_grad;             // [layers]; not defined where m is not learned
  at::Tensor active_fraction;    // [layers], over replay and batch at the last fast weights
  at::Tensor batch_correct;      // [] share of replay and batch right, by category if there is one
};

class Rule {
 public:
  virtual ~Rule() = default;
  // One meta-step, in place. `batch` holds at least one sample, in the order of the inner steps.
  virtual StepReport step(net::Parameters& parameters, const Samples& batch,
                          const Samples& replay) = 0;
  // eta_alpha and eta_m, from the next meta-step on.
  virtual void setRates(double alpha_lr, double m_lr) = 0;
};

// `plan` outlives the rule.
using RuleMaker = std::unique_ptr<Rule> (*)(const net::Plan& plan, const spec::RuleSpec& rule);

}  // namespace dentate::learn
