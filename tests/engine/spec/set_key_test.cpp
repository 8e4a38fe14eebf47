// --set key=value, and which keys of two experiments differ.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/spec/experiment_json.h"
#include "engine/spec/limits.h"
#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

ExperimentSpec base() {
  ExperimentSpec spec;
  spec.network = layeredNetwork(784, 2, 200, 10);
  return spec;
}

ExperimentSpec changed(const std::string& assignment) {
  const auto result = setKey(base(), assignment);
  EXPECT_TRUE(result.ok()) << assignment << ": " << (result ? "" : result.error().text());
  return result ? *result : ExperimentSpec{};
}

std::string refusal(const std::string& assignment) {
  const auto result = setKey(base(), assignment);
  EXPECT_FALSE(result.ok()) << assignment;
  return result ? "" : result.error().text();
}

TEST(SetKey, TakesAPathOrALastPart) {
  EXPECT_EQ(changed("rule.alpha0=0.5").rule.alpha0, 0.5);
  EXPECT_EQ(changed("alpha0=0.5").rule.alpha0, 0.5);
  EXPECT_EQ(changed("seeds=5").replicas.seeds, 5);
  EXPECT_EQ(changed(" tasks = 7 ").stream.tasks, 7);
  EXPECT_EQ(changed("as_published=false").rule.as_published, false);
  EXPECT_EQ(changed("m0=-0.5").rule.m0, -0.5);
}

TEST(SetKey, ChangesNothingElse) {
  ExperimentSpec expected = base();
  expected.rule.memory = 7;
  EXPECT_EQ(changed("memory=7"), expected);
}

TEST(SetKey, TakesTextWithoutQuotes) {
  EXPECT_EQ(changed("condition=s+lr").rule.condition, Condition::SLr);
  EXPECT_EQ(changed("condition=\"lr\"").rule.condition, Condition::Lr);
  EXPECT_EQ(changed("name=A name = \"so\"").name, "A name = \"so\"");
  EXPECT_EQ(changed("name=5").name, "5");
  EXPECT_EQ(changed("description=").description, "");
  EXPECT_EQ(changed("description=\"a\\nb\"").description, "a\nb");
  EXPECT_EQ(changed("rule.name=er").rule.name, "er");
}

TEST(SetKey, ReachesLayersByNumberAndByName) {
  EXPECT_EQ(changed("network.layers[1].units=7").network.layers[1].units, 7);
  EXPECT_EQ(changed("network.layers.h2.units=7").network.layers[2].units, 7);
  EXPECT_EQ(changed("h2.units=7").network.layers[2].units, 7);
  EXPECT_EQ(changed("network.paths[1].alpha0=0.25").network.paths[1].alpha0, 0.25);
  EXPECT_EQ(changed("network.paths.h1:h2.alpha0=0.25").network.paths[1].alpha0, 0.25);
  EXPECT_EQ(changed("h1:h2.frozen=true").network.paths[1].frozen, true);

  ExperimentSpec own = base();
  own.network.paths[1].alpha0 = 0.5;
  EXPECT_EQ(setKey(own, "h1:h2.alpha0=null")->network.paths[1].alpha0, std::nullopt);
}

TEST(SetKey, TakesPlainValuesAsAListOrWithCommas) {
  const std::vector<Condition> both{Condition::S, Condition::Lr};
  for (const char* text : {R"(replicas.conditions=["s", "lr"])", "replicas.conditions=s,lr",
                           "conditions = s , lr", "conditions=\"s\",lr"})
    EXPECT_EQ(changed(text).replicas.conditions, both) << text;
  EXPECT_EQ(changed("conditions=s+lr").replicas.conditions, std::vector{Condition::SLr});
  EXPECT_EQ(changed("replicas.alpha0=0.001,1e-2").replicas.alpha0, (std::vector{0.001, 0.01}));
  EXPECT_EQ(changed("replicas.alpha0=0.001").replicas.alpha0, std::vector{0.001});
  ExperimentSpec spec = base();
  spec.replicas.conditions = both;
  for (const char* nothing : {"conditions=", "conditions=[]"})
    EXPECT_TRUE(setKey(spec, nothing)->replicas.conditions.empty()) << nothing;
  EXPECT_EQ(changed("alpha0=0.5").replicas.alpha0, std::vector<double>{}) << "that of the rule";
}

TEST(SetKey, NamesThePlaceOfAPlainValueThatCannotBe) {
  EXPECT_EQ(refusal("conditions=s,both"),
            "replicas.conditions[1]: expected \"baseline\", \"s\", \"lr\" or \"s+lr\", got "
            "\"both\"");
  EXPECT_EQ(refusal("conditions=s,lr,s"),
            "replicas.conditions[2]: expected each value once, got \"s\" again");
  EXPECT_EQ(refusal("replicas.alpha0=0.1,11"),
            "replicas.alpha0[1]: expected a number from 0 to 10, got 11");
  EXPECT_EQ(refusal("replicas.alpha0=0.1,,0.2"),
            "replicas.alpha0[1]: expected a number from 0 to 10, got \"\"");
  EXPECT_EQ(refusal("replicas.alpha0=[0.1, [0.2]]"),
            "replicas.alpha0[1]: expected a number from 0 to 10, got a list");
}

