#include "engine/measure/lesion.h"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/spec/templates.h"

namespace dentate::measure {
namespace {

using spec::Lesion;
using spec::LesionOrder;
using spec::LesionPart;

net::Plan plan() {
  return net::makePlan(spec::layeredNetwork(784, 2, 10, 10), spec::Condition::SLr, 0.01).value();
}

int silenced(const net::Lesions& lesions, std::size_t layer) {
  const auto& units = lesions.units[layer];
  return std::accumulate(units.begin(), units.end(), 0);
}

TEST(LesionsOf, TakesTheMostOrTheLeastActiveUnits) {
  const MeanActivity activity{{}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}};
  Lesion lesion{LesionPart::Layer, 1, 0.3, LesionOrder::MostActive};
  EXPECT_EQ(lesionsOf(plan(), {&lesion, 1}, activity).units[1],
            (std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0, 0, 1, 1, 1}));
  lesion.order = LesionOrder::LeastActive;
  EXPECT_EQ(lesionsOf(plan(), {&lesion, 1}, activity).units[1],
            (std::vector<std::uint8_t>{1, 1, 1, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(LesionsOf, LargerOnesHoldSmallerOnes) {
  std::vector<std::uint8_t> before(10);
  for (const double share : {0.0, 0.2, 0.5, 0.9, 1.0}) {
    const Lesion lesion{LesionPart::Layer, 2, share, LesionOrder::Random, 7};
    const auto made = lesionsOf(plan(), {&lesion, 1});
    if (share == 0) {
      EXPECT_FALSE(made.silences(2));
      continue;
    }
    EXPECT_EQ(silenced(made, 2), std::lround(10 * share));
    for (std::size_t u = 0; u < 10; ++u) EXPECT_GE(made.units[2][u], before[u]) << "unit " << u;
    before = made.units[2];
  }
}

TEST(LesionsOf, TakesWholeChannelsOfAConvolutionalLayer) {
  const auto network = spec::convolutionalNetwork({.inputs = 16,
                                                   .input_channels = 1,
                                                   .convolutional_layers = 1,
                                                   .channels = 3,
                                                   .dense_layers = 0,
                                                   .categories = 2});  // 3 × 2 × 2
  const auto made = net::makePlan(network, spec::Condition::SLr, 0.01).value();
  const MeanActivity activity{{}, {9, 0, 0, 0, 1, 1, 1, 1, 3, 3, 3, 3}};  // 9, 4 and 12 in all
  Lesion lesion{LesionPart::Layer, 1, 0.5, LesionOrder::MostActive};      // 1.5 of 3: 2
  EXPECT_EQ(lesionsOf(made, {&lesion, 1}, activity).units[1],
            (std::vector<std::uint8_t>{1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1}));
  lesion.share = 0.1;  // less than half a channel
  EXPECT_FALSE(lesionsOf(made, {&lesion, 1}, activity).silences(1));
  lesion = {LesionPart::Layer, 1, 0.4, LesionOrder::Random, 3};
  EXPECT_EQ(silenced(lesionsOf(made, {&lesion, 1}), 1), 4);
  EXPECT_EQ(spec::nameOf(network, lesion), "c1: 40 % of its channels, at random");
}

TEST(LesionsOf, DifferBySeed) {
  const Lesion one{LesionPart::Layer, 2, 0.5, LesionOrder::Random, 1};
  const Lesion other{LesionPart::Layer, 2, 0.5, LesionOrder::Random, 2};
  EXPECT_NE(lesionsOf(plan(), {&one, 1}).units, lesionsOf(plan(), {&other, 1}).units);
}

TEST(LesionsOf, CutPathsAndStopPlasticity) {
  const std::vector<Lesion> lesions{
      {LesionPart::Path, 0, 1, LesionOrder::Random, 0, /*plasticity=*/true},
      {LesionPart::Path, 1, 1},
      {LesionPart::Layer, 3, 1, LesionOrder::Random, 0, /*plasticity=*/true}};
  const auto made = lesionsOf(plan(), lesions);
  EXPECT_EQ(made.paths, (std::vector<std::uint8_t>{0, 1, 0}));
  EXPECT_EQ(made.still, (std::vector<std::uint8_t>{1, 0, 1}));  // path 2 leads into layer 3
  EXPECT_FALSE(made.silences(3));
}

// A path is cut at its source: h1 of ten units sends over path 1.
TEST(LesionsOf, CutAPathInPart) {
  const MeanActivity activity{{}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}};
  Lesion lesion{LesionPart::Path, 1, 0.3, LesionOrder::MostActive};
  ASSERT_TRUE(needsActivity({&lesion, 1}));
  const auto made = lesionsOf(plan(), {&lesion, 1}, activity);
  EXPECT_TRUE(made.cuts(1));
  EXPECT_FALSE(made.omits(1));
  EXPECT_FALSE(made.silences(1));
  EXPECT_EQ(made.sources[1], (std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(spec::nameOf(plan().network, lesion), "h1 → h2: cut for 30 % of h1, most active first");

  lesion.order = LesionOrder::Random;
  std::vector<std::uint8_t> before(10);
  for (const double share : {0.1, 0.5, 0.9}) {
    lesion.share = share;
    const auto more = lesionsOf(plan(), {&lesion, 1}).sources[1];
    EXPECT_EQ(std::accumulate(more.begin(), more.end(), 0), std::lround(10 * share));
    for (std::size_t u = 0; u < 10; ++u) EXPECT_GE(more[u], before[u]) << "unit " << u;
    before = more;
  }
  lesion.share = 1;
  EXPECT_TRUE(lesionsOf(plan(), {&lesion, 1}).omits(1));
  lesion.share = 0;
  EXPECT_FALSE(lesionsOf(plan(), {&lesion, 1}).cuts(1));
}

TEST(CheckLesion, RefusesWhatTheNetworkDoesNotHave) {
  const auto network = plan().network;
  EXPECT_FALSE(spec::checkLesion(network, {LesionPart::Layer, 2, 0.5}));
  EXPECT_TRUE(spec::checkLesion(network, {LesionPart::Layer, 4, 0.5}));
  EXPECT_TRUE(spec::checkLesion(network, {LesionPart::Layer, 0, 0.5}));  // the input
  EXPECT_TRUE(spec::checkLesion(network, {LesionPart::Path, 3}));
  EXPECT_TRUE(spec::checkLesion(network, {LesionPart::Layer, 1, 1.5}));
  EXPECT_EQ(spec::nameOf(network, {LesionPart::Layer, 1, 0.6, LesionOrder::MostActive}),
            "h1: 60 % of its units, most active first");
}

}  // namespace
}  // namespace dentate::measure
