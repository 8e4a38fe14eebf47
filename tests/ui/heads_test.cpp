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

}  // namespace
}  // namespace dentate::ui
