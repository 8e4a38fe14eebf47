#include "engine/net/network.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/gt.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/mv.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/net/inhibition.h"
#include "engine/net/keep.h"
#include "engine/net/rate.h"

namespace dentate::net {
namespace {

constexpr double kNormFloor = 1e-12;  // of |a_s|: a silent layer sends zeros

at::Tensor normalised(const at::Tensor& a) {
  return a / at::linalg_vector_norm(a, 2, /*dim=*/1, /*keepdim=*/true).clamp_min(kNormFloor);
}

// Maps with a norm over the channels of 1 at every place. The same as above, in operations that go
// along the maps and not across them: several times as fast.
at::Tensor normalisedOverChannels(const at::Tensor& maps) {
  const auto squares = (maps * maps).sum(/*dim=*/1, /*keepdim=*/true);
  return maps / squares.clamp_min(kNormFloor * kNormFloor).sqrt();
}

// [batch, units] as [batch, channels, height, width].
at::Tensor asMaps(const at::Tensor& of, const spec::Shape& shape) {
  return of.view({of.size(0), shape.channels, shape.height, shape.width});
}

// What the layers send, x^: a dense layer takes all of it in one list, a convolutional one maps. Each
// is worked out when the first path asks for it.
class Sent {
 public:
  explicit Sent(const Plan& plan) : plan_(plan), list_(plan.graph.shape.size()), maps_(list_) {}

  // The net input that a path brings, [batch, units], from the activity of its source.
  // `keep` [units of the source] is 0 where a lesion cuts the path; it may be undefined.
  at::Tensor over(std::size_t path, const at::Tensor& weights, const at::Tensor& activity,
                  const at::Tensor& keep) {
    const auto source = plan_.graph.source[path];
    const bool whole = source != plan_.graph.input || plan_.normalise_input;
    if (!convolves(plan_, path)) {
      auto& list = list_[source];
      if (!list.defined()) list = whole ? normalised(activity) : activity;
      return at::linear(keep.defined() ? list * keep : list, weights);
    }
    auto& maps = maps_[source];
    const auto& shape = plan_.graph.shape[source];
    if (!maps.defined()) {
      maps = asMaps(activity, shape);
      if (whole) maps = normalisedOverChannels(maps);
    }
    const auto& layer = plan_.network.layers[plan_.graph.target[path]];
    const std::int64_t stride[]{layer.stride, layer.stride},
        padding[]{layer.padding, layer.padding};
    const auto sent = keep.defined() ? maps * asMaps(keep.unsqueeze(0), shape) : maps;
    return at::conv2d(sent, weights, /*bias=*/{}, stride, padding).flatten(1);
  }

