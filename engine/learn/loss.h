// The loss: cross-entropy, summed over the output layers, mean over the samples.
#pragma once
#include "engine/learn/rule.h"

namespace dentate::learn {

// CE(category) + CE(item), [] ; an output whose labels are not defined is an error of the caller.
[[nodiscard]] at::Tensor loss(const net::Plan& plan, const net::Trace& trace,
                              const Samples& samples);

// Share of samples whose largest logit of `output` is the label, [] double. `output` is a layer.
[[nodiscard]] at::Tensor correct(const net::Plan& plan, const net::Trace& trace,
                                 const Samples& samples, std::size_t output);

// `a` then `b`, sample by sample.
[[nodiscard]] Samples joined(const Samples& a, const Samples& b);

}  // namespace dentate::learn
