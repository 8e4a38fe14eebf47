// The edits of a network that is drawn, where its nodes stand, and what is said of it.
#include <gtest/gtest.h>

#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/templates.h"
#include "ui/architecture_edits.h"
#include "ui/architecture_facts.h"
#include "ui/architecture_nodes.h"
#include "ui/architecture_places.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;
using spec::NetworkSpec;
using Lines = std::vector<std::string>;

NetworkSpec chain() { return spec::layeredNetwork(784, 2, 200, 10); }  // input h1 h2 category

Lines pathNames(const NetworkSpec& network) {
  Lines out;
  for (const auto& path : network.paths) out.push_back(spec::pathName(path));
  return out;
}

TEST(ArchitectureEdits, NamesCountOn) {
  EXPECT_EQ(freeName(chain(), "h1"), "h3");
  EXPECT_EQ(freeName(chain(), "h7"), "h7");
  EXPECT_EQ(freeName(chain(), "category"), "category2");
  EXPECT_EQ(freeName(NetworkSpec(), "9"), "9");
}

TEST(ArchitectureEdits, ANewLayerHasTheUnitsThatDataAndLabelsAskFor) {
  auto spec = spec::loadExperiment("configs/two-layer.json").value();
  EXPECT_EQ(newLayer(spec, LayerRole::Hidden).name, "h3");
  EXPECT_EQ(newLayer(spec, LayerRole::Hidden).inhibition, spec::Inhibition::LearnedM);
  EXPECT_EQ(newLayer(spec, LayerRole::Item).units, 4000);  // 20 tasks of 200
  EXPECT_EQ(newLayer(spec, LayerRole::Item).inhibition, spec::Inhibition::None);
  EXPECT_EQ(newLayer(spec, LayerRole::Category).units, 10);
  EXPECT_EQ(newLayer(spec, LayerRole::Input).units, 784);
}

TEST(ArchitectureEdits, ALayerTakesItsPathsAlong) {
  const NetworkSpec after = without(chain(), {{"h2"}, {}});
  EXPECT_EQ(after.layers.size(), 3U);
  EXPECT_EQ(pathNames(after), Lines({"input>h1"}));
  EXPECT_EQ(pathNames(without(chain(), {{}, {{"h1", "h2"}}})), Lines({"input>h1", "h2>category"}));
}

TEST(ArchitectureEdits, PathsFollowANewName) {
  NetworkSpec network = chain();
  auto layer = network.layers[1];
  layer.name = "first";
  layer.units = 50;
  network = withLayerAs(network, "h1", layer);
  EXPECT_EQ(network.layers[1], layer);
  EXPECT_EQ(pathNames(network), Lines({"input>first", "first>h2", "h2>category"}));
}

TEST(ArchitectureEdits, SayWhyANameOrAPathCannotBe) {
  EXPECT_EQ(whyNotName(chain(), "h1", "h1"), "");
  EXPECT_EQ(whyNotName(chain(), "h1", "h2"), "Another layer is called \"h2\"");
  EXPECT_EQ(whyNotName(chain(), "h1", ""), "A layer needs a name");
  EXPECT_EQ(whyNotName(chain(), "h1", std::string(65, 'x')), "A name has at most 64 bytes");
  EXPECT_EQ(whyNotPath(chain(), {"h2", "h1"}), "") << "a cycle can be drawn";
  EXPECT_EQ(whyNotPath(chain(), {"h1", "h2"}), "This path is there already");
  EXPECT_EQ(whyNotPath(chain(), {"h1", "h1"}), "A layer does not lead into itself");
  EXPECT_EQ(whyNotPath(chain(), {"category", "h1"}),
            "category is an output: nothing leads on from it");
  EXPECT_EQ(whyNotPath(chain(), {"h1", "input"}), "input is the input: nothing leads into it");
}

