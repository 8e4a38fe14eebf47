// A run that is kept in its folder while it learns: who may write it, and when it is written.
#include "engine/run/kept_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "engine/run/config_file.h"
#include "engine/run/headless.h"
#include "engine/run/live_run.h"
#include "engine/run/run_folder.h"
#include "engine/run/saved_run.h"
#include "engine/run/store_writer.h"
#include "engine/spec/experiment_json.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/advancing.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

// --- On a thread of its own.

TEST(StoreWriter, PointsAreInTheFileWithinASecond) {
  const data::TempFolder folder;
  const auto spec = test::smallExperiment();
  auto store = Store::make(folder.path() / "a", spec).value();
  StoreWriter writer(*store);
  Experiment experiment(test::setting(spec));
  writer.add(test::advanceSome(experiment, 5));
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  std::size_t seen = 0;
  while (seen == 0 && std::chrono::steady_clock::now() < end) {
    seen = Store::open(folder.path() / "a").value()->points().value().size();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_GT(seen, 2U);
}

TEST(StoreWriter, WritesAgainWhatDidNotFit) {
  const data::TempFolder folder;
  const auto spec = test::smallExperiment();
  auto store = Store::make(folder.path() / "a", spec).value();
  Experiment experiment(test::setting(spec));
  const auto points = test::advanceToEnd(experiment);
  {
    StoreWriter writer(*store, std::chrono::seconds(0));
    {
      const test::NoRoom no_room(folder.path());
      writer.add(points);
      writer.add(Checkpoint{{}, spec, experiment.state()});
      EXPECT_TRUE(writer.flush());
      EXPECT_TRUE(writer.failure());
    }
    EXPECT_FALSE(writer.flush());
    EXPECT_FALSE(writer.failure());
  }
  EXPECT_TRUE(store->hasCheckpoint().value());
  test::expectSameRecord(test::recordOf(store->points().value()), test::recordOf(points));
}

TEST(StoreWriter, CheckpointsAreNotDueOneRightAfterTheOther) {
  const data::TempFolder folder;
  const auto spec = test::smallExperiment();
  auto store = Store::make(folder.path() / "a", spec).value();
  Experiment experiment(test::setting(spec));
  (void)experiment.begin();
  StoreWriter writer(*store, std::chrono::hours(1));
  EXPECT_TRUE(writer.due());
  writer.add(Checkpoint{{}, spec, experiment.state()});
  EXPECT_FALSE(writer.due());
  EXPECT_FALSE(writer.flush());
  EXPECT_FALSE(writer.due());
}

// --- A run folder.

TEST(KeptRun, OneProgramAtATime) {
  const data::TempFolder folder;
  auto first = beginKeptRun(folder.path(), test::setting(test::smallExperiment()), false);
  ASSERT_TRUE(first.ok()) << first.error().text();
  const auto second = resumeKeptRun(folder.path(), "assets");
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().where, folder.path().string());
  EXPECT_EQ(second.error().what, "another program is at work on it");
}

TEST(KeptRun, AnUnfinishedOneIsNotOverwrittenUnasked) {
  const data::TempFolder folder;
  const auto setting = test::setting(test::smallExperiment());
  ASSERT_TRUE(beginKeptRun(folder.path(), setting, false).ok());
  const auto refused = beginKeptRun(folder.path(), setting, false);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().what.find("dentate resume " + folder.path().string()),
            std::string::npos);
  {
    const auto again = beginKeptRun(folder.path(), setting, /*overwrite=*/true);
    ASSERT_TRUE(again.ok());
    ASSERT_FALSE(again->store->setEnded());
  }
  EXPECT_TRUE(beginKeptRun(folder.path(), setting, false).ok());
}

TEST(KeptRun, BeginsAnewWhereNoCheckpointWasReached) {
  const data::TempFolder folder;
  ASSERT_TRUE(beginKeptRun(folder.path(), test::setting(test::smallExperiment()), false).ok());
  const auto resumed = resumeKeptRun(folder.path(), "assets");
  ASSERT_TRUE(resumed.ok()) << resumed.error().text();
  EXPECT_FALSE(resumed->state.has_value());
  EXPECT_EQ(resumed->setting->spec, test::smallExperiment());
}

