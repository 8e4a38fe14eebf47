// The yardstick of the bench: a plain learner, by LibTorch's autograd, as the formulas of
// engine/learn/meta_cls.h read.
//
// Fast weights are tensors; the inner loop takes one sample at a time; the meta-loss of (replay,
// batch) is one batch after each inner step; its sum is differentiated once. Nothing in it is clever
// and nothing is slower than it reads. It never changes, so that ratios to it can be compared.
// Shapes those of net::ParameterBatch; whoever makes the weights makes them contiguous, as plain
//        tensors are (plainParameters).
// Limits it fills meta_loss of the report and nothing else, and knows neither lesions nor frozen
//        paths.
#pragma once
#include "engine/learn/loss.h"
#include "engine/learn/rule.h"

namespace dentate::bench {

class Yardstick final : public learn::Rule {
 public:
  Yardstick(const net::Plan& plan, const spec::RuleSpec& rule);  // `plan` outlives it
  void step(net::ParameterBatch& parameters, std::span<const learn::StepInput> inputs,
            std::span<learn::StepReport> reports) override;
  void setRates(double alpha_lr, double m_lr) override;
  void setLesions(std::span<const net::Lesions>) override {}

 private:
  using Tensors = std::vector<at::Tensor>;
  // Logits by layer, [samples, units]; not defined but at outputs.
  [[nodiscard]] Tensors forward(const Tensors& weights, const at::Tensor& m,
                                const at::Tensor& x) const;
  [[nodiscard]] at::Tensor loss(const Tensors& weights, const at::Tensor& m,
                                const learn::TensorSamples& samples) const;
  double metaStep(net::Parameters& theta, const learn::TensorSamples& batch,
                  const learn::TensorSamples& replay) const;
  void update(net::Parameters& theta, const Tensors& gradients) const;

  const net::Plan& plan_;
  spec::RuleSpec rule_;
  bool learns_alpha_, learns_m_;
};

// Zeros, every weight matrix [replicas, units, sources] contiguous.
[[nodiscard]] net::ParameterBatch plainParameters(const net::Plan& plan, std::int64_t replicas);

}  // namespace dentate::bench
