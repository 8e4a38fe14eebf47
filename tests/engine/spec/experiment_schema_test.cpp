#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "engine/spec/experiment_json.h"
#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

using Json = nlohmann::json;

// Every key of `value` has its entry in `schema`, and every entry its key.
void expectSameKeys(const Json& value, const Json& schema, const std::string& path) {
  if (value.is_array()) {
    const std::string entry_path = path + "[]";
    for (const auto& entry : value) expectSameKeys(entry, schema.at("items"), entry_path);
    return;
  }
  if (!value.is_object()) return;
  EXPECT_EQ(schema.at("additionalProperties"), false) << path;
  std::set<std::string> written, described;
  for (const auto& entry : value.items()) written.insert(entry.key());
  for (const auto& entry : schema.at("properties").items()) described.insert(entry.key());
  EXPECT_EQ(written, described) << path;
  for (const auto& key : written)
    expectSameKeys(value.at(key), schema.at("properties").at(key),
                   std::string(path).append(".").append(key));
}

Json schema() { return Json::parse(experimentSchema()); }

TEST(ExperimentSchema, ListsExactlyTheKeysThatAreWritten) {
  ExperimentSpec spec;
  spec.network = layeredNetwork(784, 1, 20, 10);
  for (auto& layer : spec.network.layers) {  // what is written where it is set alone
    layer.kind = LayerKind::Convolutional;
    layer.channels = 2;
    layer.height = 4;
    layer.kernel = 5;
    layer.stride = 2;
    layer.padding = 1;
    layer.k_max = 0.8;
    layer.k_target = 0.2;
    layer.k_steps = 7;
  }
  spec.rule.reservoir_index = spec.rule.old_memory = Quirk::Corrected;
  spec.rule.alpha = AlphaForm::Softplus;
  spec.stream.samples_per_item = 5;
  spec.replicas.corrections = {Corrections::All};
  expectSameKeys(Json::parse(writeExperiment(spec)), schema(), "");
}

TEST(ExperimentSchema, GivesTypeRangeDefaultAndWords) {
  const Json rule = schema()["properties"]["rule"]["properties"];
  EXPECT_EQ(rule["alpha0"]["type"], "number");
  EXPECT_EQ(rule["alpha0"]["minimum"], 0.0);
  EXPECT_EQ(rule["alpha0"]["maximum"], 10.0);
  EXPECT_EQ(rule["alpha0"]["default"], 0.01);
  EXPECT_EQ(rule["clip_norm"]["exclusiveMinimum"], 0.0);
  EXPECT_EQ(rule["batch"]["type"], "integer");
  EXPECT_EQ(rule["condition"]["enum"], Json({"baseline", "s", "lr", "s+lr"}));
  EXPECT_EQ(rule["condition"]["default"], "s+lr");
  EXPECT_FALSE(rule["condition"]["description"].get<std::string>().empty());
}

TEST(ExperimentSchema, SaysWhatAutoMeansForTheDevice) {
  const Json device = schema()["properties"]["device"];
  EXPECT_EQ(device["enum"], Json({"auto", "cpu", "cuda"}));
  EXPECT_EQ(device["default"], "auto");
  EXPECT_NE(device["description"].get<std::string>().find("auto is the CPU"), std::string::npos);
}

TEST(ExperimentSchema, DescribesListsOfPlainValues) {
  const Json conditions = schema()["properties"]["replicas"]["properties"]["conditions"];
  EXPECT_EQ(conditions["type"], "array");
  EXPECT_EQ(conditions["uniqueItems"], true);
  EXPECT_EQ(conditions["maxItems"], 4);
  EXPECT_EQ(conditions["items"]["enum"], Json({"baseline", "s", "lr", "s+lr"}));
  EXPECT_EQ(conditions["default"], Json::array());
}

TEST(ExperimentSchema, RequiresWhatHasNoDefault) {
  const Json network = schema()["properties"]["network"]["properties"];
  EXPECT_EQ(network["layers"]["items"]["required"], Json({"name"}));
  EXPECT_EQ(network["paths"]["items"]["required"], Json({"from", "to"}));
  EXPECT_EQ(network["paths"]["items"]["properties"]["alpha0"]["type"], Json({"number", "null"}));
}

}  // namespace
}  // namespace dentate::spec
