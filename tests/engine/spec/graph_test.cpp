#include "engine/spec/graph.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

NetworkSpec chain() { return layeredNetwork(784, 3, 20, 10); }  // input h1 h2 h3 category

void expectRefused(const NetworkSpec& network, const std::string& where, const std::string& what) {
  const auto graph = makeGraph(network);
  ASSERT_FALSE(graph.ok()) << what;
  EXPECT_EQ(graph.error().where, where) << graph.error().text();
  EXPECT_NE(graph.error().what.find(what), std::string::npos) << graph.error().text();
  EXPECT_EQ(graph.error().kind, Error::Kind::Config);
}

TEST(Graph, OrdersSourcesBeforeTargetsWhateverTheOrderOfTheFile) {
  NetworkSpec network;
  network.layers = {{"out", LayerRole::Category, 10},
                    {"b", LayerRole::Hidden, 5},
                    {"a", LayerRole::Hidden, 5},
                    {"in", LayerRole::Input, 784}};
  network.paths = {{"b", "out"}, {"in", "b"}, {"a", "b"}, {"in", "a"}};
  const auto graph = makeGraph(network);
  ASSERT_TRUE(graph.ok()) << graph.error().text();
  EXPECT_EQ(graph->order, (std::vector<std::size_t>{3, 2, 1, 0}));
  EXPECT_EQ(graph->depth, (std::vector<std::size_t>{3, 2, 1, 0}));  // b by way of a
  EXPECT_EQ(graph->input, 3U);
  EXPECT_EQ(graph->source, (std::vector<std::size_t>{1, 3, 2, 3}));
  EXPECT_EQ(graph->target, (std::vector<std::size_t>{0, 1, 1, 2}));
  EXPECT_EQ(graph->incoming, (std::vector<std::vector<std::size_t>>{{0}, {1, 2}, {3}, {}}));
  EXPECT_EQ(graph->outgoing, (std::vector<std::vector<std::size_t>>{{}, {0}, {2}, {1, 3}}));
}

