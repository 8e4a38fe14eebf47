// Runs side by side as the window meets them: branches that go on from the same numbers, and saved
// runs that are read back.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "engine/learn/registry.h"
#include "engine/run/headless.h"
#include "engine/run/kept_run.h"
#include "engine/run/run_folder.h"
#include "engine/run/runs.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/inhibition.h"
#include "engine/spec/spelling.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/running.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using link::Phase;

class Branches : public test::RunningTest {
 protected:
  // Two networks after the first of three tasks.
  link::SnapshotPtr learnATask(const spec::ExperimentSpec& spec = test::smallExperiment()) {
    send(link::Load{spec});
    return stepTask(3);
  }
  link::SnapshotPtr stepTask(std::int64_t to) {
    send(link::StepTask{});
    return await([=](const auto& s) { return s.phase == Phase::Paused && s.step == to; });
  }
  link::SnapshotPtr branch() { return awaitApplied(send(link::Branch{})); }
  link::SnapshotPtr playToTheEnd() {
    send(link::Play{});
    return awaitPhase(Phase::Finished);
  }
  std::map<std::uint64_t, Record> recordsByRun() {
    std::map<std::uint64_t, std::vector<link::MetricPoint>> points;
    for (auto& point : channel.metrics.drain())
      points[std::visit([](const auto& p) { return p.run; }, point)].push_back(point);
    std::map<std::uint64_t, Record> records;
    for (const auto& [run, of] : points) records[run] = test::recordOf(of);
    return records;
  }
};

// Of networks of several kinds, and of every rule at the highest order that it takes.
std::vector<spec::ExperimentSpec> toBranch() {
  std::vector all{test::smallExperiment(), test::smallDualExperiment(),
                  test::smallConvolutionalExperiment(), test::smallBiasedExperiment()};
  for (const auto& traits : learn::ruleTraits()) {
    const auto small = test::smallExperiment();
    all.push_back(spec::setKeys(small, spec::choosing(traits, small)).value());
    all.back().rule.order = traits.highest_order;
    all.back().rule.alpha_per = spec::AlphaPer::Weight;
  }
  return all;
}

TEST_F(Branches, GoOnFromTheSameNumbersWithAllThatWasMeasuredBefore) {
  for (const auto& spec : toBranch()) {
    SCOPED_TRACE(spec.rule.name);
    (void)channel.metrics.drain();
    const auto before = learnATask(spec);
    const auto now = branch();
    ASSERT_EQ(now->runs.size(), 2U);
    EXPECT_EQ(now->run, now->runs[1].run);
    EXPECT_EQ(now->runs[1].from, before->run);
    EXPECT_EQ(now->runs[1].from_step, 3);
    EXPECT_EQ(now->phase, Phase::Paused);
    EXPECT_EQ(now->layers[1].acts, before->layers[1].acts);
    const auto over = playToTheEnd();
    EXPECT_EQ(over->done, over->in_all);
    await([](const auto& s) { return s.runs[1].sent == 1; });
    const auto records = recordsByRun();
    const auto apart = runHeadless(test::setting(spec), 1, {}, [](const auto&) {});
    test::expectSameRecord(records.at(before->run), apart.record);
    test::expectSameRecord(records.at(now->run), apart.record);
  }
}

TEST_F(Branches, PartWhereOneIsChanged) {
  const auto before = learnATask(test::smallDualExperiment());
  const auto now = branch();
  send(link::SetLesions{{{spec::LesionPart::Layer, 2, 1.0}}});
  send(link::SetRate{link::Rate::Alpha, 0});
  const auto over = playToTheEnd();
  EXPECT_TRUE(over->runs[0].lesions.empty());
  EXPECT_EQ(over->runs[1].lesions.size(), 1U);
  EXPECT_EQ(over->runs[1].alpha_lr, 0);
  EXPECT_EQ(over->layers[2].active_fraction, 0);
  const auto main = awaitApplied(send(link::SelectRun{before->run}));
  EXPECT_GT(main->layers[2].active_fraction, 0);
  EXPECT_TRUE(main->lesions.empty());
  const auto records = recordsByRun();
  const auto alphaAt = [&](std::uint64_t run, std::int64_t step) {
    for (const auto& point : records.at(run).steps)
      if (point.step == step && point.replica == 0) return point.alpha[0];
    return -1.0F;
  };
  EXPECT_EQ(alphaAt(now->run, 3), alphaAt(before->run, 3));
  EXPECT_EQ(alphaAt(now->run, 9), alphaAt(now->run, 3));
  EXPECT_NE(alphaAt(before->run, 9), alphaAt(before->run, 3));
}

