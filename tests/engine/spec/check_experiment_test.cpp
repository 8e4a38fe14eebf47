#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "engine/spec/check_data.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/items.h"
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

TEST(CheckExperiment, WantsSecondOrderOnTheCpu) {
  ExperimentSpec spec = layered();
  spec.device = Device::Cuda;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.rule.order = 2;
  expectRefused(spec, "device", "rule.order 2");
  spec.device = Device::Auto;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
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

ExperimentSpec classSplits() {
  ExperimentSpec spec = layered();
  spec.stream.kind = StreamKind::ClassSplits;
  spec.stream.tasks = 5;
  spec.stream.test_samples = 100;
  return spec;
}

TEST(CheckClassSplits, WantsClassesOfItsOwnForEachTask) {
  ExperimentSpec spec = classSplits();
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.stream.tasks = 6;
  expectRefused(
      spec, "stream.tasks",
      "expected at most 5 tasks, since mnist-10k has 10 classes and each task takes 2 of its "
      "own, got 6");
  spec.stream.classes_per_task = 11;
  expectRefused(spec, "stream.classes_per_task",
                "expected at most 10, the classes of mnist-10k, got 11");
  spec.stream.classes_per_task = 1001;
  expectRefused(spec, "stream.classes_per_task", "from 1 to 1,000");
  spec.stream.kind = StreamKind::Rotations;
  spec.stream.classes_per_task = 11;  // which it does not read
  EXPECT_FALSE(checkExperiment(spec, kEnough));
}

TEST(CheckClassSplits, WantsACategoryUnitForEachLabelAndNoMore) {
  ExperimentSpec spec = classSplits();
  spec.stream.tasks = 3;
  spec.network.layers[3].units = 6;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.network.layers[3].units = 5;
  expectRefused(spec, "network.layers[3].units",
                "expected at least 6 category units for the 6 labels of the stream, got 5");
  spec.stream.incremental = Incremental::Task;
  spec.network.layers[3].units = 2;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.network.layers[3].units = 1;
  expectRefused(spec, "network.layers[3].units", "at least 2 category units");
}

TEST(CheckClassSplits, WantsNoMoreImagesThanTheClassesOfATaskHave) {
  ExperimentSpec spec = classSplits();
  spec.stream.test_samples = 359;  // of the digits 4 and 5
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.stream.test_samples = 360;
  expectRefused(spec, "stream.test_samples",
                "expected at most 359, the test images of mnist-10k for task 3, got 360");
  spec.stream.test_samples = 1;
  spec.stream.samples_per_task = 1485;
  expectRefused(spec, "stream.samples_per_task",
                "expected at most 1,484, the training images of mnist-10k for task 3, got 1,485");
}

TEST(CheckClassSplits, ChoosingThemTakesWhatTheDataHas) {
  ExperimentSpec spec = layered();
  EXPECT_EQ(choosing(StreamKind::Noise, spec), std::vector<std::string>{"stream.kind=noise"});
  EXPECT_EQ(choosing(StreamKind::ClassSplits, spec),
            (std::vector<std::string>{"stream.kind=class-splits", "stream.tasks=5",
                                      "stream.test_samples=359"}));
  const auto chosen = setKeys(spec, choosing(StreamKind::ClassSplits, spec));
  EXPECT_TRUE(chosen.ok()) << chosen.error().text();
  spec.stream.classes_per_task = 20;
  EXPECT_TRUE(setKeys(spec, choosing(StreamKind::ClassSplits, spec)).ok());
}

TEST(CheckClassSplits, ChoosingLabelsBringsTheCategoryLayerToTheirNumber) {
  ExperimentSpec spec = classSplits();
  StreamSpec own = spec.stream;
  own.incremental = Incremental::Task;
  const auto chosen = setKeys(spec, choosing(own, spec));
  ASSERT_TRUE(chosen.ok()) << chosen.error().text();
  EXPECT_EQ(chosen->network.layers[3].units, 2);
  const auto back = setKeys(*chosen, choosing(spec.stream, *chosen));
  ASSERT_TRUE(back.ok()) << back.error().text();
  EXPECT_EQ(*back, spec);
  // Units to spare are the person's own.
  spec.network.layers[3].units = 12;
  EXPECT_EQ(setKeys(spec, choosing(own, spec))->network.layers[3].units, 12);
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

TEST(CheckExperiment, WantsInputAndCategoriesOfCifar) {
  ExperimentSpec spec = layered();
  spec.data.dataset = DatasetKind::Cifar100;
  expectRefused(spec, "data.path", "expected the archive cifar-100-binary.tar.gz");
  spec.data.path = "/data/cifar";
  expectRefused(spec, "network.layers[0].units",
                "expected 3,072 input units for the 3 × 32 × 32 values of cifar-100, got 784");
  spec.network.layers[0].units = 3072;
  expectRefused(spec, "network.layers[3].units",
                "expected at least 100 category units for the 100 classes of cifar-100, got 10");
  spec.network.layers[3].units = 100;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.stream.kind = StreamKind::ClassSplits;
  spec.stream.classes_per_task = 5;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.stream.tasks = 21;
  expectRefused(spec, "stream.tasks", "expected at most 20 tasks, since cifar-100 has 100 classes");
}

TEST(CheckExperiment, KnowsTheSizeOfOmniglotAndLeavesItsCharactersToTheFiles) {
  ExperimentSpec spec = layered();
  spec.data.dataset = DatasetKind::Omniglot;
  expectRefused(spec, "data.path", "expected images_background.zip, images_evaluation.zip");
  spec.data.path = "/data/omniglot";
  spec.network.layers[0].units = 100;
  expectRefused(spec, "network.layers[0].units",
                "expected 784 input units for the 28 × 28 pixels of omniglot, got 100");
  spec.network.layers[0].units = 784;
  spec.network.layers[3].units = 964;
  spec.stream.samples_per_task = 10'000;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
}

TEST(CheckExperiment, ChoosingDataBringsTheNetworkToTheirSize) {
  const ExperimentSpec digits = layered();
  const auto cifar = setKeys(digits, choosing({DatasetKind::Cifar100, "/c.tar.gz"}, digits));
  ASSERT_TRUE(cifar.ok()) << cifar.error().text();
  auto wanted = layeredNetwork(3072, 2, 200, 100);
  wanted.layers[0].channels = 3;
  EXPECT_EQ(cifar->network, wanted);
  EXPECT_EQ(cifar->data, (DataSpec{DatasetKind::Cifar100, "/c.tar.gz"}));
  const auto back = setKeys(*cifar, choosing({DatasetKind::Mnist10k, ""}, *cifar));
  ASSERT_TRUE(back.ok()) << back.error().text();
  EXPECT_EQ(*back, digits);
  // What only the files tell is left as it is.
  EXPECT_EQ(choosing({DatasetKind::Images, "/p"}, digits),
            (std::vector<std::string>{"data.dataset=images", "data.path=/p"}));
}

TEST(CheckExperiment, KnowsTheUnitsThatALayerIsDrawnWith) {
  ExperimentSpec spec;
  EXPECT_EQ(unitsFor(LayerRole::Input, spec), 784);
  EXPECT_EQ(unitsFor(LayerRole::Category, spec), 10);
  spec.data = {DatasetKind::Cifar100, "/c.tar.gz"};
  EXPECT_EQ(unitsFor(LayerRole::Input, spec), 3072);
  EXPECT_EQ(unitsFor(LayerRole::Category, spec), 100);
  spec.data.dataset = DatasetKind::Images;
  EXPECT_EQ(unitsFor(LayerRole::Input, spec), 784);
  spec.network = layeredNetwork(48, 1, 20, 7);
  EXPECT_EQ(unitsFor(LayerRole::Input, spec), 48);
  EXPECT_EQ(unitsFor(LayerRole::Category, spec), 7);
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

// 100 images a task in sets of 7: 14 whole sets and one of the last two images.
TEST(CheckExperiment, WantsAnItemUnitForEachSetOfImages) {
  ExperimentSpec spec = split();
  spec.stream.samples_per_item = 7;
  EXPECT_EQ(streamItems(spec.stream), 300);
  EXPECT_EQ(streamSamples(spec.stream), 2000);
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.network.layers[7].units = 299;
  expectRefused(spec, "network.layers[7].units",
                "expected at least 300 item units, one for each set of 7 images of 20 tasks × 100 "
                "samples, got 299");
  spec.network.layers[7].units = 300;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
}

TEST(CheckExperiment, WantsSetsOfImagesWithinATaskAndOnlyWithItemLabels) {
  ExperimentSpec spec = split();
  spec.stream.samples_per_item = 100;
  EXPECT_FALSE(checkExperiment(spec, kEnough));
  spec.stream.samples_per_item = 101;
  expectRefused(spec, "stream.samples_per_item", "expected at most the 100 samples of a task");
  spec.stream.samples_per_item = 0;
  expectRefused(spec, "stream.samples_per_item",
                "expected a whole number from 1 to 1,000,000, got 0");
  spec = layered();
  spec.stream.samples_per_item = 5;
  expectRefused(spec, "stream.samples_per_item",
                "expected 1, since the labels are \"category\", got 5");
}

TEST(CheckExperiment, ChoosingAStreamKeepsSetsWithinItsTasks) {
  ExperimentSpec spec = split();
  spec.stream.samples_per_task = spec.stream.samples_per_item = 2'000;
  const auto fits = setKeys(spec, choosing(StreamKind::ClassSplits, spec));
  ASSERT_TRUE(fits.ok()) << fits.error().text();
  EXPECT_LT(fits->stream.samples_per_task, 2'000);  // no two digits have as many
  EXPECT_EQ(fits->stream.samples_per_item, fits->stream.samples_per_task);
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

TEST(CheckReplicas, WantsNoMoreNetworksThanTheLimit) {
  ExperimentSpec spec = layered();
  spec.replicas = {500, 0, {Condition::Baseline, Condition::SLr}, {}};
  for (int i = 1; i <= 10; ++i) spec.replicas.alpha0.push_back(0.01 * i);
  EXPECT_FALSE(checkExperiment(spec, kEnough));  // 2 × 10 × 500 = 10,000
  spec.replicas.seeds = 501;
  expectRefused(spec, "replicas",
                "expected at most 10,000 networks, got 10,020 networks: 2 conditions × 10 alpha0 × "
                "501 seeds");
  spec.replicas.seeds = 1;
  spec.replicas.conditions[1] = Condition::Baseline;
  expectRefused(spec, "replicas.conditions[1]", "each value once, got \"baseline\" again");
}

// A row of weights, to 200 or 10 units, takes up 208 or 16 numbers.
constexpr double kPadded = 784 * 208 + 200 * 208 + 200 * 16;

TEST(CheckMemory, CountsAllNetworksAndAllImages) {
  ExperimentSpec spec = layered();
  spec.replicas = {3, 0, {Condition::S, Condition::Lr}, {}};
  const MemoryNeed need = memoryNeed(spec, /*threads=*/2);
  const double samples = 20 * 200 + 200;       // of the stream, and in the replay memory
  const double point = 256 + 4 * (2 * 4 + 3);  // two numbers a layer, one a path
  EXPECT_EQ(need.networks, 6 * (4 * kPadded + 16 * samples + 800 * point));
  EXPECT_EQ(need.train_images, 4.0 * 784 * 20 * 200);
  EXPECT_EQ(need.test_images, 4.0 * 784 * 20 * 1000);
}

TEST(CheckMemory, CountsTheWorkOfEachThread) {
  ExperimentSpec spec = layered();
  const double rows = 5 * (5 + 5), units = 784 + 200 + 200 + 10;
  EXPECT_EQ(memoryNeed(spec, 2).working, 2 * 4 * (rows * units * 10 + kPadded));
  spec.rule.order = 2;
  EXPECT_EQ(memoryNeed(spec, 1).working, 4 * (rows * units * 10 + kPadded + 5 * 2 * kPadded));
}

TEST(CheckMemory, StatesWhatIsNeededAndWhatThereIs) {
  ExperimentSpec spec = layered();
  spec.replicas = {1'000, 0, {}, {}};
  for (int i = 1; i <= 10; ++i) spec.replicas.alpha0.push_back(0.01 * i);
  // 10,000 · (4 · 207,872 + 16 · 4,200 + 800 · 300) bytes, and 0.07 GB of images: 10.7 GB
  const auto refused = checkExperiment(spec, 8 * kGigabyte);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->kind, Error::Kind::Resource);
  EXPECT_EQ(refused->text(),
            "replicas.seeds: the 10,000 networks need about 11 GB of memory; this machine has 8 "
            "GB, of which one experiment may take 6.4 GB");
  EXPECT_FALSE(checkExperiment(spec, 16 * kGigabyte));
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
  // 4 bytes x 1,000 inner steps x 2,000 samples x 1,194 units x 10 numbers = 89 GB
  const auto refused = checkExperiment(spec, 24.0 * 1024 * 1024 * 1024);
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->where, "rule.batch");
}

TEST(CheckMemory, KnowsThisMachine) { EXPECT_GT(machineMemory(), 64.0 * 1024 * 1024); }

}  // namespace
}  // namespace dentate::spec