 private:
  const Plan& plan_;
  std::vector<at::Tensor> list_, maps_;  // by layer
};

// [replicas, units, sources] of zeros, source by source in memory.
at::Tensor rows(std::int64_t replicas, std::int64_t units, std::int64_t sources,
                at::TensorOptions options) {
  return at::zeros({replicas, sources, padded(units)}, options)
      .narrow(/*dim=*/2, 0, units)
      .transpose(1, 2);
}

// In one piece where both lie alike, the zeros that fill the rows included: between a device and the
// host anything else goes by way of copies.
void copyWeights(const at::Tensor& from, const at::Tensor& to) {
  const auto rows = [](const at::Tensor& w) {
    return w.as_strided({w.size(1), w.stride(1)}, {w.stride(1), 1});
  };
  const bool alike = from.dim() == 2 && from.stride(0) == 1 && from.stride(1) >= from.size(0) &&
                     to.strides() == from.strides();
  if (alike)
    rows(to).copy_(rows(from));
  else
    to.copy_(from);
}

bool is(const Plan& plan, std::size_t layer, spec::LayerRole role) {
  return plan.network.layers[layer].role == role;
}

void drawWeights(data::Random& random, at::Tensor& w) {
  const auto fan_in = w.numel() / w.size(0);
  const double spread = std::sqrt(2.0 / static_cast<double>(fan_in));
  auto* const first = w.mutable_data_ptr<float>();
  const auto next = w.dim() > 2 ? 1 : w.stride(1);  // a kernel lies in one piece
  for (std::int64_t unit = 0; unit < w.size(0); ++unit)
    for (std::int64_t source = 0; source < fan_in; ++source)
      first[unit * w.stride(0) + source * next] = static_cast<float>(spread * random.normal());
}

}  // namespace

spec::Result<Plan> makePlan(const spec::NetworkSpec& network, spec::Condition condition,
                            double k_fraction) {
  auto graph = spec::makeGraph(network);
  if (!graph) return graph.error();
  Plan plan{network, std::move(graph).value(), {}, {}, k_fraction, true};
  for (const auto& layer : network.layers) {
    const bool hidden = layer.role == spec::LayerRole::Hidden;
    const bool inhibited = hidden && spec::inhibits(layer.inhibition, condition);
    plan.inhibition.push_back(inhibited ? &spec::kindOf(layer.inhibition) : nullptr);
    plan.learns_m.push_back(inhibited && spec::learnsM(layer.inhibition, condition) ? 1 : 0);
  }
  return plan;
}

bool Plan::learnsAnyM() const {
  return std::any_of(learns_m.begin(), learns_m.end(), [](auto learns) { return learns != 0; });
}

Parameters Parameters::clone() const {
  const auto copied = [](const at::Tensor& w) {
    if (w.dim() != 2) return w.clone();  // a kernel, or a number a path
    auto made = rows(1, w.size(0), w.size(1), w.options()).select(0, 0);
    made.copy_(w);
    return made;
  };
  Parameters copy{{}, alpha.clone(), m.clone(), steps, {}};
  for (const auto& w : weights) copy.weights.push_back(copied(w));
  for (const auto& more : extra) copy.extra.push_back(copied(more));
  return copy;
}

void Parameters::copyFrom(const Parameters& other) {
  for (std::size_t p = 0; p < weights.size(); ++p) copyWeights(other.weights[p], weights[p]);
  alpha.copy_(other.alpha);
  m.copy_(other.m);
  steps = other.steps;
  for (std::size_t i = 0; i < extra.size(); ++i) extra[i].copy_(other.extra[i]);
}

Parameters ParameterBatch::replica(std::int64_t index) const {
  Parameters one{{}, alpha.select(0, index), m.select(0, index), steps, {}};
  for (const auto& w : weights) one.weights.push_back(w.select(0, index));
  for (const auto& more : extra) one.extra.push_back(more.select(0, index));
  return one;
}

ParameterBatch emptyParameters(const Plan& plan, std::int64_t replicas, at::TensorOptions options) {
  const auto& network = plan.network;
  const auto paths = static_cast<std::int64_t>(network.paths.size());
  const auto ofPath = [&](std::size_t p) {
    const auto &to = network.layers[plan.graph.target[p]],
               &from = network.layers[plan.graph.source[p]];
    return convolves(plan, p)
               ? at::zeros({replicas, to.channels, from.channels, to.kernel, to.kernel}, options)
               : rows(replicas, to.units, from.units, options);
  };
  ParameterBatch made;
  for (std::size_t p = 0; p < network.paths.size(); ++p) made.weights.push_back(ofPath(p));
  for (const auto& more : plan.extra)
    made.extra.push_back(more.path ? ofPath(*more.path) : at::zeros({replicas, paths}, options));
  made.alpha = at::zeros({replicas, paths}, options);
  made.m = at::zeros({replicas, static_cast<std::int64_t>(network.layers.size())}, options);
  return made;
}

void initialise(const Plan& plan, const spec::RuleSpec& rule, data::Random& random,
                Parameters& to) {
  const auto& network = plan.network;
  to.alpha.fill_(alphaOf(plan.alpha, rule.alpha0));
  for (std::size_t p = 0; p < network.paths.size(); ++p) {
    if (is(plan, plan.graph.source[p], spec::LayerRole::Bias))
      to.weights[p].zero_();
    else
      drawWeights(random, to.weights[p]);
    if (network.paths[p].alpha0)
      to.alpha[static_cast<std::int64_t>(p)].fill_(alphaOf(plan.alpha, *network.paths[p].alpha0));
  }
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    to.m[static_cast<std::int64_t>(l)].fill_(plan.firstM(l, rule.m0));
  for (std::size_t i = 0; i < plan.extra.size(); ++i) {
    const auto& [path, start] = plan.extra[i];
    if (start)
      to.extra[i].fill_(*start);
    else
      to.extra[i].copy_(path ? to.alpha[static_cast<std::int64_t>(*path)] : to.alpha);
  }
}

Lesions joined(const Lesions& a, const Lesions& b) {
  const auto add = [](std::vector<std::uint8_t>& to, const std::vector<std::uint8_t>& other) {
    to.resize(std::max(to.size(), other.size()));
    for (std::size_t i = 0; i < other.size(); ++i) to[i] = to[i] != 0 || other[i] != 0 ? 1 : 0;
  };
  Lesions made = a;
  made.units.resize(std::max(a.units.size(), b.units.size()));
  for (std::size_t l = 0; l < b.units.size(); ++l) add(made.units[l], b.units[l]);
  made.sources.resize(std::max(a.sources.size(), b.sources.size()));
  for (std::size_t p = 0; p < b.sources.size(); ++p) add(made.sources[p], b.sources[p]);
  add(made.paths, b.paths);
  add(made.still, b.still);
  return made;
}

double shareCut(const Lesions& lesions, std::size_t path) {
  if (lesions.omits(path)) return 1;
  if (!lesions.cuts(path)) return 0;
  const auto& units = lesions.sources[path];
  const auto silent = std::count_if(units.begin(), units.end(), [](auto cut) { return cut != 0; });
  return static_cast<double>(silent) / static_cast<double>(units.size());
}

Lesions lesionPathway(const Plan& plan, spec::Pathway pathway) {
  Lesions lesions{std::vector<std::vector<std::uint8_t>>(plan.network.layers.size()), {}};
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l)
    if (plan.network.layers[l].pathway == pathway)
      lesions.units[l].assign(static_cast<std::size_t>(plan.network.layers[l].units), 1);
  for (const auto& path : plan.network.paths) lesions.paths.push_back(path.pathway == pathway);
  return lesions;
}

