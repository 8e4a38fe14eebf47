#include "engine/spec/experiment_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "engine/spec/graph.h"
#include "engine/spec/spelling.h"
#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

// Draws experiments that pass every check, with values from the whole of their ranges.
class RandomSpec {
 public:
  explicit RandomSpec(std::uint32_t seed) : generator_(seed) {}

  ExperimentSpec draw() {
    ExperimentSpec spec;
    spec.name = text(1);
    spec.description = text(0) + "\n\t" + text(0);
    spec.stream = stream(pick<StreamKind>());
    spec.data = {pick<DatasetKind>(), text(1)};
    spec.rule = {text(1),      pick<Condition>(),   whole(1, 2),     pick<Update>(),
                 real(0, 10),  real(0, 10),         real(-10, 10),   real(0, 100),
                 real(0, 10),  positive(1e6),       positive(1),     whole(1, 40),
                 whole(0, 40), whole(1, 1'000'000), whole(0, 1) == 1};
    spec.rule.reservoir_index = pick<Quirk>();
    spec.rule.old_memory = pick<Quirk>();
    spec.rule.alpha = pick<AlphaForm>();
    spec.replicas = {whole(1, 3), whole(0, std::int64_t{1} << 53), {}, {}};
    for (const auto& condition : kSpellings<Condition>)
      if (whole(0, 1) == 1) spec.replicas.conditions.push_back(condition.value);
    for (const char* kind : {"k_wta", "learned_m"})
      if (whole(0, 1) == 1)
        spec.replicas.inhibitions.push_back(valueNamed<Inhibition>(kind).value());
    for (const auto& corrections : kSpellings<Corrections>)
      if (whole(0, 3) == 1) spec.replicas.corrections.push_back(corrections.value);
    for (double alpha0 = real(0, 1); alpha0 < 10 && whole(0, 2) > 0; alpha0 = alpha0 * 2 + 0.001)
      spec.replicas.alpha0.push_back(alpha0);
    spec.evaluate = pick<Evaluate>();
    spec.device = spec.rule.order == 1 ? pick<Device>() : Device::Auto;
    const auto data = spec.data.dataset;
    const bool cifar = data == DatasetKind::Cifar10 || data == DatasetKind::Cifar100;
    spec.network =
        network(spec.stream.labels, cifar ? 3'072 : 784, data == DatasetKind::Cifar100 ? 100 : 10);
    if (const auto refused = checkExperiment(spec); refused) {
      spec.rule.alpha = AlphaForm::Relu;  // softplus cannot begin at 0
      spec.replicas.corrections.clear();
    }
    return spec;
  }

 private:
  StreamSpec stream(StreamKind kind) {
    StreamSpec out{kind,      whole(1, 30), whole(1, 100),       whole(1, 2000), pick<Labels>(),
                   1,         whole(1, 10), pick<Incremental>(), real(0, 1),     pick<Patch>(),
                   real(0, 1)};
    if (out.labels != Labels::Category && whole(0, 1) == 1)
      out.samples_per_item = whole(1, out.samples_per_task);
    if (kind != StreamKind::ClassSplits) return out;
    out.tasks = whole(1, 10 / out.classes_per_task);  // the ten digits
    out.test_samples = whole(1, 100);
    return out;
  }
  std::int64_t whole(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(generator_);
  }
  double real(double low, double high) {
    switch (whole(0, 4)) {
      case 0:
        return low;
      case 1:
        return high;
      case 2:
        return low < 0 ? -0.0 : std::numeric_limits<double>::denorm_min();
      default:
        return std::uniform_real_distribution<double>(low, high)(generator_);
    }
  }
  double positive(double high) { return std::max(real(0, high), 1e-300); }
  template <class E>
  E pick() {
    const auto all = spellings<E>();
    return all[static_cast<std::size_t>(whole(0, static_cast<std::int64_t>(all.size()) - 1))].value;
  }
  std::string text(std::int64_t least) {
    static const std::vector<std::string> kPieces{"a", "Z", "0", " ", "\"", "\\", "/", "//",
                                                  "ü", "→", "𝛼", ".", "[",  "}",  "#", "\x7f"};
    std::string out;
    for (std::int64_t i = whole(least, 12); i > 0; --i)
      out += kPieces[static_cast<std::size_t>(
          whole(0, static_cast<std::int64_t>(kPieces.size()) - 1))];
    return out;
  }
  NetworkSpec network(Labels labels, std::int64_t inputs, std::int64_t classes) {
    const auto categories = classes + whole(0, 10);
    NetworkSpec out = labels == Labels::Category
                          ? layeredNetwork(inputs, whole(0, 6), whole(1, 20), categories)
                          : splitNetwork(inputs, whole(0, 3), whole(1, 9), categories, 3000);
    if (labels == Labels::Item) {
      std::erase_if(out.layers, [](auto& l) { return l.role == LayerRole::Category; });
      std::erase_if(out.paths, [](auto& p) { return p.to == "category"; });
    }
    for (auto& layer : out.layers) {
      layer.inhibition = pick<Inhibition>();
      layer.pathway = pick<Pathway>();
      layer.k_max = positive(1);
      layer.k_target = layer.k_max * positive(1);
      if (layer.k_target <= 0) layer.k_target = layer.k_max;
      layer.k_steps = whole(0, 1'000'000'000);
    }
    for (auto& path : out.paths) {
      if (whole(0, 1) == 1) path.alpha0 = real(0, 10);
      path.frozen = whole(0, 1) == 1;
      path.pathway = pick<Pathway>();
    }
    return out;
  }

  std::mt19937 generator_;
};

TEST(ExperimentJson, WhatIsWrittenReadsBackBitForBit) {
  RandomSpec random(/*seed=*/7);
  for (int i = 0; i < 300; ++i) {
    const ExperimentSpec spec = random.draw();
    const std::string text = writeExperiment(spec);
    const auto again = parseExperiment(text, "written");
    ASSERT_TRUE(again.ok()) << again.error().text() << "\n" << text;
    EXPECT_EQ(*again, spec) << text;
    EXPECT_EQ(std::signbit(again->rule.m0), std::signbit(spec.rule.m0));
    EXPECT_EQ(writeExperiment(*again), text);
    EXPECT_TRUE(changedKeys(spec, *again).empty());
  }
}

TEST(ExperimentJson, WritesTheShortestNumberThatReadsBack) {
  ExperimentSpec spec;
  spec.rule.alpha0 = 0.1;
  spec.rule.m0 = 1e-7;
  spec.rule.clip_norm = 2;
  const std::string text = writeExperiment(spec);
  EXPECT_NE(text.find("\"alpha0\": 0.1,"), std::string::npos) << text;
  EXPECT_NE(text.find("\"m0\": 1e-07,"), std::string::npos) << text;
  EXPECT_NE(text.find("\"clip_norm\": 2.0,"), std::string::npos) << text;
}

TEST(ExperimentJson, WritesEveryKeyAndALayerALine) {
  ExperimentSpec spec;
  spec.network = layeredNetwork(784, 1, 20, 10);
  const std::string text = writeExperiment(spec);
  EXPECT_EQ(text.substr(0, 26), "{\n  \"name\": \"Untitled\",\n  ");
  EXPECT_TRUE(text.ends_with("\n  \"evaluate\": \"matrix\",\n  \"device\": \"auto\"\n}\n")) << text;
  EXPECT_NE(text.find("\n      {\"name\": \"h1\", \"role\": \"hidden\", \"units\": 20, "
                      "\"inhibition\": \"learned_m\", \"pathway\": \"none\"},\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\n      {\"from\": \"input\", \"to\": \"h1\", \"alpha0\": null, \"frozen\": "
                      "false, \"pathway\": \"none\"},\n"),
            std::string::npos)
      << text;
}

// The least that is an experiment.
const char* const kLeast = R"({"network": {
  "layers": [{"name": "in", "role": "input", "units": 784}, {"name": "h"},
             {"name": "out", "role": "category", "units": 10}],
  "paths": [{"from": "in", "to": "h"}, {"from": "h", "to": "out"}]}})";

