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
  for (const auto& entry : std::filesystem::directory_iterator("configs")) {
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
  EXPECT_GE(count, 4U);
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

TEST(Configs, FourLayerDiffersFromTwoLayerInNetworkAndStepOfM) {
  const ExperimentSpec two = loaded("configs/two-layer.json");
  const ExperimentSpec four = loaded("configs/four-layer.json");
  EXPECT_EQ(changedKeys(two, four),
            (std::vector<std::string>{"name", "description", "network.layers", "network.paths",
                                      "rule.m_lr"}));
  EXPECT_EQ(four.rule.m_lr, 0.05);
  EXPECT_EQ(four.network, layeredNetwork(784, 4, 100, 10));
}

TEST(Configs, RotationsSweepDiffersFromTwoLayerInReplicasAndEvaluation) {
  const ExperimentSpec sweep = loaded("configs/rotations-sweep.json");
  EXPECT_EQ(changedKeys(loaded("configs/two-layer.json"), sweep),
            (std::vector<std::string>{"name", "description", "replicas.seeds",
                                      "replicas.conditions", "replicas.alpha0", "evaluate"}));
  EXPECT_EQ(replicaCount(sweep), 480);
  EXPECT_EQ(sweep.evaluate, Evaluate::Final);
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

}  // namespace
}  // namespace dentate::spec