Trace forward(const Plan& plan, const Parameters& parameters, const at::Tensor& x,
              const Lesions& lesions) {
  const auto& graph = plan.graph;
  const std::size_t layers = plan.network.layers.size();
  Trace trace{std::vector<at::Tensor>(layers), std::vector<at::Tensor>(layers),
              std::vector<at::Tensor>(layers)};
  Sent sent(plan);
  for (const auto l : graph.order) {
    auto& a = trace.activity[l];
    if (l == graph.input) {
      a = x;
    } else if (is(plan, l, spec::LayerRole::Bias)) {
      a = at::ones({x.size(0), 1}, x.options());
    } else {
      at::Tensor z;
      for (const auto p : graph.incoming[l]) {
        if (lesions.omits(p)) continue;
        const auto keep = lesions.cuts(p) ? kept(lesions.sources[p]).to(x.options()) : at::Tensor();
        auto term = sent.over(p, parameters.weights[p], trace.activity[graph.source[p]], keep);
        z = z.defined() ? z + term : std::move(term);
      }
      if (!z.defined()) z = at::zeros({x.size(0), plan.network.layers[l].units}, x.options());
      if (const auto rank = plan.rank(l, parameters.steps); rank > 0) {
        trace.taken_off[l] = parameters.m.select(0, static_cast<std::int64_t>(l)) *
                             inhibiting(z, *plan.inhibition[l], rank);
        z = z - trace.taken_off[l];
      }
      trace.net_input[l] = z;
      if (!is(plan, l, spec::LayerRole::Hidden)) continue;
      a = at::relu(z);
    }
    if (lesions.silences(l)) a = a * kept(lesions.units[l]).to(a.options());
  }
  return trace;
}

at::Tensor carriedBack(const Plan& plan, std::size_t path, const at::Tensor& weights,
                       const at::Tensor& r) {
  if (!convolves(plan, path)) return at::mv(weights.t(), r);
  const auto& layer = plan.network.layers[plan.graph.target[path]];
  const auto &from = plan.graph.shape[plan.graph.source[path]],
             &to = plan.graph.shape[plan.graph.target[path]];
  // Of the last rows and columns, those that no place of the kernel comes to.
  const auto rest = [&](std::int64_t source, std::int64_t target) {
    return source + 2 * layer.padding - layer.kernel - (target - 1) * layer.stride;
  };
  const std::int64_t stride[]{layer.stride, layer.stride}, padding[]{layer.padding, layer.padding},
      beyond[]{rest(from.height, to.height), rest(from.width, to.width)};
  return at::conv_transpose2d(asMaps(r.unsqueeze(0), to), weights, /*bias=*/{}, stride, padding,
                              beyond)
      .flatten();
}

at::Tensor activeFraction(const Plan& plan, const Trace& trace) {
  std::vector<at::Tensor> shares;
  for (std::size_t l = 0; l < plan.network.layers.size(); ++l)
    shares.push_back(is(plan, l, spec::LayerRole::Hidden)
                         ? trace.activity[l].gt(0).to(at::kDouble).mean()
                         : at::zeros({}, at::kDouble));
  return at::stack(shares);
}

}  // namespace dentate::net
