// Gradients by LibTorch's autograd, and what the rules that take them share.
#pragma once
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "engine/learn/loss.h"

namespace dentate::learn {

using Tensors = std::vector<at::Tensor>;

// A leaf that shares the numbers of `of`.
[[nodiscard]] at::Tensor leafOf(const at::Tensor& of, bool learned = true);

// d loss / d each of `by`; zeros where nothing depends on one: the paths that a lesion leaves out.
// `second` keeps what is needed to differentiate the gradients themselves.
[[nodiscard]] Tensors gradOf(const at::Tensor& loss, const Tensors& by, bool second = false);

// Norm of each, [number of parts].
[[nodiscard]] at::Tensor norms(const Tensors& parts);

// Factor that brings a group of this norm down to `limit`; 1 where it is below.
[[nodiscard]] at::Tensor clipFactor(const at::Tensor& norm, double limit);

// The i-th sample alone.
[[nodiscard]] TensorSamples sampleOf(const TensorSamples& of, std::int64_t i);

}  // namespace dentate::learn
