// The interface of a learning rule: one meta-step of every replica of a batch, on given samples.
//
// A rule is one file, which holds its RuleEntry, and one line in engine/learn/registry.cpp. It draws
// nothing at random: the order of the batch and the replayed samples are given to it.
// Thread one owner; a rule holds working memory and no parameters, so that one rule serves many
//        replicas in turn.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "engine/net/network.h"
#include "engine/spec/experiment.h"
#include "engine/spec/result.h"
#include "engine/spec/rule_traits.h"

namespace dentate::learn {

// Samples as the network takes them; the caller keeps the memory. count may be 0.
struct Samples {
  std::int64_t count = 0;
  std::span<const float> x;                // [count, inputs], raw pixels in [0, 1]
  std::span<const std::int32_t> category;  // [count]; empty without a category output
  std::span<const std::int32_t> item;      // [count]; empty without an item output
};

// What one replica learns in one meta-step. All replicas of a batch have the same counts.
struct StepInput {
  Samples batch;   // at least one sample, in the order of the inner steps
  Samples replay;  // may be empty
};

// What a meta-step measured, before clipping; and alpha and m, which may lie on a device.
struct StepReport {
  double meta_loss = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> weight_grad_norms;  // [paths]
  std::vector<double> alpha_grad;         // [paths]; empty where alpha is not learned
  std::vector<double> m_grad;             // [layers]; empty where m is not learned
  std::vector<float> active_fraction;     // [layers], over replay and batch at the last fast
                                          // weights; 0 for input and outputs
  std::vector<float> alpha, m;            // [paths], [layers], after the update
  double batch_correct = 0;  // share of replay and batch right there, by category if there is one
  double work = 1;           // multiply-adds done over those of the dense network, above 0 to 1
};

class Rule {
 public:
  virtual ~Rule() = default;
  // One meta-step of every replica, in place, counted in its `steps`. `inputs` and `reports` by
  // replica. `parameters` are laid out as emptyParameters makes them.
  virtual void step(net::ParameterBatch& parameters, std::span<const StepInput> inputs,
                    std::span<StepReport> reports) = 0;
  // eta_alpha and eta_m, from the next meta-step on.
  virtual void setRates(double alpha_lr, double m_lr) = 0;
  // Silenced while learning, from the next meta-step on: one for all replicas, or one for each.
  // Which paths are left out or stilled is the same in all.
  virtual void setLesions(std::span<const net::Lesions> lesions) = 0;
};

// What computes a meta-step. All give the same numbers but for rounding.
enum class Body {
  Auto,      // the fastest that can: Cpu, or Autograd for second order and convolution
  Cpu,       // kernels for this processor, without a tensor operation; first order
  Aten,      // tensor operations over all replicas at once, on any device; first order
  Autograd,  // LibTorch's autograd, replica by replica; any order
};

// `plan` outlives the rule.
using RuleMaker = spec::Result<std::unique_ptr<Rule>> (*)(const net::Plan& plan,
                                                          const spec::RuleSpec& rule, Body body);

// What the registry holds of a rule.
struct RuleEntry {
  spec::RuleTraits traits;
  RuleMaker make = nullptr;  // takes only what the traits say
  // What it learns beside weights, alpha and m; null: nothing. A plan that it is made for has these.
  std::vector<net::Extra> (*extra)(const net::Plan& plan, const spec::RuleSpec& rule) = nullptr;
};

}  // namespace dentate::learn
