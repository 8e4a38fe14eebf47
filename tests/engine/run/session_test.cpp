// The run thread as the window meets it: commands in, snapshots and metric points out.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <thread>

#include "engine/run/headless.h"
#include "engine/run/kept_run.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/running.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

using link::Phase;
using namespace std::chrono_literals;

class Running : public test::RunningTest {};

// A run long enough not to end while a test looks at it.
spec::ExperimentSpec longExperiment() {
  auto spec = test::smallExperiment();
  spec.stream.samples_per_task = 8000;
  return spec;
}

TEST_F(Running, BeginsEmpty) { EXPECT_EQ(channel.snapshots.get()->phase, Phase::Empty); }

TEST_F(Running, LoadsAndWaitsBeforeTheFirstMetaStep) {
  send(link::Load{test::smallExperiment()});
  const auto now = awaitPhase(Phase::Ready);
  EXPECT_EQ(now->step, 0);
  EXPECT_EQ(now->total_steps, 9);
  ASSERT_EQ(now->layers.size(), 4U);
  EXPECT_EQ(now->layers[1].acts.size(), 20U);
  EXPECT_FALSE(now->strip.stimuli.empty());
  EXPECT_EQ(now->variants, (std::vector<spec::Variant>{{spec::Condition::SLr, 0.01, 0},
                                                       {spec::Condition::SLr, 0.01, 1}}));
}

TEST_F(Running, PlaysToTheEndAndSendsEveryPoint) {
  send(link::Load{test::smallExperiment()});
  send(link::Play{});
  awaitPhase(Phase::Finished);
  std::size_t steps = 0, accuracies = 0, summaries = 0;
  for (const auto& point : channel.metrics.drain()) {
    steps += std::holds_alternative<link::StepPoint>(point) ? 1 : 0;
    accuracies += std::holds_alternative<link::AccuracyPoint>(point) ? 1 : 0;
    summaries += std::holds_alternative<link::SummaryPoint>(point) ? 1 : 0;
  }
  EXPECT_EQ(steps, 2U * 10U);  // step 0 and nine meta-steps of two replicas
  EXPECT_EQ(accuracies, 2U * 9U);
  EXPECT_EQ(summaries, 2U);
}

TEST_F(Running, PausesWithinOneMetaStep) {
  send(link::Load{longExperiment()});
  send(link::SetSpeed{5});
  send(link::Play{});
  await([](const auto& s) { return s.step >= 2; });
  const auto before = channel.snapshots.get()->step;
  const auto paused = awaitApplied(send(link::Pause{}));
  EXPECT_EQ(paused->phase, Phase::Paused);
  EXPECT_GE(paused->step, before);
  EXPECT_LE(paused->step, before + 1);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(channel.snapshots.get()->step, paused->step);
}

TEST_F(Running, StepsOneMetaStepAndOneTask) {
  send(link::Load{test::smallExperiment()});
  send(link::StepMeta{});
  auto now = awaitPhase(Phase::Paused);
  EXPECT_EQ(now->step, 1);
  EXPECT_GT(now->layers[1].active_fraction, 0.0);
  send(link::StepTask{});
  now = await([](const auto& s) { return s.phase == Phase::Paused && s.step == 3; });
  EXPECT_EQ(now->task, 1);
  send(link::StepTask{});
  await([](const auto& s) { return s.phase == Phase::Paused && s.step == 6; });
}

TEST_F(Running, ResetBeginsANewRunInTheSameNumbers) {
  send(link::Load{test::smallExperiment()});
  send(link::StepMeta{});
  const auto first = awaitPhase(Phase::Paused);
  send(link::Reset{});
  const auto ready = awaitPhase(Phase::Ready);
  EXPECT_EQ(ready->run, first->run + 1);
  send(link::StepMeta{});
  const auto again = awaitPhase(Phase::Paused);
  EXPECT_EQ(again->layers[1].acts, first->layers[1].acts);
  EXPECT_EQ(again->paths[0].alpha, first->paths[0].alpha);
}