std::vector<std::string> told(const std::vector<Event>& events) {
  std::vector<std::string> out;
  for (const auto& event : events) out.emplace_back(nameOf(event.kind));
  return out;
}

// Learns what there is, or until it is asked to stop.
void learn(KeptRun& kept, const std::stop_token& stop = {}) {
  StoreWriter writer(*kept.store, std::chrono::hours(1));
  (void)runHeadless(kept.setting, 1, stop, [](const auto&) {},
                    {&writer, std::move(kept.state), std::move(kept.measured)});
}

TEST(KeptRun, WhatHappenedToItIsInItsStore) {
  const data::TempFolder folder;
  {
    auto kept = beginKeptRun(folder.path(), test::setting(test::smallExperiment()), false);
    ASSERT_TRUE(kept.ok()) << kept.error().text();
    std::stop_source at_once;
    at_once.request_stop();
    learn(*kept, at_once.get_token());
  }
  auto kept = resumeKeptRun(folder.path(), "assets");
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  Experiment broken(kept->setting);
  (void)broken.begin();
  kept->state = broken.state();
  kept->state->courses[1].replica->parameters.weights[0].fill_(std::nan(""));
  learn(*kept);
  const auto events = kept->store->events().value();
  auto kinds = told(events);
  std::erase(kinds, "checkpoint");
  EXPECT_EQ(kinds,
            (std::vector<std::string>{"started", "stopped", "resumed", "diverged", "finished"}));
  const auto lost = std::find_if(events.begin(), events.end(), [](const Event& event) {
    return event.kind == EventKind::Diverged;
  });
  EXPECT_EQ(lost->replica, 1U);
  EXPECT_EQ(lost->step, 1);
  EXPECT_NE(lost->text.find("finite"), std::string::npos);
}

TEST(KeptRun, CheckpointsLieAtTheEndsOfTasksUnlessTheyWouldCostTooMuch) {
  const data::TempFolder folder;
  auto spec = test::smallExperiment();
  spec.stream.tasks = 300;
  spec.evaluate = spec::Evaluate::Final;
  auto kept = beginKeptRun(folder.path(), test::setting(spec), false);
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  learn(*kept);
  auto rows = Database::open(folder.path() / kStoreFile, false)
                  .value()
                  ->prepare("SELECT step FROM events WHERE kind = 'checkpoint' ORDER BY id");
  ASSERT_TRUE(rows.ok());
  int kept_ones = 0;
  for (; rows->next().value(); ++kept_ones) EXPECT_EQ(rows->whole(0) % 3, 0) << rows->whole(0);
  EXPECT_GE(kept_ones, 2);
  EXPECT_LT(kept_ones, 50);
}

// Four at a time on one thread; the others wait, or have ended.
TEST(KeptRun, CheckpointsOfALargeBatchLieAtTheEndsOfTasksToo) {
  const data::TempFolder folder;
  auto spec = test::smallExperiment();
  spec.stream.tasks = 40;
  spec.stream.samples_per_task = 500;
  spec.evaluate = spec::Evaluate::Final;
  spec.replicas.seeds = 8;
  auto kept = beginKeptRun(folder.path(), test::setting(spec), false);
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  learn(*kept);
  const auto events = kept->store->events().value();
  int at_task_ends = 0;
  for (const auto& event : events)
    at_task_ends += event.kind == EventKind::Checkpoint && event.step > 0 &&
                    event.step % 100 == 0 && event.step < spec::totalSteps(spec);
  EXPECT_GE(at_task_ends, 1);
}

TEST(StoreWriter, ATasksEndIsNotWaitedForBeyondAFiftiethOfTheTime) {
  const data::TempFolder folder;
  const auto spec = test::smallExperiment();
  auto store = Store::make(folder.path() / "a", spec).value();
  Experiment experiment(test::setting(spec));
  (void)experiment.begin();
  StoreWriter writer(*store, std::chrono::hours(1));
  EXPECT_TRUE(writer.dueAtTaskEnd());
  writer.add(Checkpoint{{}, spec, experiment.state()});
  EXPECT_FALSE(writer.dueAtTaskEnd());
  EXPECT_FALSE(writer.flush());
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!writer.dueAtTaskEnd() && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(writer.dueAtTaskEnd());
  EXPECT_FALSE(writer.due());
}

