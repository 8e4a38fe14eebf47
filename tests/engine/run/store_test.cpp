// What is kept of a run: it goes on bit by bit from where it was, and what is damaged is refused.
#include "engine/run/store.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/run/state_bytes.h"
#include "tests/engine/data/temp_folder.h"
#include "tests/engine/run/advancing.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using Points = std::vector<link::MetricPoint>;
using test::advanceSome;
using test::advanceToEnd;
using test::append;

spec::Result<std::shared_ptr<const Setting>> fromAssets(const spec::ExperimentSpec& spec) {
  return makeSetting(spec, "assets");
}

std::vector<std::vector<std::uint8_t>> bytesOfAll(const Experiment& experiment) {
  std::vector<std::vector<std::uint8_t>> all;
  const auto state = experiment.state();
  for (const auto& course : state.courses) all.push_back(bytesOf(course, state.regimes));
  return all;
}

void lesion(Experiment& experiment) {
  experiment.setLesions({{spec::LesionPart::Layer, 1, 0.4, spec::LesionOrder::MostActive},
                         {spec::LesionPart::Path, 0, 1, {}, 0, /*plasticity=*/true}});
  experiment.setRates(0.05, 0.2);
}

spec::ExperimentSpec secondOrder() {
  auto made = test::smallExperiment();
  made.rule.order = 2;
  return made;
}

spec::ExperimentSpec corrected() {
  auto made = test::smallDualExperiment();
  made.rule.as_published = false;
  made.rule.memory = 7;
  made.evaluate = spec::Evaluate::Diagonal;
  return made;
}

spec::ExperimentSpec severalConditions() {
  auto made = test::smallExperiment();
  made.replicas.conditions = {spec::Condition::Baseline, spec::Condition::SLr};
  made.replicas.alpha0 = {0.01, 0.1};
  return made;
}

spec::ExperimentSpec severalCorrections() {
  auto made = test::smallExperiment();
  made.replicas.seeds = 1;
  made.replicas.corrections = {spec::Corrections::AsPublished, spec::Corrections::OldMemory,
                               spec::Corrections::All};
  made.rule.memory = 8;
  return made;
}

struct Case {
  const char* name;
  spec::ExperimentSpec spec;
};
std::vector<Case> cases() {
  return {{"two layers", test::smallExperiment()},
          {"dual", test::smallDualExperiment()},
          {"second order", secondOrder()},
          {"convolutional", test::smallConvolutionalExperiment()},
          {"corrected", corrected()},
          {"conditions", severalConditions()},
          {"corrections", severalCorrections()},
          {"inhibitions, annealed", test::smallInhibitionLab()}};
}

// Run, keep, go on in another experiment from the file: at every place, with lesions on the way.
TEST(Store, ARunThatGoesOnIsTheRunThatWasNeverInterrupted) {
  for (const auto& [name, spec] : cases()) {
    SCOPED_TRACE(name);
    const auto setting = test::setting(spec);
    Experiment whole(setting);
    Points points;
    append(points, advanceSome(whole, 9));
    lesion(whole);
    append(points, advanceToEnd(whole));
    for (const int threads : {1, 2}) {
      const data::TempFolder folder;
      const auto file = folder.path() / "run.sqlite";
      auto store = Store::make(file, spec);
      ASSERT_TRUE(store.ok()) << store.error().text();
      auto running = std::make_unique<Experiment>(setting, Effort{1});
      ASSERT_FALSE((*store)->add(advanceSome(*running, 9)));
      lesion(*running);
      int times = 0;
      while (!running->finished()) {
        ASSERT_FALSE((*store)->add(Checkpoint{{}, spec, running->state()}));
        ASSERT_FALSE((*store)->add(advanceSome(*running, 3)));  // done again
        running.reset();
        store.value().reset();
        store = Store::open(file);
        ASSERT_TRUE(store.ok()) << store.error().text();
        const auto found = (*store)->goOn(fromAssets);
        ASSERT_TRUE(found.ok()) << found.error().text();
        EXPECT_EQ(found->notice, "");
        running =
            std::make_unique<Experiment>(found->setting, Effort{static_cast<std::size_t>(threads)});
        running->restore(found->checkpoint.state);
        ASSERT_FALSE((*store)->add(advanceSome(*running, 5)));
        ASSERT_LT(++times, 500);
      }
      EXPECT_GT(times, 3);
      EXPECT_EQ(bytesOfAll(*running), bytesOfAll(whole));
      const auto kept = (*store)->points();
      ASSERT_TRUE(kept.ok()) << kept.error().text();
      test::expectSameRecord(test::recordOf(*kept), test::recordOf(points));
    }
  }
}

