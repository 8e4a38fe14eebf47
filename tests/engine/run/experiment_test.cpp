#include "engine/run/experiment.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>

#include "engine/run/caught.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

using test::expectSameRecord;
using test::recordOf;
using test::setting;
using test::smallConvolutionalExperiment;
using test::smallDualExperiment;
using test::smallExperiment;

using Points = std::vector<link::MetricPoint>;

std::unique_ptr<Experiment> experiment(const spec::ExperimentSpec& spec,
                                       const Effort& effort = {}) {
  return std::make_unique<Experiment>(setting(spec), effort);
}

Points toTheEnd(Experiment& e) { return e.advance({.until = e.end()}); }

void expectSameParameters(const net::Parameters& a, const net::Parameters& b) {
  for (std::size_t p = 0; p < a.weights.size(); ++p) EXPECT_TRUE(a.weights[p].equal(b.weights[p]));
  EXPECT_TRUE(a.alpha.equal(b.alpha));
  EXPECT_TRUE(a.m.equal(b.m));
}

TEST(Experiment, LearnsEverySampleAndFillsTheAccuracyMatrix) {
  const auto e = experiment(smallExperiment());
  const auto record = recordOf(toTheEnd(*e));
  EXPECT_TRUE(e->finished());
  EXPECT_EQ(e->stepsDone(), 9);                // 3 tasks of ceil(12 / 5) meta-steps
  EXPECT_EQ(record.steps.size(), 2U * 10U);    // step 0 too
  EXPECT_EQ(record.accuracy.size(), 2U * 9U);  // 3 x 3 entries a replica
  const auto summary = e->summaries().at(0);
  EXPECT_TRUE(summary.finished);
  EXPECT_TRUE(std::isfinite(summary.ra));
  EXPECT_NEAR(summary.bti, summary.ra - summary.la, 1e-12);
  EXPECT_EQ(summary.active_fraction.size(), 2U);
  EXPECT_EQ(summary.alpha.size(), 3U);
}

TEST(Experiment, DiagonalTestsOnlyWhatRaAndLaNeed) {
  auto spec = smallExperiment();
  spec.evaluate = spec::Evaluate::Diagonal;
  const auto e = experiment(spec);
  EXPECT_EQ(recordOf(toTheEnd(*e)).accuracy.size(), 2U * 5U);  // (0,0) (1,1) and the last row of 3
  EXPECT_TRUE(std::isfinite(e->summaries().at(1).bti));
}

TEST(Experiment, FinalTestsTheLastRowOnly) {
  auto spec = smallExperiment();
  spec.evaluate = spec::Evaluate::Final;
  const auto e = experiment(spec);
  EXPECT_EQ(recordOf(toTheEnd(*e)).accuracy.size(), 2U * 3U);
  EXPECT_TRUE(std::isfinite(e->summaries().at(1).ra));
  EXPECT_TRUE(std::isnan(e->summaries().at(1).la));
  EXPECT_TRUE(std::isnan(e->summaries().at(1).bti));
}

spec::ExperimentSpec product() {
  auto spec = smallExperiment();
  spec.replicas.conditions = {spec::Condition::Baseline, spec::Condition::SLr};
  spec.replicas.alpha0 = {0.01, 0.05};
  return spec;
}

TEST(Experiment, NetworksOfASeedStartFromTheSameWeightsAndSeeTheSameSamples) {
  const auto shared = setting(product());
  ASSERT_EQ(shared->replicas(), 8U);
  Experiment e(shared, {}, {0, 1, 2, 4, 7});
  e.begin();
  const auto& first = e.replica(0).parameters();
  for (const std::size_t same_seed : {2U, 3U}) {
    const auto& other = e.replica(same_seed).parameters();
    for (std::size_t p = 0; p < first.weights.size(); ++p)
      EXPECT_TRUE(first.weights[p].equal(other.weights[p]));
  }
  EXPECT_FALSE(first.weights[0].equal(e.replica(1).parameters().weights[0]));
  link::Snapshot a, b;
  e.replica(0).show(a);
  e.replica(3).show(b);
  EXPECT_EQ(a.strip.stimuli[0].pixels, b.strip.stimuli[0].pixels);
}

