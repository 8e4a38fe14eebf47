#include "ui/comparison.h"

#include <gtest/gtest.h>

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
  EXPECT_EQ(shown[0].condition, Condition::SLr);
  EXPECT_EQ(shown[0].label, "");
}

TEST(Comparison, ShowsEveryConditionAtOneAlpha0) {
  const auto shown = shownGroups(product(), {});
  ASSERT_EQ(shown.size(), 3U);
  EXPECT_EQ(shown[0].group, 1U);  // alpha0 .01 is the rule's own: second of three
  EXPECT_EQ(shown[2].group, 7U);
  EXPECT_EQ(shown[1].label, "lr");
}

TEST(Comparison, LeavesOutWhatIsHiddenAndFollowsTheChosenAlpha0) {
  const auto shown = shownGroups(product(), {{Condition::Lr}, 0.1});
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0].group, 2U);
  EXPECT_EQ(shown[1].group, 8U);
  EXPECT_EQ(shownGroups(product(), {{}, 0.7})[0].group, 1U) << "not of this run";
  EXPECT_EQ(
      shownGroups(product(), {{Condition::Baseline, Condition::Lr, Condition::SLr}, {}}).size(), 3U)
      << "never empty";
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