TEST(Graph, KeepsTheOrderOfTheFileAmongParallelLayers) {
  const auto graph = makeGraph(splitNetwork(784, 1, 4, 10, 20));
  ASSERT_TRUE(graph.ok());
  EXPECT_EQ(graph->order, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(graph->depth, (std::vector<std::size_t>{0, 1, 2, 2, 3, 3}));
}

TEST(Graph, NamesTheLayersOfACycle) {
  NetworkSpec network = chain();
  network.paths.push_back({"h3", "h1"});
  expectRefused(network, "network.paths[4]", "h1 → h2 → h3 → h1");
  network = chain();
  network.paths.push_back({"h2", "h2"});
  expectRefused(network, "network.paths[4]", "h2 → h2 is one");
}

TEST(Graph, NamesTheCycleAndNotTheLayersBehindIt) {
  NetworkSpec network = chain();
  network.layers.insert(network.layers.begin(), {"behind", LayerRole::Hidden, 5});
  network.paths.push_back({"h2", "h1"});
  network.paths.push_back({"h2", "behind"});
  network.paths.push_back({"behind", "category"});
  const auto graph = makeGraph(network);
  ASSERT_FALSE(graph.ok());
  EXPECT_EQ(graph.error().what.find("behind"), std::string::npos) << graph.error().text();
  EXPECT_EQ(graph.error().where, "network.paths[4]");
}

TEST(Graph, RefusesWrongEnds) {
  NetworkSpec network = chain();
  network.layers[0].role = LayerRole::Hidden;
  expectRefused(network, "network.layers", "role \"input\"");
  network = chain();
  network.layers[1].role = LayerRole::Input;
  expectRefused(network, "network.layers[1].role", "\"input\" is one already");
  network = chain();
  network.layers[4].role = LayerRole::Hidden;
  expectRefused(network, "network.layers", "expected an output");
  network = chain();
  network.layers[3].role = LayerRole::Category;
  expectRefused(network, "network.layers[4].role", "\"h3\" is one already");
  expectRefused({}, "network.layers", "role \"input\"");
}

// One unit that nothing leads into: the input does not reach it, nor what it leads to.
TEST(Graph, TakesABias) {
  NetworkSpec network = chain();
  network.layers.push_back({"b", LayerRole::Bias, 1});
  network.paths.push_back({"b", "h2"});
  const auto graph = makeGraph(network);
  ASSERT_TRUE(graph.ok()) << graph.error().text();
  EXPECT_EQ(graph->depth[5], 0U);
  EXPECT_EQ(graph->incoming[2], (std::vector<std::size_t>{1, 4}));

  network.paths.back() = {"h2", "b"};
  expectRefused(network, "network.paths[4].to", "got the bias \"b\"");
  network.paths.pop_back();
  expectRefused(network, "network.layers[5]", "a way from \"b\" to an output");
  network.paths.push_back({"b", "h2"});
  network.layers[5].units = 2;
  expectRefused(network, "network.layers[5].units", "the one unit of a bias, got 2");
  network.layers[5].units = 1;
  network.layers.push_back({"b2", LayerRole::Bias, 1});
  expectRefused(network, "network.layers[6].role", "\"b\" is one already");
  network.layers.back().role = LayerRole::Hidden;
  network.paths.push_back({"b", "b2"});
  network.paths.push_back({"b2", "category"});
  expectRefused(network, "network.layers[6]", "a way from the input to \"b2\"");
}

TEST(Graph, RefusesWrongNames) {
  NetworkSpec network = chain();
  network.layers[2].name = "h1";
  expectRefused(network, "network.layers[2].name", "network.layers[1] is \"h1\" too");
  network = chain();
  network.layers[2].name = "";
  expectRefused(network, "network.layers[2].name", "got \"\"");
  network = chain();
  network.layers[2].name = std::string(65, 'x');
  expectRefused(network, "network.layers[2].name", "1 to 64 bytes");
  network = chain();
  network.layers[2].name = "h\n2";
  expectRefused(network, "network.layers[2].name", "one line of text");
}

TEST(Graph, RefusesWrongPaths) {
  NetworkSpec network = chain();
  network.paths[1].from = "H1";
  expectRefused(network, "network.paths[1].from", "did you mean \"h1\"?");
  network = chain();
  network.paths[3].to = "nowhere";
  expectRefused(network, "network.paths[3].to", "got \"nowhere\"");
  network = chain();
  network.paths.push_back({"h2", "input"});
  expectRefused(network, "network.paths[4].to", "got the input \"input\"");
  network = chain();
  network.paths.push_back({"category", "h1"});
  expectRefused(network, "network.paths[4].from", "got the output \"category\"");
  network = chain();
  network.paths.push_back({"h1", "h2"});
  expectRefused(network, "network.paths[4]", "network.paths[1] is one already");
}

TEST(Graph, RefusesLayersThatLieOnNoWay) {
  NetworkSpec network = chain();
  network.layers.push_back({"alone", LayerRole::Hidden, 5});
  expectRefused(network, "network.layers[5]", "expected a way from the input to \"alone\"");
  network.paths.push_back({"h1", "alone"});
  expectRefused(network, "network.layers[5]", "expected a way from \"alone\" to an output");
  network.paths.back() = {"alone", "category"};
  expectRefused(network, "network.layers[5]", "expected a way from the input to \"alone\"");
}

TEST(Graph, RefusesValuesOutOfRange) {
  NetworkSpec network = chain();
  network.layers[1].units = 100'001;
  expectRefused(network, "network.layers[1].units", "from 1 to 100,000, got 100001");
  network = chain();
  network.paths[2].alpha0 = std::nan("");
  expectRefused(network, "network.paths[2].alpha0", "got nan");
  network = chain();
  network.layers[1].role = static_cast<LayerRole>(9);
  expectRefused(network, "network.layers[1].role", "expected \"input\"");
}

TEST(Graph, TakesTheLargestNetworkInLittleTime) {
  NetworkSpec network = layeredNetwork(784, 998, 1, 10);
  for (std::size_t to = 3; network.paths.size() < 10'000; ++to) {
    for (std::size_t from = 0; from + 1 < to && network.paths.size() < 10'000; ++from)
      network.paths.push_back({network.layers[from].name, network.layers[to].name});
  }
  const auto graph = makeGraph(network);
  ASSERT_TRUE(graph.ok()) << graph.error().text();
  EXPECT_EQ(graph->order.size(), 1000U);
  EXPECT_EQ(graph->depth[graph->order.back()], 999U);
  network.paths.pop_back();
  network.paths.push_back({"h998", "h1"});
  EXPECT_FALSE(makeGraph(network).ok());
}

TEST(ParameterCount, SumsThePathsAndSkipsThoseToNowhere) {
  NetworkSpec network = chain();
  EXPECT_EQ(parameterCount(network), 784 * 20 + 20 * 20 + 20 * 20 + 20 * 10);
  network.paths.push_back({"h1", "nowhere"});
  EXPECT_EQ(parameterCount(network), 784 * 20 + 20 * 20 + 20 * 20 + 20 * 10);
}

TEST(DenseMultiplyAdds, OfTwoLayersAreThoseOfTheFormula) {
  const NetworkSpec network = layeredNetwork(784, 2, 200, 10);
  // 10 samples, 5 steps: 2 * 10 * 784 * 200 out of the input; (3 * 50 + 2 * 5) a weight elsewhere.
  EXPECT_EQ(denseMultiplyAdds(network, 5, 5), 3'136'000 + 160 * (200 * 200 + 200 * 10));
  // No replay: 5 samples, 25 rows.
  EXPECT_EQ(denseMultiplyAdds(network, 0, 5), 1'568'000 + 85 * (200 * 200 + 200 * 10));
}

TEST(DenseMultiplyAdds, CountEveryPathOfAGraph) {
  const double above = 100 * 100 + 100 * 500 + 500 * 100 + 100 * 100 + 100 * 10;
  EXPECT_EQ(denseMultiplyAdds(skipNetwork(784, 100, 5, 10), 5, 5), 20 * 784 * 100 + 160 * above);
}

TEST(DenseMultiplyAdds, LeaveAPathToNowhereOut) {
  NetworkSpec network = emptyNetwork(784);
  network.paths.push_back({"input", "nowhere"});
  EXPECT_EQ(denseMultiplyAdds(network, 5, 5), 0);
}

}  // namespace
}  // namespace dentate::spec
