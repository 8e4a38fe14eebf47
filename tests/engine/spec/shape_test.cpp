#include "engine/spec/shape.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/memory.h"
#include "engine/spec/problems.h"
#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

// input 3 × 32 × 32 -> c1 160 × 16 × 16 -> c2 160 × 8 × 8 -> c3 160 × 4 × 4 -> h1 -> h2 -> category
NetworkSpec published() { return convolutionalNetwork({}); }

void expectRefused(const NetworkSpec& network, const std::string& where, const std::string& what) {
  const auto graph = makeGraph(network);
  ASSERT_FALSE(graph.ok()) << what;
  EXPECT_EQ(graph.error().where, where) << graph.error().text();
  EXPECT_NE(graph.error().what.find(what), std::string::npos) << graph.error().text();
  EXPECT_FALSE(networkProblems(network).empty()) << what;
}

void expectRefusedWith(const std::function<void(NetworkSpec&)>& change, const std::string& where,
                       const std::string& what) {
  auto network = published();
  change(network);
  expectRefused(network, where, what);
}

TEST(Shape, OfConvolutionalLayersFollowsFromWhatTheyAreOver) {
  const auto network = published();
  const auto graph = makeGraph(network);
  ASSERT_TRUE(graph.ok()) << graph.error().text();
  EXPECT_EQ(graph->shape[0], (Shape{3, 32, 32}));
  EXPECT_EQ(graph->shape[1], (Shape{160, 16, 16}));
  EXPECT_EQ(graph->shape[2], (Shape{160, 8, 8}));
  EXPECT_EQ(graph->shape[3], (Shape{160, 4, 4}));
  EXPECT_EQ(graph->shape[4], (Shape{640, 1, 1}));
  EXPECT_EQ(network.layers[1].units, 40'960);
  EXPECT_TRUE(networkProblems(network).empty());
}

TEST(Shape, OfImagesThatAreNotSquareTakesTheirHeight) {
  NetworkSpec network = convolutionalNetwork(
      {.inputs = 6, .input_channels = 1, .channels = 2, .dense_layers = 0, .categories = 2});
  network.layers[0].units = 2 * 20 * 7;
  network.layers[0].channels = 2;
  network.layers[0].height = 20;
  fitUnits(network);
  const auto graph = makeGraph(network);
  ASSERT_TRUE(graph.ok()) << graph.error().text();
  EXPECT_EQ(graph->shape[1], (Shape{2, 10, 4}));
  EXPECT_EQ(graph->shape[2], (Shape{2, 5, 2}));
  EXPECT_EQ(graph->shape[3], (Shape{2, 3, 1}));
}

TEST(Shape, RefusesWhatDoesNotFitAtItsPlace) {
  expectRefusedWith([](auto& n) { n.layers[1].units = 200; }, "network.layers[1].units",
                    "expected 40,960 units, 160 channels of 16 × 16, got 200");
  expectRefusedWith([](auto& n) { n.layers[3].kernel = 11; }, "network.layers[3].kernel",
                    "expected at most 10, what \"c2\" of 8 × 8 has with its padding, got 11");
  expectRefusedWith([](auto& n) { n.layers[3].padding = 3; }, "network.layers[3].padding",
                    "less than the kernel, 3, got 3");
  expectRefusedWith([](auto& n) { n.layers[0].channels = 1; }, "network.layers[0].channels",
                    "3,072 units make no square");
  expectRefusedWith([](auto& n) { n.layers[0].channels = 5; }, "network.layers[0].channels",
                    "got 5 channels of square images");
  expectRefusedWith([](auto& n) { n.layers[0].height = 7; }, "network.layers[0].height",
                    "got 3 channels of height 7");
  expectRefusedWith([](auto& n) { n.layers[4].stride = 2; }, "network.layers[4].stride",
                    "got 2 of a dense layer");
  expectRefusedWith([](auto& n) { n.layers[1].height = 16; }, "network.layers[1].height",
                    "follows from the source");
  expectRefusedWith([](auto& n) { n.layers[6].kind = LayerKind::Convolutional; },
                    "network.layers[6].kind", "only hidden layers are convolutional");
}

TEST(Shape, RefusesPathsThatDoNotFit) {
  expectRefusedWith(
      [](auto& n) {
        n.paths.push_back({"c1", "c3"});
      },
      "network.paths[6]",
      "expected 4 × 4 places in \"c3\", as on its other paths, got 8 × 8 from \"c1\"");
  auto network = published();
  network.layers[5].kind = LayerKind::Convolutional;
  expectRefused(network, "network.paths[4]", "got the dense layer \"h1\"");
}

TEST(Shape, LeavesACycleToWhoeverChecksIt) {
  auto network = published();
  network.paths.push_back({"c3", "c2"});
  fitUnits(network);
  ASSERT_FALSE(makeGraph(network).ok());
  EXPECT_NE(makeGraph(network).error().what.find("cycle"), std::string::npos);
}

TEST(Shape, CountsKernelsOnceAndTheirWorkAtEveryPlace) {
  const auto network = published();
  EXPECT_EQ(weightsOf(network, network.paths[0]), 3 * 160 * 9);
  EXPECT_EQ(weightsOf(network, network.paths[3]), 160 * 16 * 640);
  EXPECT_EQ(multiplyAddsOf(network, network.paths[0]), 3 * 160 * 9 * 256);
  EXPECT_EQ(parameterCount(network),
            3 * 160 * 9 + 2 * 160 * 160 * 9 + 2560 * 640 + 640 * 640 + 640 * 100);
  // Two samples, one inner step: twice for the path out of the input, 3 · 2 + 2 times any other.
  auto small = network;
  small.paths.resize(2);
  EXPECT_EQ(denseMultiplyAdds(small, 1, 1), 2 * 2 * 3 * 160 * 9 * 256 + 8 * 160.0 * 160 * 9 * 64);
}

ExperimentSpec experiment() {
  ExperimentSpec spec;
  spec.network = published();
  spec.data = {DatasetKind::Cifar100, "data/cifar-100-binary.tar.gz"};
  return spec;
}

TEST(ConvolutionalExperiment, IsReadBackAsItWasWritten) {
  const auto spec = experiment();
  const auto text = writeExperiment(spec);
  EXPECT_NE(text.find("\"units\": 40960, \"inhibition\": \"learned_m\", \"pathway\": \"none\", "
                      "\"kind\": \"convolutional\", \"channels\": 160, \"stride\": 2, "
                      "\"padding\": 1}"),
            std::string::npos)
      << text;
  const auto back = parseExperiment(text, "text");
  ASSERT_TRUE(back.ok()) << back.error().text();
  EXPECT_EQ(*back, spec);
}

TEST(ConvolutionalExperiment, LetsUnitsFollowAndChecksThoseThatAreGiven) {
  auto text = writeExperiment(experiment());
  const std::string units = "\"units\": 40960, ";
  text.replace(text.find(units), units.size(), "");
  const auto followed = parseExperiment(text, "text");
  ASSERT_TRUE(followed.ok()) << followed.error().text();
  EXPECT_EQ(*followed, experiment());
  text.replace(text.find("\"units\": 10240"), 14, "\"units\": 10000");
  const auto refused = parseExperiment(text, "text");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().where, "text:8: network.layers[2].units");
}