TEST(ExperimentJson, AKeyLeftOutTakesItsDefault) {
  const auto spec = parseExperiment(kLeast, "least");
  ASSERT_TRUE(spec.ok()) << spec.error().text();
  ExperimentSpec expected;
  expected.network.layers = {
      {"in", LayerRole::Input, 784}, {"h"}, {"out", LayerRole::Category, 10}};
  expected.network.paths = {{"in", "h"}, {"h", "out"}};
  EXPECT_EQ(*spec, expected);
}

TEST(ExperimentJson, ReadsOverCommentsAndAByteOrderMark) {
  const std::string text = "\xEF\xBB\xBF// a\r\n/* b \n * c */" + std::string(kLeast) + "// d";
  const auto spec = parseExperiment(text, "x");
  ASSERT_TRUE(spec.ok()) << spec.error().text();
  EXPECT_EQ(*spec, *parseExperiment(kLeast, "least"));
}

TEST(ExperimentJson, TakesWholeNumbersWhereAnyNumberMayStand) {
  std::string text = kLeast;
  text.insert(1, "\"rule\": {\"alpha0\": 1, \"clip_norm\": 1e2, \"m0\": -0.0},");
  const auto spec = parseExperiment(text, "x");
  ASSERT_TRUE(spec.ok()) << spec.error().text();
  EXPECT_EQ(spec->rule.alpha0, 1.0);
  EXPECT_EQ(spec->rule.clip_norm, 100.0);
  EXPECT_TRUE(std::signbit(spec->rule.m0));
}

TEST(Spelling, IsUniqueAndComplete) {
  EXPECT_EQ(spell(Condition::SLr), "s+lr");
  EXPECT_EQ(spell(Condition::Baseline), "baseline");
  EXPECT_EQ(spell(Update::Asynchronous), "asynchronous");
  EXPECT_EQ(spell(DatasetKind::Mnist10k), "mnist-10k");
  EXPECT_EQ(spell(static_cast<Condition>(9)), "?");
}

}  // namespace
}  // namespace dentate::spec
