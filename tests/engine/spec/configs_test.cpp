// The shipped experiments.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/replicas.h"
#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

ExperimentSpec loaded(const char* file) {
  const auto result = loadExperiment(file);
  EXPECT_TRUE(result.ok()) << (result ? "" : result.error().text());
  return result ? *result : ExperimentSpec{};
}

TEST(Configs, EachIsOneCommentAndExactlyWhatTheProgramWrites) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("configs")) {
    if (entry.is_directory()) continue;
    SCOPED_TRACE(entry.path().string());
    const auto result = loadExperiment(entry.path());
    ASSERT_TRUE(result.ok()) << result.error().text();
    const std::string text = contents(entry.path());
    const auto end = text.find('\n');
    ASSERT_NE(end, std::string::npos);
    EXPECT_EQ(text.substr(0, 3), "// ");
    EXPECT_LE(end, 100U);
    EXPECT_EQ(text.substr(end + 1), writeExperiment(*result));
    EXPECT_FALSE(result->description.empty());
    ++count;
  }
  EXPECT_GE(count, 21U);
}

TEST(Configs, TwoLayerHoldsThePublishedSettings) {
  ExperimentSpec expected;  // the defaults are this experiment's settings
  const ExperimentSpec spec = loaded("configs/two-layer.json");
  expected.name = spec.name;
  expected.description = spec.description;
  expected.network = layeredNetwork(784, 2, 200, 10);
  EXPECT_EQ(spec, expected);
  EXPECT_EQ(totalSteps(spec), 20 * 200 / 5);
  EXPECT_EQ(parameterCount(spec.network), 784 * 200 + 200 * 200 + 200 * 10);
}

// What is compared is the rule: network, data and stream are those of two layers.
TEST(Configs, RulesDifferFromTwoLayersInTheRuleAlone) {
  const ExperimentSpec two = loaded("configs/two-layer.json");
  for (const auto& entry : std::filesystem::directory_iterator("configs/rules"))
    for (const auto& key : changedKeys(two, loaded(entry.path().c_str())))
      EXPECT_TRUE(key.starts_with("rule.") || key == "name" || key == "description")
          << entry.path() << " " << key;
}

TEST(Configs, FourLayerDiffersFromTwoLayerInNetworkAndStepOfM) {
  const ExperimentSpec two = loaded("configs/two-layer.json");
  const ExperimentSpec four = loaded("configs/four-layer.json");
  EXPECT_EQ(changedKeys(two, four),
            (std::vector<std::string>{"name", "description", "network.layers", "network.paths",
                                      "rule.m_lr"}));
  EXPECT_EQ(four.rule.m_lr, 0.05);
  EXPECT_EQ(four.network, layeredNetwork(784, 4, 100, 10));
}

TEST(Configs, AsPublishedOrCorrectedIsFourLayersInBothForms) {
  const ExperimentSpec both = loaded("configs/as-published-or-corrected.json");
  EXPECT_EQ(changedKeys(loaded("configs/four-layer.json"), both),
            (std::vector<std::string>{"name", "description", "rule.alpha0", "replicas.seeds",
                                      "replicas.corrections"}));
  EXPECT_EQ(replicaCount(both), 20);
}

TEST(Configs, RotationsSweepDiffersFromTwoLayerInReplicasAndEvaluation) {
  const ExperimentSpec sweep = loaded("configs/rotations-sweep.json");
  EXPECT_EQ(changedKeys(loaded("configs/two-layer.json"), sweep),
            (std::vector<std::string>{"name", "description", "replicas.seeds",
                                      "replicas.conditions", "replicas.alpha0", "evaluate"}));
  EXPECT_EQ(replicaCount(sweep), 480);
  EXPECT_EQ(sweep.evaluate, Evaluate::Final);
}

TEST(Configs, PermutationsDifferFromTwoLayerInTheStreamAlone) {
  EXPECT_EQ(changedKeys(loaded("configs/two-layer.json"), loaded("configs/permutations.json")),
            (std::vector<std::string>{"name", "description", "stream.kind"}));
}

// Step sizes as published for five tasks of two classes (Fashion-MNIST).
TEST(Configs, ClassSplitsAreFiveTasksOfTwoDigits) {
  const ExperimentSpec splits = loaded("configs/class-splits.json");
  EXPECT_EQ(changedKeys(loaded("configs/two-layer.json"), splits),
            (std::vector<std::string>{"name", "description", "network.layers[3].units",
                                      "stream.kind", "stream.tasks", "stream.test_samples",
                                      "stream.incremental", "rule.alpha_lr", "rule.m_lr"}));
  EXPECT_EQ(splits.stream.tasks * splits.stream.classes_per_task, 10);
}