TEST_F(Branches, AreManyAndStepTogether) {
  learnATask();
  for (int i = 0; i < 4; ++i) branch();
  const auto now = channel.snapshots.get();
  ASSERT_EQ(now->runs.size(), 5U);
  EXPECT_EQ(now->runs[0].name, "main");
  EXPECT_EQ(now->runs[4].name, "branch 4");
  EXPECT_EQ(now->runs[4].from, now->runs[3].run) << "the shown one branches";
  send(link::StepMeta{});
  const auto stepped = await([](const auto& s) { return s.phase == Phase::Paused && s.step == 4; });
  for (const auto& run : stepped->runs) EXPECT_EQ(run.step, 4) << run.name;
  stepTask(6);
  const auto over = playToTheEnd();
  for (const auto& run : over->runs) EXPECT_EQ(run.step, 9) << run.name;
}

TEST_F(Branches, OfALaggingRunAreAlikeHoweverItGoesOn) {
  auto spec = test::smallExperiment();
  spec.replicas.seeds = 7;
  spec.stream.samples_per_task = 400;
  send(link::Load{spec});
  send(link::Play{});
  await([](const auto& s) { return s.step > 20; });  // some are ahead of others
  const auto now = branch();
  playToTheEnd();
  const auto records = recordsByRun();
  test::expectSameRecord(records.at(now->runs[1].run), records.at(now->runs[0].run));
}

TEST_F(Branches, SwitchInhibitionOfALayer) {
  const auto before = learnATask();
  EXPECT_GT(before->layers[1].m, 0);
  branch();
  const auto off = awaitApplied(send(link::SetInhibition{1, spec::Inhibition::None}));
  EXPECT_FALSE(off->failure.has_value());
  EXPECT_EQ(off->spec->network.layers[1].inhibition, spec::Inhibition::None);
  EXPECT_EQ(off->runs[0].spec->network.layers[1].inhibition, spec::Inhibition::LearnedM);
  const auto later = stepTask(6);
  EXPECT_EQ(later->layers[1].m, 0);
  EXPECT_GT(later->layers[2].m, 0);
  const auto main = awaitApplied(send(link::SelectRun{before->run}));
  EXPECT_GT(main->layers[1].m, 0);
  EXPECT_GT(later->layers[1].active_fraction, main->layers[1].active_fraction);
  send(link::SelectRun{off->run});
  send(link::SetInhibition{1, spec::Inhibition::LearnedM});
  const auto on = awaitApplied(send(link::SetRate{link::Rate::M, 0}));
  EXPECT_EQ(on->layers[1].m, static_cast<float>(on->spec->rule.m0));
  EXPECT_EQ(playToTheEnd()->step, 9);
  EXPECT_TRUE(awaitApplied(send(link::SetInhibition{77, {}}))->failure.has_value());
}

TEST_F(Branches, SwitchALayerToKWinners) {
  learnATask();
  branch();
  const auto winners = spec::valueNamed<spec::Inhibition>("k_wta").value();
  const auto on = awaitApplied(send(link::SetInhibition{1, winners}));
  EXPECT_FALSE(on->failure.has_value());
  EXPECT_EQ(on->layers[1].m, 1.0);
  EXPECT_EQ(on->layers[1].k, spec::annealedK(on->spec->network.layers[1], on->step) + 1);
  const auto later = stepTask(6);
  EXPECT_EQ(later->layers[1].m, 1.0);
  EXPECT_NE(later->layers[2].m, later->spec->rule.m0);
  EXPECT_EQ(playToTheEnd()->step, 9);
}

