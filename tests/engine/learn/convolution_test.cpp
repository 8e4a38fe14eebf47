// Networks that convolve: the forward pass and the gradients of the meta-step, against the model
// written out in loops.
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "engine/learn/autograd_step.h"
#include "engine/learn/registry.h"
#include "engine/spec/shape.h"
#include "tests/engine/learn/plain_network.h"

namespace dentate::test {
namespace {

using spec::LayerRole;

spec::LayerSpec dense(const char* name, LayerRole role, std::int64_t units) {
  spec::LayerSpec made;
  made.name = name;
  made.role = role;
  made.units = units;
  return made;
}

spec::LayerSpec convolutional(const char* name, std::int64_t channels, std::int64_t kernel,
                              std::int64_t stride, std::int64_t padding) {
  auto made = dense(name, LayerRole::Hidden, 1);
  made.kind = spec::LayerKind::Convolutional;
  made.channels = channels;
  made.kernel = kernel;
  made.stride = stride;
  made.padding = padding;
  return made;
}

// Images of 2 × 4 × 3. Two convolutional paths into c2, and maps into dense layers.
spec::NetworkSpec skipAndSplit() {
  spec::NetworkSpec made;
  made.layers = {dense("input", LayerRole::Input, 24),      convolutional("c1", 3, 3, 1, 1),
                 convolutional("c2", 2, 2, 2, 0),           dense("h1", LayerRole::Hidden, 5),
                 dense("category", LayerRole::Category, 4), dense("item", LayerRole::Item, 7)};
  made.layers[0].channels = 2;
  made.layers[0].height = 4;
  made.paths = {{"input", "c1"}, {"c1", "c2"},       {"input", "c2"}, {"c2", "h1"},
                {"c1", "h1"},    {"h1", "category"}, {"h1", "item"}};
  spec::fitUnits(made);
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
    for (int i = 0; i < 24; ++i) sample.x.push_back(random.uniform());
    sample.category = static_cast<std::size_t>(random.below(4));
    sample.item = static_cast<std::size_t>(random.below(7));
  }
  return made;
}

learn::TensorSamples tensors(const std::vector<PlainSample>& of) {
  const auto n = static_cast<std::int64_t>(of.size());
  learn::TensorSamples made{at::empty({n, 24}, at::kDouble), at::empty({n}, at::kLong),
                            at::empty({n}, at::kLong)};
  for (std::size_t i = 0; i < of.size(); ++i) {
    std::copy(of[i].x.begin(), of[i].x.end(), made.x.mutable_data_ptr<double>() + i * 24);
    made.category.mutable_data_ptr<std::int64_t>()[i] = static_cast<std::int64_t>(of[i].category);
    made.item.mutable_data_ptr<std::int64_t>()[i] = static_cast<std::int64_t>(of[i].item);
  }
  return made;
}

Problem problem(spec::Condition condition, std::int64_t order) {
  Problem made;
  made.rule.condition = condition;
  made.rule.order = order;
  made.rule.clip_norm = 1e6;
  made.rule.update = spec::Update::Synchronous;
  made.rule.weight_lr = 1;
  made.plan = *net::makePlan(skipAndSplit(), condition, /*k_fraction=*/0.25);
  data::Random random(3, "convolution");
  const auto like = net::emptyParameters(made.plan, /*replicas=*/1).replica(0);
  for (std::size_t p = 0; p < like.weights.size(); ++p) {
    Vector w;
    for (std::int64_t i = 0; i < like.weights[p].numel(); ++i) w.push_back(random.normal());
    made.parameters.weights.push_back(tensor(w, like.weights[p].sizes()));
    made.plain.weights.push_back(std::move(w));
    made.plain.alpha.push_back(0.1 + 0.05 * static_cast<double>(p));
  }
  for (std::size_t l = 0; l < made.plan.learns_m.size(); ++l)
    made.plain.m.push_back(made.plan.firstM(l, 0.1 + 0.1 * static_cast<double>(l)));
  made.parameters.alpha =
      tensor(made.plain.alpha, {static_cast<std::int64_t>(made.plain.alpha.size())});
  made.parameters.m = tensor(made.plain.m, {static_cast<std::int64_t>(made.plain.m.size())});
  made.batch = samples(3, random);
  made.replay = samples(2, random);
  return made;
}

using Function = std::function<double(const PlainParameters&)>;

// `of` finds the number that moves.
double slopeOf(const Function& f, const PlainParameters& plain,
               const std::function<double&(PlainParameters&)>& of) {
  constexpr double kStep = 1e-4;
  PlainParameters moved = plain;
  of(moved) += kStep;
  const double above = f(moved);
  moved = plain;
  of(moved) -= kStep;
  return (above - f(moved)) / (2 * kStep);
}

void expectGradients(Problem& made, const Function& meta_loss, double tolerance) {
  learn::AutogradStep rule(made.plan, made.rule);
  auto after = made.parameters.clone();
  const auto report = rule.step(after, tensors(made.batch), tensors(made.replay));
  EXPECT_NEAR(report.meta_loss.item<double>(), meta_loss(made.plain), 1e-9);
  for (std::size_t p = 0; p < made.plain.alpha.size(); ++p) {
    EXPECT_NEAR(report.alpha_grad[static_cast<std::int64_t>(p)].item<double>(),
                slopeOf(meta_loss, made.plain, [p](auto& at) -> double& { return at.alpha[p]; }),
                tolerance)
        << "alpha of path " << p;
    const auto gradient = (made.parameters.weights[p] - after.weights[p]).contiguous();
    for (std::size_t i = 0; i < made.plain.weights[p].size(); i += 5)
      EXPECT_NEAR(
          gradient.const_data_ptr<double>()[i],
          slopeOf(meta_loss, made.plain, [p, i](auto& at) -> double& { return at.weights[p][i]; }),
          tolerance)
          << "weight " << i << " of path " << p;
  }
  for (std::size_t l = 0; l < made.plain.m.size(); ++l) {
    if (made.plan.learns_m[l] == 0) continue;
    EXPECT_NEAR(report.m_grad[static_cast<std::int64_t>(l)].item<double>(),
                slopeOf(meta_loss, made.plain, [l](auto& at) -> double& { return at.m[l]; }),
                tolerance)
        << "m of layer " << l;
  }
}

// The loss holds every layer: maps from maps, from two sources, flattened, inhibited over all of them.
TEST(Convolution, ForwardPassIsThatOfTheModelInLoops) {
  for (const auto condition : {spec::Condition::Lr, spec::Condition::SLr}) {
    const auto made = problem(condition, 1);
    const PlainNetwork plain(made.plan);
    for (std::size_t s = 0; s < made.batch.size(); ++s) {
      const auto one = tensors({made.batch[s]});
      const auto trace = net::forward(made.plan, made.parameters, one.x);
      EXPECT_NEAR(learn::loss(made.plan, trace, one).item<double>(),
                  plain.loss(made.plain.weights, made.plain.m, made.batch[s]), 1e-10);
    }
  }
}

TEST(Convolution, FirstOrderGradientsAreThoseOfTheHeldModelWithInhibition) {
  auto made = problem(spec::Condition::SLr, 1);
  PlainMetaLoss plain(made.plan, made.batch, made.replay);
  plain.hold(made.plain);
  expectGradients(
      made, [&](const PlainParameters& p) { return plain.firstOrder(p); }, 1e-6);
}

TEST(Convolution, FirstOrderGradientsAreThoseOfTheHeldModelWithoutInhibition) {
  auto made = problem(spec::Condition::Lr, 1);
  PlainMetaLoss plain(made.plan, made.batch, made.replay);
  plain.hold(made.plain);
  expectGradients(
      made, [&](const PlainParameters& p) { return plain.firstOrder(p); }, 1e-6);
}

TEST(Convolution, SecondOrderGradientsAreThoseOfTheWholeModel) {
  auto made = problem(spec::Condition::Lr, 2);
  PlainMetaLoss plain(made.plan, made.batch, made.replay);
  expectGradients(
      made, [&](const PlainParameters& p) { return plain.secondOrder(p); }, 1e-5);
}

TEST(Convolution, IsDoneByAutogradAlone) {
  auto made = problem(spec::Condition::SLr, 1);
  EXPECT_TRUE(learn::makeRule(made.plan, made.rule).ok());
  EXPECT_TRUE(learn::makeRule(made.plan, made.rule, learn::Body::Autograd).ok());
  for (const auto body : {learn::Body::Cpu, learn::Body::Aten}) {
    const auto rule = learn::makeRule(made.plan, made.rule, body);
    ASSERT_FALSE(rule.ok());
    EXPECT_EQ(rule.error().where, "network.layers");
    EXPECT_NE(rule.error().what.find("convolves"), std::string::npos);
  }
}

}  // namespace
}  // namespace dentate::test
