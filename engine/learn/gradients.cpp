#include "engine/learn/gradients.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/autograd.h>

namespace dentate::learn {
namespace {

constexpr double kClipFloor = 1e-6;  // added to a norm before dividing, as torch's clip_grad_norm_

}  // namespace

at::Tensor leafOf(const at::Tensor& of, bool learned) {
  return of.detach().set_requires_grad(learned);
}

Tensors gradOf(const at::Tensor& loss, const Tensors& by, bool second) {
  if (by.empty()) return {};
  auto found = torch::autograd::grad({loss}, by, /*grad_outputs=*/{}, /*retain_graph=*/second,
                                     /*create_graph=*/second, /*allow_unused=*/true);
  for (std::size_t i = 0; i < by.size(); ++i)
    if (!found[i].defined()) found[i] = at::zeros_like(by[i]);
  return found;
}

at::Tensor norms(const Tensors& parts) {
  Tensors each;
  for (const auto& part : parts) each.push_back(at::linalg_vector_norm(part));
  return at::stack(each);
}

at::Tensor clipFactor(const at::Tensor& norm, double limit) {
  return (limit / (norm + kClipFloor)).clamp_max(1.0);
}

TensorSamples sampleOf(const TensorSamples& of, std::int64_t i) {
  const auto one = [i](const at::Tensor& t) { return t.defined() ? t.narrow(0, i, 1) : t; };
  return {one(of.x), one(of.category), one(of.item)};
}

}  // namespace dentate::learn
