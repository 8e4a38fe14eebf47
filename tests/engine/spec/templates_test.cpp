#include "engine/spec/templates.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"

namespace dentate::spec {
namespace {

std::vector<std::string> pathNames(const NetworkSpec& network) {
  std::vector<std::string> out;
  for (const auto& path : network.paths) out.push_back(pathName(path));
  return out;
}

TEST(LayeredNetwork, IsAChain) {
  const NetworkSpec network = layeredNetwork(784, 2, 200, 10);
  EXPECT_EQ(pathNames(network), (std::vector<std::string>{"input>h1", "h1>h2", "h2>category"}));
  EXPECT_TRUE(makeGraph(network).ok());
  EXPECT_EQ(pathNames(layeredNetwork(784, 0, 200, 10)),
            (std::vector<std::string>{"input>category"}));
}

TEST(LayeredNetwork, InhibitsHiddenLayersOnly) {
  for (const auto& layer : layeredNetwork(784, 3, 50, 10).layers) {
    const bool hidden = layer.role == LayerRole::Hidden;
    EXPECT_EQ(layer.inhibition, hidden ? Inhibition::LearnedM : Inhibition::None) << layer.name;
    if (hidden) {
      EXPECT_EQ(layer.units, 50);
    }
  }
}

TEST(SplitNetwork, HasItsPathsInTheOrderOfTheRecordings) {
  // reference/README.md: plain layers, large, small, large→category, small→category, large→item,
  // small→item
  const NetworkSpec network = splitNetwork(784, 2, 200, 10, 2000);
  EXPECT_EQ(pathNames(network),
            (std::vector<std::string>{"input>h1", "h1>h2", "h2>large", "h2>small", "large>category",
                                      "small>category", "large>item", "small>item"}));
  EXPECT_EQ(network.layers[3].units, 1000);
  EXPECT_EQ(network.layers[3].pathway, Pathway::Large);
  EXPECT_EQ(network.layers[4].units, 200);
  EXPECT_EQ(network.layers[4].pathway, Pathway::Small);
  EXPECT_TRUE(makeGraph(network).ok());
}

TEST(SplitNetwork, HasNoItemHeadWithoutItems) {
  const NetworkSpec network = splitNetwork(784, 0, 20, 10, 0);
  EXPECT_EQ(pathNames(network), (std::vector<std::string>{"input>large", "input>small",
                                                          "large>category", "small>category"}));
  EXPECT_TRUE(makeGraph(network).ok());
}

TEST(SplitNetwork, TakesTheRatioOfItsPathways) {
  const NetworkSpec network = splitNetwork({.plain_layers = 1, .units = 30, .ratio = 3});
  EXPECT_EQ(network.layers[2].units, 90);
  EXPECT_EQ(network.layers[3].units, 30);
  EXPECT_EQ(network.layers.back().role, LayerRole::Category);
  EXPECT_TRUE(makeGraph(network).ok());
}

TEST(SkipNetwork, IsThatOfItsConfig) {
  const auto config = loadExperiment("configs/skip-two-path.json");
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(skipNetwork(784, 100, 5, 10), config->network);
}

TEST(DualNetwork, HasBothHeadsOnItsLastLayer) {
  const NetworkSpec network = dualNetwork(784, 2, 200, 10, 4000);
  EXPECT_EQ(pathNames(network),
            (std::vector<std::string>{"input>h1", "h1>h2", "h2>category", "h2>item"}));
  EXPECT_EQ(network.layers.back().units, 4000);
  EXPECT_EQ(network.layers.back().inhibition, Inhibition::None);
  EXPECT_TRUE(makeGraph(network).ok());
}

TEST(EmptyNetwork, IsTheInputAlone) {
  const NetworkSpec network = emptyNetwork(784);
  ASSERT_EQ(network.layers.size(), 1U);
  EXPECT_EQ(network.layers[0].role, LayerRole::Input);
  EXPECT_EQ(network.layers[0].units, 784);
  EXPECT_TRUE(network.paths.empty());
}

}  // namespace
}  // namespace dentate::spec
