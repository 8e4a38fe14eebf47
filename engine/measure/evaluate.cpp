#include "engine/measure/evaluate.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/any.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/eq.h>
#include <ATen/ops/gt.h>
#include <ATen/ops/sum.h>

#include <algorithm>

#include "engine/data/dataset.h"
#include "engine/learn/loss.h"
#include "engine/spec/check.h"

namespace dentate::measure {

using spec::LayerRole;

namespace {

Counts byTensors(const net::Plan& plan, const net::Parameters& parameters,
                 const learn::Samples& samples, std::span<const std::uint8_t> held,
                 const net::Lesions& lesions) {
  const at::NoGradGuard no_grad;
  const auto on = learn::tensorsOf(samples, plan.network.layers[plan.graph.input].units);
  const auto trace = net::forward(plan, parameters, on.x, lesions);
  Counts counts;
  counts.samples = samples.count;
  counts.held = std::count(held.begin(), held.end(), 1);
  counts.active.resize(plan.network.layers.size());
  counts.used.resize(plan.network.layers.size());
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l) {
    const auto role = plan.network.layers[l].role;
    if (role == LayerRole::Hidden) {
      const auto active = trace.activity[l].gt(0);
      counts.active[l] = active.sum().item<std::int64_t>();
      const auto any = active.any(/*dim=*/0).to(at::kCPU, at::kByte).contiguous();
      const auto* const first = any.const_data_ptr<std::uint8_t>();
      counts.used[l].assign(first, first + any.numel());
    } else if (spec::isOutput(role)) {
      const bool category = role == LayerRole::Category;
      const auto& labels = category ? on.category : on.item;
      DENTATE_CHECK(labels.defined());
      const auto right = trace.net_input[l].argmax(/*dim=*/-1).eq(labels);
      (category ? counts.category : counts.item) = right.sum().item<std::int64_t>();
      if (category || held.empty()) continue;
      const auto each = right.to(at::kCPU, at::kByte).contiguous();
      const auto* const is = each.const_data_ptr<std::uint8_t>();
      for (std::size_t s = 0; s < held.size(); ++s) counts.held_item += is[s] != 0 && held[s] != 0;
    }
  }
  return counts;
}

}  // namespace

void Counts::add(const Counts& other) {
  samples += other.samples;
  category += other.category;
  item += other.item;
  held += other.held;
  held_item += other.held_item;
  if (active.size() < other.active.size()) active.resize(other.active.size());
  for (std::size_t l = 0; l < other.active.size(); ++l) active[l] += other.active[l];
  unite(used, other.used);
  if (other.sparsity) sparsity = other.sparsity;
}

net::CpuForward& Evaluator::forward() {
  if (!forward_) forward_.emplace(plan_);
  return *forward_;
}

Counts Evaluator::count(const net::Parameters& parameters, const learn::Samples& samples,
                        const net::Lesions& lesions) {
  if (!net::CpuForward::takes(parameters))
    return byTensors(plan_, parameters, samples, {}, lesions);
  forward().begin(parameters, lesions);
  const Images labels{samples.count, {}, samples.category, samples.item};
  return byKernels(labels, [&samples](std::int64_t sample, std::span<float> to) {
    const auto from = samples.x.subspan(static_cast<std::size_t>(sample) * to.size(), to.size());
    std::copy(from.begin(), from.end(), to.begin());
  });
}

Counts Evaluator::count(const net::Parameters& parameters, const Images& images,
                        const net::Lesions& lesions) {
  if (!net::CpuForward::takes(parameters)) {
    std::vector<float> x(images.pixels.size());
    data::toUnit(images.pixels, x);
    return byTensors(plan_, parameters, {images.count, x, images.category, images.item},
                     images.held, lesions);
  }
  forward().begin(parameters, lesions);
  return byKernels(images, [&images](std::int64_t sample, std::span<float> to) {
    const auto first = static_cast<std::size_t>(sample) * to.size();
    data::toUnit(images.pixels.subspan(first, to.size()), to);
  });
}

