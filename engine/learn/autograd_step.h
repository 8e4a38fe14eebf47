// The meta-step of meta_cls.h by LibTorch's autograd: the body for second order, and the oracle of
// the others. One replica; any floating type; on the parameters' device.
#pragma once
#include <vector>

#include "engine/learn/loss.h"
#include "engine/net/network.h"
#include "engine/spec/experiment.h"

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

class AutogradStep {
 public:
  AutogradStep(const net::Plan& plan, const spec::RuleSpec& rule);  // `plan` outlives it
  TensorReport step(net::Parameters& theta, const TensorSamples& batch,
                    const TensorSamples& replay);
  void setRates(double alpha_lr, double m_lr);
  void setLesions(const net::Lesions& lesions);

 private:
  using Tensors = std::vector<at::Tensor>;
  [[nodiscard]] bool learnsAlpha() const;
  [[nodiscard]] bool learnsM() const;
  // Of every weight matrix, then alpha, then m, as far as they are learned.
  Tensors metaGradient(const net::Parameters& theta, const TensorSamples& batch,
                       const TensorSamples& all, TensorReport& report) const;
  void innerStep(net::Parameters& fast, const at::Tensor& rate, const TensorSamples& one) const;
  [[nodiscard]] at::Tensor learnedM(const at::Tensor& like) const;
  void observe(const net::Trace& trace, const TensorSamples& all, TensorReport& report) const;
  void update(net::Parameters& theta, const Tensors& gradients, TensorReport& report) const;

  const net::Plan& plan_;
  spec::RuleSpec rule_;
  net::Lesions lesions_;
  bool learnable_ = false;            // the spec freezes not every path
  std::vector<std::size_t> plastic_;  // paths that learn
};

}  // namespace dentate::learn