TEST(Experiment, EachNetworkLearnsByItsOwnConditionAndAlpha0) {
  const auto shared = setting(product());
  Experiment e(shared, {}, {0, 2, 4, 7});
  toTheEnd(e);
  const auto baseline = e.summaries().at(0), faster = e.summaries().at(1),
             both = e.summaries().at(2);
  EXPECT_EQ(baseline.condition, spec::Condition::Baseline);
  EXPECT_EQ(baseline.alpha, (std::vector<double>(3, static_cast<double>(0.01F))));
  EXPECT_EQ(faster.alpha, (std::vector<double>(3, static_cast<double>(0.05F))));
  EXPECT_EQ(baseline.m, (std::vector<double>{0, 0}));
  EXPECT_EQ(both.condition, spec::Condition::SLr);
  EXPECT_NE(both.alpha[0], static_cast<double>(0.01F));
  EXPECT_NE(both.m[0], static_cast<double>(0.01F));
  EXPECT_EQ(e.summaries().at(3).seed, 1U);
  // The same numbers as the experiment of that condition, alpha0 and seed alone.
  auto alone = smallExperiment();
  alone.rule.alpha0 = 0.05;
  Experiment single(setting(alone), {}, {1});
  toTheEnd(single);
  expectSameParameters(e.replica(3).parameters(), single.replica(0).parameters());
}

TEST(Experiment, UnitsOfWorkAreCountedBeforehand) {
  for (auto spec : {smallExperiment(), smallDualExperiment()}) {
    spec.stream.test_samples = 600;  // three parts a test
    for (const auto evaluate :
         {spec::Evaluate::Matrix, spec::Evaluate::Diagonal, spec::Evaluate::Final}) {
      spec.evaluate = evaluate;
      const auto e = experiment(spec, {.threads = 2});
      std::size_t tests = 0;
      for (std::int64_t step = 0; !e->finished(); ++step) {
        tests += recordOf(e->advance({.until = {step, true}})).accuracy.size();
        EXPECT_EQ(e->done().steps, 2 * e->stepsDone());
        if (e->finished()) break;  // those with a pathway out give no point
        EXPECT_EQ(e->done().tests, static_cast<std::int64_t>(tests));
      }
      EXPECT_EQ(e->done().all(), 2 * workInAll(spec));
      EXPECT_EQ(e->inAll().all(), 2 * workInAll(spec));
      EXPECT_EQ(e->secondsLeft(), 0.0);
    }
  }
}

TEST(Experiment, DualTasksAreTestedIntactAndWithEachPathwayOut) {
  const auto e = experiment(smallDualExperiment());
  toTheEnd(*e);
  const auto summary = e->summaries().at(0);
  using spec::Pathway;
  for (const auto lesion : {Pathway::None, Pathway::Large, Pathway::Small}) {
    ASSERT_TRUE(summary.category_accuracy.contains(lesion));
    EXPECT_GE(summary.item_accuracy.at(lesion), 0.0);
  }
  EXPECT_NEAR(summary.ra, summary.category_accuracy.at(Pathway::None), 1e-12);
}

TEST(Experiment, SameSeedSameNumbersInAnyCompany) {
  for (const auto& spec : {smallExperiment(), smallConvolutionalExperiment()}) {
    const auto together = experiment(spec);
    Experiment alone(setting(spec), {}, {1});
    toTheEnd(*together);
    toTheEnd(alone);
    expectSameParameters(together->replica(1).parameters(), alone.replica(0).parameters());
    EXPECT_FALSE(together->replica(0).parameters().weights[0].equal(
        together->replica(1).parameters().weights[0]));
  }
}

TEST(Experiment, GivesTheSameNumbersOnAnyNumberOfThreadsInAnyBlocks) {
  for (auto spec : {smallExperiment(), smallDualExperiment(), smallConvolutionalExperiment()}) {
    spec.replicas.seeds = 5;
    const auto shared = setting(spec);
    Experiment alone(shared, {.threads = 1, .block = 1});
    const auto expected = recordOf(toTheEnd(alone));
    for (const std::size_t threads : {1, 2, 3}) {
      for (const std::int64_t block : {0, 1, 2, 40}) {
        Experiment e(shared, {.threads = threads, .block = block});
        expectSameRecord(recordOf(toTheEnd(e)), expected);
        for (std::size_t r = 0; r < 5; ++r)
          expectSameParameters(e.replica(r).parameters(), alone.replica(r).parameters());
      }
    }
  }
}

TEST(Experiment, AdvancesAllReplicasTogether) {
  auto spec = smallExperiment();
  spec.replicas.seeds = 40;
  const auto e = experiment(spec, {.threads = 2});
  e->begin();
  for (const std::int64_t step : {1, 2, 3}) {
    const auto record = recordOf(e->advance({.until = {step, false}}));
    ASSERT_EQ(record.steps.size(), 40U);
    for (std::size_t r = 0; r < 40; ++r) EXPECT_EQ(record.steps[r].step, step);
  }
  EXPECT_TRUE(e->testing());
  EXPECT_EQ(recordOf(e->advance({.until = {3, true}})).accuracy.size(), 40U * 3U);
  EXPECT_FALSE(e->testing());
}

