// What one sitting leaves for the next: the runs as they were, whatever ended it.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "engine/run/headless.h"
#include "engine/run/run_folder.h"
#include "engine/run/sqlite.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/running.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using link::Phase;

// One window's engine, from its start to its end.
class Sitting : public test::WindowEnd {
 public:
  explicit Sitting(const fs::path& folder,
                   const spec::ExperimentSpec& otherwise = test::smallDualExperiment())
      : thread_(std::make_unique<RunThread>(channel, "assets")) {
    first = awaitApplied(send(link::Restore{folder.string(), otherwise}));
  }
  void end() { thread_.reset(); }

  link::SnapshotPtr step(int steps) {
    for (int i = 1; i < steps; ++i) awaitPaused(send(link::StepMeta{}));
    return awaitPaused(send(link::StepMeta{}));
  }
  link::SnapshotPtr awaitPaused(link::Ticket ticket) {
    return await([=](const auto& s) { return s.applied >= ticket && s.phase == Phase::Paused; });
  }
  link::SnapshotPtr playToTheEnd() {
    send(link::Play{});
    return awaitPhase(Phase::Finished);
  }
  std::map<std::uint64_t, Record> records() {
    await([](const auto& s) {
      for (const auto& run : s.runs)
        if (run.sent < 1) return false;
      return true;
    });
    std::map<std::uint64_t, std::vector<link::MetricPoint>> points;
    for (auto& point : channel.metrics.drain())
      points[std::visit([](const auto& p) { return p.run; }, point)].push_back(point);
    std::map<std::uint64_t, Record> out;
    for (const auto& [run, of] : points) out[run] = test::recordOf(of);
    return out;
  }

  link::SnapshotPtr first;

 private:
  std::unique_ptr<RunThread> thread_;
};

TEST(Sitting, TheNextOneGoesOnFromTheSameNumbers) {
  const data::TempFolder folder;
  const auto spec = test::smallDualExperiment();
  link::SnapshotPtr before;
  {
    Sitting sitting(folder.path());
    EXPECT_TRUE(sitting.first->kept);
    before = sitting.step(4);
  }
  Sitting next(folder.path());
  EXPECT_EQ(next.first->phase, Phase::Paused);
  EXPECT_EQ(next.first->step, 4);
  EXPECT_EQ(next.first->run, before->run);
  for (std::size_t u = 0; u < before->layers[1].acts.size(); ++u)
    EXPECT_NEAR(next.first->layers[1].acts[u], before->layers[1].acts[u], 1e-6);
  EXPECT_EQ(next.first->strip.newest, before->strip.newest);
  const auto over = next.playToTheEnd();
  const auto apart = runHeadless(test::setting(spec), 1, {}, [](const auto&) {});
  test::expectSameRecord(next.records().at(over->run), apart.record);
}

TEST(Sitting, BranchesRatesLesionsNamesAndComparedRunsComeBack) {
  const data::TempFolder folder, saved;
  const auto spec = test::smallDualExperiment();
  const auto apart = runHeadless(test::setting(spec), 1, {}, [](const auto&) {});
  ASSERT_FALSE(writeRunFolder(saved.path(), spec, apart.record));
  link::SnapshotPtr before;
  std::map<std::uint64_t, Record> records;
  const std::vector<spec::Lesion> lesions{
      {spec::LesionPart::Layer, 2, 0.5, spec::LesionOrder::MostActive}};
  {
    Sitting sitting(folder.path());
    sitting.step(3);
    sitting.send(link::Branch{});
    sitting.send(link::SetLesions{lesions});
    sitting.send(link::SetRate{link::Rate::Alpha, 0.25});
    sitting.send(link::SetInhibition{1, spec::Inhibition::None});
    sitting.awaitApplied(sitting.send(link::OpenRun{saved.path().string()}));
    before = sitting.step(2);
    before = sitting.awaitApplied(sitting.send(link::RenameRun{before->run, "without"}));
    before = sitting.awaitApplied(sitting.send(link::SelectRun{before->runs[0].run}));
    sitting.end();
    records = sitting.records();
  }
  Sitting next(folder.path());
  const auto& now = *next.first;
  ASSERT_EQ(now.runs.size(), 3U);
  EXPECT_EQ(now.run, before->run);
  for (std::size_t r = 0; r < 2; ++r) {
    EXPECT_EQ(now.runs[r].run, before->runs[r].run);
    EXPECT_EQ(now.runs[r].name, before->runs[r].name);
    EXPECT_EQ(now.runs[r].step, before->runs[r].step);
    EXPECT_EQ(now.runs[r].from, before->runs[r].from);
    EXPECT_EQ(now.runs[r].lesions, before->runs[r].lesions);
    EXPECT_EQ(now.runs[r].alpha_lr, before->runs[r].alpha_lr);
    EXPECT_EQ(*now.runs[r].spec, *before->runs[r].spec);
  }
  EXPECT_EQ(now.runs[1].lesions, lesions);
  EXPECT_EQ(now.runs[2].folder, saved.path().string());
  const auto back = next.records();
  for (const auto& run : before->runs)
    if (run.live()) test::expectSameRecord(back.at(run.run), records.at(run.run));
}