TEST(Store, HeadAndChangesComeBackAsTheyWere) {
  const data::TempFolder folder;
  const auto spec = test::smallExperiment();
  Experiment experiment(test::setting(spec));
  (void)advanceSome(experiment, 4);
  auto store = Store::make(folder.path() / "a", spec).value();
  const Checkpoint kept{
      {3, "larger", 2, 17, {{5, "h1: inhibition none"}}}, spec, experiment.state()};
  ASSERT_FALSE(store->add(kept));
  const auto found = store->goOn(fromAssets).value();
  EXPECT_EQ(textOf(found.checkpoint), textOf(kept));
  EXPECT_EQ(found.checkpoint.head.changes.at(0).what, "h1: inhibition none");
  EXPECT_EQ(found.checkpoint.spec, spec);
}

TEST(Store, NetworksThatEndedAndWereLetGoOfKeepTheirLastState) {
  const data::TempFolder folder;
  auto spec = test::smallExperiment();
  spec.replicas.seeds = 5;
  const auto setting = test::setting(spec);
  Experiment whole(setting);
  (void)advanceToEnd(whole);
  const auto state = whole.state();
  auto store = Store::make(folder.path() / "a", spec).value();
  std::unique_ptr<Experiment> running;
  const Effort few{.threads = 1, .at_once = 2, .keep_last = true};
  running = std::make_unique<Experiment>(setting, few);
  for (int i = 0; i < 100 && !running->finished(); ++i) {
    (void)advanceSome(*running, 7);
    for (const auto& [place, last] : running->takeLast())
      ASSERT_FALSE(store->addFinal(place, last, running->regimes()));
    ASSERT_FALSE(store->add(Checkpoint{{}, spec, running->state()}));
    const auto found = store->goOn(fromAssets).value();
    running = std::make_unique<Experiment>(found.setting, few);
    running->restore(found.checkpoint.state);
  }
  ASSERT_TRUE(running->finished());
  const auto summaries = running->summaries(), expected = whole.summaries();
  ASSERT_EQ(summaries.size(), 5U);
  for (std::size_t r = 0; r < 5; ++r) {
    EXPECT_EQ(summaries[r].ra, expected[r].ra);
    EXPECT_EQ(summaries[r].alpha, expected[r].alpha);
    EXPECT_TRUE(summaries[r].finished);
    const auto last = store->finalOf(r, *setting, running->regimes());
    ASSERT_TRUE(last.ok()) << last.error().text();
    ASSERT_TRUE(last->replica.has_value());
    for (std::size_t p = 0; p < last->replica->parameters.weights.size(); ++p)
      EXPECT_TRUE(last->replica->parameters.weights[p].equal(
          state.courses[r].replica->parameters.weights[p]));
  }
}

TEST(Store, KeepsTheNewestAndSpreadsTheOlderOnes) {
  const data::TempFolder folder;
  const auto spec = test::smallExperiment();
  auto store = Store::make(folder.path() / "a", spec, /*older=*/3).value();
  Experiment experiment(test::setting(spec));
  std::vector<std::int64_t> steps;
  while (!experiment.finished()) {
    (void)advanceSome(experiment, 1);
    ASSERT_FALSE(store->add(Checkpoint{{}, spec, experiment.state()}));
    steps.push_back(experiment.done().steps);
  }
  auto database = Database::open(folder.path() / "a", false).value();
  auto rows = database->prepare("SELECT steps FROM checkpoints ORDER BY id").value();
  std::vector<std::int64_t> kept;
  while (rows.next().value()) kept.push_back(rows.whole(0));
  ASSERT_EQ(kept.size(), 5U);
  EXPECT_EQ(kept.back(), steps.back());
  EXPECT_EQ(kept[3], steps[steps.size() - 2]);
  EXPECT_LE(kept.front(), 6);  // of 18: they are spread, not the last five
  auto networks = database->prepare("SELECT count(*) FROM networks").value();
  ASSERT_TRUE(networks.next().value());
  EXPECT_EQ(networks.whole(0), 10);
}