TEST_F(Branches, AreSelectedRenamedAndDropped) {
  const auto before = learnATask();
  const auto now = branch();
  EXPECT_TRUE(awaitApplied(send(link::RenameRun{now->run, "main"}))->failure.has_value())
      << "the name is taken";
  EXPECT_TRUE(awaitApplied(send(link::RenameRun{now->run, ""}))->failure.has_value());
  EXPECT_EQ(awaitApplied(send(link::RenameRun{now->run, "lesioned"}))->runs[1].name, "lesioned");
  EXPECT_EQ(awaitApplied(send(link::SelectRun{before->run}))->run, before->run);
  const auto dropped = awaitApplied(send(link::DropRun{before->run}));
  ASSERT_EQ(dropped->runs.size(), 1U);
  EXPECT_EQ(dropped->run, now->run);
  EXPECT_TRUE(awaitApplied(send(link::DropRun{now->run}))->failure.has_value()) << "the last one";
  const auto reset = awaitApplied(send(link::Reset{}));
  ASSERT_EQ(reset->runs.size(), 1U);
  EXPECT_EQ(reset->runs[0].name, "main");
  EXPECT_GT(reset->run, now->run);
  EXPECT_EQ(reset->begun, now->begun + 1);
}

TEST_F(Branches, NeedARunAndRoom) {
  EXPECT_TRUE(awaitApplied(send(link::Branch{}))->failure.has_value());
  learnATask();
  for (std::size_t i = 1; i < Runs::kMost; ++i) EXPECT_FALSE(branch()->failure.has_value());
  const auto full = branch();
  EXPECT_EQ(full->runs.size(), Runs::kMost);
  ASSERT_TRUE(full->failure.has_value());
  EXPECT_NE(full->failure->what.find("drop one"), std::string::npos);
}

class SavedRuns : public Branches {
 protected:
  link::SnapshotPtr open(const fs::path& of) {
    awaitApplied(send(link::OpenRun{of.string()}));
    return await(
        [](const auto& s) { return s.failure || (!s.runs.empty() && s.runs.back().sent == 1); });
  }
  data::TempFolder temp;
  const fs::path folder = temp.path() / "run";
};

TEST_F(SavedRuns, ComeBackAsTheyWere) {
  auto spec = test::smallDualExperiment();
  spec.network.layers[1].name = "h,1";  // quoted in the table
  for (auto& path : spec.network.paths) {
    if (path.from == "h1") path.from = "h,1";
    if (path.to == "h1") path.to = "h,1";
  }
  send(link::Load{spec});
  const auto before = playToTheEnd();
  awaitApplied(send(link::SaveRun{folder.string()}));
  const auto now = open(folder);
  ASSERT_FALSE(now->failure.has_value()) << now->failure->text();
  ASSERT_EQ(now->runs.size(), 2U);
  const auto& entry = now->runs[1];
  EXPECT_FALSE(entry.live());
  EXPECT_EQ(entry.name, "run");
  EXPECT_EQ(entry.step, 9);
  EXPECT_EQ(*entry.spec, *before->spec);
  const auto points = channel.metrics.drain();
  std::size_t summaries = 0;
  for (const auto& point : points)
    if (const auto* summary = std::get_if<link::SummaryPoint>(&point))
      summaries += summary->run == entry.run ? 1 : 0;
  EXPECT_EQ(summaries, 2U);
  std::map<std::uint64_t, std::vector<link::MetricPoint>> by_run;
  for (const auto& point : points)
    by_run[std::visit([](const auto& p) { return p.run; }, point)].push_back(point);
  auto saved = test::recordOf(by_run[entry.run]);
  auto live = test::recordOf(by_run[before->run]);
  for (auto* record : {&saved, &live})
    for (auto& point : record->steps)
      point.active_fraction = {point.active_fraction[1], point.active_fraction[2]};  // hidden ones
  test::expectSameRecord(saved, live);
  EXPECT_EQ(awaitApplied(send(link::DropRun{entry.run}))->runs.size(), 1U);
}