TEST(Sitting, WhatHappenedToARunIsKeptWithIt) {
  const data::TempFolder folder;
  const auto eventsOf = [&](std::uint64_t run) {
    std::vector<std::string> told;
    auto store = Store::open(folder.path() / ("run-" + std::to_string(run) + ".sqlite")).value();
    const auto events = store->events().value();
    for (const auto& event : events)
      if (event.kind != EventKind::Checkpoint)
        told.push_back(std::to_string(event.step) + " " + std::string(nameOf(event.kind)) +
                       (event.text.empty() ? "" : ": " + event.text));
    return told;
  };
  std::uint64_t main = 0, branch = 0;
  {
    Sitting sitting(folder.path());
    main = sitting.step(2)->run;
    sitting.send(link::SetRate{link::Rate::M, 0.5});
    branch = sitting.awaitApplied(sitting.send(link::Branch{}))->run;
    sitting.send(link::SetLesions{{{spec::LesionPart::Path, 0, 1}}});
    sitting.send(link::SetInhibition{1, spec::Inhibition::None});
    sitting.send(link::SetLesions{{}});
    sitting.step(1);
  }
  const std::vector<std::string> of_main{"0 started: 2 networks", "2 rates: m_lr = 0.5",
                                         "3 stopped"};
  EXPECT_EQ(eventsOf(main), of_main);
  const std::vector<std::string> of_branch{"0 started: 2 networks",
                                           "2 rates: m_lr = 0.5",
                                           "2 branched: branched off \"main\"",
                                           "2 lesions: input → h1 cut",
                                           "2 inhibition: h1: inhibition none",
                                           "2 lesions: all undone",
                                           "3 stopped"};
  EXPECT_EQ(eventsOf(branch), of_branch);
  {
    Sitting next(folder.path());
    next.playToTheEnd();
  }
  auto all = of_main;
  all.insert(all.end(), {"3 resumed: 2 networks", "9 finished"});
  EXPECT_EQ(eventsOf(main), all);
}

std::vector<std::string> told(const link::RunEntry& run) {
  std::vector<std::string> out;
  if (!run.events) return out;
  for (const auto& event : *run.events)
    out.push_back(
        std::to_string(event.step) + " " + std::string(nameOf(event.kind)) +
        (event.text.empty() || event.kind == EventKind::Checkpoint ? "" : ": " + event.text));
  return out;
}