TEST(ArchitectureEdits, ACopyHasItsPathsAndNewNames) {
  NetworkSpec network = chain();
  network.paths[1].alpha0 = 0.5;
  const Clip clip = copied(network, {{"h2", "h1"}, {}});
  const Pasted after = pasted(network, clip);
  EXPECT_EQ(after.layers, Lines({"h3", "h4"}));
  EXPECT_EQ(pathNames(after.network), Lines({"input>h1", "h1>h2", "h2>category", "h3>h4"}));
  EXPECT_EQ(after.network.paths.back().alpha0, 0.5);
}

TEST(ArchitectureEdits, ASelectionForgetsWhatIsGone) {
  const Picked picked{{"h1", "gone"}, {{"h1", "h2"}, {"h1", "gone"}}};
  EXPECT_EQ(stillThere(chain(), picked), (Picked{{"h1"}, {{"h1", "h2"}}}));
}

TEST(ArchitectureEdits, ADrawnNetworkIsReadBackAsItWasWritten) {
  auto spec = spec::loadExperiment("configs/two-layer.json").value();
  NetworkSpec network = spec::emptyNetwork(784);
  for (const char* name : {"a", "größer"}) network = withLayer(network, {.name = name});
  network = withLayer(network, newLayer(spec, LayerRole::Category));
  network.layers.back().name = "out";
  for (const Ends& ends : {Ends{"input", "a"}, Ends{"a", "größer"}, Ends{"größer", "out"}})
    network = withPath(network, ends);
  network.paths[0].alpha0 = 0.25;
  network.paths[1].frozen = true;
  network.paths[2].pathway = spec::Pathway::Large;
  spec.network = network;
  const auto read = spec::parseExperiment(spec::writeExperiment(spec), "drawn");
  ASSERT_TRUE(read.ok()) << read.error().text();
  EXPECT_EQ(read->network, network);
}

std::vector<std::pair<float, float>> places(const NetworkSpec& network) {
  std::vector<std::pair<float, float>> out;
  for (const Point at : arrangedNodes(network))
    out.emplace_back(at.x / kColumnPitch, at.y / kRowPitch);
  return out;
}

using Grid = std::vector<std::pair<float, float>>;

TEST(ArchitecturePlaces, StandInColumnsByDepth) {
  EXPECT_EQ(places(chain()), Grid({{0, 0}, {1, 0}, {2, 0}, {3, 0}}));
  // large above small, category above item
  EXPECT_EQ(places(spec::splitNetwork({.plain_layers = 1, .items = 20})),
            Grid({{0, 0}, {1, 0}, {2, -0.5F}, {2, 0.5F}, {3, -0.5F}, {3, 0.5F}}));
}

TEST(ArchitecturePlaces, LeaveAPathThatPassesItsOwnRow) {
  // input h1 h2 h3_large h4 category; h2 -> h4 passes below h3_large
  EXPECT_EQ(places(spec::skipNetwork(784, 100, 5, 10)),
            Grid({{0, 0}, {1, 0}, {2, 0}, {3, -0.5F}, {4, 0}, {5, 0}}));
}

TEST(ArchitecturePlaces, TakeACycle) {
  NetworkSpec network = chain();
  network.paths.push_back({"h2", "h1"});
  network.paths.push_back({"h2", "h2"});
  EXPECT_EQ(places(network), Grid({{0, 0}, {1, 0}, {2, 0}, {3, 0}}));
}

TEST(ArchitecturePlaces, AnEditMovesNoOtherNode) {
  NetworkSpec network = chain();
  NodePlaces nodes;
  EXPECT_TRUE(nodes.follow(network));
  nodes.put("h1", {7, 9});
  network.layers.push_back({.name = "new"});
  EXPECT_FALSE(nodes.follow(network));
  EXPECT_EQ(nodes.at("h1").x, 7);
  EXPECT_EQ(nodes.at("new").x, 4 * kColumnPitch) << "beside the last, where nothing stands";
}

