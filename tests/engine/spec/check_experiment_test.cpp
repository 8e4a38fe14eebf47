#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "engine/spec/graph.h"
#include "engine/spec/memory.h"
#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

constexpr double kGigabyte = 1024.0 * 1024.0 * 1024.0;
constexpr double kEnough = 1024 * kGigabyte;

ExperimentSpec layered() {
  ExperimentSpec spec;
  spec.network = layeredNetwork(784, 2, 200, 10);
  return spec;
}

ExperimentSpec split() {
  ExperimentSpec spec;
  spec.network = splitNetwork(784, 3, 200, 10, 2000);
  spec.stream.samples_per_task = 100;
  spec.stream.labels = Labels::Dual;
  return spec;
}

void expectRefused(const ExperimentSpec& spec, const std::string& where, const std::string& what) {
  const auto refused = checkExperiment(spec, kEnough);
  ASSERT_TRUE(refused) << what;
  EXPECT_EQ(refused->where, where) << refused->text();
  EXPECT_NE(refused->what.find(what), std::string::npos) << refused->text();
}

TEST(CheckExperiment, AcceptsWhatCanBe) {
  EXPECT_FALSE(checkExperiment(layered()));
  EXPECT_FALSE(checkExperiment(split()));
}

TEST(CheckExperiment, WantsInputAndCategoriesOfTheDigits) {
  ExperimentSpec spec = layered();
  spec.network.layers[0].units = 783;
  expectRefused(spec, "network.layers[0].units", "expected 784 input units");
  spec = layered();
  spec.network.layers[3].units = 9;
  expectRefused(spec, "network.layers[3].units", "at least 10 category units");
  spec.network.layers[3].units = 11;
  EXPECT_FALSE(checkExperiment(spec));
}

TEST(CheckExperiment, WantsNoMoreDigitsThanThereAre) {
  ExperimentSpec spec = layered();
  spec.stream.samples_per_task = 8'000;
  spec.stream.test_samples = 2'000;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.stream.samples_per_task = 8'001;
  expectRefused(spec, "stream.samples_per_task", "at most 8,000");
  spec.stream.samples_per_task = 1;
  spec.stream.test_samples = 2'001;
  expectRefused(spec, "stream.test_samples", "at most 2,000");
}

TEST(CheckExperiment, LeavesSizesOfAnIdxFolderToItsLoading) {
  ExperimentSpec spec = layered();
  spec.data.dataset = DatasetKind::Idx;
  expectRefused(spec, "data.path", "expected the folder");
  spec.data.path = "/data/fashion";
  spec.network.layers[0].units = 100;
  spec.network.layers[3].units = 2;
  spec.stream.samples_per_task = 10'000;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
}

TEST(CheckExperiment, WantsTheHeadsThatTheLabelsName) {
  ExperimentSpec spec = layered();
  spec.stream.labels = Labels::Dual;
  expectRefused(spec, "network.layers", "expected a layer of role \"item\"");
  spec.stream.labels = Labels::Item;
  expectRefused(spec, "network.layers[3].role", "expected no layer of role \"category\"");
  spec.network.layers[3].role = LayerRole::Item;
  spec.network.layers[3].units = 4000;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.stream.labels = Labels::Category;
  expectRefused(spec, "network.layers", "expected a layer of role \"category\"");
  spec = split();
  spec.stream.labels = Labels::Category;
  expectRefused(spec, "network.layers[7].role",
                "expected no layer of role \"item\", since the labels are \"category\"");
}

TEST(CheckExperiment, WantsAnItemUnitForEachImage) {
  ExperimentSpec spec = split();
  spec.stream.tasks = 21;
  expectRefused(spec, "network.layers[7].units", "expected at least 2,100 item units");
  spec.network.layers[7].units = 2100;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
}

TEST(CheckExperiment, RefusesValuesThatNoFileCouldGive) {
  ExperimentSpec spec = layered();
  spec.rule.alpha0 = std::numeric_limits<double>::infinity();
  expectRefused(spec, "rule.alpha0", "expected a number from 0 to 10, got inf");
  spec = layered();
  spec.rule.clip_norm = std::numeric_limits<double>::quiet_NaN();
  expectRefused(spec, "rule.clip_norm", "got nan");
  spec = layered();
  spec.rule.batch = 0;  // stepsPerTask divides by it
  expectRefused(spec, "rule.batch", "got 0");
  spec = layered();
  spec.name = "\xFF";
  expectRefused(spec, "name", "expected one line of text");
}

TEST(CheckMemory, CountsWeightsOfAllReplicasAndAllImages) {
  ExperimentSpec spec = layered();
  spec.replicas.seeds = 3;
  const MemoryNeed need = memoryNeed(spec);
  const double weights = 784 * 200 + 200 * 200 + 200 * 10;
  EXPECT_EQ(need.weights, 4 * 8 * weights * 3);
  EXPECT_EQ(need.train_images, 4.0 * 784 * 20 * 200);
  EXPECT_EQ(need.test_images, 4.0 * 784 * 20 * 1000);
}

TEST(CheckMemory, StatesWhatIsNeededAndWhatThereIs) {
  ExperimentSpec spec = layered();
  spec.replicas.seeds = 6'000;  // 4 · 8 · 198,800 · 6,000 bytes, and 0.07 GB of images: 35.6 GB
  const auto refused = checkExperiment(spec, 24 * kGigabyte);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->kind, Error::Kind::Resource);
  EXPECT_EQ(refused->text(),
            "replicas.seeds: needs about 36 GB of memory; this machine has 24 GB, of which one "
            "experiment may take 19 GB");
  EXPECT_FALSE(checkExperiment(spec, 45 * kGigabyte));
  EXPECT_FALSE(checkExperiment(spec, std::numeric_limits<double>::infinity()));
}

TEST(CheckMemory, NamesTheKeyThatNeedsMost) {
  ExperimentSpec spec = layered();
  spec.network.layers[1].units = 100'000;
  spec.network.layers[2].units = 100'000;
  EXPECT_EQ(checkExperiment(spec, kGigabyte)->where, "network.layers");
  spec = layered();
  spec.data = {DatasetKind::Idx, "/data"};
  spec.stream.test_samples = 100'000;
  EXPECT_EQ(checkExperiment(spec, kGigabyte)->where, "stream.test_samples");
  spec.stream.samples_per_task = 1'000'000;
  EXPECT_EQ(checkExperiment(spec, kGigabyte)->where, "stream.samples_per_task");
}

TEST(CheckMemory, CountsTheInnerStepsOfALargeBatch) {
  ExperimentSpec spec;
  spec.network = layeredNetwork(784, 2, 200, 10);
  spec.rule.batch = spec.rule.replay = 1000;
  // 1,000 inner steps x 4 bytes x (2 x 198,800 weights + 10 x 2,000 samples x 1,194 units) = 97 GB
  const auto refused = checkExperiment(spec, 24.0 * 1024 * 1024 * 1024);
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->where, "rule.batch");
}

TEST(CheckMemory, KnowsThisMachine) { EXPECT_GT(machineMemory(), 64.0 * 1024 * 1024); }

}  // namespace
}  // namespace dentate::spec
