// Experiment files that cannot be, each with the place and the words of its refusal.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/spec/experiment_json.h"
#include "engine/spec/templates.h"

namespace dentate::spec {
namespace {

struct Bad {
  const char* text;
  int line;          // 0: not told
  const char* path;  // "": not told
  const char* what;  // part of the message
};

Error refusal(const std::string& text) {
  const auto result = parseExperiment(text, "x.json");
  EXPECT_FALSE(result.ok()) << text.substr(0, 200);
  return result.ok() ? Error{} : result.error();
}

void expectRefused(const std::string& text, int line, const std::string& path,
                   const std::string& what) {
  const Error error = refusal(text);
  std::string where = "x.json";
  if (line > 0) where += ":" + std::to_string(line);
  if (!path.empty()) where += ": " + path;
  EXPECT_EQ(error.where, where) << text.substr(0, 200);
  EXPECT_NE(error.what.find(what), std::string::npos) << error.text();
  EXPECT_EQ(error.kind, Error::Kind::Config) << error.text();
}

const Bad kBadValues[] = {
    // Not JSON
    {"", 1, "", "unexpected end of input"},
    {"{", 1, "", "unexpected end of input"},
    {"{\n\"name\": \"a\",\n}", 3, "", "expected string literal"},
    {"{\n  \"name\": \"a\"\n  \"rule\": {}\n}", 3, "", "unexpected string literal"},
    {"{\"name\": 'a'}", 1, "name", "invalid literal"},
    {"{\"rule\": {\n\"alpha0\": .5}}", 2, "rule.alpha0", "invalid literal"},
    {"{\"rule\": {\"alpha0\": 01}}", 1, "rule", "unexpected number literal"},
    {"{\"rule\": {\"alpha0\": NaN}}", 1, "rule.alpha0", "invalid literal"},
    {"{\"name\": \"a\nb\"}", 1, "name", "control character"},
    {"{\"name\": \"open", 1, "name", "missing closing quote"},
    {"{\"name\": \"\\q\"}", 1, "name", "forbidden character after backslash"},
    {"{} {}", 1, "", "expected end of input"},
    {"{}\n/* open", 2, "", "missing closing '*/'"},
    {"{\"rule\": {\"alpha0\": 1e999}}", 1, "rule.alpha0", "expected a finite number"},
    {"{\"rule\":\n{\"m0\": -1e999}}", 2, "rule.m0", "expected a finite number"},
    // Not an experiment
    {"[]", 1, "", "expected an object, got a list"},
    {"null", 1, "", "expected an object, got null"},
    {"\n\n5", 3, "", "expected an object, got 5"},
    {"{\"rule\": []}", 1, "rule", "expected an object, got a list"},
    {"{\"network\": {\"layers\": {}}}", 1, "network.layers", "expected a list, got an object"},
    {"{\"network\": {\"paths\": [\n[]]}}", 2, "network.paths[0]", "expected an object, got a list"},
    // Unknown keys
    {"{\n\"rule\": {\n\"alpa0\": 1}}", 3, "rule.alpa0", "unknown key; did you mean \"alpha0\"?"},
    {"{\"nmae\": \"a\"}", 1, "nmae", "unknown key; did you mean \"name\"?"},
    {"{\"Rule\": {}}", 1, "Rule", "unknown key; did you mean \"rule\"?"},
    {"{\"tasks\": 5}", 1, "tasks", "unknown key here; did you mean \"stream.tasks\"?"},
    {"{\"stream\": {\"memory\": 5}}", 1, "stream.memory", "did you mean \"rule.memory\"?"},
    {"{\"data\": {\"zzz\": 5}}", 1, "data.zzz", "known here are \"dataset\" and \"path\""},
    {"{\"network\": {\"layers\": [{}, {\"unit\": 5}]}}", 1, "network.layers[1].unit",
     "did you mean \"units\"?"},
    {"{\"\": 5}", 1, "", "unknown key"},
    {"{\"rule.alpha0\": 5}", 1, "rule.alpha0", "unknown key"},
    // Keys given twice
    {"{\"name\": \"a\",\n\"name\": \"b\"}", 2, "name", "key given twice"},
    {"{\"rule\": {\"m0\": 1, \"m0\": 1}}", 1, "rule.m0", "key given twice"},
    {"{\"network\": {\"paths\": [{},\n{\"to\": \"a\", \"to\": \"a\"}]}}", 2, "network.paths[1].to",
     "key given twice"},
    // Wrong types
    {"{\"name\": 5}", 1, "name", "expected one line of text, 1 to 200 bytes long, got 5"},
    {"{\"rule\": {\"alpha0\": \"abc\"}}", 1, "rule.alpha0",
     "expected a number from 0 to 10, got \"abc\""},
    {"{\"rule\": {\"alpha0\": null}}", 1, "rule.alpha0",
     "expected a number from 0 to 10, got null"},
    {"{\"rule\": {\"as_published\": 1}}", 1, "rule.as_published", "expected true or false, got 1"},
    {"{\"rule\": {\"batch\": 5.0}}", 1, "rule.batch",
     "expected a whole number from 1 to 1,000, got 5.0"},
    {"{\"rule\": {\"batch\": true}}", 1, "rule.batch", "got true"},
    {"{\"stream\": {\n\"tasks\":\n20.5\n}}", 3, "stream.tasks", "got 20.5"},
    {"{\"stream\": {\"labels\": [\"dual\"]}}", 1, "stream.labels", "got a list"},
    {"{\"replicas\": {\"seeds\": {}}}", 1, "replicas.seeds", "got an object"},
    // Words that are none
    {"{\"rule\": {\"condition\": \"slr\"}}", 1, "rule.condition",
     "expected \"baseline\", \"s\", \"lr\" or \"s+lr\", got \"slr\""},
    {"{\"rule\": {\"update\": \"sync\"}}", 1, "rule.update", "\"asynchronous\" or \"synchronous\""},
    {"{\"stream\": {\"kind\": \"turns\"}}", 1, "stream.kind", "expected \"rotations\""},
    {"{\"data\": {\"dataset\": \"MNIST\"}}", 1, "data.dataset",
     "\"omniglot\" or \"images\", got \"MNIST\""},
    {"{\"device\": \"mps\"}", 1, "device", "expected \"auto\", \"cpu\" or \"cuda\", got \"mps\""},
    {"{\"evaluate\": \"all\"}", 1, "evaluate", "\"matrix\", \"diagonal\" or \"final\""},
    {"{\"network\": {\"layers\": [{\"role\": \"output\"}]}}", 1, "network.layers[0].role",
     "\"input\", \"hidden\", \"category\", \"item\" or \"bias\""},
    // Out of range
    {"{\"rule\": {\"alpha0\": -0.1}}", 1, "rule.alpha0", "got -0.1"},
    {"{\"rule\": {\"alpha0\": 10.5}}", 1, "rule.alpha0", "from 0 to 10, got 10.5"},
    {"{\"rule\": {\"order\": 3}}", 1, "rule.order", "from 1 to 2, got 3"},
    {"{\"rule\": {\"order\": 0}}", 1, "rule.order", "got 0"},
    {"{\"rule\": {\"clip_norm\": 0}}", 1, "rule.clip_norm", "above 0, at most 1e+06, got 0"},
    {"{\"rule\": {\"k_fraction\": 0.0}}", 1, "rule.k_fraction", "above 0, at most 1, got 0.0"},
    {"{\"rule\": {\"k_fraction\": 1.01}}", 1, "rule.k_fraction", "got 1.01"},
    {"{\"rule\": {\"batch\": 0}}", 1, "rule.batch", "got 0"},
    {"{\"rule\": {\"replay\": 1001}}", 1, "rule.replay", "from 0 to 1,000, got 1001"},
    {"{\"rule\": {\"memory\": 0}}", 1, "rule.memory", "from 1 to 1,000,000, got 0"},
    {"{\"rule\": {\"name\": \"\"}}", 1, "rule.name", "1 to 64 bytes long, got \"\""},
    {"{\"stream\": {\"tasks\": 99999999999999999999}}", 1, "stream.tasks",
     "got 99999999999999999999"},
    {"{\"stream\": {\"tasks\": 18446744073709551615}}", 1, "stream.tasks",
     "got 18446744073709551615"},
    {"{\"stream\": {\"samples_per_task\": -1}}", 1, "stream.samples_per_task", "got -1"},
    {"{\"stream\": {\"test_samples\": 1000001}}", 1, "stream.test_samples", "got 1000001"},
    {"{\"replicas\": {\"seeds\": 10001}}", 1, "replicas.seeds", "got 10001"},
    {"{\"replicas\": {\"conditions\": \"s,lr\"}}", 1, "replicas.conditions", "expected a list"},
    {"{\"replicas\": {\"conditions\": [\"s\",\n\"both\"]}}", 2, "replicas.conditions[1]",
     "expected \"baseline\", \"s\", \"lr\" or \"s+lr\", got \"both\""},
    {"{\"replicas\": {\"conditions\": [\"s\",\n\"lr\",\n\"s\"]}}", 3, "replicas.conditions[2]",
     "expected each value once, got \"s\" again"},
    {"{\"replicas\": {\"alpha0\": [0.1, 10, -1]}}", 1, "replicas.alpha0[2]",
     "expected a number from 0 to 10, got -1"},
    {"{\"replicas\": {\"alpha0\": [1, 1.0]}}", 1, "replicas.alpha0[1]", "got 1.0 again"},
    {"{\"replicas\": {\"condition\": \"s\"}}", 1, "replicas.condition", "did you mean"},
    {"{\"replicas\": {\"first_seed\": 9007199254740993}}", 1, "replicas.first_seed",
     "from 0 to 9,007,199,254,740,992"},
    {"{\"network\": {\"layers\": [{\"units\": 0}]}}", 1, "network.layers[0].units",
     "from 1 to 100,000, got 0"},
    {"{\"network\": {\"paths\": [{}, {\"alpha0\": 11}]}}", 1, "network.paths[1].alpha0",
     "from 0 to 10, or null, got 11"},
    {"{\"name\": \"a\\u0000b\"}", 1, "name", "expected one line of text"},
    {"{\"name\": \"a\\nb\"}", 1, "name", "expected one line of text"},
    // Lines behind comments and breaks of every kind
    {"// one\n/* two\nthree */ {\r\n\"rule\": {\"m1\": 1}}", 4, "rule.m1", "unknown key"},
    {"{\"rule\": {\"batch\": 5\n, \"m1\": 1\n}}", 2, "rule.m1", "unknown key"},
    {"{\"rule\": {\"batch\": 5000\n\n}}", 1, "rule.batch", "got 5000"},
};

TEST(BadExperiment, NamesPlaceAndExpectationOfAValue) {
  for (const auto& row : kBadValues) expectRefused(row.text, row.line, row.path, row.what);
}

// A whole file, one layer a line from line 2 on, then one path a line.
std::string network(const std::vector<std::string>& layers, const std::vector<std::string>& paths) {
  std::string text = "{\"network\": {\"layers\": [";
  for (std::size_t i = 0; i < layers.size(); ++i)
    text += (i > 0 ? ",\n{" : "\n{") + layers[i] + "}";
  text += "],\n\"paths\": [";
  for (std::size_t i = 0; i < paths.size(); ++i) text += (i > 0 ? ",\n{" : "\n{") + paths[i] + "}";
  return text + "]}}";
}

const char* const kInput = R"("name": "input", "role": "input", "units": 784)";
const char* const kHidden = R"("name": "h1")";
const char* const kCategory = R"("name": "category", "role": "category", "units": 10)";
const char* const kUp = R"("from": "input", "to": "h1")";
const char* const kOut = R"("from": "h1", "to": "category")";

TEST(BadExperiment, NamesPlaceAndReasonOfAWrongNetwork) {
  struct Row {
    std::vector<std::string> layers, paths;
    int line;
    const char* path;
    const char* what;
  };
  const std::vector<Row> rows{
      {{kHidden, kCategory}, {kOut}, 1, "network.layers", "expected a layer of role \"input\""},
      {{kInput, kHidden}, {kUp}, 1, "network.layers", "expected an output"},
      {{kInput, R"("units": 5)", kCategory}, {kUp, kOut}, 3, "network.layers[1].name", "got \"\""},
      {{kInput, R"("name": "input")", kCategory},
       {},
       3,
       "network.layers[1].name",
       "expected a name of its own, but network.layers[0] is \"input\" too"},
      {{kInput, kHidden, R"("name": "x", "role": "input")", kCategory},
       {},
       4,
       "network.layers[2].role",
       "\"input\" is one already"},
      {{kInput, kHidden, kCategory},
       {kUp, R"("from": "h2", "to": "category")"},
       7,
       "network.paths[1].from",
       "got \"h2\"; did you mean \"h1\"?"},
      {{kInput, kHidden, kCategory},
       {kUp, kOut, kUp},
       8,
       "network.paths[2]",
       "but network.paths[0] is one already"},
      {{kInput, kHidden, kCategory},
       {kUp, kOut, R"("from": "h1", "to": "h1")"},
       8,
       "network.paths[2]",
       "expected no cycle, but h1 → h1 is one; cut one of its paths"},
      {{kInput, kHidden, kCategory},
       {kUp, R"("from": "input", "to": "category")"},
       3,
       "network.layers[1]",
       "expected a way from \"h1\" to an output, found none"},
      {{R"("name": "input", "role": "input", "units": 100)", kHidden, kCategory},
       {kUp, kOut},
       2,
       "network.layers[0].units",
       "expected 784 input units"},
  };
  for (const auto& row : rows)
    expectRefused(network(row.layers, row.paths), row.line, row.path, row.what);
  EXPECT_TRUE(parseExperiment(network({kInput, kHidden, kCategory}, {kUp, kOut}), "x.json").ok());
}

TEST(BadExperiment, IsRefusedForBytesThatAreNoText) {
  expectRefused(std::string("{\n\"name\": \"a\0b\"}", 16), 2, "", "NUL");
  expectRefused(std::string("{}\0 trailing", 12), 1, "", "NUL");
  for (const char* bad : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82"})
    expectRefused("{\n\n\"name\": \"" + std::string(bad) + "\"}", 3, "", "expected UTF-8");
  expectRefused("// caf\xE9\n{}", 1, "", "expected UTF-8");
}

TEST(BadExperiment, IsRefusedWhenTooDeepTooLongOrTooLarge) {
  expectRefused(std::string(65, '['), 1, "", "expected at most 64 levels");
  std::string deep(1 << 20, '[');
  EXPECT_NE(refusal(deep).what.find("64 levels"), std::string::npos);
  EXPECT_NE(refusal("{\"a\":" + deep).what.find("64 levels"), std::string::npos);

  std::string many = "[1";
  for (int i = 0; i < 300'000; ++i) many += ",1";
  EXPECT_NE(refusal(many + "]").what.find("at most 200,000 values"), std::string::npos);

  std::string keys = "{\"k\": 1";
  for (int i = 0; i < 150'000; ++i) keys += ", \"k" + std::to_string(i) + "\": 1";
  EXPECT_NE(refusal(keys + "}").what.find("unknown key"), std::string::npos);

  const std::string long_key(std::size_t{1} << 20U, 'x');
  EXPECT_LT(refusal("{\"" + long_key + "\": 1}").text().size(), 400U);
  EXPECT_LT(refusal("{\"name\": \"" + long_key + "\"}").text().size(), 400U);
  EXPECT_LT(refusal("{\"rule\": {\"batch\": " + std::string(1000, '1') + "}}").text().size(), 400U);
  expectRefused(std::string((std::size_t{16} << 20U) + 1, ' '), 0, "", "at most 16 MB");

  std::string layers = "{\"network\": {\"layers\": [{}";
  for (int i = 0; i < 1000; ++i) layers += ",{}";
  expectRefused(layers + "]}}", 1, "network.layers", "expected at most 1,000 entries, got 1001");
}

TEST(BadExperiment, SurvivesEveryCutAndEveryChangedByteOfAGoodFile) {
  ExperimentSpec spec;
  spec.network = layeredNetwork(784, 1, 20, 10);
  const std::string good = writeExperiment(spec);
  for (std::size_t size = 0; size + 2 < good.size(); ++size)
    EXPECT_FALSE(parseExperiment(good.substr(0, size), "x.json").ok()) << size;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char c : {'\0', '"', '{', '9'}) {
      std::string changed = good;
      changed[at] = c;
      const auto result = parseExperiment(changed, "x.json");  // refused, or another experiment
      if (!result) {
        EXPECT_EQ(result.error().where.substr(0, 7), "x.json:") << result.error().text();
      }
    }
  }
}

TEST(BadExperiment, FileThatCannotBeReadIsAnIoError) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "dentate_bad_experiments";
  std::filesystem::create_directories(folder);
  const auto missing = loadExperiment(folder / "none.json");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error(),
            (Error{Error::Kind::Io, (folder / "none.json").string(), "no such file"}));
  const auto is_folder = loadExperiment(folder);
  ASSERT_FALSE(is_folder.ok());
  EXPECT_EQ(is_folder.error(),
            (Error{Error::Kind::Io, folder.string(), "expected a file, found a folder"}));

  const auto file = folder / "typo.json";
  std::ofstream(file) << "{\n\"rule\": {\"alpa0\": 1}}";
  const auto typo = loadExperiment(file);
  ASSERT_FALSE(typo.ok());
  EXPECT_EQ(typo.error().text(),
            file.string() + ":2: rule.alpa0: unknown key; did you mean \"alpha0\"?");
  const auto endless = loadExperiment("/dev/zero");
  ASSERT_FALSE(endless.ok());
  EXPECT_NE(endless.error().what.find("16 MB"), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace dentate::spec