TEST_F(SavedRuns, SayWhichNetworksDiverged) {
  const auto setting = test::setting(test::smallExperiment());
  LiveRun sound(1, "main", setting, /*threads=*/2);
  ASSERT_TRUE(sound.begin().ok());
  auto kept = sound.checkpoint();
  kept.state.courses[1].replica->parameters.weights[0].fill_(std::nan(""));
  const auto run = LiveRun::restored(kept, setting, {}, /*threads=*/2);
  EXPECT_TRUE(run->entry().failed.empty());
  (void)run->advance({.until = run->experiment().end()});
  const auto failed = run->entry().failed;
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].replica, 1U);
  EXPECT_EQ(failed[0].step, 1);
  EXPECT_NE(failed[0].why.find("finite"), std::string::npos);
  ASSERT_TRUE(saveRun(folder, run->toSave(nullptr)).ok());
  const auto saved = SavedRun::open(2, "saved", folder);
  ASSERT_TRUE(saved.ok()) << saved.error().text();
  EXPECT_EQ((*saved)->entry().failed, failed);
}

// What a program leaves that was killed: the store alone, its log beside it.
TEST_F(SavedRuns, ThatWereBrokenOffAreReadFromTheirStore) {
  auto spec = test::smallExperiment();
  spec.replicas.seeds = 3;
  fs::create_directories(folder);
  std::vector<link::MetricPoint> measured;
  ReplicaSummary ended;
  {
    auto kept = beginKeptRun(folder, test::setting(spec), false);
    ASSERT_TRUE(kept.ok()) << kept.error().text();
    Experiment experiment(kept->setting, {}, {1});  // ends before the others begin
    measured = experiment.advance({.until = experiment.end()});
    ended = experiment.summaries().at(0);
    auto part = Experiment(kept->setting, {}, {0}).advance({.until = {4, true}});
    measured.insert(measured.end(), part.begin(), part.end());
    ASSERT_FALSE(kept->store->add(measured));
    ASSERT_FALSE(kept->store->addEvents({{EventKind::Diverged, 5, "no number", 0}}));
    std::ofstream(folder / "metrics.csv") << "of the run before";
    std::ofstream(folder / "accuracy.csv") << "of the run before";
  }
  const auto now = open(folder);
  ASSERT_FALSE(now->failure.has_value()) << now->failure->text();
  const auto& entry = now->runs.back();
  EXPECT_EQ(entry.step, 9);
  EXPECT_EQ(*entry.spec, spec);
  EXPECT_EQ(entry.failed, (std::vector<link::FailedNetwork>{{0, 5, "no number"}}));
  EXPECT_NE(now->notice.find("not finished"), std::string::npos) << now->notice;
  EXPECT_NE(now->notice.find("meta-step 9 of 9"), std::string::npos) << now->notice;
  std::vector<link::MetricPoint> points;
  std::vector<link::SummaryPoint> summaries;
  for (const auto& point : channel.metrics.drain())
    if (const auto* summary = std::get_if<link::SummaryPoint>(&point))
      summaries.push_back(*summary);
    else if (std::visit([](const auto& p) { return p.run; }, point) == entry.run)
      points.push_back(point);
  test::expectSameRecord(test::recordOf(points), test::recordOf(measured));
  ASSERT_EQ(summaries.size(), 1U);
  EXPECT_EQ(summaries[0].replica, 1U);
  EXPECT_EQ(summaries[0].run, entry.run);
  EXPECT_EQ(summaries[0].ra, ended.ra);
  EXPECT_EQ(summaries[0].la, ended.la);
}

TEST_F(SavedRuns, ThatAreDamagedSaySo) {
  ASSERT_TRUE(beginKeptRun(folder, test::setting(test::smallExperiment()), false).ok());
  std::ofstream(folder / kStoreFile) << std::string(5000, 'x');
  const auto now = awaitApplied(send(link::OpenRun{folder.string()}));
  ASSERT_TRUE(now->failure.has_value());
  EXPECT_EQ(now->failure->where, (folder / kStoreFile).string());
  EXPECT_NE(now->failure->what.find("damaged"), std::string::npos);
}

