#include "engine/spec/corrections.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/replicas.h"
#include "engine/spec/spelling.h"
#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

ExperimentSpec twoLayer() {
  ExperimentSpec spec;
  spec.network = layeredNetwork(784, 2, 20, 10);
  return spec;
}

TEST(Corrections, AQuirkFollowsAsPublishedUnlessItIsChosen) {
  RuleSpec rule;
  EXPECT_TRUE(reservoirAsPublished(rule) && oldMemoryAsPublished(rule));
  rule.old_memory = Quirk::Corrected;
  EXPECT_TRUE(reservoirAsPublished(rule));
  EXPECT_FALSE(oldMemoryAsPublished(rule));
  rule.as_published = false;
  rule.old_memory = Quirk::Published;
  EXPECT_FALSE(reservoirAsPublished(rule));
  EXPECT_TRUE(oldMemoryAsPublished(rule));
  EXPECT_EQ(rule.alpha, AlphaForm::Relu) << "the paper's text has relu too";
}

TEST(Corrections, OneCorrectsItsQuirkAloneWhateverTheRuleSays) {
  RuleSpec rule;
  rule.as_published = false;
  rule.alpha = AlphaForm::Softplus;
  const auto is = [&](Corrections which, bool index, bool old, AlphaForm alpha) {
    const auto made = corrected(rule, which);
    EXPECT_EQ(reservoirAsPublished(made), index) << spell(which);
    EXPECT_EQ(oldMemoryAsPublished(made), old) << spell(which);
    EXPECT_EQ(made.alpha, alpha) << spell(which);
  };
  is(Corrections::AsPublished, true, true, AlphaForm::Relu);
  is(Corrections::ReservoirIndex, false, true, AlphaForm::Relu);
  is(Corrections::OldMemory, true, false, AlphaForm::Relu);
  is(Corrections::Softplus, true, true, AlphaForm::Softplus);
  is(Corrections::All, false, false, AlphaForm::Softplus);
}

TEST(Corrections, AreWrittenOnlyWhereTheyDiffer) {
  auto spec = twoLayer();
  const auto plain = writeExperiment(spec);
  for (const char* key : {"reservoir_index", "old_memory", "\"alpha\"", "corrections"})
    EXPECT_EQ(plain.find(key), std::string::npos) << key;
  spec.rule.old_memory = Quirk::Corrected;
  spec.rule.alpha = AlphaForm::Softplus;
  spec.replicas.corrections = {Corrections::AsPublished, Corrections::All};
  const auto text = writeExperiment(spec);
  EXPECT_NE(text.find("\"old_memory\": \"corrected\""), std::string::npos) << text;
  EXPECT_NE(text.find("\"alpha\": \"softplus\""), std::string::npos) << text;
  EXPECT_NE(text.find("[\"as_published\", \"corrected\"]"), std::string::npos) << text;
  const auto again = parseExperiment(text, "written");
  ASSERT_TRUE(again.ok()) << again.error().text();
  EXPECT_EQ(*again, spec);
}

TEST(Corrections, AreComparedBesideConditionsAndAlpha0) {
  auto spec = twoLayer();
  spec.replicas = {2, 0, {Condition::Lr, Condition::SLr}, {0.01, 0.1}};
  spec.replicas.corrections = {Corrections::AsPublished, Corrections::Softplus, Corrections::All};
  ASSERT_EQ(replicaCount(spec), 2 * 3 * 2 * 2);
  const auto variant = variantOf(spec, 7);
  EXPECT_EQ(variant, (Variant{Condition::Lr, 0.1, 1, std::nullopt, Corrections::Softplus}));
  EXPECT_EQ(comparedOf(spec)[1], variant.compared());
  EXPECT_EQ(ruleOf(spec, comparedOf(spec)[5]).alpha, AlphaForm::Softplus);
  EXPECT_EQ(ruleOf(spec, comparedOf(spec)[5]).condition, Condition::SLr);
  EXPECT_EQ(ruleOf(spec, comparedOf(spec)[0]).alpha, AlphaForm::Relu);
  EXPECT_EQ(nameOf(spec, variant.compared()), "lr, softplus(α)");
  EXPECT_EQ(replicasInWords(spec),
            "24 networks: 2 conditions × 3 corrections × 2 alpha0 × 2 seeds");
  spec.replicas.conditions.clear();
  EXPECT_EQ(nameOf(spec, comparedOf(spec)[2]), "corrected");
  EXPECT_EQ(shownReplica(spec), 0U);
}

TEST(Corrections, SoftplusRefusesARateOfZero) {
  auto spec = twoLayer();
  spec.rule.alpha0 = 0;
  EXPECT_FALSE(checkExperiment(spec));
  spec.rule.alpha = AlphaForm::Softplus;
  EXPECT_EQ(checkExperiment(spec)->where, "rule.alpha0");
  spec.replicas.alpha0 = {0.1, 0};
  EXPECT_EQ(checkExperiment(spec)->where, "replicas.alpha0[1]");
  spec.replicas.alpha0 = {0.1};
  spec.network.paths[1].alpha0 = 0;
  EXPECT_EQ(checkExperiment(spec)->where, "network.paths[1].alpha0");
  spec.replicas.corrections = {Corrections::AsPublished, Corrections::OldMemory};
  EXPECT_FALSE(checkExperiment(spec)) << "relu throughout";
}

}  // namespace
}  // namespace dentate::spec
