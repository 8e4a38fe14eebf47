#include "engine/figure/palette.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/figure/color_space.h"
#include "engine/figure/marks.h"
namespace dentate::figure {

// GoogleTest prints with it.
static void PrintTo(const Color& c, std::ostream* out) {
  *out << '#' << int{c.r} << ',' << int{c.g} << ',' << int{c.b};
}

namespace {

using spec::LayerRole;
using spec::NetworkSpec;
using spec::Pathway;

constexpr std::array kThemes{Theme::Dark, Theme::Light, Theme::Projector};

spec::LayerSpec layer(const std::string& name, LayerRole role, Pathway pathway = Pathway::None) {
  spec::LayerSpec made;
  made.name = name;
  made.role = role;
  made.pathway = pathway;
  return made;
}

spec::PathSpec path(const std::string& from, const std::string& to,
                    Pathway pathway = Pathway::None) {
  spec::PathSpec made;
  made.from = from;
  made.to = to;
  made.pathway = pathway;
  return made;
}

// input -> h1 -> ... -> category; hidden layer i stands at i.
NetworkSpec layered(int hidden) {
  NetworkSpec network;
  network.layers.push_back(layer("input", LayerRole::Input));
  for (int i = 1; i <= hidden; ++i)
    network.layers.push_back(layer("h" + std::to_string(i), LayerRole::Hidden));
  network.layers.push_back(layer("category", LayerRole::Category));
  for (std::size_t i = 0; i + 1 < network.layers.size(); ++i)
    network.paths.push_back(path(network.layers[i].name, network.layers[i + 1].name));
  return network;
}

// input -> h1 -> (large || small) -> (category, item)
NetworkSpec split() {
  NetworkSpec network;
  network.layers = {layer("input", LayerRole::Input),
                    layer("h1", LayerRole::Hidden),
                    layer("large", LayerRole::Hidden, Pathway::Large),
                    layer("small", LayerRole::Hidden, Pathway::Small),
                    layer("category", LayerRole::Category),
                    layer("item", LayerRole::Item)};
  network.paths = {path("input", "h1"),       path("h1", "large"),       path("h1", "small"),
                   path("large", "category"), path("small", "category"), path("large", "item"),
                   path("small", "item")};
  return network;
}

TEST(Palette, FourLayersHaveTheFourColoursOfTheRamp) {
  const auto network = layered(4);
  EXPECT_EQ(layerColor(network, 1, Theme::Dark), (Color{0x5B, 0xB8, 0xC9}));
  EXPECT_EQ(layerColor(network, 2, Theme::Dark), (Color{0x79, 0xC0, 0x8A}));
  EXPECT_EQ(layerColor(network, 3, Theme::Dark), (Color{0xC8, 0xC4, 0x5A}));
  EXPECT_EQ(layerColor(network, 4, Theme::Dark), (Color{0xE8, 0xA3, 0x3D}));
}

TEST(Palette, EveryDepthBeginsAndEndsAlike) {
  for (const Theme theme : kThemes)
    for (const int hidden : {2, 3, 5, 9}) {
      const auto network = layered(hidden);
      EXPECT_EQ(layerColor(network, 1, theme), layerColor(layered(4), 1, theme));
      EXPECT_EQ(layerColor(network, static_cast<std::size_t>(hidden), theme),
                layerColor(layered(4), 4, theme));
    }
  EXPECT_EQ(layerColor(layered(1), 1, Theme::Dark), (Color{0x5B, 0xB8, 0xC9}));
}

TEST(Palette, DepthDecidesNotTheOrderInTheFile) {
  auto network = layered(4);
  std::swap(network.layers[1], network.layers[4]);
  EXPECT_EQ(layerColor(network, 4, Theme::Dark), (Color{0x5B, 0xB8, 0xC9}));
  EXPECT_EQ(layerColor(network, 1, Theme::Dark), (Color{0xE8, 0xA3, 0x3D}));
}

TEST(Palette, PathwaysAndOutputsHaveTheirOwn) {
  const auto network = split();
  EXPECT_EQ(layerColor(network, 2, Theme::Dark), (Color{0xE4, 0x57, 0x2E}));
  EXPECT_EQ(layerColor(network, 3, Theme::Dark), (Color{0x3B, 0x82, 0xD6}));
  EXPECT_EQ(layerColor(network, 4, Theme::Dark), (Color{0xB3, 0x9D, 0xDB}));
  EXPECT_EQ(layerColor(network, 5, Theme::Dark), (Color{0xF4, 0x8F, 0xB1}));
}

TEST(Palette, PathsHaveTheColourOfTheirHiddenTargetOrTheirPathway) {
  const auto network = split();
  const auto color = [&](std::size_t i) { return layerColor(network, i, Theme::Light); };
  EXPECT_EQ(pathStyle(network, 0, Theme::Light).color, color(1));
  EXPECT_EQ(pathStyle(network, 1, Theme::Light).color, color(2));
  EXPECT_EQ(pathStyle(network, 1, Theme::Light).dash, Dash::Solid);
  EXPECT_EQ(pathStyle(network, 3, Theme::Light).color, color(2));
  EXPECT_EQ(pathStyle(network, 3, Theme::Light).dash, Dash::Dashed);
  EXPECT_EQ(pathStyle(network, 6, Theme::Light).color, color(3));
  EXPECT_EQ(pathStyle(network, 6, Theme::Light).dash, Dash::Dotted);
  const auto plain = layered(2);
  EXPECT_EQ(pathStyle(plain, 2, Theme::Light).color, layerColor(plain, 3, Theme::Light));
  auto skip = layered(3);  // a path past h2, which belongs to the small pathway by itself
  skip.paths.push_back(path("h1", "h3", Pathway::Small));
  EXPECT_EQ(pathStyle(skip, 4, Theme::Dark).color, (Color{0x3B, 0x82, 0xD6}));
  EXPECT_EQ(pathStyle(skip, 4, Theme::Dark).dash, Dash::Solid);
}

TEST(PathStyle, OfBiasesIsDotted) {
  auto network = layered(2);
  network.layers.push_back({"bias", spec::LayerRole::Bias, 1});
  network.paths.push_back({"bias", "h2"});
  const auto style = pathStyle(network, 3, Theme::Dark);
  EXPECT_EQ(style.color, pathStyle(network, 1, Theme::Dark).color);
  EXPECT_EQ(style.dash, Dash::Dotted);
}

TEST(Palette, PathsThatLeaveAPathwayHaveItsColourDashed) {
  auto network = layered(3);
  network.layers[2].pathway = Pathway::Large;  // h2; its path into h3 belongs to no pathway
  EXPECT_EQ(pathStyle(network, 2, Theme::Dark).color, (Color{0xE4, 0x57, 0x2E}));
  EXPECT_EQ(pathStyle(network, 2, Theme::Dark).dash, Dash::Dashed);
}

TEST(Palette, LabelsNameTheSourceWhereATargetIsShared) {
  EXPECT_EQ(pathLabel(split(), 0), "→ h1");
  EXPECT_EQ(pathLabel(split(), 5), "large → item");
}

TEST(Palette, TakesNetworksThatAreNotValid) {
  auto network = layered(3);
  network.paths.push_back(path("h3", "h1"));      // a cycle
  network.paths.push_back(path("h3", "absent"));  // from somewhere to nowhere
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(layerColor(network, i, Theme::Dark).a, 255);
    EXPECT_EQ(pathStyle(network, i, Theme::Dark).color.a, 255);
    (void)pathLabel(network, i);
  }
  EXPECT_EQ(pathLabel(NetworkSpec{}, 0), "");
}

TEST(Palette, ConditionsDifferInColourAndDash) {
  for (const Theme theme : kThemes)
    for (int a = 0; a < 4; ++a)
      for (int b = 0; b < a; ++b) {
        const auto first = conditionStyle(static_cast<spec::Condition>(a), theme);
        const auto second = conditionStyle(static_cast<spec::Condition>(b), theme);
        EXPECT_NE(first.dash, second.dash);
        EXPECT_GT(difference(first.color, second.color), 0.05);
      }
}

std::vector<Color> layerColors(Theme theme) {
  std::vector<Color> colors;
  for (std::size_t i = 1; i <= 4; ++i) colors.push_back(layerColor(layered(4), i, theme));
  for (std::size_t i = 2; i <= 5; ++i) colors.push_back(layerColor(split(), i, theme));
  return colors;
}

TEST(Palette, EveryColourStandsOutFromItsGround) {
  for (const Theme theme : kThemes) {
    auto colors = layerColors(theme);
    for (int c = 0; c < 4; ++c)
      colors.push_back(conditionStyle(static_cast<spec::Condition>(c), theme).color);
    for (const Color& color : colors)
      EXPECT_GE(contrast(color, ground(theme).ground), 3.0) << testing::PrintToString(color);
    EXPECT_GE(contrast(ground(theme).text, ground(theme).ground), 7.0);
    EXPECT_GE(contrast(ground(theme).quiet, ground(theme).ground), 4.5);
  }
}

// Machado, Oliveira, Fernandes 2009, severity 1, on linear light.
Color seenBy(const std::array<std::array<double, 3>, 3>& eye, Color color) {
  const Linear light = toLinear(color);
  Linear seen{};
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t k = 0; k < 3; ++k) seen[row] += eye.at(row).at(k) * light[k];
  return fromLinear(seen);
}

