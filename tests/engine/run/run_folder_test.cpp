#include "engine/run/run_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/run/figures.h"
#include "engine/run/headless.h"
#include "engine/spec/experiment_json.h"
#include "tests/engine/run/advancing.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;

class RunFolder : public ::testing::Test {
 protected:
  RunFolder()
      : folder(fs::temp_directory_path() /
               ("dentate_" +
                std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    fs::remove_all(folder);
  }
  ~RunFolder() override { fs::remove_all(folder); }

  void write(const spec::ExperimentSpec& spec) {
    const auto run = runHeadless(test::setting(spec), 2, {}, [](const auto&) {});
    ASSERT_FALSE(run.failure.has_value());
    const auto failed = writeRunFolder(folder, spec, run.record);
    ASSERT_FALSE(failed.has_value()) << failed->text();
  }
  [[nodiscard]] std::string text(const char* file) const {
    std::ifstream in(folder / file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  fs::path folder;
};

TEST_F(RunFolder, HoldsTheExperimentAsRun) {
  const auto spec = test::smallExperiment();
  write(spec);
  const auto again = spec::loadExperiment(folder / "config.json");
  ASSERT_TRUE(again.ok()) << again.error().text();
  EXPECT_EQ(*again, spec);
}

TEST_F(RunFolder, HoldsARowAMetaStepAndReplica) {
  write(test::smallExperiment());
  const auto csv = text("metrics.csv");
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "replica,condition,alpha0,seed,step,task,meta_loss,work,active_fraction_h1,"
            "active_fraction_h2,m_h1,m_h2,alpha_input>h1,alpha_h1>h2,alpha_h2>category");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 10);
  EXPECT_NE(csv.find("\n1,s+lr,0.01,1,9,2,"), std::string::npos);
  const auto accuracy = text("accuracy.csv");
  EXPECT_EQ(std::count(accuracy.begin(), accuracy.end(), '\n'), 1 + 2 * 9);
}

TEST_F(RunFolder, SummarisesEveryReplica) {
  write(test::smallDualExperiment());
  const auto root = nlohmann::json::parse(text("summary.json"));
  ASSERT_EQ(root["replicas"].size(), 2U);
  const auto& one = root["replicas"][1];
  EXPECT_EQ(one["condition"], "s+lr");
  EXPECT_EQ(one["seed"], 1);
  EXPECT_TRUE(one["ra"].is_number());
  EXPECT_EQ(one["active_fraction"].size(), 3U);  // h1, large, small
  EXPECT_EQ(one["alpha"].size(), 7U);
  for (const char* key : {"intact", "lesion_large", "lesion_small"}) {
    EXPECT_TRUE(one["item_accuracy"][key].is_number());
    EXPECT_TRUE(one["category_accuracy"][key].is_number());
  }
}

spec::ExperimentSpec product() {
  auto spec = test::smallExperiment();
  spec.replicas.conditions = {spec::Condition::Baseline, spec::Condition::SLr};
  spec.replicas.alpha0 = {0.01, 0.05, 0.1};
  return spec;
}

TEST_F(RunFolder, NamesConditionAlpha0AndSeedOfEveryReplica) {
  write(product());
  const auto csv = text("metrics.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 12 * 10);
  EXPECT_NE(csv.find("\n2,baseline,0.05,0,9,2,"), std::string::npos);
  EXPECT_NE(csv.find("\n11,s+lr,0.1,1,9,2,"), std::string::npos);
  EXPECT_NE(text("accuracy.csv").find("\n6,s+lr,0.01,0,"), std::string::npos);
  const auto root = nlohmann::json::parse(text("summary.json"));
  ASSERT_EQ(root["replicas"].size(), 12U);
  EXPECT_EQ(root["replicas"][3]["condition"], "baseline");
  EXPECT_EQ(root["replicas"][3]["alpha0"], 0.05);
  EXPECT_EQ(root["replicas"][3]["seed"], 1);
}

TEST_F(RunFolder, GivesNullForWhatIsNotMeasured) {
  auto spec = test::smallExperiment();
  spec.evaluate = spec::Evaluate::Final;
  write(spec);
  const auto one = nlohmann::json::parse(text("summary.json"))["replicas"][0];
  EXPECT_TRUE(one["ra"].is_number());
  EXPECT_TRUE(one["la"].is_null());
  EXPECT_TRUE(one["bti"].is_null());
  EXPECT_FALSE(fs::exists(folder / "accuracy_matrix.png"));
}

TEST_F(RunFolder, ComparesConditionsInItsFigures) {
  const auto spec = product();
  const auto run = runHeadless(test::setting(spec), 2, {}, [](const auto&) {});
  std::map<std::string, figure::Figure> figures;
  for (auto& figure : figuresOf(spec, run.record)) figures[figure.name] = figure;
  const auto& active = std::get<figure::LinePlot>(figures.at("active_fraction").plots[0]);
  ASSERT_EQ(active.curves.size(), 4U);  // two layers, two conditions
  EXPECT_EQ(active.curves[1].label, "h1 s+lr");
  EXPECT_EQ(active.curves[0].style.color, active.curves[1].style.color);
  EXPECT_NE(active.curves[0].style.dash, active.curves[1].style.dash);
  EXPECT_EQ(active.note, "α₀ 0.01, mean ± SEM, n = 2 each") << "the rule's own alpha0";
  EXPECT_EQ(std::get<figure::LinePlot>(figures.at("m").plots[0]).curves.size(), 2U);
  EXPECT_EQ(figures.at("accuracy_matrix").plots.size(), 2U);

  const auto& over = std::get<figure::LinePlot>(figures.at("ra_over_alpha0").plots[0]);
  ASSERT_EQ(over.curves.size(), 2U);
  EXPECT_EQ(over.curves[1].x, (std::vector<double>{0.01, 0.05, 0.1}));
  EXPECT_TRUE(over.x.log);
  const auto& s = run.record.summaries;  // replicas 8 and 9: s+lr from 0.05
  EXPECT_NEAR(over.curves[1].y[1], (s[8].ra + s[9].ra) / 2, 1e-12);
}

TEST_F(RunFolder, HoldsFiguresInBothFormats) {
  write(test::smallExperiment());
  for (const char* name :
       {"active_fraction", "alpha", "m", "meta_loss", "accuracy_by_task", "accuracy_matrix"}) {
    EXPECT_GT(fs::file_size(folder / (std::string(name) + ".png")), 1000U);
    EXPECT_GT(fs::file_size(folder / (std::string(name) + ".svg")), 1000U);
  }
}

TEST_F(RunFolder, KeepsNoFigureOfAnEarlierRun) {
  auto spec = test::smallExperiment();
  write(spec);
  EXPECT_TRUE(fs::exists(folder / "m.png"));
  spec.rule.condition = spec::Condition::Lr;
  write(spec);
  EXPECT_FALSE(fs::exists(folder / "m.png"));
  EXPECT_TRUE(fs::exists(folder / "alpha.png"));
}

TEST_F(RunFolder, AFullDiskLeavesWhatWasThere) {
  auto spec = test::smallExperiment();
  write(spec);
  const auto summary = text("summary.json"), metrics = text("metrics.csv"), plot = text("m.svg");
  spec.rule.condition = spec::Condition::Lr;  // has no figure of m
  spec.replicas.seeds = 5;
  const auto run = runHeadless(test::setting(spec), 2, {}, [](const auto&) {});
  {
    const test::NoRoom no_room(20'000);  // the tables fit, a PNG does not
    const auto failed = writeRunFolder(folder, spec, run.record);
    ASSERT_TRUE(failed.has_value());
    EXPECT_EQ(failed->kind, spec::Error::Kind::Io);
    EXPECT_EQ(failed->where, (folder / "active_fraction.png").string());
  }
  EXPECT_EQ(text("summary.json"), summary);
  EXPECT_EQ(text("metrics.csv"), metrics);
  EXPECT_EQ(text("m.svg"), plot);
  EXPECT_FALSE(fs::exists(folder / ".writing"));
  ASSERT_FALSE(writeRunFolder(folder, spec, run.record).has_value());
  EXPECT_FALSE(fs::exists(folder / "m.svg"));
  EXPECT_FALSE(fs::exists(folder / ".writing"));
}

TEST_F(RunFolder, QuotesNamesThatHoldAComma) {
  auto spec = test::smallExperiment();
  spec.network.layers[1].name = "h,\"1";
  spec.network.paths[0].to = spec.network.paths[1].from = "h,\"1";
  write(spec);
  const auto csv = text("metrics.csv");
  EXPECT_NE(csv.find(",\"m_h,\"\"1\","), std::string::npos) << csv.substr(0, 300);
}

TEST_F(RunFolder, IsRefusedWhereNothingCanBeWritten) {
  for (const char* place : {"/proc/none/such", "LICENSE/inside"}) {
    const auto failed = checkRunFolder(place);
    ASSERT_TRUE(failed.has_value()) << place;
    EXPECT_EQ(failed->kind, spec::Error::Kind::Io);
  }
}

}  // namespace
}  // namespace dentate::run