TEST(Store, EventsComeBackInOrderAndThoseOfCheckpointsGoWithThem) {
  const data::TempFolder folder;
  const auto spec = test::smallExperiment();
  auto store = Store::make(folder.path() / "a", spec, /*older=*/1).value();
  Experiment experiment(test::setting(spec));
  const Event started = beginningOf(experiment, EventKind::Started);
  const Event lost{EventKind::Diverged, 3, "the loss is no number", 1, 1'700'000'000};
  ASSERT_FALSE(store->addEvents({started, lost}));
  while (!experiment.finished()) {
    (void)advanceSome(experiment, 1);
    ASSERT_FALSE(store->add(Checkpoint{{}, spec, experiment.state()}));
  }
  ASSERT_FALSE(store->addEvents({{EventKind::Finished, experiment.stepsDone()}}));
  store = Store::open(folder.path() / "a", 1).value();
  const auto events = store->events().value();
  ASSERT_EQ(events.size(), 6U);  // three checkpoints are left
  EXPECT_EQ(events[0], started);
  EXPECT_EQ(events[0].text, "2 networks");
  EXPECT_EQ(events[1], lost);
  EXPECT_EQ(inWords(lost),
            "2023-11-14 22:13:20  meta-step 3      diverged    network 1: the loss is no number");
  for (int i = 2; i < 5; ++i) EXPECT_EQ(events[i].kind, EventKind::Checkpoint);
  EXPECT_EQ(events[4].step, 9);
  EXPECT_EQ(events[5].kind, EventKind::Finished);
}

TEST(Store, EventsOfANewerVersionAreLeftOut) {
  const data::TempFolder folder;
  auto store = Store::make(folder.path() / "a", test::smallExperiment()).value();
  ASSERT_FALSE(store->addEvents({{EventKind::Started, 0, "a"}, {EventKind::Stopped, 2, "b"}}));
  ASSERT_FALSE(Database::open(folder.path() / "a", false)
                   .value()
                   ->execute("UPDATE events SET kind = 'sang' WHERE text = 'a'"));
  const auto events = store->events().value();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].text, "b");
}

// --- What is damaged.

struct Kept {
  explicit Kept(const spec::ExperimentSpec& of = test::smallDualExperiment())
      : spec(of), experiment(test::setting(of)) {
    auto store = Store::make(file, spec).value();
    for (int i = 0; i < 2; ++i) {
      EXPECT_FALSE(store->add(advanceSome(experiment, 6)));
      EXPECT_FALSE(store->add(Checkpoint{{}, spec, experiment.state()}));
      steps.push_back(experiment.done().steps);
    }
  }
  // On the file, as anyone could.
  void change(const std::string& sql) const {
    ASSERT_FALSE(Database::open(file, false).value()->execute(sql));
  }
  [[nodiscard]] spec::Result<Store::Found> goOn() const {
    auto store = Store::open(file);
    if (!store) return store.error();
    return (*store)->goOn(fromAssets);
  }
  data::TempFolder folder;
  fs::path file = folder.path() / "run.sqlite";
  spec::ExperimentSpec spec;
  Experiment experiment;
  std::vector<std::int64_t> steps;
};

TEST(Store, AFlippedBitCostsOneCheckpointAndIsTold) {
  for (const char* sql :
       {"UPDATE networks SET state = CAST(substr(state, 1, 500) || x'17' || substr(state, 502) AS "
        "BLOB) WHERE checkpoint = 2 AND replica = 1",
        "UPDATE checkpoints SET state = replace(state, '0', '1') WHERE id = 2",
        "DELETE FROM networks WHERE checkpoint = 2 AND replica = 0"}) {
    const Kept kept;
    kept.change(sql);
    const auto found = kept.goOn();
    ASSERT_TRUE(found.ok()) << found.error().text();
    EXPECT_EQ(found->checkpoint.state.done.steps, kept.steps[0]) << sql;
    EXPECT_NE(found->notice.find("damaged"), std::string::npos);
  }
}

TEST(Store, WithoutAWholeCheckpointItSaysWhatIsWrong) {
  const Kept kept;
  kept.change("UPDATE networks SET crc = crc + 1");
  const auto found = kept.goOn();
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().kind, spec::Error::Kind::Io);
  EXPECT_EQ(found.error().where, kept.file.string());
  EXPECT_EQ(found.error().what, "a network of a checkpoint is damaged");
}