TEST(Palette, LayersThatMeetInOneNetworkAreToldApartByColourBlindEyes) {
  using Eye = std::array<std::array<double, 3>, 3>;
  constexpr Eye kProtan{{{0.152286, 1.052583, -0.204868},
                         {0.114503, 0.786281, 0.099216},
                         {-0.003882, -0.048116, 1.051998}}};
  constexpr Eye kDeutan{{{0.367322, 0.860646, -0.227968},
                         {0.280085, 0.672501, 0.047413},
                         {-0.011820, 0.042940, 0.968881}}};
  // Yellow and amber come nearest: 0.038 on the dark ground, 0.027 on a light one; 0.02 is just
  // noticeable. So colour is never the only sign: curves carry their names.
  for (const Theme theme : kThemes)
    for (const Eye& eye : {kProtan, kDeutan}) {
      const auto colors = layerColors(theme);
      for (std::size_t a = 0; a < 6; ++a)  // the ramp and the two pathways
        for (std::size_t b = 0; b < a; ++b)
          EXPECT_GT(difference(seenBy(eye, colors[a]), seenBy(eye, colors[b])), 0.025)
              << testing::PrintToString(colors[a]) << " and " << testing::PrintToString(colors[b]);
    }
}

TEST(ColorMaps, ViridisHasItsEndsAndGrowsLighter) {
  EXPECT_EQ(viridis(0), (Color{68, 1, 84}));
  EXPECT_EQ(viridis(1), (Color{253, 231, 37}));
  for (int i = 1; i <= 100; ++i)
    EXPECT_GT(toLab(viridis(i / 100.0))[0], toLab(viridis((i - 1) / 100.0))[0]);
}

