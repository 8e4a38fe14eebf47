#include "engine/learn/loss.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/eq.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>

#include "engine/spec/check.h"

namespace dentate::learn {
namespace {

const at::Tensor& labels(const net::Plan& plan, const TensorSamples& samples, std::size_t output) {
  const bool category = plan.network.layers[output].role == spec::LayerRole::Category;
  const auto& found = category ? samples.category : samples.item;
  DENTATE_CHECK(found.defined());
  return found;
}

at::Tensor joinedLabels(const at::Tensor& a, const at::Tensor& b) {
  return a.defined() ? at::cat({a, b}) : at::Tensor();
}

}  // namespace

TensorSamples tensorsOf(const Samples& samples, std::int64_t inputs) {
  const auto labels = [](std::span<const std::int32_t> of) {
    if (of.empty()) return at::Tensor();
    auto made = at::empty({static_cast<std::int64_t>(of.size())}, at::kLong);
    std::copy(of.begin(), of.end(), made.mutable_data_ptr<std::int64_t>());
    return made;
  };
  // from_blob takes memory that may be written to; nothing here does.
  auto* const pixels = const_cast<float*>(samples.x.data());
  return {at::from_blob(pixels, {samples.count, inputs}, at::kFloat), labels(samples.category),
          labels(samples.item)};
}

at::Tensor loss(const net::Plan& plan, const net::Trace& trace, const TensorSamples& samples) {
  at::Tensor total;
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l) {
    if (!spec::isOutput(plan.network.layers[l].role)) continue;
    auto part = at::cross_entropy_loss(trace.net_input[l], labels(plan, samples, l));
    total = total.defined() ? total + part : part;
  }
  return total;
}

at::Tensor correct(const net::Plan& plan, const net::Trace& trace, const TensorSamples& samples,
                   std::size_t output) {
  return trace.net_input[output]
      .argmax(/*dim=*/-1)
      .eq(labels(plan, samples, output))
      .to(at::kDouble)
      .mean();
}

TensorSamples joined(const TensorSamples& a, const TensorSamples& b) {
  if (a.x.size(0) == 0) return b;
  return {at::cat({a.x, b.x}), joinedLabels(a.category, b.category), joinedLabels(a.item, b.item)};
}

}  // namespace dentate::learn
