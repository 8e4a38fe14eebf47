#include "engine/measure/dissociation.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace dentate::measure {
namespace {

TEST(Dissociation, LossIsRelativeToWhatWasKnown) {
  EXPECT_DOUBLE_EQ(relativeLoss(0.4, 0.1), 0.75);
  EXPECT_DOUBLE_EQ(relativeLoss(0.5, 0.75), -0.5);  // a lesion that helps
  EXPECT_DOUBLE_EQ(relativeLoss(0.5, 0), 1);
  EXPECT_TRUE(std::isnan(relativeLoss(0, 0)));
  EXPECT_TRUE(std::isnan(relativeLoss(0, 0.2)));
  EXPECT_TRUE(std::isnan(relativeLoss(-1, -1)));
  EXPECT_TRUE(std::isnan(relativeLoss(-1, 0.5)));
  EXPECT_TRUE(std::isnan(relativeLoss(0.5, -1)));
}

// Category losses 0.2 and 0.1, item losses 0.75 and 0.5: indices 0.55 and 0.4.
constexpr std::array<LesionAccuracy, 2> kLarge{{{0.5, 0.4, 0.4, 0.1}, {1.0, 0.9, 0.2, 0.1}}};
// Category losses 0.4 and 0.2, item losses 0.25 and 0: indices -0.15 and -0.2.
constexpr std::array<LesionAccuracy, 2> kSmall{{{0.5, 0.3, 0.4, 0.3}, {1.0, 0.8, 0.2, 0.2}}};

TEST(Dissociation, IndexIsItemLossLessCategoryLoss) {
  const Dissociation d = dissociation(kLarge, /*seed=*/1);
  EXPECT_NEAR(d.category_loss.mean, 0.15, 1e-12);
  EXPECT_NEAR(d.item_loss.mean, 0.625, 1e-12);
  EXPECT_NEAR(d.index.mean, 0.475, 1e-12);
  EXPECT_NEAR(d.index.sem, 0.075, 1e-12);  // of two values: half their difference
  EXPECT_NEAR(d.index.low, 0.4, 1e-12);    // both the same is drawn in a quarter of the samples
  EXPECT_NEAR(d.index.high, 0.55, 1e-12);
  EXPECT_EQ(d.index.count, 2U);
}

TEST(Dissociation, DifferenceOfTwoLesionsIsPaired) {
  const Dissociation d = dissociationDifference(kLarge, kSmall, /*seed=*/1);
  EXPECT_NEAR(d.category_loss.mean, -0.15, 1e-12);  // -0.2, -0.1
  EXPECT_NEAR(d.item_loss.mean, 0.5, 1e-12);        // 0.5, 0.5
  EXPECT_NEAR(d.item_loss.sem, 0, 1e-12);
  EXPECT_NEAR(d.index.mean, 0.65, 1e-12);  // 0.7, 0.6
  EXPECT_NEAR(d.index.sem, 0.05, 1e-12);
  EXPECT_NEAR(d.index.low, 0.6, 1e-12);
  EXPECT_NEAR(d.index.high, 0.7, 1e-12);
}

TEST(Dissociation, LeavesOutAReplicaThatKnewNothing) {
  const std::array<LesionAccuracy, 2> replicas{{{0.5, 0.4, 0, 0}, {1.0, 0.9, 0.2, 0.1}}};
  const Dissociation d = dissociation(replicas, 1);
  EXPECT_EQ(d.category_loss.count, 2U);
  EXPECT_EQ(d.item_loss.count, 1U);
  EXPECT_EQ(d.index.count, 1U);
  EXPECT_NEAR(d.index.mean, 0.4, 1e-12);
  EXPECT_TRUE(std::isnan(d.index.low));

  const Dissociation difference = dissociationDifference(replicas, kSmall, 1);
  EXPECT_EQ(difference.category_loss.count, 2U);
  EXPECT_EQ(difference.index.count, 1U);
  EXPECT_NEAR(difference.index.mean, 0.6, 1e-12);
}

TEST(Dissociation, OfAnOutputThatIsNotThereIsNotDefined) {
  const std::array<LesionAccuracy, 2> category_only{{{0.5, 0.4}, {0.5, 0.3}}};
  const Dissociation d = dissociation(category_only, 1);
  EXPECT_NEAR(d.category_loss.mean, 0.3, 1e-12);
  EXPECT_TRUE(std::isnan(d.item_loss.mean) && std::isnan(d.index.mean));
}

}  // namespace
}  // namespace dentate::measure