TEST(ArchitecturePlaces, ANodeKeepsItsPlaceAndNumberUnderANewName) {
  NetworkSpec network = chain();
  NodePlaces nodes;
  nodes.follow(network);
  nodes.put("h1", {7, 9});
  const int id = nodes.id("h1");
  auto layer = network.layers[1];
  layer.name = "first";
  nodes.follow(withLayerAs(network, "h1", layer));
  EXPECT_EQ(nodes.at("first").x, 7);
  EXPECT_EQ(nodes.id("first"), id);
  nodes.follow(network);  // undone
  EXPECT_EQ(nodes.at("h1").x, 7);
  EXPECT_EQ(nodes.id("h1"), id);
}

TEST(ArchitecturePlaces, ANetworkThatComesBackStandsWhereItStood) {
  const NetworkSpec network = spec::layeredNetwork(784, 5, 20, 10);
  NodePlaces nodes;
  nodes.follow(network);
  nodes.put("h1", {7, 9});
  EXPECT_TRUE(nodes.follow(spec::emptyNetwork(784)));
  EXPECT_EQ(nodes.at("input").x, 0);
  EXPECT_TRUE(nodes.follow(network));
  EXPECT_EQ(nodes.at("h1").x, 7);
}

TEST(ArchitecturePlaces, ComeBackInALaterSittingForTheSameNetworkOnly) {
  NetworkSpec network = chain();
  NodePlaces before;
  before.follow(network);
  before.put("h1", {7.4F, -9});
  const PlacedNodes kept = before.placed(network);
  NodePlaces after;
  EXPECT_TRUE(after.restore(network, kept));
  EXPECT_FALSE(after.follow(network));
  EXPECT_EQ(after.at("h1").x, 7);
  EXPECT_EQ(after.at("h1").y, -9);
  EXPECT_GT(after.id("h1"), 0);
  network.paths.pop_back();
  EXPECT_FALSE(NodePlaces().restore(network, kept)) << "another path";
  network = chain();
  network.layers.push_back({.name = "new"});
  EXPECT_FALSE(NodePlaces().restore(network, kept)) << "another layer";
  EXPECT_FALSE(NodePlaces().restore(network, {}));
}

TEST(ArchitecturePlaces, NothingIsPutOnAnother) {
  NodePlaces nodes;
  nodes.follow(chain());
  const Point beside = nodes.freeBeside("h1");  // where h2 stands is taken
  EXPECT_EQ(beside.x, 2 * kColumnPitch);
  EXPECT_EQ(beside.y, kRowPitch);
}

