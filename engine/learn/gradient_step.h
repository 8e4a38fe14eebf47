// One step down the gradient, each path at its own rate: what er.h and sgd.h do with other samples.
//
//   theta_p <- theta_p - relu(alpha_p) clip(d CE(theta; samples) / d theta_p)
#pragma once
#include <vector>

#include "engine/learn/tensor_rule.h"
#include "engine/net/network.h"
#include "engine/spec/experiment.h"

namespace dentate::learn {

class GradientStep final : public TensorStep {
 public:
  enum class On { ReplayAndBatch, Batch };
  // `plan` outlives it.
  GradientStep(const net::Plan& plan, const spec::RuleSpec& rule, On on);
  TensorReport step(net::Parameters& theta, const TensorSamples& batch,
                    const TensorSamples& replay) override;
  void setLesions(const net::Lesions& lesions) override { lesions_ = lesions; }

 private:
  const net::Plan& plan_;
  double clip_norm_;
  On on_;
  net::Lesions lesions_;
};

}  // namespace dentate::learn
