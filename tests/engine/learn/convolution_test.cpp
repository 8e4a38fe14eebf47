// Networks that convolve: the forward pass and the gradients of the meta-step, against the model
// written out in loops.
#include <gtest/gtest.h>

#include "engine/learn/registry.h"
#include "engine/spec/shape.h"
#include "tests/engine/learn/plain_problem.h"

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

Problem problem(spec::Condition condition, std::int64_t order) {
  return problemOf(skipAndSplit(), condition, order, "convolution");
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