TEST_F(SavedRuns, StayWhenAnotherExperimentIsLoaded) {
  learnATask();
  awaitApplied(send(link::SaveRun{folder.string()}));
  open(folder);
  const auto now = awaitApplied(send(link::Load{test::smallDualExperiment()}));
  ASSERT_EQ(now->runs.size(), 2U);
  EXPECT_TRUE(now->runs[0].live());
  EXPECT_EQ(now->runs[1].folder, folder.string());
  EXPECT_TRUE(open(folder)->failure.has_value()) << "it is open already";
}

TEST_F(SavedRuns, OfABranchSayWhatWasChanged) {
  learnATask();
  const auto now = branch();
  send(link::SetInhibition{1, spec::Inhibition::None});
  awaitApplied(send(link::SaveRun{folder.string(), now->run}));
  std::ifstream in(folder / "summary.json");
  const auto changes = nlohmann::json::parse(in)["changes"];
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0]["step"], 3);
  EXPECT_EQ(changes[0]["what"], "branched off \"main\"");
  EXPECT_EQ(changes[1]["what"], "h1: inhibition none");
}

TEST_F(SavedRuns, ThatAreDamagedAreRefusedWithFileAndLine) {
  learnATask();
  awaitApplied(send(link::SaveRun{folder.string()}));
  Store::remove(folder / kStoreFile);  // from which it is read otherwise, since it has not ended
  const auto text = [&](const char* file) {
    std::ifstream in(folder / file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const auto metrics = text("metrics.csv"), accuracy = text("accuracy.csv");
  const auto line_end = metrics.find('\n', metrics.find('\n') + 1);
  struct Damage {
    const char* file;
    std::string text;
    const char* says;
  };
  const Damage damages[] = {
      {"metrics.csv", "", "cannot be read"},
      {"metrics.csv", "a,b\n" + metrics, "columns"},
      {"metrics.csv", metrics.substr(0, line_end - 3) + "x\n", "line 2"},
      {"metrics.csv", metrics.substr(0, line_end) + ",1" + metrics.substr(line_end), "line 2"},
      {"metrics.csv", metrics + "9,s+lr,0.01,9,1,0,1,1,1,1,1,1,1,1,1\n", "is not a meta-step"},
      {"metrics.csv", metrics + std::string(100'000, ','), "is not a meta-step"},
      {"accuracy.csv", accuracy + "0,s+lr,0.01,0,99,0,1,\n", "is not an accuracy"},
      {"accuracy.csv", accuracy + "0,s+lr,0.01,0,nan,0,1,\n", "is not an accuracy"},
      {"summary.json", "[1, 2", "summary"},
      {"summary.json", R"({"replicas": [{"failed": {"step": -1, "why": "x"}}]})", "summary"},
      {"config.json", "{", "config.json"},
  };
  for (const auto& damage : damages) {
    const auto good = text(damage.file);
    std::ofstream(folder / damage.file, std::ios::binary) << damage.text;
    const auto now = open(folder);
    ASSERT_TRUE(now->failure.has_value()) << damage.file << " " << damage.says;
    EXPECT_NE(now->failure->text().find(damage.says), std::string::npos) << now->failure->text();
    EXPECT_NE(now->failure->text().find(damage.file), std::string::npos) << now->failure->text();
    EXPECT_EQ(now->runs.size(), 1U);
    std::ofstream(folder / damage.file, std::ios::binary) << good;
    ASSERT_FALSE(open(folder)->failure.has_value());
    awaitApplied(send(link::DropRun{channel.snapshots.get()->runs.back().run}));
  }
  EXPECT_TRUE(open(temp.path() / "none")->failure.has_value());
  EXPECT_TRUE(open(temp.path())->failure.has_value()) << "no run in it";
}

}  // namespace
}  // namespace dentate::run
