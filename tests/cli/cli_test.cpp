#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/cli/process.h"

namespace dentate::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Arguments = std::vector<std::string>;

const char* const kConfig = "configs/two-layer.json";
// A run of a second or so.
const Arguments kSmall = {"--set", "tasks=2",        "--set", "samples_per_task=10",
                          "--set", "test_samples=20"};

Arguments with(Arguments arguments, const Arguments& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

class Cli : public ::testing::Test {
 protected:
  Cli()
      : folder(fs::temp_directory_path() /
               ("dentate_cli_" +
                std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~Cli() override { fs::remove_all(folder); }

  [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
    return (folder / name).string();
  }
  [[nodiscard]] static std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  fs::path folder;
};

TEST_F(Cli, ExplainsItself) {
  const auto help = dentate({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* word : {"run", "verify", "info", "Exit codes"})
    EXPECT_NE(help.out.find(word), std::string::npos) << word;
  const auto version = dentate({"--version"});
  EXPECT_EQ(version.code, 0);
  EXPECT_EQ(version.out.rfind("dentate 0.", 0), 0U) << version.out;
}

TEST_F(Cli, TellsVersionsAndPresets) {
  const auto info = dentate({"info"});
  EXPECT_EQ(info.code, 0);
  for (const char* word : {"libtorch", "meta-cls", "two-layer.json", "split-two-path.json"})
    EXPECT_NE(info.out.find(word), std::string::npos) << word;
}

TEST_F(Cli, TellsWhatHappenedToARun) {
  const auto out = (folder / "run").string();
  ASSERT_EQ(dentate(with({"run", kConfig, "--out", out}, kSmall)).code, 0);
  const auto info = dentate({"info", out});
  EXPECT_EQ(info.code, 0) << info.err;
  for (const char* words : {"ended, meta-step 4 of 4", "meta-step 0      started     1 network",
                            "meta-step 4      finished", "checkpoint  "})
    EXPECT_NE(info.out.find(words), std::string::npos) << words << " in\n" << info.out;
  const auto none = dentate({"info", folder.string()});
  EXPECT_EQ(none.code, 2);
  EXPECT_NE(none.err.find("run.sqlite"), std::string::npos) << none.err;
}

TEST_F(Cli, AConfigThatIsEditedUnderARunIsToldAndKept) {
  const auto out = folder / "run";
  const auto config = out / "config.json";
  std::string edited;
  std::thread editor([&] {
    for (int i = 0; i < 6000 && !fs::exists(out / "run.sqlite"); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    auto changed = json::parse(read(config), nullptr, true, /*ignore_comments=*/true);
    changed["rule"]["m_lr"] = 0.7;
    edited = changed.dump();
    std::ofstream(config) << edited;
  });
  const auto run = dentate({"run", kConfig, "--out", out.string(), "--set", "tasks=50", "--set",
                            "samples_per_task=8000", "--set", "test_samples=20"},
                           /*interrupt_at=*/"changed since the run began");
  editor.join();
  EXPECT_EQ(run.code, 130);
  EXPECT_NE(run.err.find("and the experiment as run is in config.as-run.json"), std::string::npos)
      << run.err;
  EXPECT_EQ(read(config), edited);
  EXPECT_EQ(json::parse(read(out / "config.as-run.json"))["stream"]["tasks"], 50);
  EXPECT_NE(dentate({"info", out.string()}).out.find("edited"), std::string::npos);
  const auto refused = dentate({"resume", out.string()});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("put it back"), std::string::npos) << refused.err;
  fs::rename(out / "config.as-run.json", config);
  EXPECT_EQ(dentate({"resume", out.string()}, "meta-steps").code, 130);
}

TEST_F(Cli, PrintsTheSchema) {
  const auto schema = dentate({"info", "--schema"});
  EXPECT_EQ(schema.code, 0);
  EXPECT_TRUE(json::parse(schema.out)["properties"].contains("network"));
}

TEST_F(Cli, RunsAnExperimentAndWritesItsFolder) {
  const auto out = folder / "run";
  const auto run = dentate(with({"run", kConfig, "--out", out.string(), "--seeds", "2", "--json",
                                 "--set", "condition=lr", "--set", "alpha0=0.02"},
                                kSmall));
  ASSERT_EQ(run.code, 0) << run.err;
  const auto summary = json::parse(run.out);
  ASSERT_EQ(summary["replicas"].size(), 2U);
  EXPECT_EQ(summary["replicas"][0]["condition"], "lr");
  EXPECT_EQ(summary["replicas"][0]["alpha0"], 0.02);
  EXPECT_EQ(json::parse(read(out / "summary.json")), summary);
  EXPECT_NE(run.err.find("100 %"), std::string::npos);
  // What one saves the other opens: the folder's config runs again to the same numbers.
  const auto again = dentate({"run", (out / "config.json").string(), "--out",
                              (folder / "again").string(), "--json", "--threads", "1"});
  EXPECT_EQ(again.out, run.out) << again.err;
  EXPECT_EQ(read(folder / "again" / "metrics.csv"), read(out / "metrics.csv"));
}

TEST_F(Cli, ComparesConditionsInARowEach) {
  const auto run = dentate(with(
      {"run", kConfig, "--out", (folder / "run").string(), "--seeds", "2", "--set",
       "conditions=baseline,s+lr", "--set", "replicas.alpha0=0.01,0.1", "--set", "evaluate=final"},
      kSmall));
  ASSERT_EQ(run.code, 0) << run.err;
  for (const char* words :
       {"8 networks: 2 conditions × 2 alpha0 × 2 seeds", "\ncondition  alpha0  n  RA",
        "\nbaseline   0.01    2  0.", "\ns+lr       0.1     2  0."})
    EXPECT_NE(run.out.find(words), std::string::npos) << words << " in\n" << run.out;
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2 + 4);
}

// An experiment of three tasks on the digits with the heads that the labels need.
json labelled(const std::string& kind, const std::string& labels) {
  std::ifstream in("configs/split-two-path.json");
  auto made = json::parse(in, nullptr, /*allow_exceptions=*/true, /*ignore_comments=*/true);
  made["stream"]["kind"] = kind;
  made["stream"]["labels"] = labels;
  made["stream"]["tasks"] = 3;
  made["stream"]["samples_per_task"] = 10;
  made["stream"]["test_samples"] = 20;
  made["stream"]["incremental"] = "task";
  auto& network = made["network"];
  const std::string unused = labels == "category" ? "item" : labels == "item" ? "category" : "";
  const auto drop = [&](json& list, const char* key) {
    list.erase(std::remove_if(list.begin(), list.end(),
                              [&](const json& entry) { return entry[key] == unused; }),
               list.end());
  };
  drop(network["layers"], "name");
  drop(network["paths"], "to");
  return made;
}

TEST_F(Cli, LearnsEveryStreamWithEveryLabelAndAnyNumberOfThreads) {
  for (const std::string kind : {"rotations", "permutations", "class-splits", "noise", "occlusion"})
    for (const std::string labels : {"category", "item", "dual"}) {
      SCOPED_TRACE(kind + ", " + labels);
      const auto config = file("config.json", labelled(kind, labels).dump());
      const auto learn = [&](const char* threads) {
        const auto out = folder / (kind + labels + threads);
        const auto run = dentate(
            {"run", config, "--out", out.string(), "--seeds", "2", "--threads", threads, "--json"});
        EXPECT_EQ(run.code, 0) << run.err;
        return run.out;
      };
      const auto alone = learn("1");
      if (labels == "dual") {
        EXPECT_EQ(alone, learn("2"));
      }
      ASSERT_FALSE(alone.empty());
      EXPECT_EQ(json::parse(alone)["replicas"].size(), 2U);
    }
}

TEST_F(Cli, RefusesDataThatCannotBeReadAndNamesTheFile) {
  const auto archive = file("cifar.tar.gz", "no archive");
  const auto run =
      dentate({"run", kConfig, "--out", (folder / "run").string(), "--set", "dataset=cifar-10",
               "--set", "path=" + archive, "--set", "network.layers.input.units=3072"});
  EXPECT_EQ(run.code, 2) << run.err;
  EXPECT_NE(run.err.find(archive + ": no tar archive; expected cifar-10-binary.tar.gz"),
            std::string::npos)
      << run.err;
}

TEST_F(Cli, SaysHowDataThatIsNotThereIsHad) {
  const auto run =
      dentate({"run", "configs/cifar100-small.json", "--out", (folder / "run").string()});
  EXPECT_EQ(run.code, 2) << run.err;
  EXPECT_NE(run.err.find("data/cifar-100-binary.tar.gz: no such file; `dentate fetch cifar-100`"),
            std::string::npos)
      << run.err;
}

TEST_F(Cli, FetchesOnlyWhatHasAnOfficialAddress) {
  const auto run = dentate({"fetch", "imagenet", "--to", folder.string()});
  EXPECT_EQ(run.code, 2);
  EXPECT_NE(run.err.find("expected one of mnist, fashion-mnist, cifar-10, cifar-100, omniglot"),
            std::string::npos)
      << run.err;
  const auto mine = file("cifar-10-binary.tar.gz", "mine");
  const auto there = dentate({"fetch", "cifar-10", "--to", folder.string()});
  EXPECT_EQ(there.code, 1);
  EXPECT_NE(there.err.find("another file is there already"), std::string::npos) << there.err;
  EXPECT_EQ(read(mine), "mine");
}

TEST_F(Cli, RefusesADeviceThatIsNotThere) {
  const auto out = (folder / "run").string();
  const auto info = dentate({"info"});
  EXPECT_NE(info.out.find("device     CPU, "), std::string::npos) << info.out;
  EXPECT_NE(info.out.find("\ngpu  "), std::string::npos) << info.out;
  const auto second = dentate(
      with({"run", kConfig, "--out", out, "--set", "device=cuda", "--set", "order=2"}, kSmall));
  EXPECT_EQ(second.code, 2);
  EXPECT_NE(second.err.find("device: expected \"cpu\" or \"auto\""), std::string::npos)
      << second.err;
  if (info.out.find("ready for device=cuda") != std::string::npos) GTEST_SKIP() << "there is a GPU";
  const auto run = dentate(with({"run", kConfig, "--out", out, "--set", "device=cuda"}, kSmall));
  EXPECT_EQ(run.code, 2);
  EXPECT_NE(run.err.find("dentate: device: "), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("device=cpu"), std::string::npos) << run.err;
  EXPECT_FALSE(fs::exists(folder / "run" / "summary.json"));
  const auto verify =
      dentate({"verify", "--device", "cuda", "tests/recordings/single2_s_only.json"});
  EXPECT_EQ(verify.code, 2);
  EXPECT_NE(verify.err.find("dentate: device: "), std::string::npos) << verify.err;
}

TEST_F(Cli, EndsOnCtrlCWithWhatItHas) {
  const auto out = folder / "run";
  // The first line of progress comes a moment after the run began; this one has hours to go.
  const auto run = dentate({"run", kConfig, "--out", out.string(), "--seeds", "30", "--threads",
                            "1", "--set", "samples_per_task=8000", "--set", "tasks=50"},
                           /*interrupt_at=*/"meta-steps");
  EXPECT_EQ(run.code, 130) << run.err;
  const auto summary = json::parse(read(out / "summary.json"));
  ASSERT_GE(summary["replicas"].size(), 1U);
  EXPECT_LT(summary["replicas"].size(), 30U) << "the others did not begin";
  EXPECT_EQ(summary["replicas"][0]["finished"], false);
  EXPECT_TRUE(summary["replicas"][0]["ra"].is_null());
  EXPECT_TRUE(fs::exists(out / "metrics.csv"));
}

TEST_F(Cli, VerifiesRecordings) {
  const auto good = dentate({"verify", "tests/recordings/single2_s_lr_first.json"});
  EXPECT_EQ(good.code, 0) << good.err;
  EXPECT_NE(good.out.find("alpha_grad"), std::string::npos);
  EXPECT_NE(good.out.find("PASS"), std::string::npos);
  const auto machine = dentate({"verify", "--json", "tests/recordings/single2_s_only.json"});
  EXPECT_EQ(json::parse(machine.out)[0]["pass"], true);
}

TEST_F(Cli, VerifiesOnTheBodyThatIsAsked) {
  const auto first = dentate({"verify", "--body", "aten", "tests/recordings/single2_s_only.json"});
  EXPECT_EQ(first.code, 0) << first.err << first.out;
  const std::string second = "tests/recordings/single2_s_lr_second.json";
  const auto refused = dentate({"verify", "--body", "aten", second});
  EXPECT_EQ(refused.code, 2) << refused.out;
  EXPECT_NE(refused.err.find(second), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("autograd"), std::string::npos) << refused.err;
  EXPECT_EQ(dentate({"verify", "--body", "autograd", second}).code, 0);
}

TEST_F(Cli, FailsARecordingThatDiffers) {
  auto root = json::parse(read("tests/recordings/single2_baseline.json"));
  root["steps"][2]["meta_loss"] = root["steps"][2]["meta_loss"].get<double>() * 1.001;
  const auto wrong = dentate({"verify", file("wrong.json", root.dump())});
  EXPECT_EQ(wrong.code, 1);
  EXPECT_NE(wrong.out.find("FAIL"), std::string::npos);
}

TEST_F(Cli, RefusesWhatIsNoRecording) {
  for (const auto& path :
       {file("empty.json", ""), file("list.json", "[]"), file("config.json", read(kConfig)),
        (folder / "none.json").string(), folder.string()}) {
    const auto refused = dentate({"verify", path});
    EXPECT_EQ(refused.code, 2) << path;
    EXPECT_NE(refused.err.find(path), std::string::npos) << refused.err;
  }
}

// The last word of the error names what was wrong, so that a person finds it.
TEST_F(Cli, RefusesWrongUse) {
  const std::pair<Arguments, const char*> wrongs[] = {
      {{"fly"}, "fly"},
      {{"run"}, "CONFIG"},
      {{"verify", "--body", "gpu", "tests/recordings/single2_s_only.json"}, "gpu"},
      {{"run", "no/such.json"}, "no/such.json"},
      {{"run", kConfig, "--threads", "0"}, "threads"},
      {{"run", kConfig, "--seeds", "0"}, "seeds"},
      {{"run", kConfig, "--seeds", "many"}, "many"},
      {{"run", kConfig, "--set", "alpa0=1"}, "alpha0"},
      {{"run", kConfig, "--set", "alpha0=x"}, "alpha0"},
      {{"run", kConfig, "--set", "alpha0"}, "alpha0"},
      {{"run", kConfig, "--set", "condition=both"}, "s+lr"},
      {{"run", kConfig, "--set", "conditions=s,s"}, "replicas.conditions[1]"},
      {{"run", kConfig, "--set", "dataset=idx", "--set", "path=/no/such"}, "/no/such"},
      {{"run", kConfig, "--out", "/proc/none"}, "/proc/none"},
      {{"run", kConfig, "--verbose"}, "verbose"},
  };
  for (const auto& [arguments, names] : wrongs) {
    const auto refused = dentate(arguments);
    EXPECT_EQ(refused.code, 2) << names;
    EXPECT_NE((refused.err + refused.out).find(names), std::string::npos) << refused.err;
  }
}

TEST_F(Cli, RefusesBrokenFiles) {
  const auto good = read(kConfig);
  const std::pair<const char*, std::string> texts[] = {
      {"empty", ""},
      {"cut_off", good.substr(0, good.size() / 2)},
      {"no_object", "[1, 2]"},
      {"nul", std::string("{\0}", 3)},
      {"not_utf8", "{\"name\": \"\xff\"}"},
      {"deep", std::string(100'000, '[')},
      {"huge_number", R"({"rule": {"alpha0": 1e999}})"},
      {"unknown_key", R"({"rool": {}})"},
      {"twice", R"({"name": "a", "name": "b"})"},
      {"no_network", R"({"name": "a"})"},
  };
  for (const auto& [name, text] : texts) {
    const auto refused = dentate({"run", file(std::string(name) + ".json", text)});
    EXPECT_EQ(refused.code, 2) << name << ": " << refused.err;
    EXPECT_NE(refused.err.find(name), std::string::npos) << refused.err;
  }
}

// Images that are not what their header promises: exit 2, and the file is named.
TEST_F(Cli, RefusesBrokenImages) {
  const std::string magic("\0\0\x08\x03", 4), labels_magic("\0\0\x08\x01", 4);
  const auto number = [](unsigned n) {
    return std::string{static_cast<char>(n >> 24U), static_cast<char>(n >> 16U),
                       static_cast<char>(n >> 8U), static_cast<char>(n)};
  };
  const std::pair<const char*, std::string> images[] = {
      {"truncated", magic + number(10) + number(28) + number(28) + std::string(100, 'x')},
      {"oversized", magic + number(0xffffffff) + number(0xffff) + number(0xffff)},
      {"empty", ""},
      {"not_idx", "PNG and more"},
  };
  for (const auto& [name, bytes] : images) {
    const auto place = folder / name;
    fs::create_directories(place);
    for (const char* set : {"train", "t10k"}) {
      std::ofstream(place / (std::string(set) + "-images-idx3-ubyte"), std::ios::binary) << bytes;
      std::ofstream(place / (std::string(set) + "-labels-idx1-ubyte"), std::ios::binary)
          << labels_magic + number(10) + std::string(10, '\1');
    }
    const auto refused =
        dentate({"run", kConfig, "--set", "dataset=idx", "--set", "data.path=" + place.string(),
                 "--out", (folder / "out").string()});
    EXPECT_EQ(refused.code, 2) << name << ": " << refused.err;
    EXPECT_NE(refused.err.find("images-idx3"), std::string::npos) << refused.err;
  }
}

TEST_F(Cli, NeedsADisplayForTheWindow) {
  const auto window = dentate({});
  EXPECT_EQ(window.code, 2);
  EXPECT_NE(window.err.find("display"), std::string::npos) << window.err;
}

}  // namespace
}  // namespace dentate::test
