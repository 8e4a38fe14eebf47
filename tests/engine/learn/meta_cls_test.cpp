// The rule of meta-CLS, by autograd, against difference quotients of the model written out in loops.
#include <ATen/TensorOperators.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/learn/autograd_step.h"
#include "engine/learn/registry.h"
#include "tests/engine/learn/half_the_mean.h"
#include "tests/engine/learn/plain_problem.h"

namespace dentate::test {
namespace {

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
