#include "engine/spec/replicas.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dentate::spec {
namespace {

ExperimentSpec product() {
  ExperimentSpec spec;
  spec.rule.alpha0 = 0.5;
  spec.replicas = {3, 7, {Condition::Lr, Condition::Baseline}, {0.1, 0.01}};
  return spec;
}

TEST(Replicas, AreASingleNetworkByDefault) {
  ExperimentSpec spec;
  spec.rule.condition = Condition::S;
  spec.rule.alpha0 = 0.25;
  spec.replicas.first_seed = 4;
  EXPECT_EQ(replicaCount(spec), 1);
  EXPECT_EQ(variantOf(spec, 0), (Variant{Condition::S, 0.25, 4}));
  EXPECT_EQ(replicasInWords(spec), "1 network");
  EXPECT_EQ(nameOf(spec, variantOf(spec, 0)), "seed 4");
}

TEST(Replicas, AreOrderedByConditionThenAlpha0ThenSeed) {
  const auto spec = product();
  ASSERT_EQ(replicaCount(spec), 12);
  EXPECT_EQ(variantOf(spec, 0), (Variant{Condition::Lr, 0.1, 7}));
  EXPECT_EQ(variantOf(spec, 2), (Variant{Condition::Lr, 0.1, 9}));
  EXPECT_EQ(variantOf(spec, 3), (Variant{Condition::Lr, 0.01, 7}));
  EXPECT_EQ(variantOf(spec, 6), (Variant{Condition::Baseline, 0.1, 7}));
  EXPECT_EQ(variantOf(spec, 11), (Variant{Condition::Baseline, 0.01, 9}));
}

TEST(Replicas, LieInCells) {
  const auto spec = product();
  EXPECT_EQ(cellCount(spec), 4U);
  EXPECT_EQ(cellOf(spec, 5), 1U);
  EXPECT_EQ(cellVariant(spec, 2), (Variant{Condition::Baseline, 0.1, 7}));
}

TEST(Replicas, AreNamedByWhatDiffers) {
  auto spec = product();
  EXPECT_EQ(nameOf(spec, variantOf(spec, 4)), "lr, alpha0 0.01, seed 8");
  EXPECT_EQ(replicasInWords(spec), "12 networks: 2 conditions × 2 alpha0 × 3 seeds");
  spec.replicas.alpha0 = {0.1};
  EXPECT_EQ(nameOf(spec, variantOf(spec, 4)), "baseline, seed 8");
  EXPECT_EQ(replicasInWords(spec), "6 networks: 2 conditions × 3 seeds");
}

TEST(Replicas, ShowTheAlpha0OfTheRuleOrTheMiddleOne) {
  auto spec = product();
  spec.replicas.alpha0 = {0.1, 0.2, 0.3, 0.4, 0.6};
  EXPECT_EQ(shownAlpha0(spec), 2U);
  spec.rule.alpha0 = 0.4;
  EXPECT_EQ(shownAlpha0(spec), 3U);
  spec.replicas.alpha0.clear();
  EXPECT_EQ(shownAlpha0(spec), 0U);
}

TEST(Replicas, ShowTheRulesOwnNetworkOrOneOfTheLastCondition) {
  auto spec = product();  // lr and baseline, 0.1 and 0.01, three seeds; the rule has s+lr and 0.5
  EXPECT_EQ(shownReplica(spec), 9U);
  spec.rule.condition = Condition::Lr;
  spec.rule.alpha0 = 0.1;
  EXPECT_EQ(shownReplica(spec), 0U);
}

}  // namespace
}  // namespace dentate::spec