TEST(ArchitectureFacts, CountAndEstimate) {
  const auto spec = spec::loadExperiment("configs/two-layer.json").value();
  NetworkFacts facts = networkFacts(spec, {});
  EXPECT_EQ(facts.parameters, 784 * 200 + 200 * 200 + 200 * 10);
  // 2 * 10 * 784 * 200 out of the input, (3 * 50 + 2 * 5) a weight elsewhere
  EXPECT_EQ(facts.multiply_adds, 3'136'000 + 160 * 42'000);
  EXPECT_FALSE(facts.measured);
  EXPECT_NEAR(facts.meta_steps_per_second, 100e9 / 9'856'000, 1);
  facts = networkFacts(spec, {500, 2 * 9'856'000});  // half the work at 500 a second
  EXPECT_TRUE(facts.measured);
  EXPECT_NEAR(facts.meta_steps_per_second, 1000, 1e-9);
  // The speed of one that convolves is that of another body.
  const auto convolving = spec::loadExperiment("configs/cifar100-small.json").value();
  EXPECT_EQ(networkFacts(convolving, {500, 1e6}).meta_steps_per_second, 0);
  EXPECT_GT(networkFacts(convolving, {500, 1e6, true}).meta_steps_per_second, 0);
}

TEST(ArchitectureFacts, TakeTheSpeedOfARunWithoutALimit) {
  link::Snapshot now;
  now.spec = std::make_shared<const spec::ExperimentSpec>(
      spec::loadExperiment("configs/two-layer.json").value());
  now.phase = link::Phase::Running;
  now.meta_steps_per_second = 700;
  now.speed_limit = 20;
  EXPECT_EQ(measuredSpeed(now, {5, 6}).meta_steps_per_second, 5);
  now.speed_limit = 0;
  EXPECT_EQ(measuredSpeed(now, {5, 6}).meta_steps_per_second, 700);
  EXPECT_EQ(measuredSpeed(now, {5, 6}).multiply_adds, 9'856'000);
}

TEST(ArchitectureFacts, NumbersInWords) {
  EXPECT_EQ(large(9'856'000), "9.86 M");
  EXPECT_EQ(large(3.1e9), "3.10 G");
  EXPECT_EQ(bytesInWords(37.0 * 1024 * 1024), "37 MB");
  EXPECT_EQ(bytesInWords(1.5 * 1024 * 1024 * 1024), "1.50 GB");
}

TEST(ArchitectureFacts, DifferencesFromThePreset) {
  NetworkSpec network = chain();
  EXPECT_EQ(differencesInWords(chain(), network), Lines());
  network.layers[1].units = 400;
  network.layers[2].inhibition = spec::Inhibition::None;
  network.paths[0].alpha0 = 0.1;
  network.paths[1].frozen = true;
  network = withPath(withLayer(network, {.name = "h3"}), {"h1", "h3"});
  network = without(network, {{}, {{"h2", "category"}}});
  EXPECT_EQ(differencesInWords(chain(), network),
            Lines({"h1: 200 → 400 units", "h2: no inhibition any more", "h3 added, 200 units",
                   "input → h1: α₀ the rule's → 0.1", "h1 → h2: frozen", "h1 → h3 added",
                   "h2 → category removed"}));
  EXPECT_EQ(differencesInWords(network, spec::emptyNetwork(784)).front(), "h1 removed");
}

TEST(ArchitectureEdits, AConvolutionalLayerGoesBackToADenseOne) {
  const spec::LayerSpec usual{.name = "h1"};
  spec::LayerSpec layer = withKind(usual, spec::LayerKind::Convolutional);
  EXPECT_TRUE(spec::isConvolutional(layer));
  EXPECT_EQ(layer.stride, 2);
  layer.kernel = 5;
  layer.units = 10'000;
  EXPECT_EQ(withKind(layer, spec::LayerKind::Dense), usual);
}

TEST(ArchitectureFacts, SizesOfMapsAndOfLists) {
  auto network = spec::convolutionalNetwork({});
  EXPECT_EQ(sizeInWords(network, network.layers[2]), "160 × 8 × 8");
  EXPECT_EQ(sizeInWords(network, network.layers[4]), "640");
  auto changed = network;
  changed.layers[2].channels = 32;
  changed.layers[2].kernel = 5;
  EXPECT_EQ(differencesInWords(network, changed),
            Lines({"c2: channels 160 → 32", "c2: kernel 3 → 5"}));
  changed.paths.clear();
  EXPECT_EQ(sizeInWords(changed, changed.layers[2]), "32 channels");
}

TEST(ArchitectureNodes, ATileOfAConvolutionalLayerIsAChannel) {
  const auto network = spec::convolutionalNetwork({});
  EXPECT_EQ(partsOf(network.layers[1]), 160U);
  EXPECT_EQ(ofParts(stripGrid(160, 136, 48, 1), network.layers[1]).per_tile, 256U);
  EXPECT_EQ(partsOf(network.layers[4]), 640U);
}

TEST(ArchitectureNodes, TilesFillTheirStrip) {
  for (const std::size_t units : {1U, 10U, 200U, 1000U, 100000U}) {
    const TileGrid grid = stripGrid(units, 136, 48, 1);
    EXPECT_LE(grid.pitch * static_cast<float>(grid.columns), 136) << units;
    EXPECT_LE(grid.pitch * static_cast<float>(grid.rows), 48) << units;
    EXPECT_GE(grid.columns * grid.rows * grid.per_tile, units);
  }
  EXPECT_EQ(stripGrid(200, 136, 48, 1).per_tile, 1U);
}

}  // namespace
}  // namespace dentate::ui
