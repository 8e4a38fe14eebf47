// The rule of meta-CLS, by autograd, against difference quotients of the model written out in loops.
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "engine/learn/autograd_step.h"
#include "engine/learn/registry.h"
#include "tests/engine/learn/half_the_mean.h"
#include "tests/engine/learn/plain_network.h"

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

struct Problem {
  net::Plan plan;
  spec::RuleSpec rule;
  PlainParameters plain;
  net::Parameters parameters;  // the same numbers, double
  std::vector<PlainSample> batch, replay;
};

at::Tensor tensor(const Vector& of, at::IntArrayRef shape) {
  auto made = at::empty(shape, at::kDouble);
  std::copy(of.begin(), of.end(), made.mutable_data_ptr<double>());
  return made;
}

std::vector<PlainSample> samples(std::size_t count, data::Random& random) {
  std::vector<PlainSample> made(count);
  for (auto& sample : made) {
    for (int i = 0; i < 6; ++i) sample.x.push_back(random.uniform());
    sample.category = static_cast<std::size_t>(random.below(4));
    sample.item = static_cast<std::size_t>(random.below(7));
  }
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

Problem problem(spec::Condition condition, std::int64_t order,
                spec::Inhibition inhibition = spec::Inhibition::LearnedM) {
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

using Function = std::function<double(const PlainParameters&)>;

double slopeAt(const Function& f, const PlainParameters& at, Vector PlainParameters::*group,
               std::size_t i) {
  PlainParameters moved = at;
  constexpr double kStep = 1e-4;
  (moved.*group)[i] = (at.*group)[i] + kStep;
  const double above = f(moved);
  (moved.*group)[i] = (at.*group)[i] - kStep;
  return (above - f(moved)) / (2 * kStep);
}

double slopeOfWeight(const Function& f, const PlainParameters& at, std::size_t p, std::size_t i) {
  PlainParameters moved = at;
  constexpr double kStep = 1e-4;
  moved.weights[p][i] = at.weights[p][i] + kStep;
  const double above = f(moved);
  moved.weights[p][i] = at.weights[p][i] - kStep;
  return (above - f(moved)) / (2 * kStep);
}

// The rule's own gradient of W_p: what a synchronous update of step size 1 takes away.
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

// Of every kind in the registry, and one of the test's own.
TEST(MetaCls, FirstOrderGradientsAreThoseOfTheHeldModelWithInhibition) {
  const spec::AddedInhibition added(kHalfTheMean);
  for (std::size_t kind = 0; kind < spec::inhibitionKinds().size(); ++kind) {
    SCOPED_TRACE(spec::inhibitionKinds()[kind]->name);
    auto made = problem(spec::Condition::SLr, 1, static_cast<spec::Inhibition>(kind));
    PlainMetaLoss plain(made.plan, made.batch, made.replay);
    plain.hold(made.plain);
    expectGradients(
        made, [&](const PlainParameters& p) { return plain.firstOrder(p); }, 1e-6);
  }
}

TEST(MetaCls, FirstOrderGradientsAreThoseOfTheHeldModelWithoutInhibition) {
  auto made = problem(spec::Condition::Lr, 1);
  PlainMetaLoss plain(made.plan, made.batch, made.replay);
  plain.hold(made.plain);
  expectGradients(
      made, [&](const PlainParameters& p) { return plain.firstOrder(p); }, 1e-6);
}

TEST(MetaCls, SecondOrderGradientsAreThoseOfTheWholeModel) {
  auto made = problem(spec::Condition::Lr, 2);
  PlainMetaLoss plain(made.plan, made.batch, made.replay);
  expectGradients(
      made, [&](const PlainParameters& p) { return plain.secondOrder(p); }, 1e-5);
}

// d alpha_p = -1[alpha_p > 0] sum_i <dL_i/dfast_p, sum_{j<=i} g_{j,p}>: nothing of a path whose
// alpha is not positive, so it never comes back.
TEST(MetaCls, PathWithNegativeAlphaNeverLearnsAgain) {
  auto made = problem(spec::Condition::SLr, 1);
  learn::AutogradStep rule(made.plan, made.rule);
  auto after = made.parameters.clone();
  for (int i = 0; i < 3; ++i) {
    const auto report = rule.step(after, tensors(made.batch), tensors(made.replay));
    EXPECT_EQ(report.alpha_grad[2].item<double>(), 0.0);
  }
  EXPECT_EQ(after.alpha[2].item<double>(), -0.1);
  EXPECT_TRUE(after.weights[2].equal(made.parameters.weights[2]));
  EXPECT_FALSE(after.weights[1].equal(made.parameters.weights[1]));
}

TEST(MetaCls, FrozenPathKeepsItsWeightsAndItsAlpha) {
  auto made = problem(spec::Condition::SLr, 1);
  made.plan.network.paths[1].frozen = true;
  learn::AutogradStep rule(made.plan, made.rule);
  auto after = made.parameters.clone();
  (void)rule.step(after, tensors(made.batch), tensors(made.replay));
  EXPECT_TRUE(after.weights[1].equal(made.parameters.weights[1]));
  EXPECT_EQ(after.alpha[1].item<double>(), made.plain.alpha[1]);
  EXPECT_FALSE(after.weights[0].equal(made.parameters.weights[0]));
}

TEST(MetaCls, EachGroupIsClippedToItsOwnNorm) {
  auto made = problem(spec::Condition::SLr, 1);
  auto free = made.parameters.clone();
  const auto report = learn::AutogradStep(made.plan, made.rule)
                          .step(free, tensors(made.batch), tensors(made.replay));
  const double alpha_norm = report.alpha_grad.norm().item<double>();
  const double m_norm = report.m_grad.norm().item<double>();
  const double limit = 0.5 * std::min(alpha_norm, m_norm);
  made.rule.clip_norm = limit;
  auto clipped = made.parameters.clone();
  (void)learn::AutogradStep(made.plan, made.rule)
      .step(clipped, tensors(made.batch), tensors(made.replay));
  EXPECT_NEAR((made.parameters.alpha - clipped.alpha).norm().item<double>(),
              limit * made.rule.alpha_lr, 1e-6);
  EXPECT_NEAR((made.parameters.m - clipped.m).norm().item<double>(), limit * made.rule.m_lr, 1e-6);
}

// theta <- theta - step * clipped G: the length of the weights' own move is the limit, spread over
// the paths as their gradients are, times each path's step.
TEST(MetaCls, WeightsMoveByTheClippedGradientTimesTheirStep) {
  for (const auto update : {spec::Update::Synchronous, spec::Update::Asynchronous}) {
    auto made = problem(spec::Condition::SLr, 1);
    made.rule.update = update;
    made.rule.weight_lr = 0.3;
    made.rule.clip_norm = 0.01;  // far below the gradient's norm
    auto after = made.parameters.clone();
    const auto report = learn::AutogradStep(made.plan, made.rule)
                            .step(after, tensors(made.batch), tensors(made.replay));
    const double norm = report.weight_grad_norms.norm().item<double>();
    ASSERT_GT(norm, 10 * made.rule.clip_norm);
    for (std::size_t p = 0; p < after.weights.size(); ++p) {
      const auto index = static_cast<std::int64_t>(p);
      const double alpha = std::max(after.alpha[index].item<double>(), 0.0);  // the new one
      const double step = update == spec::Update::Synchronous ? 0.3 : alpha;
      const double share = report.weight_grad_norms[index].item<double>() / norm;
      EXPECT_NEAR((made.parameters.weights[p] - after.weights[p]).norm().item<double>(),
                  step * made.rule.clip_norm * share, 1e-7)
          << "path " << p;
    }
  }
}

TEST(MetaCls, ConditionsLearnWhatTheyName) {
  for (const auto condition :
       {spec::Condition::Baseline, spec::Condition::S, spec::Condition::Lr, spec::Condition::SLr}) {
    auto made = problem(condition, 1);
    auto after = made.parameters.clone();
    (void)learn::AutogradStep(made.plan, made.rule)
        .step(after, tensors(made.batch), tensors(made.replay));
    EXPECT_EQ(!after.alpha.equal(made.parameters.alpha), spec::learnsAlpha(condition));
    EXPECT_EQ(!after.m.equal(made.parameters.m), spec::learnsM(condition));
  }
}

TEST(Rules, RefuseANameThatNoRuleHas) {
  auto made = problem(spec::Condition::SLr, 1);
  made.rule.name = "backprop";
  const auto rule = learn::makeRule(made.plan, made.rule);
  ASSERT_FALSE(rule.ok());
  EXPECT_EQ(rule.error().where, "rule.name");
  EXPECT_NE(rule.error().what.find("meta-cls"), std::string::npos);
}

}  // namespace
}  // namespace dentate::test