// A live run that is saved on the way; and the same, gone on with from what was saved.
TEST(KeptRun, ASavedLiveRunGoesOnFromItsFolderInTheSameBits) {
  const data::TempFolder way, end;
  auto spec = test::smallDualExperiment();
  const auto setting = test::setting(spec);
  LiveRun live(1, "main", setting, /*threads=*/2);
  ASSERT_TRUE(live.begin().ok());
  (void)live.advance({.until = {2, false}});
  ASSERT_FALSE(live.setRate({link::Rate::Alpha, 0.05}));
  ASSERT_FALSE(live.setLesions({{spec::LesionPart::Layer, 2, 0.4}}));
  ASSERT_TRUE(live.setInhibition({1, spec::Inhibition::None}).ok());
  (void)live.advance({.until = {4, false}});
  ASSERT_TRUE(saveRun(way.path(), live.toSave(nullptr)).ok());
  (void)live.advance({.until = live.experiment().end()});
  ASSERT_TRUE(saveRun(end.path(), live.toSave(nullptr)).ok());
  EXPECT_TRUE(Store::open(end.path() / kStoreFile).value()->ended().value());

  auto kept = resumeKeptRun(way.path(), "assets");
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  EXPECT_EQ(kept->head.name, "main");
  const auto resumed_setting = kept->setting;
  StoreWriter writer(*kept->store);
  const auto run = runHeadless(kept->setting, 1, {}, [](const auto&) {},
                               {&writer, std::move(kept->state), kept->measured, kept->head});
  ASSERT_FALSE(run.failure.has_value());
  ASSERT_FALSE(writer.flush());
  test::expectSameRecord(run.record, test::recordOf(live.measured()));
  EXPECT_EQ(run.record.lesions.size(), 1U);
  EXPECT_EQ(run.record.changes.size(), 1U);
  const auto last = live.checkpoint().state;
  for (std::size_t r = 0; r < last.courses.size(); ++r) {
    const auto own = kept->store->finalOf(r, *resumed_setting, last.regimes);
    ASSERT_TRUE(own.ok()) << own.error().text();
    const auto &mine = own->replica->parameters, &other = last.courses[r].replica->parameters;
    ASSERT_EQ(mine.weights.size(), other.weights.size());
    for (std::size_t p = 0; p < mine.weights.size(); ++p)
      EXPECT_TRUE(mine.weights[p].equal(other.weights[p])) << p;
    EXPECT_TRUE(mine.m.equal(other.m));
  }
}

TEST(KeptRun, AFullDiskLeavesWhatWasSavedBefore) {
  const data::TempFolder folder;
  LiveRun live(1, "main", test::setting(test::smallExperiment()), /*threads=*/1);
  ASSERT_TRUE(live.begin().ok());
  (void)live.advance({.until = {2, false}});
  ASSERT_TRUE(saveRun(folder.path(), live.toSave(nullptr)).ok());
  (void)live.advance({.until = {4, false}});
  {
    const test::NoRoom no_room(20'000);
    EXPECT_FALSE(saveRun(folder.path(), live.toSave(nullptr)).ok());
  }
  for (const auto& file : std::filesystem::directory_iterator(folder.path()))
    EXPECT_EQ(file.path().string().find(".new"), std::string::npos) << file.path();
  const auto kept = resumeKeptRun(folder.path(), "assets");
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  EXPECT_EQ(kept->state->done.steps, 2 * 2);
}

TEST(KeptRun, ALiveRunIsNotSavedOverOneThatAnotherProgramHas) {
  const data::TempFolder folder;
  const auto setting = test::setting(test::smallExperiment());
  const auto other = beginKeptRun(folder.path(), setting, false);
  LiveRun live(1, "main", setting, /*threads=*/1);
  ASSERT_TRUE(live.begin().ok());
  const auto refused = saveRun(folder.path(), live.toSave(nullptr));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().what, "another program is at work on it");
}