TEST(SetKey, ReplacesWholeLists) {
  const auto spec =
      setKeys(base(), {R"(network.layers=[{"name": "a", "role": "input", "units": 784},
                                  {"name": "b", "role": "category", "units": 10}])",
                       R"(network.paths=[{"from": "a", "to": "b"}])"});
  ASSERT_TRUE(spec.ok()) << spec.error().text();
  EXPECT_EQ(spec->network.layers.size(), 2U);
}

TEST(SetKey, SpeaksAsAFileDoes) {
  EXPECT_EQ(refusal("alpha0=abc"), "rule.alpha0: expected a number from 0 to 10, got \"abc\"");
  EXPECT_EQ(refusal("rule.batch=5.0"),
            "rule.batch: expected a whole number from 1 to 1,000, got 5.0");
  EXPECT_EQ(refusal("condition=both"),
            "rule.condition: expected \"baseline\", \"s\", \"lr\" or \"s+lr\", got \"both\"");
  EXPECT_EQ(refusal("alpha0=1e999"), "rule.alpha0: expected a number from 0 to 10, got \"1e999\"");
  EXPECT_EQ(refusal("h1.units=0"),
            "network.layers[1].units: expected a whole number from 1 to 100,000, got 0");
  EXPECT_EQ(refusal("network.layers=[{\"nmae\": \"a\"}]"),
            "network.layers[0].nmae: unknown key; did you mean \"name\"?");
  EXPECT_EQ(refusal("h1.name=h2"),
            "network.layers[2].name: expected a name of its own, but network.layers[1] is \"h2\" "
            "too");
  EXPECT_NE(refusal("name=\xFF").find("name: expected one line of text"), std::string::npos);
  EXPECT_NE(refusal("labels=dual").find("expected a layer of role \"item\""), std::string::npos);
}

TEST(SetKey, RefusesWhatIsNoAssignmentOfAKey) {
  EXPECT_EQ(refusal("alpha0"), "expected key=value, got \"alpha0\"");
  EXPECT_EQ(refusal("=5"), "expected key=value, got \"=5\"");
  EXPECT_EQ(refusal(""), "expected key=value, got \"\"");
  EXPECT_EQ(refusal("alpa0=5"), "alpa0: unknown key; did you mean \"alpha0\"?");
  EXPECT_EQ(refusal("rule.alpa0=5"), "rule.alpa0: unknown key; did you mean \"rule.alpha0\"?");
  EXPECT_NE(refusal("xyzzy=5").find("unknown key; expected a path like"), std::string::npos);
  EXPECT_NE(refusal("rule=5").find("rule: names a group of keys"), std::string::npos);
  EXPECT_NE(refusal("network.layers[9].units=5").find("unknown key"), std::string::npos);
  EXPECT_EQ(setKey(base(), "alpa0=5").error().kind, Error::Kind::Usage);
}

TEST(SetKey, ListsThePathsOfAnAmbiguousPart) {
  EXPECT_EQ(refusal("units=5"),
            "units: names several keys; give one of network.layers[0].units, "
            "network.layers[1].units, network.layers[2].units or network.layers[3].units");
  EXPECT_NE(refusal("pathway=large").find("and 1 more"), std::string::npos);
}

TEST(SetKeys, ChecksTheWholeOnceAfterTheLast) {
  ExperimentSpec spec;
  spec.network = splitNetwork(784, 1, 20, 10, 2000);
  spec.stream.samples_per_task = 100;
  spec.stream.labels = Labels::Dual;
  EXPECT_FALSE(setKey(spec, "tasks=30").ok());  // 3,000 images, 2,000 item units
  const auto result = setKeys(spec, {"tasks=30", "item.units=3000"});
  ASSERT_TRUE(result.ok()) << result.error().text();
  EXPECT_EQ(result->stream.tasks, 30);
  EXPECT_EQ(*setKeys(spec, {}), spec);
}

TEST(ChangedKeys, ListsThePathsInTheOrderOfTheFile) {
  const ExperimentSpec before = base();
  EXPECT_TRUE(changedKeys(before, before).empty());
  ExperimentSpec after = before;
  after.evaluate = Evaluate::Diagonal;
  after.rule.alpha0 = 0.5;
  after.name = "Other";
  after.network.layers[1].units = 7;
  after.network.paths[2].alpha0 = 0.01;
  EXPECT_EQ(changedKeys(before, after),
            (std::vector<std::string>{"name", "network.layers[1].units", "network.paths[2].alpha0",
                                      "rule.alpha0", "evaluate"}));
}

TEST(ChangedKeys, NamesAListAsAWholeWhereItsLengthDiffers) {
  ExperimentSpec compared = base();
  compared.replicas.conditions = {Condition::S};
  EXPECT_EQ(changedKeys(base(), compared), std::vector<std::string>{"replicas.conditions"});
  EXPECT_EQ(changedKeys(base(), {}), (std::vector<std::string>{"network.layers", "network.paths"}));
}

TEST(LimitsOf, SaysWhatAKeyTakes) {
  EXPECT_EQ(limitsOf("rule.batch"), "a whole number from 1 to 1,000");
  EXPECT_EQ(limitsOf("rule.k_fraction"), "a number above 0, at most 1");
  EXPECT_NE(limitsOf("evaluate").find("diagonal"), std::string::npos);
  EXPECT_EQ(limitsOf("rule"), "") << "a group";
  EXPECT_EQ(limitsOf("replicas.conditions"), "") << "a list";
  EXPECT_EQ(limitsOf("rule.nothing"), "");
  EXPECT_EQ(limitsOf("nothing.batch"), "");
}

}  // namespace
}  // namespace dentate::spec
