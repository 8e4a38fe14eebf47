// The yardstick computes what the engine's autograd body does.
#include "tests/bench/yardstick.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <gtest/gtest.h>

#include "engine/learn/registry.h"
#include "tests/bench/cohort.h"

namespace dentate::bench {
namespace {

double sizeOf(const at::Tensor& t) { return at::linalg_vector_norm(t).item<double>(); }

// Of each group of numbers, the change by three meta-steps: the yardstick's is the engine's to 1e-4
// of it (float32, sums in another order).
void expectAgreement(const spec::ExperimentSpec& spec) {
  const auto subject = *makeSubject(spec);
  const auto engine = *learn::makeRule(subject->plan, spec.rule, learn::Body::Autograd);
  Yardstick yardstick(subject->plan, spec.rule);
  Cohort theirs(subject, /*first=*/1, {.steps = 3});
  Cohort ours(subject, /*first=*/1, {.steps = 3, .plain = true});
  const Cohort untouched(subject, /*first=*/1, {});
  theirs.learn(*engine);
  ours.learn(yardstick);
  const auto begin = untouched.groups()[0].replica(0);
  const auto a = theirs.groups()[0].replica(0), b = ours.groups()[0].replica(0);
  for (std::size_t p = 0; p < a.weights.size(); ++p) {
    const double change = sizeOf(a.weights[p] - begin.weights[p]);
    EXPECT_GT(change, 0) << "path " << p;
    EXPECT_LE(sizeOf(b.weights[p] - a.weights[p]), 1e-4 * change) << "path " << p;
    EXPECT_TRUE(b.weights[p].is_contiguous());
  }
  EXPECT_LE(sizeOf(b.alpha - a.alpha), 1e-4 * sizeOf(a.alpha - begin.alpha));
  EXPECT_LE(sizeOf(b.m - a.m), 1e-4 * sizeOf(a.m - begin.m));
  EXPECT_EQ(sizeOf(a.alpha - begin.alpha) > 0, spec::learnsAlpha(spec.rule.condition));
  EXPECT_EQ(sizeOf(a.m - begin.m) > 0, spec::learnsM(spec.rule.condition));
}

spec::ExperimentSpec experiment(const std::string& config) {
  auto spec = experimentOf(config);
  EXPECT_TRUE(spec.ok());
  spec->stream.test_samples = 1;
  return *spec;
}

TEST(Yardstick, AgreesWithTheEngineOnTwoLayers) { expectAgreement(experiment("two-layer")); }

TEST(Yardstick, AgreesInEveryConditionAndUpdate) {
  auto spec = experiment("two-layer");
  for (const auto condition :
       {spec::Condition::Baseline, spec::Condition::S, spec::Condition::Lr}) {
    spec.rule.condition = condition;
    spec.rule.update =
        condition == spec::Condition::Lr ? spec::Update::Synchronous : spec::Update::Asynchronous;
    expectAgreement(spec);
  }
}

TEST(Yardstick, AgreesInSecondOrder) {
  auto spec = experiment("two-layer");
  spec.rule.order = 2;
  expectAgreement(spec);
}

TEST(Yardstick, AgreesOnTwoHeadsAndOnASkip) {
  for (const char* config : {"split-two-path", "skip-two-path"}) {
    auto spec = experiment(config);
    for (auto& layer : spec.network.layers)
      if (layer.role == spec::LayerRole::Hidden) layer.units /= 5;
    expectAgreement(spec);
  }
}

}  // namespace
}  // namespace dentate::bench
