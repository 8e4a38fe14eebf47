// Networks that differ in their inhibition, and what is measured of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/run/experiment.h"
#include "engine/run/run_folder.h"
#include "engine/run/saved_run.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

// After 0, 3, 7 and 9 meta-steps of 7: 16 of 20 units, 11, 4, 4; and k-WTA leaves just as many active.
TEST(InhibitionLab, AnnealsKByTheMetaStepsDone) {
  const auto e = std::make_unique<Experiment>(test::setting(test::smallInhibitionLab()));
  e->begin();
  constexpr std::size_t kWinners = 4;  // the first network of k-WTA
  for (const auto& [step, k] : {std::pair{0, 16}, {3, 11}, {7, 4}, {9, 4}}) {
    if (step > 0) e->advance({.until = {step, true}});
    link::Snapshot now;
    e->replica(kWinners).show(now);
    EXPECT_EQ(now.layers[1].k, k + 1) << "step " << step;
    EXPECT_EQ(now.layers[1].m, 1.0);
    const auto& acts = now.layers[1].acts;
    EXPECT_EQ(std::count_if(acts.begin(), acts.end(), [](float a) { return a > 0; }), k);
    e->replica(0).show(now);
    EXPECT_EQ(now.layers.at(1).k, 0);  // none
  }
  const auto winners = spec::variantOf(test::smallInhibitionLab(), kWinners).inhibition;
  for (const auto& summary : e->summaries()) {
    if (summary.inhibition != winners) continue;
    EXPECT_NEAR(summary.active_fraction[0], 0.2, 1e-9);
  }
}

// Of the tests after every task.
TEST(InhibitionLab, MeasuresSparsityAfterEveryTask) {
  const auto spec = test::smallInhibitionLab();
  const auto e = std::make_unique<Experiment>(test::setting(spec));
  const auto record = test::recordOf(e->advance({.until = e->end()}));
  ASSERT_EQ(record.sparsity.size(), 8U * 3);
  for (std::size_t i = 0; i < record.sparsity.size(); ++i) {
    const auto& point = record.sparsity[i];
    EXPECT_EQ(point.replica, i / 3);
    EXPECT_EQ(point.after_task, static_cast<std::int64_t>(i % 3));
    EXPECT_EQ(point.step, 3 * (point.after_task + 1));
    EXPECT_GE(point.dead[1], 0.0F);
    EXPECT_LE(point.dead[1], 20.0F);
    EXPECT_GT(point.variance[1], 0.0F);
    EXPECT_EQ(point.dead[0], 0.0F);
    for (const float hoyer : point.hoyer) EXPECT_TRUE(hoyer > 0 && hoyer < 1);
  }
  const auto summaries = e->summaries();
  EXPECT_EQ(summaries[3].sparsity.dead, record.sparsity[3 * 3 + 2].dead);
  EXPECT_EQ(summaries[3].sparsity.hoyer, record.sparsity[3 * 3 + 2].hoyer);
}

// The folder names the kinds, and reads back as a saved run with all points.
TEST(InhibitionLab, ComesBackFromItsFolder) {
  const auto spec = test::smallInhibitionLab();
  Experiment e(test::setting(spec));
  auto record = test::recordOf(e.advance({.until = e.end()}));
  record.summaries = e.summaries();
  const data::TempFolder folder;
  ASSERT_FALSE(writeRunFolder(folder.path(), spec, record));
  std::ifstream in(folder.path() / "sparsity.csv");
  std::string head;
  std::getline(in, head);
  EXPECT_TRUE(
      head.starts_with("replica,condition,inhibition,alpha0,seed,after_task,"
                       "dead_units_h1,dead_units_h2,unit_variance_h1"))
      << head;
  std::ifstream summary(folder.path() / "summary.json");
  const std::string text{std::istreambuf_iterator<char>(summary), {}};
  EXPECT_NE(text.find("\"inhibition\": \"k_wta_learned_m\""), std::string::npos);
  EXPECT_NE(text.find("\"dead_units\""), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "dead_units.svg"));
  auto saved = SavedRun::open(1, "saved", folder.path());
  ASSERT_TRUE(saved.ok()) << saved.error().text();
  std::vector<link::MetricPoint> points;
  while (!(*saved)->done()) {
    auto some = (*saved)->read(std::chrono::steady_clock::now());
    ASSERT_TRUE(some.ok()) << some.error().text();
    points.insert(points.end(), some->begin(), some->end());
  }
  test::expectSameRecord(test::recordOf(points), record);
}

}  // namespace
}  // namespace dentate::run
