#include "ui/comparison.h"

#include <gtest/gtest.h>

#include "engine/spec/spelling.h"
#include "engine/spec/templates.h"

namespace dentate::ui {
namespace {

using spec::Condition;

spec::ExperimentSpec product() {
  spec::ExperimentSpec spec;
  spec.replicas = {3, 0, {Condition::Baseline, Condition::Lr, Condition::SLr}, {0.001, 0.01, 0.1}};
  return spec;
}

TEST(Comparison, ASingleConditionHasOneGroupWithoutALabel) {
  const auto shown = shownGroups(spec::ExperimentSpec(), {});
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0].group, 0U);
  EXPECT_EQ(shown[0].compared, spec::Compared{Condition::SLr});
  EXPECT_EQ(shown[0].label, "");
}

TEST(Comparison, ShowsEveryConditionAtOneAlpha0) {
  const auto shown = shownGroups(product(), {});
  ASSERT_EQ(shown.size(), 3U);
  EXPECT_EQ(shown[0].group, 1U);  // alpha0 .01 is the rule's own: second of three
  EXPECT_EQ(shown[2].group, 7U);
  EXPECT_EQ(shown[1].label, "lr");
}

TEST(Comparison, KindsOfInhibitionAreGroupsOfTheirOwn) {
  auto spec = product();
  const auto winners = *spec::valueNamed<spec::Inhibition>("k_wta");
  spec.replicas.inhibitions = {spec::Inhibition::None, winners};
  const auto shown = shownGroups(spec, {{{Condition::Lr, winners}}, {}});
  ASSERT_EQ(shown.size(), 5U);
  EXPECT_EQ(shown[1].label, "baseline, k-WTA");
  EXPECT_EQ(shown[1].group, 4U);
  EXPECT_EQ(groupLike(spec, {Condition::SLr, 0.1, 0, winners}), 17U);
  EXPECT_EQ(networkName(spec, spec::variantOf(spec, 9)), "baseline, k-WTA, α₀ .001, seed 0");
  spec.replicas.conditions.clear();
  EXPECT_EQ(shownGroups(spec, {})[0].label, "none");
  EXPECT_EQ(conditionsInWords(spec), "s+lr");
  EXPECT_EQ(networksInWords(spec), "18 networks: 2 inhibitions × 3 α₀ × 3 seeds");
}

TEST(Comparison, LeavesOutWhatIsHiddenAndFollowsTheChosenAlpha0) {
  const auto shown = shownGroups(product(), {{{Condition::Lr}}, 0.1});
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0].group, 2U);
  EXPECT_EQ(shown[1].group, 8U);
  EXPECT_EQ(shownGroups(product(), {{}, 0.7})[0].group, 1U) << "not of this run";
  EXPECT_EQ(shownGroups(product(), {{{Condition::Baseline}, {Condition::Lr}, {Condition::SLr}}, {}})
                .size(),
            3U)
      << "never empty";
}

TEST(Comparison, OfRunsTheShownOneIsAlwaysThere) {
  link::Snapshot now;
  const auto spec = std::make_shared<const spec::ExperimentSpec>(product());
  for (std::uint64_t run = 1; run <= 8; ++run) {
    link::RunEntry entry;
    entry.run = run;
    entry.spec = spec;
    now.runs.push_back(entry);
  }
  now.run = 2;
  Comparison comparison;
  comparison.hidden_runs = {1, 2, 4};
  const auto shown = shownRuns(now, comparison);
  ASSERT_EQ(shown.size(), 6U);
  EXPECT_EQ(shown[0].entry->run, 2U);
  EXPECT_EQ(shown[1].entry->run, 3U);
  EXPECT_EQ(shown[0].stroke.dash, figure::Dash::Dashed) << "by its place, whatever is left out";
  EXPECT_EQ(strokeOf(now, 1), figure::Stroke());
  EXPECT_EQ(strokeOf(now, 7), (figure::Stroke{figure::Dash::Solid, figure::Mark::Square}))
      << "dashes begin again, with marks on them";
}

TEST(Comparison, TheGroupLikeAnotherRunsNetworks) {
  const auto spec = product();
  EXPECT_EQ(groupLike(spec, {Condition::Lr, 0.1, 0}), 5U);
  EXPECT_EQ(groupLike(spec, {Condition::S, 0.1, 0}), 2U) << "the first, for it has none like it";
  EXPECT_EQ(groupLike(spec, {Condition::SLr, 0.7, 0}), 7U) << "the rule's own alpha0";
  EXPECT_EQ(groupLike(spec::ExperimentSpec(), {Condition::Lr, 0.1, 0}), 0U);
}

TEST(Comparison, SaysWhatPartsABranchFromItsOrigin) {
  link::Snapshot now;
  auto spec = product();
  spec.network = spec::layeredNetwork(784, 2, 20, 10);
  link::RunEntry main, branch;
  main.run = 1;
  main.spec = std::make_shared<const spec::ExperimentSpec>(spec);
  main.alpha_lr = branch.alpha_lr = spec.rule.alpha_lr;
  main.m_lr = branch.m_lr = spec.rule.m_lr;
  spec.network.layers[1].inhibition = spec::Inhibition::None;
  branch.run = 2;
  branch.from = 1;
  branch.spec = std::make_shared<const spec::ExperimentSpec>(spec);
  now.runs = {main, branch};
  EXPECT_EQ(changesInWords(now, main), "");
  EXPECT_EQ(changesInWords(now, branch), "h1: inhibition none");
  branch.alpha_lr = 0;
  branch.lesions = {{spec::LesionPart::Layer, 2, 0.5}};
  const auto words = changesInWords(now, branch);
  EXPECT_NE(words.find("50 %"), std::string::npos) << words;
  EXPECT_NE(words.find("η for α: 0"), std::string::npos) << words;
}

TEST(Comparison, NamesWhatDiffers) {
  auto spec = product();
  EXPECT_EQ(networkName(spec, spec::variantOf(spec, 13)), "lr, α₀ .01, seed 1");
  EXPECT_EQ(networksInWords(spec), "27 networks: 3 conditions × 3 α₀ × 3 seeds");
  EXPECT_EQ(conditionsInWords(spec), "baseline, lr, s+lr");
  spec.replicas = {};
  EXPECT_EQ(networkName(spec, spec::variantOf(spec, 0)), "seed 0");
}

TEST(Comparison, FindsNetworksByConditionAlpha0AndSeed) {
  const auto spec = product();
  const spec::Variant lr{Condition::Lr, 0.01, 3}, both{Condition::SLr, 0.01, 31};
  EXPECT_TRUE(isFound(spec, lr, ""));
  EXPECT_TRUE(isFound(spec, lr, "lr 3"));
  EXPECT_FALSE(isFound(spec, both, "lr 3")) << "s+lr is another condition";
  EXPECT_TRUE(isFound(spec, both, " s+lr  3"));
  EXPECT_TRUE(isFound(spec, both, ".01"));
  EXPECT_TRUE(isFound(spec, both, "0.01 seed"));
  EXPECT_FALSE(isFound(spec, both, "0.1"));
  EXPECT_FALSE(isFound(spec, lr, "31"));
  EXPECT_TRUE(isFound(spec, lr, "l")) << "the beginning of lr";
}

}  // namespace
}  // namespace dentate::ui