// However long a meta-step takes: none begins once the round is interrupted.
TEST(Experiment, BeginsNothingAfterItIsInterrupted) {
  auto spec = smallExperiment();
  spec.replicas.seeds = 7;
  for (const std::size_t threads : {1, 3}) {
    const auto e = experiment(spec, {.threads = threads, .block = 20});
    e->begin();
    for (int leave : {0, 1, 2, 10}) {
      std::atomic<int> granted = 0;
      const auto before = e->done().all();
      const auto interrupted = [&] {
        if (granted >= leave) return true;
        ++granted;
        return false;
      };
      e->advance({.until = e->end(), .interrupted = interrupted});
      EXPECT_LE(e->done().all() - before, leave + static_cast<int>(threads) - 1);
    }
    EXPECT_GT(e->done().all(), 0);
  }
}

TEST(Experiment, GoesOnAfterAnInterruptionInTheSameNumbers) {
  for (auto spec : {smallExperiment(), smallDualExperiment()}) {
    spec.replicas.seeds = 5;
    spec.stream.test_samples = 600;
    const auto through = experiment(spec);
    const auto expected = recordOf(toTheEnd(*through));
    const auto e = experiment(spec, {.threads = 2, .block = 2});
    Points points;
    std::atomic<int> asked = 0;
    int rounds = 0, uneven = 0;
    for (; !e->finished(); ++rounds) {
      const auto more =
          e->advance({.until = e->end(), .interrupted = [&] { return ++asked % 4 == 0; }});
      points.insert(points.end(), more.begin(), more.end());
      uneven += e->done().steps != 5 * e->stepsDone() ? 1 : 0;
    }
    EXPECT_GT(uneven, 0);
    EXPECT_GT(rounds, 10);
    expectSameRecord(recordOf(points), expected);
  }
}

TEST(Experiment, AFinishedRoundLeavesNobodyBehind) {
  auto spec = smallExperiment();
  spec.replicas.seeds = 5;
  const auto e = experiment(spec, {.threads = 1, .block = 2});
  e->begin();
  int asked = 0;
  e->advance({.until = {3, false}, .interrupted = [&] { return ++asked > 3; }});
  EXPECT_EQ(e->stepsDone(), 0);  // some have not begun to learn
  EXPECT_GT(e->done().steps, 0);
  e->advance({.until = {1, false}});  // one meta-step of all; those ahead wait
  EXPECT_EQ(e->stepsDone(), 1);
  e->advance({.until = {2, false}});
  EXPECT_EQ(e->stepsDone(), 2);
  EXPECT_EQ(e->done().steps, 5 * 2);
}

TEST(Experiment, TakesRatesFromTheFirstMetaStepThatNobodyHasBegun) {
  auto spec = smallExperiment();
  spec.replicas.seeds = 3;
  const auto apart = [&](std::size_t threads, int interrupt_at) {
    const auto e = experiment(spec, {.threads = threads, .block = 2});
    e->begin();
    e->advance({.until = {3, false}});
    int asked = 0;
    Points points =
        e->advance({.until = {4, true}, .interrupted = [&] { return ++asked > interrupt_at; }});
    e->setRates(0, 0);
    const auto more = toTheEnd(*e);
    points.insert(points.end(), more.begin(), more.end());
    return recordOf(points);
  };
  const auto record = apart(1, 1 << 30);  // all at meta-step 4
  for (std::size_t i = 1; i < record.steps.size(); ++i)
    EXPECT_EQ(record.steps[i].m == record.steps[i - 1].m, record.steps[i].step > 4);
  // The tests after meta-step 3 are nine, one part each; then one replica of three is at 4.
  expectSameRecord(apart(1, 10), record);
}

TEST(Experiment, LearnsWithLesionsFromTheFirstMetaStepThatNobodyHasBegun) {
  auto spec = smallDualExperiment();
  spec.replicas.seeds = 3;
  const auto large = std::find_if(spec.network.layers.begin(), spec.network.layers.end(),
                                  [](const auto& l) { return l.pathway == spec::Pathway::Large; });
  const auto index = static_cast<std::size_t>(large - spec.network.layers.begin());
  const auto apart = [&](std::size_t threads, int interrupt_at) {
    const auto e = experiment(spec, {.threads = threads, .block = 2});
    e->begin();
    std::atomic<int> asked = 0;
    Points points =
        e->advance({.until = {4, true}, .interrupted = [&] { return ++asked > interrupt_at; }});
    e->setLesions({{spec::LesionPart::Layer, index, 0.5, spec::LesionOrder::MostActive},
                   {spec::LesionPart::Path, 0, 0.25}});
    const auto more = toTheEnd(*e);
    points.insert(points.end(), more.begin(), more.end());
    for (std::size_t r = 0; r < 3; ++r) {
      const auto& units = e->replica(r).lesions().units.at(index);
      EXPECT_EQ(std::count(units.begin(), units.end(), 1), large->units / 2);
      EXPECT_EQ(net::shareCut(e->replica(r).lesions(), 0), 0.25);
    }
    return recordOf(points);
  };
  const auto record = apart(1, 1 << 30);
  for (const auto& point : record.steps) {
    const float most = point.step > 4 ? 0.5F : 1.0F;
    EXPECT_TRUE(point.step == 0 || point.active_fraction.at(index) <= most);
  }
  expectSameRecord(apart(2, 40), record);
}

