// The loss on tensors: cross-entropy, summed over the output layers, mean over the samples.
#pragma once
#include <ATen/core/Tensor.h>

#include "engine/learn/rule.h"
#include "engine/net/network.h"

namespace dentate::learn {

// Samples as tensors take them. n may be 0.
struct TensorSamples {
  at::Tensor x;         // [n, inputs], raw pixels in [0, 1]; any floating type
  at::Tensor category;  // [n] int64, not defined without a category output
  at::Tensor item;      // [n] int64, not defined without an item output
};

// `x` shares the memory of `samples`; labels are copies.
[[nodiscard]] TensorSamples tensorsOf(const Samples& samples, std::int64_t inputs);

// CE(category) + CE(item), [] ; an output whose labels are not defined is an error of the caller.
[[nodiscard]] at::Tensor loss(const net::Plan& plan, const net::Trace& trace,
                              const TensorSamples& samples);

// Share of samples whose largest logit of `output` is the label, [] double. `output` is a layer.
[[nodiscard]] at::Tensor correct(const net::Plan& plan, const net::Trace& trace,
                                 const TensorSamples& samples, std::size_t output);

// `a` then `b`, sample by sample.
[[nodiscard]] TensorSamples joined(const TensorSamples& a, const TensorSamples& b);

}  // namespace dentate::learn