Counts Evaluator::byKernels(const Images& samples, const Pixels& pixels) {
  Counts counts;
  counts.samples = samples.count;
  counts.held = std::count(samples.held.begin(), samples.held.end(), 1);
  counts.active.resize(plan_.network.layers.size());
  counts.used.resize(counts.active.size());
  for (std::size_t l = 0; l < counts.used.size(); ++l)
    if (plan_.network.layers[l].role == LayerRole::Hidden)
      counts.used[l].resize(static_cast<std::size_t>(plan_.network.layers[l].units));
  for (std::int64_t first = 0; first < samples.count; first += net::CpuForward::kRows) {
    const auto rows = std::min(net::CpuForward::kRows, samples.count - first);
    for (std::int64_t r = 0; r < rows; ++r) pixels(first + r, forward_->input(r));
    forward_->run(rows);
    for (std::size_t l = 0; l < counts.active.size(); ++l) {
      const auto role = plan_.network.layers[l].role;
      if (role == LayerRole::Hidden) {
        counts.active[l] += forward_->active(l);
        forward_->markUsed(l, counts.used[l]);
      }
      if (!spec::isOutput(role)) continue;
      const bool category = role == LayerRole::Category;
      const auto& labels = category ? samples.category : samples.item;
      DENTATE_CHECK(static_cast<std::int64_t>(labels.size()) == samples.count);
      auto& right = category ? counts.category : counts.item;
      for (std::int64_t r = 0; r < rows; ++r) {
        const auto sample = static_cast<std::size_t>(first + r);
        if (!forward_->answers(l, r, labels[sample])) continue;
        ++right;
        if (!category && !samples.held.empty()) counts.held_item += samples.held[sample];
      }
    }
  }
  return counts;
}

void Evaluator::addByKernels(const net::Parameters& parameters, const Images& images,
                             const net::Lesions& lesions, VarianceSum& to) {
  forward().begin(parameters, lesions);
  for (std::int64_t first = 0; first < images.count; first += net::CpuForward::kRows) {
    const auto rows = std::min(net::CpuForward::kRows, images.count - first);
    for (std::int64_t r = 0; r < rows; ++r) {
      const auto x = forward_->input(r);
      data::toUnit(images.pixels.subspan(static_cast<std::size_t>(first + r) * x.size(), x.size()),
                   x);
    }
    forward_->run(rows);
    to.add(*forward_, rows);
  }
}

Sparsity Evaluator::sparsity(const net::Parameters& parameters, const Images& images,
                             const net::Lesions& lesions) {
  Sparsity out;
  VarianceSum sum(plan_);
  if (net::CpuForward::takes(parameters)) {
    addByKernels(parameters, images, lesions, sum);
  } else {
    const at::NoGradGuard no_grad;
    std::vector<float> x(images.pixels.size());
    data::toUnit(images.pixels, x);
    const auto inputs = plan_.network.layers[plan_.graph.input].units;
    const auto on = learn::tensorsOf({images.count, x, {}, {}}, inputs);
    sum.add(net::forward(plan_, parameters, on.x, lesions));
  }
  out.variance = sum.variance();
  addWeights(parameters, out);
  return out;
}

Counts evaluate(const net::Plan& plan, const net::Parameters& parameters,
                const learn::Samples& samples, const net::Lesions& lesions) {
  return Evaluator(plan).count(parameters, samples, lesions);
}

Evaluation evaluationOf(const net::Plan& plan, const Counts& counts) {
  DENTATE_CHECK(counts.samples > 0);
  const auto samples = static_cast<double>(counts.samples);
  Evaluation out;
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l) {
    const auto& layer = plan.network.layers[l];
    out.active_fraction.push_back(static_cast<double>(counts.active[l]) / samples /
                                  static_cast<double>(layer.units));
    if (layer.role == LayerRole::Category)
      out.category = static_cast<double>(counts.category) / samples;
    if (layer.role != LayerRole::Item) continue;
    out.item = static_cast<double>(counts.item) / samples;
    out.items = {counts.held, counts.held_item, counts.samples - counts.held,
                 counts.item - counts.held_item};
  }
  return out;
}

}  // namespace dentate::measure