TEST(Store, RefusesWhatIsNoneOrOfANewerVersion) {
  const Kept kept;
  kept.change("PRAGMA user_version = 2");
  auto newer = Store::open(kept.file);
  ASSERT_FALSE(newer.ok());
  EXPECT_NE(newer.error().what.find("newer version"), std::string::npos);
  kept.change("PRAGMA user_version = 1; DROP TABLE about");
  EXPECT_FALSE(Store::open(kept.file).ok());
  kept.change("PRAGMA application_id = 5");
  EXPECT_EQ(Store::open(kept.file).error().what, "is no run of this program");
  const data::TempFolder folder;
  EXPECT_FALSE(Store::open(folder.path() / "missing").ok());
  EXPECT_FALSE(fs::exists(folder.path() / "missing"));
  std::ofstream(folder.path() / "text") << std::string(5000, 'x');
  const auto text = Store::open(folder.path() / "text");
  ASSERT_FALSE(text.ok());
  EXPECT_NE(text.error().what.find("damaged"), std::string::npos);
  EXPECT_FALSE(Store::make(folder.path() / "no" / "where", test::smallExperiment()).ok());
}

TEST(Store, APointOfAnotherExperimentIsRefused) {
  for (const char* sql : {"UPDATE steps SET replica = 7 WHERE replica = 1",
                          "UPDATE steps SET alpha = x'00' WHERE step = 1",
                          "UPDATE steps SET task = 99 WHERE step = 2"}) {
    const Kept kept;
    kept.change(sql);
    EXPECT_FALSE(Store::open(kept.file).value()->points().ok()) << sql;
  }
}

// Every byte of a state changed in turn: refused, or another state, but never a crash.
TEST(Store, BytesThatAreNoStateAreRefused) {
  const auto setting = test::setting(test::smallDualExperiment());
  Experiment experiment(setting);
  (void)advanceSome(experiment, 8);
  const auto state = experiment.state();
  const auto bytes = bytesOf(state.courses[0], state.regimes);
  const auto read = [&](std::span<const std::uint8_t> from) {
    return courseOf(from, *setting, 0, state.regimes).ok();
  };
  ASSERT_TRUE(read(bytes));
  int refused = 0, tried = 0;
  for (std::size_t i = 0; i < bytes.size(); i += i < 2000 ? 7 : 997) {
    for (const int flip : {1, 0x20, 0x80}) {
      auto changed = bytes;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ flip);
      refused += read(changed) ? 0 : 1;
      ++tried;
    }
    EXPECT_FALSE(read(std::span(bytes).first(i)));
  }
  EXPECT_GT(refused, tried / 20);
  EXPECT_FALSE(read(std::vector<std::uint8_t>(1'000'000, 0x81)));  // lists of one list each
  EXPECT_FALSE(read(std::vector<std::uint8_t>(9, 0xff)));
  const std::vector<std::uint8_t> endless{0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  EXPECT_FALSE(read(endless));  // a list of 2^63 - 1
}

TEST(Store, ACountThatNoWholeNumberHoldsIsRefused) {
  const auto setting = test::setting(test::smallExperiment());
  Experiment experiment(setting);
  while (experiment.state().courses[0].tests.empty()) (void)advanceSome(experiment, 1);
  const auto state = experiment.state();
  auto written = nlohmann::json::from_cbor(bytesOf(state.courses[0], state.regimes));
  auto& active = written["tests"][0]["active"];
  const auto layers = setting->spec.network.layers.size();
  const auto read = [&](const nlohmann::json& units, std::size_t count) {
    active = nlohmann::json::array();
    for (std::size_t i = 0; i < count; ++i) active.push_back(units);
    return courseOf(nlohmann::json::to_cbor(written), *setting, 0, state.regimes).ok();
  };
  EXPECT_TRUE(read(3, layers));
  for (const nlohmann::json& units : {nlohmann::json(1e300), nlohmann::json(-1)})
    EXPECT_FALSE(read(units, layers)) << units;
  EXPECT_FALSE(read(3, layers - 1));
}

TEST(Store, AFullDiskLeavesWhatWasGood) {
  Kept kept;
  auto store = Store::open(kept.file).value();
  (void)advanceToEnd(kept.experiment);
  spec::Status failed;
  {
    const test::NoRoom no_room(kept.folder.path());
    for (int i = 0; i < 50 && !failed; ++i)
      failed = store->add(Checkpoint{{}, kept.spec, kept.experiment.state()});
  }
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->kind, spec::Error::Kind::Io);
  EXPECT_EQ(failed->where, kept.file.string());
  // There is room again: the same store writes on.
  EXPECT_FALSE(store->add(Checkpoint{{}, kept.spec, kept.experiment.state()}));
  store.reset();
  const auto found = kept.goOn();
  ASSERT_TRUE(found.ok()) << found.error().text();
  EXPECT_EQ(found->notice, "");
  EXPECT_EQ(found->checkpoint.state.done.steps, kept.experiment.done().steps);
}

}  // namespace
}  // namespace dentate::run
