#include "tests/engine/learn/plain_network.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace dentate::test {
namespace {

constexpr double kInnerStep = 1e-5;  // of central differences

Vector normalised(const Vector& a) {
  double squares = 0;
  for (const double v : a) squares += v * v;
  const double norm = std::max(std::sqrt(squares), 1e-12);
  Vector out;
  for (const double v : a) out.push_back(v / norm);
  return out;
}

// Maps with a norm over the channels of 1 at every place.
Vector normalisedOverChannels(const Vector& maps, const spec::Shape& shape) {
  const auto area = static_cast<std::size_t>(shape.area());
  Vector out(maps.size());
  for (std::size_t place = 0; place < area; ++place) {
    Vector here;
    for (std::size_t u = place; u < maps.size(); u += area) here.push_back(maps[u]);
    here = normalised(here);
    for (std::size_t c = 0; c < here.size(); ++c) out[c * area + place] = here[c];
  }
  return out;
}

// Adds what the kernels of a path, [channels of target, channels of source, kernel, kernel], give.
void convolve(const net::Plan& plan, std::size_t path, const Vector& kernels, const Vector& maps,
              Vector& z) {
  const auto& layer = plan.network.layers[plan.graph.target[path]];
  const auto &from = plan.graph.shape[plan.graph.source[path]],
             &to = plan.graph.shape[plan.graph.target[path]];
  for (std::int64_t c = 0; c < to.channels; ++c)
    for (std::int64_t y = 0; y < to.height; ++y)
      for (std::int64_t x = 0; x < to.width; ++x)
        for (std::int64_t d = 0; d < from.channels; ++d)
          for (std::int64_t ky = 0; ky < layer.kernel; ++ky)
            for (std::int64_t kx = 0; kx < layer.kernel; ++kx) {
              const auto row = y * layer.stride - layer.padding + ky;
              const auto column = x * layer.stride - layer.padding + kx;
              if (row < 0 || column < 0 || row >= from.height || column >= from.width) continue;
              const auto weight = ((c * from.channels + d) * layer.kernel + ky) * layer.kernel + kx;
              z[static_cast<std::size_t>((c * to.height + y) * to.width + x)] +=
                  kernels[static_cast<std::size_t>(weight)] *
                  maps[static_cast<std::size_t>((d * from.height + row) * from.width + column)];
            }
}

double crossEntropy(const Vector& logits, std::size_t label) {
  const double top = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (const double v : logits) sum += std::exp(v - top);
  return std::log(sum) + top - logits[label];
}

double kthLargest(Vector values, std::int64_t k) {
  std::sort(values.begin(), values.end(), std::greater<>());
  return values[static_cast<std::size_t>(k - 1)];
}

double inhibitingOf(const Vector& z, const net::Plan& plan, std::size_t layer) {
  const auto own = plan.inhibition[layer]->threshold;
  if (own == nullptr) return kthLargest(z, plan.rank(layer, 0));
  const std::vector<float> rounded(z.begin(), z.end());
  return static_cast<double>(own(rounded, plan.rank(layer, 0)));
}

}  // namespace

double PlainNetwork::run(const std::vector<Vector>& weights, const Vector& m,
                         const PlainSample& sample, const Held* held, Held* measured) const {
  const auto& layers = plan_.network.layers;
  std::vector<Vector> activity(layers.size());
  double total = 0;
  for (const auto l : plan_.graph.order) {
    if (l == plan_.graph.input) {
      activity[l] = sample.x;
      continue;
    }
    Vector z(static_cast<std::size_t>(layers[l].units), 0.0);
    for (const auto p : plan_.graph.incoming[l]) {
      const auto from = plan_.graph.source[p];
      if (spec::isConvolutional(layers[l])) {
        const auto maps = normalisedOverChannels(activity[from], plan_.graph.shape[from]);
        convolve(plan_, p, weights[p], maps, z);
        continue;
      }
      const auto source = normalised(activity[from]);
      for (std::size_t i = 0; i < z.size(); ++i)
        for (std::size_t j = 0; j < source.size(); ++j)
          z[i] += weights[p][i * source.size() + j] * source[j];
    }
    if (layers[l].role == spec::LayerRole::Category) total += crossEntropy(z, sample.category);
    if (layers[l].role == spec::LayerRole::Item) total += crossEntropy(z, sample.item);
    if (spec::isOutput(layers[l].role)) continue;
    if (plan_.rank(l, 0) > 0) {
      const double inhibiting = held != nullptr ? (*held)[l].inhibiting : inhibitingOf(z, plan_, l);
      for (double& v : z) v -= m[l] * inhibiting;
      if (held != nullptr)
        for (const auto unit : (*held)[l].silent) z[unit] = 0;
      if (measured != nullptr) {
        (*measured)[l].inhibiting = inhibiting;
        for (std::size_t unit = 0; unit < z.size(); ++unit)
          if (z[unit] == 0) (*measured)[l].silent.push_back(unit);
      }
    }
    for (double& v : z) v = std::max(v, 0.0);
    activity[l] = std::move(z);
  }
  return total;
}

