// A kind of inhibition that is one file (half_the_mean.h) and one line: a network is inhibited by it
// on every body.
#include <ATen/TensorOperators.h>
#include <gtest/gtest.h>

#include "engine/learn/registry.h"
#include "engine/spec/spelling.h"
#include "engine/spec/templates.h"
#include "tests/engine/learn/half_the_mean.h"
#include "tests/engine/learn/random_problem.h"

namespace dentate::test {
namespace {

struct Learned {
  net::Plan plan;
  net::ParameterBatch parameters;
  learn::StepReport report;
};

// One meta-step of one image from the same start.
Learned learnOnce(spec::Inhibition kind, learn::Body body) {
  auto network = spec::layeredNetwork(4, 1, 40, 3);
  network.layers[1].inhibition = kind;
  spec::RuleSpec rule;
  rule.m0 = 0.5;
  Learned made{net::makePlan(network, rule.condition, rule.k_fraction).value(), {}, {}};
  made.parameters = net::emptyParameters(made.plan, 1);
  data::Random random(2, "weights");
  auto one = made.parameters.replica(0);
  net::initialise(made.plan, rule, random, one);
  const std::vector<float> x{0.1F, 0.9F, 0.4F, 0.0F};
  const std::vector<std::int32_t> category{1};
  const learn::StepInput input{{1, x, category, {}}, {}};
  const auto of = learn::makeRule(made.plan, rule, body).value();
  of->step(made.parameters, {&input, 1}, {&made.report, 1});
  return made;
}

TEST(Inhibition, OfATestIsOneFileAndOneLine) {
  const spec::AddedInhibition added(kHalfTheMean);
  const auto exact = learnOnce(added.kind(), learn::Body::Autograd);
  const auto other = learnOnce(spec::Inhibition::LearnedM, learn::Body::Autograd);
  EXPECT_FALSE(exact.parameters.m.equal(other.parameters.m));
  EXPECT_NE(exact.report.m_grad[1], 0.0);
  for (const auto body : {learn::Body::Cpu, learn::Body::Aten}) {
    const auto made = learnOnce(added.kind(), body);
    EXPECT_NEAR(made.report.meta_loss, exact.report.meta_loss, 1e-5);
    EXPECT_NEAR(made.report.m_grad[1], exact.report.m_grad[1], 1e-5);
    EXPECT_TRUE(made.parameters.m.allclose(exact.parameters.m, 1e-5, 1e-7));
    EXPECT_TRUE(made.parameters.weights[0].allclose(exact.parameters.weights[0], 1e-4, 1e-6));
  }
}

TEST(Inhibition, ThatLearnsNothingKeepsItsM) {
  for (const auto body : {learn::Body::Cpu, learn::Body::Aten, learn::Body::Autograd}) {
    const auto made = learnOnce(*spec::valueNamed<spec::Inhibition>("k_wta"), body);
    EXPECT_EQ(made.parameters.m[0][1].item<float>(), 1.0F);
    EXPECT_TRUE(made.report.m_grad.empty());
    EXPECT_EQ(made.parameters.steps, 1);
  }
}

}  // namespace
}  // namespace dentate::test
