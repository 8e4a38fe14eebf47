#include "engine/spec/inhibition.h"

#include <gtest/gtest.h>

#include "engine/spec/graph.h"
#include "engine/spec/k_wta.h"
#include "engine/spec/learned_m.h"
#include "engine/spec/replicas.h"
#include "engine/spec/spelling.h"
#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

LayerSpec layerOf(std::int64_t units, double k_max, double k_target, std::int64_t k_steps) {
  LayerSpec made;
  made.units = units;
  made.k_max = k_max;
  made.k_target = k_target;
  made.k_steps = k_steps;
  return made;
}

TEST(Inhibition, LearnedMRanksByTheShareOfUnitsButAtLeastOne) {
  const auto rank = [](std::int64_t units, double share) {
    return learnedMRank(layerOf(units, 1, 1, 0), share, 0);
  };
  EXPECT_EQ(rank(99, 0.01), 1);  // the published program has 0 here
  EXPECT_EQ(rank(100, 0.01), 1);
  EXPECT_EQ(rank(200, 0.01), 2);
  EXPECT_EQ(rank(1000, 0.01), 10);
  EXPECT_EQ(rank(5, 1.0), 5);
}

TEST(Inhibition, KGoesInAStraightLineAndStaysAtItsTarget) {
  const auto layer = layerOf(200, 0.5, 0.1, 400);
  EXPECT_EQ(annealedK(layer, 0), 100);
  EXPECT_EQ(annealedK(layer, 5), 99);
  EXPECT_EQ(annealedK(layer, 200), 60);
  EXPECT_EQ(annealedK(layer, 399), 20);
  EXPECT_EQ(annealedK(layer, 400), 20);
  EXPECT_EQ(annealedK(layer, 100'000), 20);
  EXPECT_EQ(annealedK(layerOf(200, 0.5, 0.1, 0), 0), 20);
}

TEST(Inhibition, OneUnitAtLeastWinsAndWhereAllWinNothingIsTakenOff) {
  EXPECT_EQ(annealedK(layerOf(5, 0.1, 0.01, 10), 0), 1);
  EXPECT_EQ(kWtaRank(layerOf(5, 0.1, 0.01, 10), 0, 0), 2);
  EXPECT_EQ(kWtaRank(layerOf(5, 1, 1, 0), 0, 0), 0);
  EXPECT_EQ(kWtaRank(layerOf(1, 0.1, 0.1, 0), 0, 0), 0);
}

TEST(Inhibition, IsThereWhereItsConditionLearnsMOrItLearnsNothing) {
  const auto winners = valueNamed<Inhibition>("k_wta").value();
  const auto learned = valueNamed<Inhibition>("k_wta_learned_m").value();
  for (const auto condition : {Condition::Baseline, Condition::S, Condition::Lr, Condition::SLr}) {
    EXPECT_FALSE(inhibits(Inhibition::None, condition));
    EXPECT_TRUE(inhibits(winners, condition));
    EXPECT_FALSE(learnsM(winners, condition));
    for (const auto kind : {Inhibition::LearnedM, learned}) {
      EXPECT_EQ(inhibits(kind, condition), learnsM(condition));
      EXPECT_EQ(learnsM(kind, condition), learnsM(condition));
    }
  }
}

TEST(Inhibition, PlacesOfTheNamedKindsAreTheirs) {
  EXPECT_EQ(spell(Inhibition::None), "none");
  EXPECT_EQ(spell(Inhibition::LearnedM), "learned_m");
  for (const auto* const kind : inhibitionKinds()) EXPECT_FALSE(kind->about.empty()) << kind->name;
}

constexpr InhibitionKind kToy{.name = "toy", .words = "toy", .about = "A toy."};

TEST(Inhibition, OfATestIsKnownByItsNameWhileItIsThere) {
  {
    const AddedInhibition toy(kToy);
    EXPECT_EQ(spell(toy.kind()), "toy");
    EXPECT_EQ(&kindOf(toy.kind()), &kToy);
    EXPECT_EQ(valueNamed<Inhibition>("toy"), toy.kind());
  }
  EXPECT_EQ(valueNamed<Inhibition>("toy"), std::nullopt);
}

ExperimentSpec experiment() {
  ExperimentSpec spec;
  spec.network = layeredNetwork(784, 2, 200, 10);
  return spec;
}

TEST(Inhibition, KThatWouldGrowIsRefusedAtItsKey) {
  auto spec = experiment();
  spec.network.layers[2].k_max = 0.1;
  spec.network.layers[2].k_target = 0.2;
  const auto wrong = checkExperiment(spec);
  ASSERT_TRUE(wrong);
  EXPECT_EQ(wrong->where, "network.layers[2].k_target");
  EXPECT_EQ(wrong->what, "expected at most k_max, 0.1, got 0.2");
}

TEST(Inhibition, ComparedKindsThatAreTheSameAreRefused) {
  auto spec = experiment();
  spec.replicas.inhibitions = {Inhibition::None, Inhibition::LearnedM};
  EXPECT_FALSE(checkExperiment(spec));
  spec.rule.condition = Condition::Lr;
  const auto wrong = checkExperiment(spec);
  ASSERT_TRUE(wrong);
  EXPECT_EQ(wrong->where, "replicas.inhibitions[1]");
  spec.replicas.inhibitions[1] = *valueNamed<Inhibition>("k_wta");
  EXPECT_FALSE(checkExperiment(spec));
}

TEST(Inhibition, IsComparedBesideConditionsAndAlpha0) {
  auto spec = experiment();
  spec.replicas.conditions = {Condition::Lr, Condition::SLr};
  spec.replicas.inhibitions = {Inhibition::None, *valueNamed<Inhibition>("k_wta")};
  spec.replicas.alpha0 = {0.1, 0.2};
  spec.replicas.seeds = 3;
  EXPECT_EQ(replicaCount(spec), 24);
  const auto variant = variantOf(spec, 3 * (2 * (2 * 1 + 1) + 0) + 2);
  EXPECT_EQ(variant, (Variant{Condition::SLr, 0.1, 2, spec.replicas.inhibitions[1]}));
  EXPECT_EQ(nameOf(spec, variant), "s+lr, k-WTA, alpha0 0.1, seed 2");
  EXPECT_EQ(comparedOf(spec)[3], variant.compared());
  EXPECT_EQ(nameOf(spec, Compared{Condition::Lr, Inhibition::None}), "lr, none");
  EXPECT_EQ(networkOf(spec, variant.compared()).layers[1].inhibition, spec.replicas.inhibitions[1]);
  EXPECT_EQ(networkOf(spec, variant.compared()).layers[0].inhibition, Inhibition::None);
  EXPECT_EQ(replicasInWords(spec),
            "24 networks: 2 conditions × 2 inhibitions × 2 alpha0 × 3 seeds");
  spec.replicas.conditions.clear();
  EXPECT_EQ(nameOf(spec, Compared{Condition::SLr, Inhibition::None}), "none");
}

}  // namespace
}  // namespace dentate::spec