TEST(Configs, Cifar100HoldsThePublishedSettings) {
  const ExperimentSpec spec = loaded("configs/cifar100.json");
  EXPECT_EQ(spec.network, convolutionalNetwork({.categories = 5}));
  EXPECT_EQ(spec.stream.tasks, 20);
  EXPECT_EQ(spec.stream.classes_per_task, 5);
  EXPECT_EQ(spec.rule.memory, 400);
  EXPECT_EQ(spec.rule.clip_norm, 1.0);
  EXPECT_EQ(spec.rule.alpha0, 0.001);
  EXPECT_EQ(spec.rule.alpha_lr, 0.00002);
  EXPECT_EQ(spec.rule.m_lr, 0.0005);
  const ExperimentSpec dual = loaded("configs/cifar100-dual.json");
  EXPECT_EQ(dual.network, convolutionalNetwork({.categories = 5, .items = 10'000}));
  EXPECT_EQ(changedKeys(spec, dual),
            (std::vector<std::string>{"name", "description", "network.layers", "network.paths",
                                      "stream.samples_per_task", "stream.labels"}));
}

TEST(Configs, SplitTwoPathHoldsThePublishedSettings) {
  const ExperimentSpec two = loaded("configs/two-layer.json");
  const ExperimentSpec split = loaded("configs/split-two-path.json");
  EXPECT_EQ(changedKeys(two, split),
            (std::vector<std::string>{"name", "description", "network.layers", "network.paths",
                                      "stream.samples_per_task", "stream.labels", "rule.alpha0",
                                      "rule.alpha_lr", "rule.m_lr"}));
  EXPECT_EQ(split.network, splitNetwork(784, 3, 200, 10, 2000));
  EXPECT_EQ(split.stream.samples_per_task, 100);
  EXPECT_EQ(split.stream.labels, Labels::Dual);
  EXPECT_EQ(split.rule.alpha0, 0.15);
  EXPECT_EQ(split.rule.alpha_lr, 0.002);
  EXPECT_EQ(split.rule.m_lr, 0.2);
}

// "name units" of every hidden layer, then its pathway; "from>to" of every path, then its own.
std::vector<std::string> shape(const NetworkSpec& network) {
  const auto marked = [](std::string text, Pathway pathway) {
    if (pathway == Pathway::None) return text;
    return text + (pathway == Pathway::Large ? " large" : " small");
  };
  std::vector<std::string> out;
  for (const auto& layer : network.layers)
    if (layer.role == LayerRole::Hidden)
      out.push_back(marked(layer.name + " " + std::to_string(layer.units), layer.pathway));
  for (const auto& path : network.paths) out.push_back(marked(pathName(path), path.pathway));
  return out;
}

// `spec` with the names and the network of `other`.
ExperimentSpec dressedAs(ExperimentSpec spec, const ExperimentSpec& other) {
  spec.name = other.name;
  spec.description = other.description;
  spec.network = other.network;
  return spec;
}

// Settings and order of paths: reference/tables/split_h3.json.
TEST(Configs, SplitH3HasTheSettingsOfFourLayersAndTheReferencesPaths) {
  const ExperimentSpec split = loaded("configs/split-h3.json");
  EXPECT_EQ(split, dressedAs(loaded("configs/four-layer.json"), split));
  EXPECT_EQ(split.rule.alpha0, 0.01);
  EXPECT_EQ(split.rule.alpha_lr, 0.0002);
  EXPECT_EQ(split.rule.m_lr, 0.05);
  EXPECT_EQ(
      shape(split.network),
      (std::vector<std::string>{"h1 100", "h2 100", "h3_large 500 large", "h3_small 100 small",
                                "h4 100", "input>h1", "h1>h2", "h2>h3_large", "h2>h3_small",
                                "h3_large>h4", "h3_small>h4", "h4>category"}));
}

TEST(Configs, SplitH3Of1000DiffersInTheLargeLayerAlone) {
  const ExperimentSpec split = loaded("configs/split-h3.json");
  const ExperimentSpec larger = loaded("configs/split-h3-1000.json");
  EXPECT_EQ(larger, dressedAs(split, larger));
  NetworkSpec wanted = split.network;
  EXPECT_EQ(wanted.layers[3].name, "h3_large");
  wanted.layers[3].units = 1000;
  EXPECT_EQ(larger.network, wanted);
}

TEST(Configs, SkipTwoPathReachesTheFourthLayerInTwoWays) {
  const ExperimentSpec skip = loaded("configs/skip-two-path.json");
  EXPECT_EQ(skip, dressedAs(loaded("configs/four-layer.json"), skip));
  EXPECT_EQ(shape(skip.network),
            (std::vector<std::string>{"h1 100", "h2 100", "h3_large 500 large", "h4 100",
                                      "input>h1", "h1>h2", "h2>h3_large", "h3_large>h4",
                                      "h2>h4 small", "h4>category"}));
}

}  // namespace
}  // namespace dentate::spec
