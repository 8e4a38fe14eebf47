// That what the bench measures keeps beginning in the same state.
#include "tests/bench/subject.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <gtest/gtest.h>

#include "engine/learn/registry.h"
#include "tests/bench/cohort.h"

namespace dentate::bench {
namespace {

TEST(Cohort, GoesRoundFromTheStateInWhichItBegan) {
  auto spec = experimentOf("two-layer");
  ASSERT_TRUE(spec.ok());
  spec->network.layers[1].units = spec->network.layers[2].units = 16;
  spec->stream.test_samples = 1;
  const auto subject = *makeSubject(*spec);
  const auto rule = *learn::makeRule(subject->plan, spec->rule, learn::Body::Autograd);
  Cohort cohort(subject, /*first=*/3, {.replicas = 2, .steps = kRound});
  const auto weights = [&](std::size_t replica) { return cohort.groups()[replica].weights[1]; };
  const auto begin = weights(0).clone();
  EXPECT_EQ(cohort.learn(*rule), kRound);
  const auto once = weights(0).clone();
  EXPECT_FALSE(at::equal(once, begin));
  EXPECT_FALSE(at::equal(weights(1), begin)) << "another seed";
  cohort.learn(*rule);  // the other replica; both have come round now
  EXPECT_TRUE(at::equal(weights(0), once)) << "one learns while the other waits";
  Cohort later(subject, /*first=*/5, {.replicas = 2, .steps = 1});
  later.beginAs(cohort);
  EXPECT_TRUE(at::equal(later.groups()[0].weights[1], begin));
  later.learn(*rule);
  EXPECT_FALSE(at::equal(later.groups()[0].weights[1], begin));
}

}  // namespace
}  // namespace dentate::bench