// What the window is told, as it happens, and once it is read back: live and saved.
TEST(Sitting, TheWindowIsToldWhatHappenedToEachRun) {
  const data::TempFolder folder, saved;
  const auto with = [](const std::vector<std::string>& all, const std::string& kind) {
    return std::count_if(all.begin(), all.end(), [&](const std::string& one) {
      return one.find(" " + kind) != std::string::npos;
    });
  };
  {
    Sitting sitting(folder.path());
    sitting.step(2);
    sitting.send(link::SetRate{link::Rate::M, 0.5});
    const auto now = sitting.awaitApplied(sitting.send(link::Branch{}));
    auto main = told(now->runs[0]), branch = told(now->runs[1]);
    const auto plain = [](std::vector<std::string> all) {
      std::erase_if(all, [](const auto& one) { return one.ends_with(" checkpoint"); });
      return all;
    };
    EXPECT_EQ(plain(main),
              (std::vector<std::string>{"0 started: 2 networks", "2 rates: m_lr = 0.5"}));
    EXPECT_EQ(plain(branch).back(), "2 branched: branched off \"main\"");
    const auto kept =
        sitting.await([&](const auto& s) { return with(told(s.runs[0]), "checkpoint") > 0; });
    EXPECT_LE(with(told(kept->runs[0]), "checkpoint"), 2) << "those that are left";
    sitting.awaitApplied(sitting.send(link::SaveRun{saved.path().string()}));
    const auto beside = sitting.awaitApplied(sitting.send(link::OpenRun{saved.path().string()}));
    ASSERT_EQ(beside->runs.size(), 3U);
    branch = told(beside->runs[2]);
    EXPECT_EQ(plain(branch), plain(told(beside->runs[1])));
    EXPECT_EQ(with(branch, "checkpoint"), 1);
  }
  Sitting next(folder.path());
  const auto main = told(next.first->runs[0]);
  EXPECT_EQ(with(main, "stopped"), 1);
  EXPECT_EQ(with(main, "resumed"), 1);
}

TEST(Sitting, CheckpointsLieAtTheEndsOfTasks) {
  const data::TempFolder folder;
  auto spec = test::smallExperiment();
  spec.stream.tasks = 20;
  spec.stream.samples_per_task = 8000;
  spec.evaluate = spec::Evaluate::Final;
  Sitting sitting(folder.path(), spec);
  std::set<std::int64_t> seen;
  sitting.send(link::Play{});
  sitting.await([&](const auto& s) {
    if (s.runs[0].events)
      for (const auto& event : *s.runs[0].events)
        if (event.kind == EventKind::Checkpoint && event.step > 0) seen.insert(event.step);
    return s.phase == Phase::Finished || seen.size() > 2;
  });
  ASSERT_FALSE(seen.empty());
  EXPECT_GT(std::ranges::count_if(seen, [](auto step) { return step % 1600 == 0; }),
            std::ssize(seen) / 2);
}

TEST(Sitting, ResetBeginsWithTheLoadedExperiment) {
  const data::TempFolder folder;
  {
    Sitting sitting(folder.path());
    sitting.step(2);
    sitting.awaitApplied(sitting.send(link::SetInhibition{1, spec::Inhibition::None}));
  }
  Sitting next(folder.path(), test::smallExperiment());
  EXPECT_EQ(next.first->step, 2);
  const auto now = next.awaitApplied(next.send(link::Reset{}));
  EXPECT_EQ(now->step, 0);
  EXPECT_EQ(*now->spec, test::smallDualExperiment());
}

TEST(Sitting, WhatIsLoadedAndDroppedIsKeptSo) {
  const data::TempFolder folder;
  const auto stores = [&] {
    int found = 0;
    for (const auto& file : fs::directory_iterator(folder.path()))
      found += file.path().extension() == ".sqlite" ? 1 : 0;
    return found;
  };
  {
    Sitting sitting(folder.path());
    sitting.step(2);
    const auto branched = sitting.awaitApplied(sitting.send(link::Branch{}));
    sitting.awaitApplied(sitting.send(link::SetSpeed{5}));  // after the branch is kept
    EXPECT_EQ(stores(), 2);
    sitting.awaitApplied(sitting.send(link::DropRun{branched->run}));
    sitting.awaitApplied(sitting.send(link::SetSpeed{0}));
    EXPECT_EQ(stores(), 1);
    sitting.awaitApplied(sitting.send(link::Load{test::smallExperiment()}));
  }
  EXPECT_EQ(stores(), 1);
  Sitting next(folder.path());
  EXPECT_EQ(next.first->runs.size(), 1U);
  EXPECT_EQ(*next.first->spec, test::smallExperiment());
  EXPECT_EQ(next.first->phase, Phase::Ready);
}

