// The meta-step of meta_cls.h by LibTorch's autograd: the body for second order, the oracle of the
// others, and what the rules with rates of another kind are made of.
#pragma once
#include <memory>
#include <vector>

#include "engine/learn/inner_rates.h"
#include "engine/learn/tensor_rule.h"
#include "engine/net/network.h"
#include "engine/spec/experiment.h"

namespace dentate::learn {

class AutogradStep final : public TensorStep {
 public:
  // `plan` outlives it. `rates` null: those of alpha, one a path, learned where the condition says so.
  AutogradStep(const net::Plan& plan, const spec::RuleSpec& rule,
               std::unique_ptr<InnerRates> rates = nullptr);
  TensorReport step(net::Parameters& theta, const TensorSamples& batch,
                    const TensorSamples& replay) override;
  void setRates(double alpha_lr, double m_lr) override;
  void setLesions(const net::Lesions& lesions) override;

 private:
  struct Gradients {
    Tensors weights, rates;
    at::Tensor m;  // not defined where m is not learned
    Tensors fast;  // weights after the last inner step
  };
  [[nodiscard]] bool learnsM() const;
  Gradients metaGradient(const net::Parameters& theta, const TensorSamples& batch,
                         const TensorSamples& all, TensorReport& report) const;
  void innerStep(net::Parameters& fast, const Tensors& rates, const TensorSamples& one) const;
  void update(net::Parameters& theta, const Gradients& gradients, TensorReport& report) const;
  void updateWeights(net::Parameters& theta, const Gradients& gradients) const;

  const net::Plan& plan_;
  spec::RuleSpec rule_;
  std::unique_ptr<InnerRates> rates_;
  at::Tensor learned_m_;  // [layers]; 1 where m is learned, else 0
  net::Lesions lesions_;
  std::vector<std::size_t> plastic_;  // paths that learn
  std::vector<std::size_t> fast_;     // those of them that have fast weights
};

}  // namespace dentate::learn