TEST_F(Running, KeepsToTheSpeedAskedFor) {
  send(link::Load{longExperiment()});
  send(link::SetSpeed{20});
  send(link::Play{});
  await([](const auto& s) { return s.step >= 1; });
  const auto began = channel.snapshots.get()->step;
  std::this_thread::sleep_for(500ms);
  const auto done = channel.snapshots.get()->step - began;
  EXPECT_LE(done, 14);  // 10 in half a second, and what a late timer adds
  EXPECT_GE(done, 1);
}

TEST_F(Running, TakesRatesWhileItLearns) {
  send(link::Load{longExperiment()});
  send(link::Play{});
  const auto now = awaitApplied(send(link::SetRate{link::Rate::Alpha, 0.0}));
  EXPECT_EQ(now->alpha_lr, 0.0);
  // Where one replica is ahead of the other, by 40 meta-steps at most, the rate acts from there on.
  await([&](const auto& s) { return s.step > now->step + 40; });
  send(link::Pause{});
  const auto paused = awaitPhase(Phase::Paused);
  send(link::StepMeta{});
  const auto next = await([&](const auto& s) { return s.step == paused->step + 1; });
  EXPECT_EQ(next->paths[0].alpha, paused->paths[0].alpha);
}

spec::ExperimentSpec fortyReplicas() {
  auto spec = test::smallExperiment();
  spec.replicas.conditions = {spec::Condition::Baseline, spec::Condition::SLr};
  spec.replicas.seeds = 20;
  return spec;
}

TEST_F(Running, StepsAllReplicasTogether) {
  send(link::Load{fortyReplicas()});
  send(link::StepMeta{});
  EXPECT_EQ(awaitPhase(Phase::Paused)->step, 1);
  std::vector<std::int64_t> points(2);
  for (const auto& point : channel.metrics.drain())
    ++points.at(static_cast<std::size_t>(std::get<link::StepPoint>(point).step));
  EXPECT_EQ(points, (std::vector<std::int64_t>{40, 40}));
  send(link::StepTask{});
  const auto now = await([](const auto& s) { return s.phase == Phase::Paused && s.step == 3; });
  EXPECT_EQ(now->done, 40 * (3 + 3));  // meta-steps and tests
}

TEST_F(Running, PausedAgainAndAgainItGivesTheSameNumbersAndCountsToTheEnd) {
  const auto spec = fortyReplicas();
  const auto apart = runHeadless(test::setting(spec), 1, {}, [](const auto&) {});
  send(link::Load{spec});
  awaitPhase(Phase::Ready);
  for (int i = 0; i < 12; ++i) {  // at any place, amid a round too
    send(link::Play{});
    awaitApplied(send(link::Pause{}));
  }
  send(link::StepMeta{});
  send(link::Play{});
  const auto now = awaitPhase(Phase::Finished);
  EXPECT_EQ(now->in_all, 40 * (9 + 9));
  EXPECT_EQ(now->done, now->in_all);
  test::expectSameRecord(test::recordOf(channel.metrics.drain()), apart.record);
}

TEST_F(Running, RefusesAnImpossibleRateAndSpeed) {
  send(link::Load{test::smallExperiment()});
  const auto bad_rate = awaitApplied(send(link::SetRate{link::Rate::M, std::nan("")}));
  ASSERT_TRUE(bad_rate->failure.has_value());
  EXPECT_EQ(bad_rate->failure->where, "rule.m_lr");
  const auto bad_speed = awaitApplied(send(link::SetSpeed{-1}));
  ASSERT_TRUE(bad_speed->failure.has_value());
  EXPECT_EQ(bad_speed->failure->where, "speed");
}

