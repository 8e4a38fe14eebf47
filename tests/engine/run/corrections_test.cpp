// Networks that differ in which quirks of the published program are corrected; and what the replay
// memory holds of the items.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "engine/run/experiment.h"
#include "engine/run/run_folder.h"
#include "engine/run/saved_run.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

using spec::Corrections;

// The first path's rate falls below 0 in the first meta-steps.
spec::ExperimentSpec freezing() {
  auto made = test::smallExperiment();
  made.replicas.corrections = {Corrections::AsPublished, Corrections::ReservoirIndex,
                               Corrections::OldMemory, Corrections::Softplus, Corrections::All};
  made.rule.alpha0 = 0.001;
  made.rule.alpha_lr = 0.5;
  made.rule.memory = 8;
  return made;
}

std::vector<link::MetricPoint> readBack(const data::TempFolder& folder) {
  auto saved = SavedRun::open(1, "saved", folder.path());
  EXPECT_TRUE(saved.ok()) << saved.error().text();
  std::vector<link::MetricPoint> points;
  while (saved && !(*saved)->done()) {
    auto some = (*saved)->read(std::chrono::steady_clock::now());
    EXPECT_TRUE(some.ok()) << some.error().text();
    if (!some) break;
    points.insert(points.end(), some->begin(), some->end());
  }
  return points;
}

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Corrections, BeginAlikeAndPartWhereTheQuirkMatters) {
  const auto spec = freezing();
  Experiment e(test::setting(spec));
  const auto record = test::recordOf(e.advance({.until = e.end()}));
  const auto steps = static_cast<std::size_t>(spec::totalSteps(spec)) + 1;
  ASSERT_EQ(record.steps.size(), 10 * steps);
  const auto at = [&](Corrections which, std::size_t step) -> const link::StepPoint& {
    const auto& all = spec.replicas.corrections;
    const auto cell = static_cast<std::size_t>(std::ranges::find(all, which) - all.begin());
    return record.steps[cell * 2 * steps + step];
  };
  for (const auto which : spec.replicas.corrections)
    for (const float alpha : at(which, 0).alpha) EXPECT_NEAR(alpha, 0.001, 1e-8);
  const auto loss = [&](Corrections which, std::size_t step) { return at(which, step).meta_loss; };
  // Nothing is replayed, and the memory of 8 is not full: alike but for how alpha begins to move.
  EXPECT_EQ(loss(Corrections::AsPublished, 1), loss(Corrections::OldMemory, 1));
  EXPECT_NEAR(loss(Corrections::AsPublished, 1), loss(Corrections::Softplus, 1), 1e-6);
  EXPECT_EQ(loss(Corrections::AsPublished, 2), loss(Corrections::ReservoirIndex, 2));
  // The second meta-step replays the first batch, unless only earlier tasks are.
  EXPECT_NE(loss(Corrections::AsPublished, 2), loss(Corrections::OldMemory, 2));
  EXPECT_NE(loss(Corrections::AsPublished, 3), loss(Corrections::Softplus, 3));
  EXPECT_NE(loss(Corrections::AsPublished, steps - 1),
            loss(Corrections::ReservoirIndex, steps - 1));
}

TEST(Corrections, UnderSoftplusNoPathIsMarkedAsFrozen) {
  const auto spec = freezing();
  const auto setting = test::setting(spec);
  const auto e = std::make_unique<Experiment>(setting);
  (void)e->advance({.until = e->end()});
  std::set<Corrections> with_frozen;
  for (std::size_t r = 0; r < setting->replicas(); ++r) {
    link::Snapshot now;
    e->replica(r).show(now);
    for (const auto& path : now.paths) {
      EXPECT_EQ(path.frozen, path.alpha <= 0) << "replica " << r;
      if (path.frozen) with_frozen.insert(*setting->variant(r).corrections);
    }
  }
  for (const auto& summary : e->summaries()) {
    if (with_frozen.contains(*summary.corrections)) continue;
    EXPECT_TRUE(frozenPaths(spec, summary).empty());
  }
  EXPECT_EQ(with_frozen, (std::set{Corrections::AsPublished, Corrections::ReservoirIndex,
                                   Corrections::OldMemory}));
}

TEST(Corrections, ComeBackFromTheFolder) {
  const auto spec = freezing();
  Experiment e(test::setting(spec));
  auto record = test::recordOf(e.advance({.until = e.end()}));
  record.summaries = e.summaries();
  const data::TempFolder folder;
  ASSERT_FALSE(writeRunFolder(folder.path(), spec, record));
  EXPECT_TRUE(contents(folder.path() / "metrics.csv")
                  .starts_with("replica,condition,corrections,alpha0,seed,step"));
  EXPECT_NE(contents(folder.path() / "summary.json").find("\"corrections\": \"old_memory\""),
            std::string::npos);
  test::expectSameRecord(test::recordOf(readBack(folder)), record);
}