TEST(KeptRun, AConfigThatWasEditedIsRefused) {
  const data::TempFolder folder;
  const auto spec = test::smallExperiment();
  ASSERT_TRUE(beginKeptRun(folder.path(), test::setting(spec), false).ok());
  auto other = spec;
  other.rule.alpha_lr = 0.7;
  ASSERT_FALSE(writeConfig(folder.path(), other));
  const auto refused = resumeKeptRun(folder.path(), "assets");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().where, (folder.path() / "config.json").string());
  EXPECT_NE(refused.error().what.find("rule.alpha_lr"), std::string::npos);
  ASSERT_FALSE(writeConfig(folder.path(), spec));
  EXPECT_TRUE(resumeKeptRun(folder.path(), "assets").ok());
}

// --- A config.json that somebody edits.

std::string textOf(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(ConfigFile, AnEditUnderARunIsNoticedOnce) {
  const data::TempFolder folder;
  const auto spec = test::smallExperiment();
  ASSERT_FALSE(writeConfig(folder.path(), spec));
  ConfigWatch watch(folder.path(), spec);
  EXPECT_FALSE(watch.news());
  auto other = spec;
  other.rule.m_lr = 0.7;
  ASSERT_FALSE(writeConfig(folder.path(), other));
  std::filesystem::last_write_time(
      folder.path() / kConfigFile,
      std::filesystem::file_time_type::clock::now() + std::chrono::seconds(1));
  const auto edited = watch.news();
  ASSERT_TRUE(edited.has_value());
  EXPECT_EQ(edited->where, (folder.path() / kConfigFile).string());
  EXPECT_NE(edited->what.find("rule.m_lr was changed"), std::string::npos) << edited->what;
  EXPECT_FALSE(watch.news()) << "it was told";
  EXPECT_TRUE(editedConfig(folder.path(), spec)) << "and is so still";
  std::filesystem::remove(folder.path() / kConfigFile);
  EXPECT_FALSE(editedConfig(folder.path(), spec));
}

TEST(ConfigFile, AnEditedOneStaysAndOursLiesBesideIt) {
  const data::TempFolder folder;
  const auto spec = test::smallExperiment();
  LiveRun live(1, "main", test::setting(spec), /*threads=*/1);
  ASSERT_TRUE(live.begin().ok());
  ASSERT_TRUE(saveRun(folder.path(), live.toSave(nullptr)).ok());
  auto other = spec;
  other.rule.m_lr = 0.7;
  other.network.layers[1].name = "renamed";
  for (auto& path : other.network.paths) {
    if (path.from == "h1") path.from = "renamed";
    if (path.to == "h1") path.to = "renamed";
  }
  ASSERT_FALSE(writeConfig(folder.path(), other));
  const auto edited = textOf(folder.path() / kConfigFile);
  const auto notice = saveRun(folder.path(), live.toSave(nullptr));
  ASSERT_TRUE(notice.ok());
  EXPECT_NE(notice->find("edited and stays"), std::string::npos) << *notice;
  EXPECT_EQ(textOf(folder.path() / kConfigFile), edited);
  EXPECT_EQ(spec::loadExperiment(folder.path() / kAsRunFile).value(), spec);
  EXPECT_TRUE(SavedRun::open(1, "saved", folder.path()).ok()) << "its columns are ours";
  ASSERT_FALSE(writeConfig(folder.path(), spec));  // put back
  ASSERT_TRUE(saveRun(folder.path(), live.toSave(nullptr)).ok());
  EXPECT_FALSE(std::filesystem::exists(folder.path() / kAsRunFile));
}

TEST(ConfigFile, AnEditedOneIsSetAsideWhereAnotherRunBegins) {
  const data::TempFolder folder;
  auto spec = test::smallExperiment();
  const auto begin = [&] {
    auto kept = beginKeptRun(folder.path(), test::setting(spec), /*overwrite=*/true);
    EXPECT_TRUE(kept.ok());
    return kept->notice;
  };
  EXPECT_EQ(begin(), "");
  spec.rule.m_lr = 0.7;
  EXPECT_EQ(begin(), "") << "another experiment, but nobody edited the file";
  auto other = spec;
  other.rule.alpha0 = 0.3;
  ASSERT_FALSE(writeConfig(folder.path(), other));
  EXPECT_NE(begin().find(kEditedFile), std::string::npos);
  EXPECT_EQ(spec::loadExperiment(folder.path() / kEditedFile).value(), other);
  EXPECT_EQ(spec::loadExperiment(folder.path() / kConfigFile).value(), spec);
}

}  // namespace
}  // namespace dentate::run
