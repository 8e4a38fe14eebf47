#include "tests/engine/learn/plain_problem.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <utility>

namespace dentate::test {
namespace {

spec::LayerSpec layer(const char* name, spec::LayerRole role, std::int64_t units) {
  spec::LayerSpec made;
  made.name = name;
  made.role = role;
  made.units = units;
  return made;
}

spec::PathSpec path(const char* from, const char* to) {
  spec::PathSpec made;
  made.from = from;
  made.to = to;
  return made;
}

// A split (h1 to large and small), a skip (input to small), two paths into an output, two outputs.
spec::NetworkSpec skipAndSplit(spec::Inhibition inhibition) {
  using spec::LayerRole;
  spec::NetworkSpec made;
  made.layers = {layer("input", LayerRole::Input, 6),       layer("h1", LayerRole::Hidden, 8),
                 layer("large", LayerRole::Hidden, 9),      layer("small", LayerRole::Hidden, 5),
                 layer("category", LayerRole::Category, 4), layer("item", LayerRole::Item, 7)};
  made.paths = {path("input", "h1"),    path("h1", "large"),       path("h1", "small"),
                path("input", "small"), path("large", "category"), path("small", "category"),
                path("large", "item")};
  for (auto& each : made.layers) {
    if (each.role == LayerRole::Hidden) each.inhibition = inhibition;
    each.k_max = each.k_target = 0.5;
  }
  return made;
}

std::vector<PlainSample> samples(std::size_t count, data::Random& random) {
  std::vector<PlainSample> made(count);
  for (auto& sample : made) {
    for (int i = 0; i < 6; ++i)
      sample.x.push_back(
          static_cast<double>(static_cast<float>(random.uniform())));  // as given to a rule
    sample.category = static_cast<std::size_t>(random.below(4));
    sample.item = static_cast<std::size_t>(random.below(7));
  }
  return made;
}

}  // namespace

at::Tensor tensor(const Vector& of, at::IntArrayRef shape) {
  auto made = at::empty(shape, at::kDouble);
  std::copy(of.begin(), of.end(), made.mutable_data_ptr<double>());
  return made;
}

learn::TensorSamples tensors(const std::vector<PlainSample>& of) {
  const auto n = static_cast<std::int64_t>(of.size());
  learn::TensorSamples made{at::empty({n, 6}, at::kDouble), at::empty({n}, at::kLong),
                            at::empty({n}, at::kLong)};
  for (std::size_t i = 0; i < of.size(); ++i) {
    std::copy(of[i].x.begin(), of[i].x.end(), made.x.mutable_data_ptr<double>() + i * 6);
    made.category.mutable_data_ptr<std::int64_t>()[i] = static_cast<std::int64_t>(of[i].category);
    made.item.mutable_data_ptr<std::int64_t>()[i] = static_cast<std::int64_t>(of[i].item);
  }
  return made;
}

Problem problem(spec::Condition condition, std::int64_t order, spec::Inhibition inhibition) {
  Problem made;
  made.rule.condition = condition;
  made.rule.order = order;
  made.rule.alpha_lr = 0.01;
  made.rule.m_lr = 0.02;
  made.rule.clip_norm = 1e6;  // clipping has a test of its own
  made.plan = *net::makePlan(skipAndSplit(inhibition), condition, /*k_fraction=*/0.25);
  data::Random random(7, "gradients");
  const auto& network = made.plan.network;
  for (std::size_t p = 0; p < network.paths.size(); ++p) {
    const auto units = network.layers[made.plan.graph.target[p]].units;
    const auto sources = network.layers[made.plan.graph.source[p]].units;
    Vector w;
    for (std::int64_t i = 0; i < units * sources; ++i) w.push_back(random.normal());
    made.parameters.weights.push_back(tensor(w, {units, sources}));
    made.plain.weights.push_back(std::move(w));
    made.plain.alpha.push_back(p == 2 ? -0.1 : 0.1 + 0.05 * static_cast<double>(p));
  }
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    made.plain.m.push_back(made.plan.firstM(l, 0.1 + 0.1 * static_cast<double>(l)));
  made.parameters.alpha =
      tensor(made.plain.alpha, {static_cast<std::int64_t>(made.plain.alpha.size())});
  made.parameters.m = tensor(made.plain.m, {static_cast<std::int64_t>(made.plain.m.size())});
  made.batch = samples(3, random);
  made.replay = samples(2, random);
  return made;
}

double slopeAt(const Function& f, const PlainParameters& at, Vector PlainParameters::*group,
               std::size_t i) {
  PlainParameters moved = at;
  constexpr double kStep = 1e-4;
  (moved.*group)[i] = (at.*group)[i] + kStep;
  const double above = f(moved);
  (moved.*group)[i] = (at.*group)[i] - kStep;
  return (above - f(moved)) / (2 * kStep);
}

double slopeOf(const Function& f, const PlainParameters& at,
               std::vector<Vector> PlainParameters::*group, std::size_t p, std::size_t i) {
  PlainParameters moved = at;
  constexpr double kStep = 1e-4;
  (moved.*group)[p][i] = (at.*group)[p][i] + kStep;
  const double above = f(moved);
  (moved.*group)[p][i] = (at.*group)[p][i] - kStep;
  return (above - f(moved)) / (2 * kStep);
}

double slopeOfWeight(const Function& f, const PlainParameters& at, std::size_t p, std::size_t i) {
  return slopeOf(f, at, &PlainParameters::weights, p, i);
}

}  // namespace dentate::test
