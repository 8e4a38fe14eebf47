#include "engine/spec/problems.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

constexpr double kGigabyte = 1024.0 * 1024.0 * 1024.0;

NetworkSpec chain() { return layeredNetwork(784, 3, 20, 10); }  // input h1 h2 h3 category

// "layer 2: ...", "path 1: ...", "...": what a test compares.
std::vector<std::string> lines(const std::vector<Problem>& problems) {
  std::vector<std::string> out;
  for (const auto& problem : problems) {
    std::string where;
    if (problem.layer) where = "layer " + std::to_string(*problem.layer) + ": ";
    if (problem.path) where = "path " + std::to_string(*problem.path) + ": ";
    out.push_back(where + problem.what);
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(NetworkProblems, AreNoneOfTheTemplates) {
  EXPECT_EQ(lines(networkProblems(chain())), Lines());
  EXPECT_EQ(lines(networkProblems(skipNetwork(784, 100, 5, 10))), Lines());
  EXPECT_EQ(lines(networkProblems(splitNetwork({.items = 20}))), Lines());
}

TEST(NetworkProblems, NameThePathThatClosesACycle) {
  NetworkSpec network = chain();
  network.paths.push_back({"h3", "h1"});
  EXPECT_EQ(lines(networkProblems(network)),
            Lines({"path 4: This path closes a cycle: h1 → h2 → h3 → h1"}));
  network.paths.back() = {"h2", "h2"};
  EXPECT_EQ(lines(networkProblems(network)), Lines({"path 4: This path closes a cycle: h2 → h2"}));
}

TEST(NetworkProblems, NameEveryCycle) {
  NetworkSpec network = chain();
  network.paths.push_back({"h2", "h1"});
  network.paths.push_back({"h3", "h2"});
  EXPECT_EQ(lines(networkProblems(network)),
            Lines({"path 4: This path closes a cycle: h1 → h2 → h1",
                   "path 5: This path closes a cycle: h2 → h3 → h2"}));
}

TEST(NetworkProblems, NameTheLayersWithoutAWay) {
  NetworkSpec network = chain();
  network.layers.push_back({.name = "alone"});
  network.paths.erase(network.paths.begin() + 2);  // h2 -> h3
  const auto problems = lines(networkProblems(network));
  EXPECT_EQ(problems, Lines({"layer 0: No way leads from here to an output",
                             "layer 1: No way leads from here to an output",
                             "layer 2: No way leads from here to an output",
                             "layer 3: No way leads here from the input",
                             "layer 4: No way leads here from the input",
                             "layer 5: No way leads here from the input",
                             "layer 5: No way leads from here to an output"}));
}

TEST(NetworkProblems, OfAnEmptyCanvasIsItsMissingOutput) {
  EXPECT_EQ(lines(networkProblems(emptyNetwork(784))),
            Lines({"No output: add a layer of role category or item"}));
  EXPECT_EQ(lines(networkProblems(NetworkSpec())),
            Lines({"No input: add a layer of role input",
                   "No output: add a layer of role category or item"}));
}

TEST(NetworkProblems, NameValuesNamesAndRoles) {
  NetworkSpec network = chain();
  network.layers[1].units = 0;
  network.layers.push_back({"h1", LayerRole::Category, 10, Inhibition::None});
  network.paths[0].alpha0 = 11;
  const auto problems = lines(networkProblems(network));
  EXPECT_EQ(problems, Lines({"layer 1: units: expected a whole number from 1 to 100,000, got 0",
                             "layer 5: Another layer is called \"h1\" too",
                             "layer 5: One category layer is enough, and \"category\" is one",
                             "path 0: alpha0: expected a number from 0 to 10, or null, got 11.0",
                             "layer 5: No way leads here from the input"}));
}

TEST(NetworkProblems, NamePathsThatCannotBe) {
  NetworkSpec network = chain();
  network.paths.push_back({"h1", "h2"});
  network.paths.push_back({"category", "h2"});
  network.paths.push_back({"h1", "input"});
  network.paths.push_back({"h1", "gone"});
  EXPECT_EQ(lines(networkProblems(network)),
            Lines({"path 4: A path from \"h1\" to \"h2\" is there already",
                   "path 5: \"category\" is an output: it ends here",
                   "path 6: \"input\" is the input: nothing leads into it",
                   "path 7: No layer is called \"gone\""}));
}

// Networks of a few layers with paths thrown in at random: what is found is what makeGraph refuses.
TEST(NetworkProblems, AreThereIfAndOnlyIfTheGraphIsRefused) {
  std::mt19937 chance(5);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(chance() % n); };
  int taken = 0;
  for (int round = 0; round < 3000; ++round) {
    NetworkSpec network = layeredNetwork(9, static_cast<std::int64_t>(below(4)), 4, 3);
    for (std::size_t extra = below(4); extra > 0; --extra)
      network.paths.push_back({network.layers[below(network.layers.size())].name,
                               network.layers[below(network.layers.size())].name});
    if (below(3) == 0) network.paths.erase(network.paths.begin());
    if (below(6) == 0) network.layers[below(network.layers.size())].role = LayerRole::Item;
    if (below(4) == 0) {
      network.layers.push_back({"bias", LayerRole::Bias, below(8) == 0 ? 2 : 1});
      if (below(8) != 0)
        network.paths.push_back({"bias", network.layers[below(network.layers.size())].name});
    }
    const bool good = makeGraph(network).ok();
    taken += good ? 1 : 0;
    EXPECT_EQ(networkProblems(network).empty(), good) << lines(networkProblems(network)).size();
  }
  EXPECT_GT(taken, 300);
  EXPECT_LT(taken, 2700);
}

TEST(ExperimentProblems, NameTheHeadThatTheLabelsDoNotFit) {
  auto spec = loadExperiment("configs/two-layer.json").value();
  const double memory = 64 * kGigabyte;
  EXPECT_EQ(lines(networkProblems(spec, memory)), Lines());
  spec.network = dualNetwork(784, 2, 200, 10, 4000);
  EXPECT_EQ(lines(networkProblems(spec, memory)),
            Lines({"layer 4: Expected no layer of role \"item\", since the labels are "
                   "\"category\""}));
  spec.stream.labels = Labels::Dual;
  EXPECT_EQ(lines(networkProblems(spec, memory)), Lines());
  spec.network.layers[4].units = 3999;
  EXPECT_EQ(lines(networkProblems(spec, memory)),
            Lines({"layer 4: Expected at least 4,000 item units, one for each image of 20 tasks × "
                   "200 samples, got 3,999"}));
  spec.network = layeredNetwork(784, 2, 200, 10);
  EXPECT_EQ(lines(networkProblems(spec, memory)),
            Lines({"Expected a layer of role \"item\", since the labels are \"dual\""}));
}

TEST(ExperimentProblems, NameUnitsThatTheDataDoNotFit) {
  auto spec = loadExperiment("configs/two-layer.json").value();
  spec.network.layers[0].units = 100;
  spec.network.layers[3].units = 9;
  EXPECT_EQ(
      lines(networkProblems(spec, 64 * kGigabyte)),
      Lines(
          {"layer 0: Expected 784 input units for the 28 × 28 pixels of mnist-10k, got 100",
           "layer 3: Expected at least 10 category units for the 10 classes of mnist-10k, got 9"}));
}

TEST(ExperimentProblems, NameTheLayerThatMemoryDoesNotHold) {
  auto spec = loadExperiment("configs/two-layer.json").value();
  spec.network.layers[1].units = 90'000;
  spec.network.layers[2].units = 100'000;
  const auto problems = networkProblems(spec, 8 * kGigabyte);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].layer, 2U);
  EXPECT_EQ(problems[0].what.find("Needs about "), 0U) << problems[0].what;
}

}  // namespace
}  // namespace dentate::spec
