// The lesion lab's values: from controls to lesions and back, and the answer in words.
#include "ui/lesion_dials.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/spec/templates.h"

namespace dentate::ui {
namespace {

using spec::LesionPart;
using Kind = LesionRow::Kind;

// input, h1, large, small, category, item
spec::NetworkSpec split() { return spec::splitNetwork(784, 1, 10, 10, 36); }

TEST(LesionDials, GoToLesionsAndBack) {
  const auto network = split();
  LesionSetup setup{noLesions(network), noLesions(network), spec::LesionOrder::MostActive, 3};
  auto& dials = setup.learning;
  EXPECT_TRUE(dials.none());
  EXPECT_TRUE(lesionsOf(setup, dials).empty());
  dials.share[2] = 0.4;
  dials.cut[0] = 0.3;
  dials.still_layer[1] = 1;
  dials.still_path[3] = 1;
  const auto lesions = lesionsOf(setup, dials);
  ASSERT_EQ(lesions.size(), 4U);
  EXPECT_EQ(lesions[0],
            (spec::Lesion{LesionPart::Layer, 2, 0.4, spec::LesionOrder::MostActive, 3}));
  EXPECT_EQ(lesions[1], (spec::Lesion{LesionPart::Path, 0, 0.3, spec::LesionOrder::MostActive, 3}));
  EXPECT_TRUE(lesions[2].plasticity && lesions[3].plasticity);
  for (const auto& lesion : lesions) EXPECT_FALSE(spec::checkLesion(network, lesion).has_value());
  EXPECT_EQ(dialsOf(network, lesions), dials);
}

TEST(LesionRows, HaveALayerAndAPathEach) {
  const auto rows = lesionRows(split());
  ASSERT_EQ(rows.size(), 3U + 7U);
  EXPECT_EQ(rows[1].name, "large path");
  EXPECT_EQ(rows[3].kind, Kind::Path);
  EXPECT_EQ(rows[3].name, "input → h1");
}

TEST(LesionRows, APathwayStandsForAllItsLayers) {
  auto network = split();
  network.layers[1].pathway = spec::Pathway::Large;
  const auto rows = lesionRows(network);
  ASSERT_EQ(rows.front().kind, Kind::Pathway);
  ASSERT_EQ(rows.front().parts, (std::vector<std::size_t>{1, 2}));
  auto dials = noLesions(network);
  setShare(dials, rows.front(), 0.5);
  EXPECT_EQ(dials.share, (std::vector<double>{0, 0.5, 0.5, 0, 0, 0}));
  dials.share[1] = 0;
  EXPECT_DOUBLE_EQ(shareOf(dials, rows.front()), 0.25);
  setStill(dials, rows.front(), true);
  EXPECT_TRUE(isStill(dials, rows[1]) && isStill(dials, rows[2]) && !isStill(dials, rows[3]));
}

link::Estimate of(double mean, double low, double high, std::int64_t n) {
  return {mean, 0.01, low, high, n};
}

TEST(LesionEffects, InOneSentence) {
  const link::LesionEffects several{of(0.04, 0.02, 0.06, 10), of(0.63, 0.55, 0.7, 10),
                                    of(0.59, 0.51, 0.66, 10)};
  EXPECT_EQ(effectsInWords(several),
            "Item memory loses 63\u2009% of its accuracy, category knowledge 4\u2009%: index .59 "
            "[.51, .66], n = 10.");
  link::LesionEffects one{of(-0.02, NAN, NAN, 1), of(0.5, NAN, NAN, 1), of(0.52, NAN, NAN, 1)};
  EXPECT_EQ(effectsInWords(one),
            "Item memory loses 50\u2009% of its accuracy, category knowledge gains 2\u2009%: index "
            ".52, one network.");
  EXPECT_EQ(effectsInWords({of(0.3, 0.2, 0.4, 5), {}, {}}),
            "Category knowledge loses 30\u2009% of its accuracy ± 1.00\u2009% SEM, n = 5.");
  EXPECT_EQ(effectsInWords({}), "There is no accuracy yet that could be lost.");
}

}  // namespace
}  // namespace dentate::ui