TEST(ColorMaps, DivergingIsWhiteAtZeroAndSymmetricInLightness) {
  EXPECT_EQ(diverging(0), (Color{255, 255, 255}));
  EXPECT_GT(diverging(-1).b, diverging(-1).r);
  EXPECT_GT(diverging(1).r, diverging(1).b);
  EXPECT_NEAR(toLab(diverging(-1))[0], toLab(diverging(1))[0], 0.05);
}

TEST(ColorMaps, ClampAndTakeNaN) {
  constexpr double kInf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(viridis(-kInf), viridis(0));
  EXPECT_EQ(viridis(kInf), viridis(1));
  EXPECT_EQ(diverging(-7), diverging(-1));
  EXPECT_EQ(viridis(std::nan("")), diverging(std::nan("")));
}

TEST(ColorSpace, GoesToOklabAndBack) {
  for (int r = 0; r < 256; r += 17)
    for (int g = 0; g < 256; g += 17)
      for (int b = 0; b < 256; b += 17) {
        const Color color{static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g),
                          static_cast<std::uint8_t>(b)};
        ASSERT_EQ(fromLab(toLab(color)), color);
      }
  EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21.0, 1e-9);
}

TEST(Strokes, ThirtyCanBeToldApart) {
  for (std::size_t a = 0; a < 30; ++a)
    for (std::size_t b = 0; b < a; ++b) EXPECT_FALSE(strokeOf(a) == strokeOf(b)) << a << ", " << b;
  EXPECT_EQ(strokeOf(30), strokeOf(0));
}

TEST(Strokes, ConditionsKindsAndCorrectionsTogetherAllDiffer) {
  spec::ExperimentSpec spec;
  spec.replicas.conditions = {spec::Condition::S, spec::Condition::SLr};
  spec.replicas.inhibitions = {spec::Inhibition::None, spec::Inhibition::LearnedM};
  spec.replicas.corrections = {spec::Corrections::AsPublished, spec::Corrections::All};
  const auto all = spec::comparedOf(spec);
  ASSERT_EQ(all.size(), 8U);
  for (std::size_t a = 0; a < all.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) {
      const auto first = comparedStyle(spec, all[a], Theme::Dark);
      const auto second = comparedStyle(spec, all[b], Theme::Dark);
      EXPECT_FALSE(first.color == second.color && first.stroke() == second.stroke());
    }
}

TEST(Marks, StandAtEvenPlacesWhateverPointsTheCurveHas) {
  const std::vector<Point> two{{0, 0}, {100, 100}}, three{{0, 0}, {37, 37}, {100, 100}};
  const auto places = markPlaces(two, Mark::Up, 20);  // at 7.5, 27.5, ...
  ASSERT_EQ(places.size(), 5U);
  EXPECT_NEAR(places[1].x, 27.5, 1e-9);
  EXPECT_NEAR(places[1].y, 27.5, 1e-9);
  EXPECT_EQ(markPlaces(three, Mark::Up, 20).size(), 5U);
  EXPECT_TRUE(markPlaces(two, Mark::None, 20).empty());
  EXPECT_EQ(markCorners(Mark::Square, {0, 0}, 4).size(), 4U);
}

}  // namespace
}  // namespace dentate::figure