TEST(ConvolutionalExperiment, LetsUnitsFollowWhatIsSet) {
  const auto set = setKey(experiment(), "c1.channels=8");
  ASSERT_TRUE(set.ok()) << set.error().text();
  EXPECT_EQ(set->network.layers[1].units, 8 * 256);
  EXPECT_FALSE(setKey(experiment(), "c1.units=8").ok());
  const auto stride = setKey(experiment(), "c1.stride=1");
  ASSERT_FALSE(stride.ok());  // 160 × 32 × 32 is more than a layer may have
  EXPECT_EQ(stride.error().where, "network.layers[1].units");
}

TEST(ConvolutionalExperiment, RefusesAGpuAndImagesOfAnotherShape) {
  auto spec = experiment();
  spec.device = Device::Cuda;
  auto refused = checkExperiment(spec);
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->where, "device");
  spec = experiment();
  spec.network.layers[0].channels = 12;  // of 16 × 16
  fitUnits(spec.network);
  refused = checkExperiment(spec);
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->where, "network.layers[0].channels");
  EXPECT_NE(refused->what.find("expected 3 channels of 32 × 32, the images of cifar-100"),
            std::string::npos)
      << refused->what;
}

TEST(ConvolutionalExperiment, WithoutItsDataNamesWhatDownloadsThem) {
  auto spec = experiment();
  spec.data.path = "";
  const auto refused = checkExperiment(spec);
  ASSERT_TRUE(refused.has_value());
  EXPECT_NE(refused->what.find("dentate fetch cifar-100"), std::string::npos);
}

TEST(ConvolutionalExperiment, NeedsMemoryForItsFastWeights) {
  auto spec = experiment();
  const double first = memoryNeed(spec, 1).working;
  spec.rule.order = 2;
  EXPECT_EQ(memoryNeed(spec, 1).working, first);  // autograd keeps them at any order
}

}  // namespace
}  // namespace dentate::spec