TEST(Sitting, ADroppedRunComesBackAsItWasAndIsKeptAgain) {
  const data::TempFolder folder;
  std::uint64_t branch = 0;
  {
    Sitting sitting(folder.path());
    sitting.step(2);
    branch = sitting.awaitApplied(sitting.send(link::Branch{}))->run;
    const auto dropped = sitting.awaitApplied(sitting.send(link::DropRun{branch}));
    ASSERT_EQ(dropped->dropped.size(), 1U);
    EXPECT_EQ(dropped->dropped[0].run, branch);
    sitting.awaitApplied(sitting.send(link::RenameRun{dropped->run, "branch 1"}));
    const auto back = sitting.awaitApplied(sitting.send(link::BringBackRun{branch}));
    ASSERT_EQ(back->runs.size(), 2U);
    EXPECT_EQ(back->runs[1].run, branch);
    EXPECT_EQ(back->runs[1].name, "branch 1 (2)") << "its name was taken meanwhile";
    EXPECT_EQ(back->run, branch) << "it was shown";
    EXPECT_TRUE(back->dropped.empty());
    EXPECT_TRUE(
        sitting.awaitApplied(sitting.send(link::BringBackRun{branch}))->failure.has_value());
    sitting.playToTheEnd();
    const auto records = sitting.records();
    test::expectSameRecord(records.at(branch), records.at(back->runs[0].run));
  }
  const Sitting next(folder.path());
  ASSERT_EQ(next.first->runs.size(), 2U);
  EXPECT_EQ(next.first->runs[1].name, "branch 1 (2)");
}

// As after a crash: the folder as it lies there while the engine still runs.
TEST(Sitting, ACrashCostsSecondsAtMost) {
  const data::TempFolder folder, copy;
  Sitting sitting(folder.path());
  const auto before = sitting.step(5);
  bool kept = false;
  for (int i = 0; i < 100 && !kept; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    fs::remove_all(copy.path());
    fs::copy(folder.path(), copy.path());
    Sitting next(copy.path());
    kept = next.first->step == before->step;
  }
  EXPECT_TRUE(kept);
}

TEST(Sitting, ASecondWindowSaysThatItsRunsAreNotKept) {
  const data::TempFolder folder;
  Sitting one(folder.path());
  const Sitting two(folder.path(), test::smallExperiment());
  EXPECT_FALSE(two.first->kept);
  EXPECT_NE(two.first->notice.find("not kept"), std::string::npos) << two.first->notice;
  EXPECT_EQ(*two.first->spec, test::smallExperiment());
}

TEST(Sitting, ADamagedRunIsSetAsideAndTold) {
  const data::TempFolder folder;
  fs::path store;
  {
    Sitting sitting(folder.path());
    sitting.step(2);
    store = folder.path() / ("run-" + std::to_string(sitting.first->run) + ".sqlite");
  }
  ASSERT_FALSE(Database::open(store, false).value()->execute("UPDATE networks SET crc = 1"));
  const Sitting next(folder.path());
  EXPECT_EQ(next.first->phase, Phase::Ready);
  EXPECT_TRUE(next.first->kept);
  EXPECT_NE(next.first->notice.find("damaged"), std::string::npos) << next.first->notice;
  EXPECT_TRUE(fs::exists(store.string() + ".aside"));
}

TEST(Sitting, ADamagedListIsSetAside) {
  const data::TempFolder folder;
  { Sitting sitting(folder.path()); }
  const auto list = folder.path() / "session.json";
  for (const char* text : {"{", "[]", R"({"loaded": 3, "shown": 1, "runs": [], "compared": []})"}) {
    std::ofstream(list) << text;
    const Sitting next(folder.path());
    EXPECT_EQ(next.first->phase, Phase::Ready) << text;
    EXPECT_NE(next.first->notice.find("session.json"), std::string::npos);
    EXPECT_TRUE(fs::exists(list.string() + ".aside"));
  }
}

}  // namespace
}  // namespace dentate::run