TEST_F(Running, AnErrorIsNotLostBetweenOtherCommands) {
  send(link::Load{test::smallExperiment()});
  const auto bad = send(link::SaveRun{"/proc/no/such"});
  send(link::SetRate{link::Rate::M, 0.1});
  send(link::Play{});
  const auto done =
      await([=](const auto& s) { return s.phase == Phase::Finished && s.applied >= bad; });
  ASSERT_TRUE(done->failure.has_value());
  EXPECT_EQ(done->failed, bad);
  const auto again = awaitApplied(send(link::Reset{}));
  EXPECT_FALSE(again->failure.has_value());
  EXPECT_EQ(again->failed, 0U);
}

TEST_F(Running, AFailedLoadKeepsWhatWasThere) {
  send(link::Load{test::smallExperiment()});
  send(link::StepMeta{});
  awaitPhase(Phase::Paused);
  auto wrong = test::smallExperiment();
  wrong.data.dataset = spec::DatasetKind::Idx;
  wrong.data.path = "/no/such/folder";
  const auto now = awaitApplied(send(link::Load{wrong}));
  ASSERT_TRUE(now->failure.has_value());
  EXPECT_EQ(now->phase, Phase::Paused);
  EXPECT_EQ(now->step, 1);
}

TEST_F(Running, FailsWithoutARunWhenTheFirstLoadFails) {
  auto wrong = test::smallExperiment();
  wrong.rule.name = "none such";
  const auto now = awaitApplied(send(link::Load{wrong}));
  EXPECT_EQ(now->phase, Phase::Failed);
}

TEST_F(Running, SavesARunFolderOnRequest) {
  const data::TempFolder temp;
  const auto folder = temp.path() / "run";
  send(link::Load{test::smallExperiment()});
  send(link::StepTask{});
  awaitPhase(Phase::Paused);
  const auto saved = awaitApplied(send(link::SaveRun{folder.string()}));
  EXPECT_FALSE(saved->failure.has_value());
  EXPECT_NE(saved->notice.find(folder.string()), std::string::npos);
  for (const char* file : {"config.json", "metrics.csv", "summary.json", "alpha.svg"})
    EXPECT_TRUE(std::filesystem::exists(folder / file)) << file;
}

// The run stands still for the copy alone: it has learned on before the folder is whole, which holds
// it as it was.
TEST_F(Running, LearnsOnWhileItIsSaved) {
  const data::TempFolder folder;
  auto spec = test::smallExperiment();
  spec.network = spec::layeredNetwork(784, 2, 200, 10);
  spec.stream.samples_per_task = 8000;
  spec.replicas.seeds = 16;
  send(link::Load{spec});
  send(link::Play{});
  await([](const auto& s) { return s.step >= 20; });
  const auto ticket = send(link::SaveRun{folder.path().string()});
  std::int64_t meanwhile = 0;
  const auto saved = await([&](const auto& s) {
    if (s.applied < ticket) meanwhile = std::max(meanwhile, s.step);
    return s.applied >= ticket;
  });
  EXPECT_FALSE(saved->failure.has_value());
  const auto& run = saved->runs[0];
  EXPECT_GE(run.saved_step, 20);
  EXPECT_LT(run.saved_step, meanwhile);
  EXPECT_LT(run.saved_step, run.step);
  const auto kept = resumeKeptRun(folder.path(), "assets");
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  std::int64_t least = spec::totalSteps(spec);
  for (const auto& course : kept->state->courses) least = std::min(least, course.steps);
  EXPECT_EQ(least, run.saved_step);
}

TEST_F(Running, SaysWhyItCannotSave) {
  send(link::Load{test::smallExperiment()});
  const auto now = awaitApplied(send(link::SaveRun{"/proc/no/such"}));
  ASSERT_TRUE(now->failure.has_value());
  EXPECT_EQ(now->failure->kind, spec::Error::Kind::Io);
}

TEST_F(Running, EndsAmidARun) {
  send(link::Load{longExperiment()});
  send(link::Play{});
  await([](const auto& s) { return s.step >= 2; });
}  // the destructor must return

}  // namespace
}  // namespace dentate::run