TEST(Corrections, ARuleWithoutAnAlphaAPathRefusesSoftplus) {
  auto spec = test::smallExperiment();
  spec.rule.name = "er";
  spec.rule.condition = spec::Condition::Baseline;
  spec.replicas.corrections = {Corrections::AsPublished, Corrections::OldMemory};
  EXPECT_TRUE(makeSetting(spec, "assets").ok());
  spec.replicas.corrections = {Corrections::AsPublished, Corrections::Softplus};
  EXPECT_EQ(makeSetting(spec, "assets").error().where, "replicas.corrections");
  spec.replicas.corrections.clear();
  spec.rule.alpha = spec::AlphaForm::Softplus;
  EXPECT_EQ(makeSetting(spec, "assets").error().where, "rule.alpha");
}

// --- Items in and outside of the replay memory.

TEST(ItemMemory, TestsAreToldApartByWhatTheMemoryHolds) {
  auto spec = test::smallDualExperiment();
  spec.rule.memory = 7;
  const auto e = std::make_unique<Experiment>(test::setting(spec));
  const auto record = test::recordOf(e->advance({.until = e->end()}));
  std::size_t at_end = 0;
  for (const auto& point : record.accuracy) {
    EXPECT_EQ(point.in_memory + point.outside, 12);
    const auto part = [](double share, std::int64_t of) {
      return of > 0 ? share * static_cast<double>(of) : 0.0;
    };
    EXPECT_NEAR(
        part(point.item_in_memory, point.in_memory) + part(point.item_outside, point.outside),
        12 * point.item, 1e-9);
    EXPECT_EQ(point.item_in_memory < 0, point.in_memory == 0);
    if (point.after_task < point.task) {
      EXPECT_EQ(point.in_memory, 0) << "not learned yet";
    }
    if (point.after_task == 2) at_end += static_cast<std::size_t>(point.in_memory);
  }
  EXPECT_EQ(at_end, 2U * 7) << "two networks with seven items in memory each";
  for (const auto& summary : e->summaries()) {
    ASSERT_EQ(summary.items.size(), 3U) << "intact, and without either pathway";
    for (const auto& [lesion, items] : summary.items) {
      EXPECT_EQ(items.held, 7);
      EXPECT_EQ(items.outside, 3 * 12 - 7);
      EXPECT_NEAR(static_cast<double>(items.held_right + items.outside_right),
                  36 * summary.item_accuracy.at(lesion), 1e-9);
    }
  }
}

// Every task's images are one item: the network is to tell how far an image is turned.
TEST(ItemMemory, SetsOfImagesAreLearnedAndTested) {
  auto spec = test::smallExperiment();
  spec.network = spec::dualNetwork(784, 1, 60, 10, 3);
  spec.stream.labels = spec::Labels::Dual;
  spec.stream.samples_per_task = spec.stream.samples_per_item = 100;
  spec.rule.alpha0 = 0.05;
  const auto e = std::make_unique<Experiment>(test::setting(spec));
  (void)e->advance({.until = e->end()});
  EXPECT_FALSE(e->failure());
  for (const auto& summary : e->summaries()) {
    const auto& items = summary.items.at(spec::Pathway::None);
    EXPECT_EQ(items.held + items.outside, 300) << "images, not sets";
    // Guessing gets a third, 100 of 300 with a standard deviation of 8.
    EXPECT_GT(items.held_right + items.outside_right, 100 + 10 * 8);
    EXPECT_GT(items.outsideMemory(), 0.5) << "of images that only shared their label";
  }
}

TEST(ItemMemory, ComesBackFromTheFolder) {
  const auto spec = test::smallDualExperiment();
  Experiment e(test::setting(spec));
  auto record = test::recordOf(e.advance({.until = e.end()}));
  record.summaries = e.summaries();
  const data::TempFolder folder;
  ASSERT_FALSE(writeRunFolder(folder.path(), spec, record));
  EXPECT_NE(contents(folder.path() / "summary.json").find("\"item_accuracy_in_memory\""),
            std::string::npos);
  test::expectSameRecord(test::recordOf(readBack(folder)), record);
  // As a version before wrote it.
  auto text = contents(folder.path() / "accuracy.csv");
  std::string older;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    auto line = text.substr(at, end - at);
    for (int column = 0; column < 3; ++column) line.erase(line.rfind(','));
    older += line + "\n";
    at = end + 1;
  }
  std::ofstream(folder.path() / "accuracy.csv") << older;
  const auto read = test::recordOf(readBack(folder));
  ASSERT_EQ(read.accuracy.size(), record.accuracy.size());
  EXPECT_EQ(read.accuracy[0].item, record.accuracy[0].item);
  EXPECT_EQ(read.accuracy[0].in_memory, 0);
}

}  // namespace
}  // namespace dentate::run
