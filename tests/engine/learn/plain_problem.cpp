#include "tests/engine/learn/plain_problem.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "engine/learn/autograd_step.h"
#include "engine/spec/shape.h"

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

spec::LayerSpec convolutional(const char* name, std::int64_t channels, std::int64_t kernel,
                              std::int64_t stride, std::int64_t padding) {
  auto made = layer(name, spec::LayerRole::Hidden, 1);
  made.kind = spec::LayerKind::Convolutional;
  made.channels = channels;
  made.kernel = kernel;
  made.stride = stride;
  made.padding = padding;
  return made;
}

// Images of 2 × 4 × 3. Two convolutional paths into c2, and maps into dense layers.
spec::NetworkSpec convolutionalNetwork() {
  using spec::LayerRole;
  spec::NetworkSpec made;
  made.layers = {layer("input", LayerRole::Input, 24),      convolutional("c1", 3, 3, 1, 1),
                 convolutional("c2", 2, 2, 2, 0),           layer("h1", LayerRole::Hidden, 5),
                 layer("category", LayerRole::Category, 4), layer("item", LayerRole::Item, 7)};
  made.layers[0].channels = 2;
  made.layers[0].height = 4;
  made.paths = {path("input", "c1"), path("c1", "c2"),       path("input", "c2"), path("c2", "h1"),
                path("c1", "h1"),    path("h1", "category"), path("h1", "item")};
  spec::fitUnits(made);
  return made;
}

std::vector<PlainSample> samples(std::size_t count, std::int64_t inputs, data::Random& random) {
  std::vector<PlainSample> made(count);
  for (auto& sample : made) {
    for (std::int64_t i = 0; i < inputs; ++i)
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
  const auto inputs = of.front().x.size();
  learn::TensorSamples made{at::empty({n, static_cast<std::int64_t>(inputs)}, at::kDouble),
                            at::empty({n}, at::kLong), at::empty({n}, at::kLong)};
  for (std::size_t i = 0; i < of.size(); ++i) {
    std::copy(of[i].x.begin(), of[i].x.end(), made.x.mutable_data_ptr<double>() + i * inputs);
    made.category.mutable_data_ptr<std::int64_t>()[i] = static_cast<std::int64_t>(of[i].category);
    made.item.mutable_data_ptr<std::int64_t>()[i] = static_cast<std::int64_t>(of[i].item);
  }
  return made;
}

Problem problemOf(const spec::NetworkSpec& network, spec::Condition condition, std::int64_t order,
                  const char* drawn) {
  Problem made;
  made.rule.condition = condition;
  made.rule.order = order;
  made.rule.alpha_lr = 0.01;
  made.rule.m_lr = 0.02;
  made.rule.clip_norm = 1e6;  // clipping has a test of its own
  made.plan = *net::makePlan(network, condition, /*k_fraction=*/0.25);
  data::Random random(7, drawn);
  const auto like = net::emptyParameters(made.plan, /*replicas=*/1).replica(0);
  for (std::size_t p = 0; p < like.weights.size(); ++p) {
    Vector w;
    for (std::int64_t i = 0; i < like.weights[p].numel(); ++i) w.push_back(random.normal());
    made.parameters.weights.push_back(tensor(w, like.weights[p].sizes()));
    made.plain.weights.push_back(std::move(w));
    made.plain.alpha.push_back(0.1 + 0.05 * static_cast<double>(p));
  }
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    made.plain.m.push_back(made.plan.firstM(l, 0.1 + 0.1 * static_cast<double>(l)));
  made.parameters.alpha =
      tensor(made.plain.alpha, {static_cast<std::int64_t>(made.plain.alpha.size())});
  made.parameters.m = tensor(made.plain.m, {static_cast<std::int64_t>(made.plain.m.size())});
  const auto inputs = network.layers[made.plan.graph.input].units;
  made.batch = samples(3, inputs, random);
  made.replay = samples(2, inputs, random);
  return made;
}

Problem problem(spec::Condition condition, std::int64_t order, spec::Inhibition inhibition) {
  auto made = problemOf(skipAndSplit(inhibition), condition, order, "gradients");
  made.plain.alpha[2] = -0.1;
  made.parameters.alpha[2] = -0.1;
  return made;
}

Problem convolutionalProblem(spec::Condition condition, std::int64_t order) {
  return problemOf(convolutionalNetwork(), condition, order, "convolution");
}

void expectGradients(Problem& made, const Function& meta_loss, double tolerance) {
  made.rule.update = spec::Update::Synchronous;
  made.rule.weight_lr = 1;
  learn::AutogradStep rule(made.plan, made.rule);
  auto after = made.parameters.clone();
  const auto report = rule.step(after, tensors(made.batch), tensors(made.replay));
  EXPECT_NEAR(report.meta_loss.item<double>(), meta_loss(made.plain), 1e-9);
  for (std::size_t p = 0; p < made.plain.alpha.size(); ++p) {
    const auto index = static_cast<std::int64_t>(p);
    if (report.alpha_grad.defined()) {
      EXPECT_NEAR(report.alpha_grad[index].item<double>(),
                  slopeAt(meta_loss, made.plain, &PlainParameters::alpha, p), tolerance)
          << "alpha of path " << p;
    }
    const auto gradient = (made.parameters.weights[p] - after.weights[p]).contiguous();
    for (std::size_t i = 0; i < made.plain.weights[p].size(); i += 5)
      EXPECT_NEAR(gradient.const_data_ptr<double>()[i], slopeOfWeight(meta_loss, made.plain, p, i),
                  tolerance)
          << "weight " << i << " of path " << p;
  }
  for (std::size_t l = 0; l < made.plain.m.size(); ++l) {
    if (made.plan.learns_m[l] == 0) continue;
    EXPECT_NEAR(report.m_grad[static_cast<std::int64_t>(l)].item<double>(),
                slopeAt(meta_loss, made.plain, &PlainParameters::m, l), tolerance)
        << "m of layer " << l;
  }
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
