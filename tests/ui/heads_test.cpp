#include "ui/heads.h"

#include <gtest/gtest.h>

#include "engine/spec/templates.h"

namespace dentate::ui {
namespace {

TEST(Heads, TheChosenOneIsShownWhereTheNetworkHasIt) {
  const auto both = spec::splitNetwork(784, 1, 10, 10, 36);
  const auto one = spec::layeredNetwork(784, 2, 200, 10);
  Comparison comparison;
  EXPECT_EQ(shownHead(both, comparison), Head::Category);
  comparison.head = Head::Item;
  EXPECT_EQ(shownHead(both, comparison), Head::Item);
  EXPECT_EQ(shownHead(one, comparison), Head::Category);
  EXPECT_FALSE(hasHead(one, Head::Item));
  comparison.head = Head::ItemInMemory;
  EXPECT_EQ(shownHead(both, comparison), Head::ItemInMemory);
  EXPECT_EQ(shownHead(one, comparison), Head::Category);
}

TEST(Heads, ChanceIsOneOfTheAnswers) {
  const auto network = spec::splitNetwork(784, 1, 10, 10, 36);
  EXPECT_EQ(chanceOf(network, Head::Category), 1.0 / 10);
  EXPECT_EQ(chanceOf(network, Head::Item), 1.0 / 36);
  EXPECT_EQ(chanceOf(network, Head::ItemOutside), 1.0 / 36);
}

// Of task 0 two items are in the memory, of task 1 eight; of task 2 none.
TEST(History, AccuracyInAndOutsideOfTheMemoryIsAMeanOverItems) {
  const auto point = [](std::int64_t after, std::int64_t task, std::int64_t held, double in,
                        double out) {
    link::AccuracyPoint made{1, 0, 0, after, task, 0.9, 0.1};
    made.in_memory = held;
    made.outside = 10 - held;
    made.item_in_memory = in;
    made.item_outside = out;
    return made;
  };
  History history;
  history.take(1, {point(0, 0, 10, 0.4, -1)}, /*seeds=*/1);
  EXPECT_NEAR(history.learned(Head::ItemInMemory)[1].mean, 0.4, 1e-6);
  EXPECT_EQ(history.learned(Head::ItemOutside).size(), 0U) << "all are in the memory";
  history.take(1, {point(1, 0, 2, 0.5, 0.25), point(1, 1, 8, 1, 0)}, 1);
  EXPECT_NEAR(history.learned(Head::ItemInMemory)[2].mean, 0.9, 1e-6);  // (1 + 8) / 10
  EXPECT_NEAR(history.learned(Head::ItemOutside)[2].mean, 0.2, 1e-6);   // (2 + 0) / 10
  EXPECT_NEAR(history.soFar(Head::ItemInMemory).ra.mean, 0.9, 1e-6);
  EXPECT_NEAR(history.soFar(Head::ItemInMemory).la.mean, 12.0 / 18, 1e-6);  // 4 of 10, 8 of 8
  EXPECT_NEAR(history.highest(Head::ItemInMemory), 1, 1e-6);
  history.take(1, {point(2, 0, 2, 0.5, 0.25), point(2, 1, 8, 1, 0), point(2, 2, 0, -1, 0.1)}, 1);
  EXPECT_NEAR(history.learned(Head::ItemInMemory)[3].mean, 0.9, 1e-6) << "of task 2 there is none";
  EXPECT_NEAR(history.learned(Head::ItemOutside)[3].mean, 0.15, 1e-6);  // (2 + 0 + 1) / 20
  EXPECT_FALSE(history.accuracyOf(0, 2, 2, Head::ItemInMemory));
  EXPECT_NEAR(history.learned(Head::Item)[3].mean, 0.1, 1e-6);
}

}  // namespace
}  // namespace dentate::ui