TEST(Experiment, UndoneLesionsLeaveTheNetworkWhole) {
  const auto e = experiment(smallExperiment());
  e->begin();
  e->setLesions({{spec::LesionPart::Layer, 1, 1.0}, {spec::LesionPart::Path, 2}});
  EXPECT_TRUE(e->replica(0).lesions().silences(1));  // before its next meta-step
  e->advance({.until = {1, false}});
  EXPECT_TRUE(e->replica(0).lesions().omits(2));
  e->setLesions({});
  e->advance({.until = {2, false}});
  EXPECT_EQ(e->replica(0).lesions(), net::Lesions());
}

TEST(Experiment, GoesOnFromItsStateInTheSameNumbers) {
  for (const int asks : {3, 9, 12, 26}) {  // amid a task, at its end, amid its tests, later
    for (auto spec : {smallExperiment(), smallDualExperiment(), test::smallBiasedExperiment(),
                      test::smallInhibitionLab()}) {
      spec.rule.as_published = asks % 2 == 0;
      spec.stream.test_samples = 600;
      const auto through = experiment(spec, {.block = 2});
      through->setRates(0.001, 0.1);
      int asked = 0;
      through->advance({.until = through->end(), .interrupted = [&] { return ++asked > asks; }});
      const auto state = through->state();
      const auto after = toTheEnd(*through);
      const auto resumed = experiment(spec, {.threads = 2});
      resumed->advance({.until = {4, true}});  // a state of its own, to be replaced
      resumed->restore(state);
      expectSameRecord(recordOf(toTheEnd(*resumed)), recordOf(after));
      expectSameParameters(through->replica(1).parameters(), resumed->replica(1).parameters());
      EXPECT_EQ(through->summaries().at(1).ra, resumed->summaries().at(1).ra);
      EXPECT_EQ(through->summaries().at(1).active_fraction,
                resumed->summaries().at(1).active_fraction);
    }
  }
}

TEST(Experiment, StateIsACopy) {
  const auto e = experiment(smallExperiment());
  e->begin();
  const auto state = e->state();
  const auto before = state.courses[0].replica->parameters.clone();
  e->advance({.until = {3, false}});
  expectSameParameters(state.courses[0].replica->parameters, before);
}

TEST(Experiment, LearnsATinyProblem) {
  auto spec = smallExperiment();
  spec.stream.tasks = 1;
  spec.stream.samples_per_task = 1000;
  spec.stream.test_samples = 500;
  spec.rule.alpha0 = 0.1;
  Experiment e(setting(spec), {}, {0});
  toTheEnd(e);
  EXPECT_GT(e.summaries().at(0).ra, 0.5);  // chance is 0.1
}

TEST(Experiment, AReplicaWhoseNumbersAreNoLongerFiniteTakesNoOtherDown) {
  auto spec = smallExperiment();
  spec.replicas.seeds = 3;
  const auto e = experiment(spec, {.threads = 2});
  e->begin();
  auto state = e->state();
  state.courses[1].replica->parameters.weights[0].fill_(std::nan(""));
  e->restore(state);
  const auto record = recordOf(toTheEnd(*e));
  const auto failure = e->failure();
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->kind, spec::Error::Kind::Numeric);
  EXPECT_EQ(failure->where, "seed 1, meta-step 1");
  EXPECT_FALSE(e->allFailed());
  EXPECT_TRUE(e->finished());
  EXPECT_EQ(record.steps.size(), 2U * 9U);
  EXPECT_TRUE(e->summaries().at(2).finished);
  EXPECT_FALSE(e->summaries().at(1).finished);
}

TEST(Memory, ThatIsNotToBeHadIsAnError) {
  const auto refused = guarded("network", []() -> spec::Result<int> { throw std::bad_alloc(); });
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, spec::Error::Kind::Resource);
  EXPECT_EQ(refused.error().where, "network");
}

}  // namespace
}  // namespace dentate::run
