#include "engine/learn/gradient_step.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/relu.h>

#include "engine/learn/gradients.h"

namespace dentate::learn {

GradientStep::GradientStep(const net::Plan& plan, const spec::RuleSpec& rule, On on)
    : plan_(plan), clip_norm_(rule.clip_norm), on_(on) {}

TensorReport GradientStep::step(net::Parameters& theta, const TensorSamples& batch,
                                const TensorSamples& replay) {
  const auto samples = on_ == On::Batch ? batch : joined(replay, batch);
  TensorReport report;
  Tensors weights;
  for (const auto& w : theta.weights) weights.push_back(leafOf(w));
  const auto trace =
      net::forward(plan_, {weights, theta.alpha, theta.m, theta.steps, {}}, samples.x, lesions_);
  const auto total = loss(plan_, trace, samples);
  observe(plan_, trace, samples, report);
  const auto gradients = gradOf(total, weights);

  const at::NoGradGuard no_grad;
  report.meta_loss = total.detach();
  report.weight_grad_norms = norms(gradients);
  Tensors moving;
  for (std::size_t p = 0; p < gradients.size(); ++p)
    if (net::learns(plan_, lesions_, p)) moving.push_back(gradients[p]);
  if (moving.empty()) return report;
  const auto clip = clipFactor(at::linalg_vector_norm(norms(moving)), clip_norm_);
  const auto rate = at::relu(theta.alpha) * clip;
  for (std::size_t p = 0; p < gradients.size(); ++p)
    if (net::learns(plan_, lesions_, p))
      theta.weights[p].sub_(gradients[p] * rate.select(0, static_cast<std::int64_t>(p)));
  return report;
}

}  // namespace dentate::learn
