// Networks that convolve: the forward pass and the gradients of the meta-step, against the model
// written out in loops.
#include <gtest/gtest.h>

#include "engine/learn/registry.h"
#include "tests/engine/learn/plain_problem.h"

namespace dentate::test {
namespace {

Problem problem(spec::Condition condition, std::int64_t order) {
  return convolutionalProblem(condition, order);
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