double PlainNetwork::loss(const std::vector<Vector>& weights, const Vector& m,
                          const PlainSample& sample, const Held* held) const {
  return run(weights, m, sample, held, nullptr);
}

Held PlainNetwork::inhibiting(const std::vector<Vector>& weights, const Vector& m,
                              const PlainSample& sample) const {
  Held measured(plan_.network.layers.size());
  run(weights, m, sample, nullptr, &measured);
  return measured;
}

std::vector<Vector> PlainNetwork::gradient(const std::vector<Vector>& weights, const Vector& m,
                                           const PlainSample& sample) const {
  const auto held = inhibiting(weights, m, sample);
  auto moved = weights;
  auto out = weights;
  for (std::size_t p = 0; p < weights.size(); ++p) {
    for (std::size_t i = 0; i < weights[p].size(); ++i) {
      moved[p][i] = weights[p][i] + kInnerStep;
      const double above = loss(moved, m, sample, &held);
      moved[p][i] = weights[p][i] - kInnerStep;
      out[p][i] = (above - loss(moved, m, sample, &held)) / (2 * kInnerStep);
      moved[p][i] = weights[p][i];
    }
  }
  return out;
}

PlainMetaLoss::PlainMetaLoss(const net::Plan& plan, std::vector<PlainSample> batch,
                             std::vector<PlainSample> replay)
    : network_(plan), batch_(std::move(batch)), all_(std::move(replay)) {
  all_.insert(all_.end(), batch_.begin(), batch_.end());
}

void PlainMetaLoss::descend(std::vector<Vector>& fast, const PlainParameters& p,
                            const Gradients& g) {
  for (std::size_t path = 0; path < fast.size(); ++path)
    for (std::size_t i = 0; i < fast[path].size(); ++i) {
      const double rate = p.rates.empty() ? std::max(p.alpha[path], 0.0) : p.rates[path][i];
      fast[path][i] -= rate * g[path][i];
    }
}

void PlainMetaLoss::hold(const PlainParameters& at) {
  inner_.clear();
  held_.clear();
  auto fast = at.weights;
  for (const auto& sample : batch_) {
    inner_.push_back(network_.gradient(fast, at.m, sample));
    descend(fast, at, inner_.back());
    held_.emplace_back();
    for (const auto& each : all_) held_.back().push_back(network_.inhibiting(fast, at.m, each));
  }
}

double PlainMetaLoss::firstOrder(const PlainParameters& p) const {
  auto fast = p.weights;
  double total = 0;
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    descend(fast, p, inner_[i]);
    for (std::size_t s = 0; s < all_.size(); ++s)
      total += network_.loss(fast, p.m, all_[s], &held_[i][s]);
  }
  return total / static_cast<double>(all_.size() * batch_.size());
}

double PlainMetaLoss::secondOrder(const PlainParameters& p) const {
  auto fast = p.weights;
  double total = 0;
  for (const auto& sample : batch_) {
    descend(fast, p, network_.gradient(fast, p.m, sample));
    for (const auto& each : all_) total += network_.loss(fast, p.m, each);
  }
  return total / static_cast<double>(all_.size() * batch_.size());
}

}  // namespace dentate::test
