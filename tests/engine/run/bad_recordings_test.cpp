// Recordings with something missing or wrong: a clear error that names the key, and no crash.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/run/recording.h"

namespace dentate::run {
namespace {

using nlohmann::json;

std::string textOf(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Wrong {
  const char* name;
  std::function<void(json&)> make;
  const char* names;  // what the error must name
};

class BadRecording : public ::testing::TestWithParam<Wrong> {};

TEST_P(BadRecording, IsRefusedByName) {
  auto root = json::parse(textOf("tests/recordings/twopath_dual_first.json"));
  GetParam().make(root);
  const auto parsed = parseRecording(root.dump(), "r.json");
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.error().kind, spec::Error::Kind::Recording);
  EXPECT_NE(parsed.error().text().find(GetParam().names), std::string::npos)
      << parsed.error().text();
}

// In the config and the matrices.
const Wrong kWrongNetworks[] = {
    {"NoConfig", [](json& r) { r.erase("config"); }, "config"},
    {"ConfigIsAList", [](json& r) { r["config"] = json::array(); }, "config.inputs"},
    {"NoInputs", [](json& r) { r["config"].erase("inputs"); }, "config.inputs"},
    {"InputsIsText", [](json& r) { r["config"]["inputs"] = "24"; }, "config.inputs"},
    {"InputsIsHuge", [](json& r) { r["config"]["inputs"] = 1e18; }, "config.inputs"},
    {"NoUnits", [](json& r) { r["config"]["hidden_units"] = 0; }, "config.hidden_units"},
    {"LayersNegative", [](json& r) { r["config"]["hidden_layers"] = -1; }, "hidden_layers"},
    {"MoreLayersThanMatrices", [](json& r) { r["config"]["hidden_layers"] = 9; }, "weights"},
    {"UnknownCondition", [](json& r) { r["config"]["condition"] = "both"; }, "condition"},
    {"OrderIsANumber", [](json& r) { r["config"]["second_order"] = 1; }, "second_order"},
    {"Bias", [](json& r) { r["config"]["bias"] = true; }, "config.bias"},
    {"ClipIsZero", [](json& r) { r["config"]["clip_norm"] = 0; }, "clip_norm"},
    {"ShareTooLarge", [](json& r) { r["config"]["k_fraction"] = 1.5; }, "k_fraction"},
    {"SyncWithoutRate", [](json& r) { r["config"]["sync_update"] = true; }, "weight_lr"},
    {"NoInhibitionInit", [](json& r) { r["config"]["inhibition_init"] = nullptr; },
     "inhibition_init"},
    {"NoWeights", [](json& r) { r.erase("weights"); }, "weights"},
    {"WeightsEmpty", [](json& r) { r["weights"] = json::array(); }, "weights"},
    {"MatrixMissing", [](json& r) { r["weights"].erase(7); }, "weights"},
    {"MatrixTurned",
     [](json& r) {
       r["weights"][0]["shape"] = {24, 100};
     },
     "weights[0].shape"},
    {"ShapeOfOne", [](json& r) { r["weights"][2]["shape"] = {500}; }, "weights[2].shape"},
    {"ValuesTooFew", [](json& r) { r["weights"][1]["values"].erase(0); }, "weights[1].values"},
    {"ValueIsText", [](json& r) { r["weights"][1]["values"][3] = "x"; }, "weights[1].values[3]"},
    {"ValueIsNull", [](json& r) { r["weights"][1]["values"][3] = nullptr; },
     "weights[1].values[3]"},
};

// In the meta-steps and what came of them.
const Wrong kWrongSteps[] = {
    {"NoSteps", [](json& r) { r["steps"] = json::array(); }, "steps"},
    {"StepIsANumber", [](json& r) { r["steps"][1] = 4; }, "steps[1]"},
    {"NoBatch", [](json& r) { r["steps"][0].erase("batch"); }, "steps[0].batch"},
    {"BatchEmpty", [](json& r) { r["steps"][0]["batch"]["category"] = json::array(); },
     "steps[0].batch.category"},
    {"PixelMissing", [](json& r) { r["steps"][2]["batch"]["x"].erase(0); }, "steps[2].batch.x"},
    {"LabelTooLarge", [](json& r) { r["steps"][0]["batch"]["category"][0] = 10; }, "category"},
    {"LabelNegative", [](json& r) { r["steps"][0]["replay"]["item"][0] = -1; }, "item"},
    {"ItemsMissing", [](json& r) { r["steps"][0]["batch"]["item"] = nullptr; }, "batch.item"},
    {"NoLoss", [](json& r) { r["steps"][3].erase("meta_loss"); }, "steps[3].meta_loss"},
    {"AlphaTooShort", [](json& r) { r["steps"][3]["alpha"].erase(0); }, "steps[3].alpha"},
    {"InhibitionTooLong", [](json& r) { r["steps"][0]["inhibition"].push_back(1); },
     "steps[0].inhibition"},
    {"AlphaGradIsNull", [](json& r) { r["steps"][0]["alpha_grad"] = nullptr; }, "alpha_grad"},
    {"AGradientIsNull", [](json& r) { r["steps"][0]["inhibition_grad"][1] = nullptr; },
     "steps[0].inhibition_grad[1]"},
    {"ShapeIsNotWhole",
     [](json& r) {
       r["weights"][0]["shape"] = {100.9, 24.2};
     },
     "weights[0].shape"},
    {"PixelIsTooLarge", [](json& r) { r["steps"][0]["batch"]["x"][0] = 1e300; }, "batch.x[0]"},
    {"HeadEmpty", [](json& r) { r["final_weights_head"][2] = json::array(); },
     "final_weights_head[2]"},
    {"NoFinalWeights", [](json& r) { r.erase("final_weights_head"); }, "final_weights_head"},
    {"FinalWeightsTooFew", [](json& r) { r["final_weights_head"].erase(0); }, "final_weights_head"},
    {"HeadLongerThanMatrix",
     [](json& r) { r["final_weights_head"][0] = json(std::vector<double>(2401, 0.0)); },
     "final_weights_head[0]"},
    {"NoProbe", [](json& r) { r.erase("probe"); }, "probe"},
    {"ProbeCutOff", [](json& r) { r["probe_x"].erase(0); }, "probe_x"},
    {"ProbeEmpty", [](json& r) { r["probe_x"] = json::array(); }, "probe_x"},
    {"NoLesionedProbe", [](json& r) { r["probe"].erase("item_lesion_small"); },
     "probe.item_lesion_small"},
};

std::string nameOf(const ::testing::TestParamInfo<Wrong>& test) { return test.param.name; }
INSTANTIATE_TEST_SUITE_P(Networks, BadRecording, ::testing::ValuesIn(kWrongNetworks), nameOf);
INSTANTIATE_TEST_SUITE_P(Steps, BadRecording, ::testing::ValuesIn(kWrongSteps), nameOf);

TEST(Recordings, AreRefusedWhereverTheyAreCutOff) {
  const auto text = textOf("tests/recordings/single2_baseline.json");
  for (std::size_t length = 0; length < text.size(); length += text.size() / 97)
    EXPECT_FALSE(parseRecording(text.substr(0, length), "r.json").ok()) << length;
}

TEST(Recordings, NameTheFileThatIsNotThere) {
  const auto missing = loadRecording("tests/recordings/no_such.json");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind, spec::Error::Kind::Io);
  EXPECT_NE(missing.error().text().find("no_such.json"), std::string::npos);
}

TEST(Recordings, MayReplayNothing) {
  const json nothings[] = {nullptr,
                           {{"x", nullptr}, {"category", nullptr}, {"item", nullptr}},
                           {{"x", json::array()}, {"category", json::array()}, {"item", nullptr}}};
  for (const char* file : {"single2_baseline.json", "twopath_dual_first.json"}) {
    auto root = json::parse(textOf(std::string("tests/recordings/") + file));
    for (const auto& nothing : nothings) {
      root["steps"][0]["replay"] = nothing;
      const auto parsed = parseRecording(root.dump(), "r.json");
      ASSERT_TRUE(parsed.ok()) << parsed.error().text();
      EXPECT_EQ(parsed->steps[0].replay.count, 0);
    }
  }
}

// In baseline there is neither a gradient of alpha nor an m: null, a list of nulls, or no key.
TEST(Recordings, NeedNothingThatTheConditionDoesNotLearn) {
  auto root = json::parse(textOf("tests/recordings/single2_baseline.json"));
  root["config"]["condition"] = "baseline";
  root["config"]["alpha_lr"] = nullptr;
  root["steps"][0]["alpha_grad"] = nullptr;
  root["steps"][0]["inhibition"] = nullptr;
  root["steps"][1]["inhibition_grad"] = {nullptr, nullptr};
  root["steps"][2].erase("inhibition");
  const auto parsed = parseRecording(root.dump(), "r.json");
  EXPECT_TRUE(parsed.ok()) << parsed.error().text();
}

}  // namespace
}  // namespace dentate::run
