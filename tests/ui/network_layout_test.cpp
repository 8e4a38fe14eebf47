#include "ui/network_layout.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/spec/experiment_json.h"
#include "engine/spec/templates.h"

namespace dentate::ui {
namespace {

spec::NetworkSpec skipNetwork() {
  spec::NetworkSpec network = spec::layeredNetwork(784, 2, 200, 10);
  network.layers.push_back(
      {"h3", spec::LayerRole::Hidden, 1000, spec::Inhibition::LearnedM, spec::Pathway::Large});
  network.layers.push_back({"h4", spec::LayerRole::Hidden, 200});
  network.paths.pop_back();  // h2 -> category
  network.paths.push_back({"h2", "h3", {}, false, spec::Pathway::Large});
  network.paths.push_back({"h3", "h4", {}, false, spec::Pathway::Large});
  network.paths.push_back({"h2", "h4", {}, false, spec::Pathway::Small});
  network.paths.push_back({"h4", "category"});
  return network;
}

struct Case {
  const char* name;
  spec::NetworkSpec network;
};

Case shipped(const char* name) {
  const auto experiment = spec::loadExperiment("configs/" + std::string(name) + ".json");
  EXPECT_TRUE(experiment.ok());
  return {name, experiment ? experiment->network : spec::NetworkSpec{}};
}

std::vector<Case> cases() {
  return {{"two layers", spec::layeredNetwork(784, 2, 200, 10)},
          {"four layers", spec::layeredNetwork(784, 4, 100, 10)},
          {"split", spec::splitNetwork(784, 3, 200, 10, 0)},
          {"split, two heads", spec::splitNetwork(784, 3, 200, 10, 2000)},
          {"skip", skipNetwork()},
          shipped("split-h3"),
          shipped("split-h3-1000"),
          shipped("skip-two-path")};
}

// Rooms of the Network panel at 1280x720, 1600x1000 and 1920x1080, and at 150 %.
const std::vector<LayoutRoom> kRooms{{{20, 200, 760, 320}, 1, 16, 40},
                                     {{20, 200, 960, 560}, 1, 16, 40},
                                     {{20, 200, 1170, 640}, 1, 16, 40},
                                     {{30, 260, 930, 400}, 1.5F, 24, 60}};

class NetworkLayoutTest : public testing::Test {
 protected:
  template <class Check>
  void forAll(Check check) {
    for (const Case& c : cases()) {
      const auto graph = spec::makeGraph(c.network);
      ASSERT_TRUE(graph.ok());
      for (const LayoutRoom& room : kRooms) {
        SCOPED_TRACE(std::string(c.name) + " in " + std::to_string(room.area.w));
        check(c.network, *graph, room, layoutNetwork(c.network, *graph, room));
      }
    }
  }
};

TEST_F(NetworkLayoutTest, NoLayerTouchesAnotherOrTheEdge) {
  forAll([](const auto&, const auto&, const LayoutRoom& room, const NetworkLayout& layout) {
    for (std::size_t i = 0; i < layout.layers.size(); ++i) {
      const Box& box = layout.layers[i].whole;
      EXPECT_GE(box.x, room.area.x - 1) << i;
      EXPECT_LE(box.right(), room.area.right() + 1) << i;
      EXPECT_GE(box.y, room.area.y - 1) << i;
      EXPECT_LE(box.bottom(), room.area.bottom() + 1) << i;
      for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(box.meets(layout.layers[j].whole)) << i << j;
    }
  });
}

TEST_F(NetworkLayoutTest, SaysWhereTheRoomIsTooSmall) {
  const auto network = shipped("split-two-path").network;
  const auto graph = spec::makeGraph(network);
  ASSERT_TRUE(graph);
  EXPECT_TRUE(layoutNetwork(network, *graph, {{0, 0, 1000, 500}, 1, 16, 44}).fits);
  EXPECT_FALSE(layoutNetwork(network, *graph, {{0, 0, 400, 500}, 1, 16, 44}).fits) << "too narrow";
  EXPECT_FALSE(layoutNetwork(network, *graph, {{0, 0, 1000, 120}, 1, 16, 44}).fits) << "too low";
  EXPECT_TRUE(layoutNetwork(network, *graph, {{0, 0, 400, 200}, 0.4F, 6.4F, 18}).fits) << "smaller";
}

TEST_F(NetworkLayoutTest, PathsLeadFromLeftToRight) {
  forAll([](const auto&, const spec::Graph& graph, const auto&, const NetworkLayout& layout) {
    for (std::size_t p = 0; p < layout.paths.size(); ++p) {
      const auto& points = layout.paths[p].points;
      EXPECT_FLOAT_EQ(points.front().x, layout.layers[graph.source[p]].frame.right());
      EXPECT_NEAR(points.back().x, layout.layers[graph.target[p]].frame.x, 10);
      for (std::size_t i = 1; i < points.size(); ++i) EXPECT_GT(points[i].x, points[i - 1].x);
    }
  });
}

TEST_F(NetworkLayoutTest, NumbersLieOnNoFrameAndOnNoOtherNumber) {
  forAll([](const auto&, const auto&, const auto&, const NetworkLayout& layout) {
    for (std::size_t p = 0; p < layout.paths.size(); ++p) {
      for (const auto& layer : layout.layers)
        EXPECT_FALSE(layout.paths[p].label.meets(layer.frame)) << p;
      for (std::size_t q = 0; q < p; ++q)
        EXPECT_FALSE(layout.paths[p].label.meets(layout.paths[q].label)) << p << " " << q;
    }
  });
}

TEST_F(NetworkLayoutTest, TilesAreWholePixelsAndShowEveryUnit) {
  forAll(
      [](const spec::NetworkSpec& network, const auto&, const auto&, const NetworkLayout& layout) {
        for (std::size_t i = 0; i < layout.layers.size(); ++i) {
          const LayerPlace& place = layout.layers[i];
          if (network.layers[i].role == spec::LayerRole::Input || place.bars) continue;
          EXPECT_EQ(place.grid.pitch, std::floor(place.grid.pitch));
          EXPECT_EQ(place.frame.x, std::floor(place.frame.x));
          EXPECT_GE(place.grid.columns * place.grid.rows * place.grid.per_tile,
                    static_cast<std::size_t>(network.layers[i].units));
          EXPECT_LE(place.grid.columns * place.grid.rows, kMostTiles + place.grid.columns);
        }
      });
}

TEST_F(NetworkLayoutTest, TheLargePathwayIsAboveTheSmallOne) {
  const auto network = spec::splitNetwork(784, 3, 200, 10, 2000);
  const auto layout = layoutNetwork(network, *spec::makeGraph(network), kRooms[1]);
  std::size_t large = 0, small = 0;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].pathway == spec::Pathway::Large) large = i;
    if (network.layers[i].pathway == spec::Pathway::Small) small = i;
  }
  EXPECT_LT(layout.layers[large].whole.bottom(), layout.layers[small].whole.y);
}

TEST_F(NetworkLayoutTest, ASkippingPathGoesAroundTheLayerThatItSkips) {
  const auto network = skipNetwork();
  const auto layout = layoutNetwork(network, *spec::makeGraph(network), kRooms[1]);
  for (float t = 0; t <= 1; t += 0.01F) {
    const Point at = alongPath(layout.paths[4], t);  // h2 -> h4
    EXPECT_FALSE(layout.layers[4].frame.contains(at)) << "h3 at " << t;
  }
}

}  // namespace
}  // namespace dentate::ui
