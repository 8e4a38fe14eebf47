#include "engine/run/experiment.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/run/caught.h"
#include "engine/run/headless.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

using test::setting;
using test::smallDualExperiment;
using test::smallExperiment;

std::unique_ptr<Experiment> experiment(const spec::ExperimentSpec& spec) {
  return Experiment::make(setting(spec), {0, 1}).value();
}

std::vector<link::MetricPoint> advance(Experiment& e, int units) {
  std::vector<link::MetricPoint> points;
  for (int i = 0; i < units && !e.finished(); ++i) {
    const auto next = e.advance();
    EXPECT_TRUE(next.ok());
    points.insert(points.end(), next->begin(), next->end());
  }
  return points;
}

constexpr int kToTheEnd = 1'000'000;

void expectSameParameters(const net::Parameters& a, const net::Parameters& b) {
  for (std::size_t p = 0; p < a.weights.size(); ++p) EXPECT_TRUE(a.weights[p].equal(b.weights[p]));
  EXPECT_TRUE(a.alpha.equal(b.alpha));
  EXPECT_TRUE(a.m.equal(b.m));
}

void expectSamePoints(const std::vector<link::MetricPoint>& a,
                      const std::vector<link::MetricPoint>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].index(), b[i].index());
    if (const auto* step = std::get_if<link::StepPoint>(&a[i])) {
      EXPECT_EQ(step->meta_loss, std::get<link::StepPoint>(b[i]).meta_loss);
      EXPECT_EQ(step->m, std::get<link::StepPoint>(b[i]).m);
    } else if (const auto* tested = std::get_if<link::AccuracyPoint>(&a[i])) {
      EXPECT_EQ(tested->category, std::get<link::AccuracyPoint>(b[i]).category);
    }
  }
}

TEST(Experiment, LearnsEverySampleAndFillsTheAccuracyMatrix) {
  const auto e = experiment(smallExperiment());
  const auto points = advance(*e, kToTheEnd);
  EXPECT_TRUE(e->finished());
  EXPECT_EQ(e->stepsDone(), 9);  // 3 tasks of ceil(12 / 5) meta-steps
  Record record;
  record.add(points);
  EXPECT_EQ(record.steps.size(), 2U * 9U);
  EXPECT_EQ(record.accuracy.size(), 2U * 9U);  // 3 x 3 entries a replica
  const auto summary = e->summary(0);
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
  Record record;
  record.add(advance(*e, kToTheEnd));
  EXPECT_EQ(record.accuracy.size(), 2U * 5U);  // (0,0) (1,1) and the last row of 3
  EXPECT_TRUE(std::isfinite(e->summary(1).bti));
}

TEST(Experiment, FinalTestsTheLastRowOnly) {
  auto spec = smallExperiment();
  spec.evaluate = spec::Evaluate::Final;
  const auto e = experiment(spec);
  Record record;
  record.add(advance(*e, kToTheEnd));
  EXPECT_EQ(record.accuracy.size(), 2U * 3U);
  EXPECT_TRUE(std::isfinite(e->summary(1).ra));
  EXPECT_TRUE(std::isnan(e->summary(1).la));
  EXPECT_TRUE(std::isnan(e->summary(1).bti));
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
  const auto e = Experiment::make(shared, {0, 1, 2, 4, 7}).value();
  const auto& first = e->replica(0).parameters();
  for (const std::size_t same_seed : {2U, 3U}) {
    const auto& other = e->replica(same_seed).parameters();
    for (std::size_t p = 0; p < first.weights.size(); ++p)
      EXPECT_TRUE(first.weights[p].equal(other.weights[p]));
  }
  EXPECT_FALSE(first.weights[0].equal(e->replica(1).parameters().weights[0]));
  link::Snapshot a, b;
  e->replica(0).show(a);
  e->replica(3).show(b);
  EXPECT_EQ(a.strip.stimuli[0].pixels, b.strip.stimuli[0].pixels);
}

TEST(Experiment, EachNetworkLearnsByItsOwnConditionAndAlpha0) {
  const auto shared = setting(product());
  const auto e = Experiment::make(shared, {0, 2, 4, 7}).value();
  advance(*e, kToTheEnd);
  const auto baseline = e->summary(0), faster = e->summary(1), both = e->summary(2);
  EXPECT_EQ(baseline.condition, spec::Condition::Baseline);
  EXPECT_EQ(baseline.alpha, (std::vector<double>(3, static_cast<double>(0.01F))));
  EXPECT_EQ(faster.alpha, (std::vector<double>(3, static_cast<double>(0.05F))));
  EXPECT_EQ(baseline.m, (std::vector<double>{0, 0}));
  EXPECT_EQ(both.condition, spec::Condition::SLr);
  EXPECT_NE(both.alpha[0], static_cast<double>(0.01F));
  EXPECT_NE(both.m[0], static_cast<double>(0.01F));
  EXPECT_EQ(e->summary(3).seed, 1U);
  // The same numbers as the experiment of that condition, alpha0 and seed alone.
  auto alone = smallExperiment();
  alone.rule.alpha0 = 0.05;
  const auto single = Experiment::make(setting(alone), {1}).value();
  advance(*single, kToTheEnd);
  expectSameParameters(e->replica(3).parameters(), single->replica(0).parameters());
}

TEST(Experiment, UnitsOfWorkAreCountedBeforehand) {
  for (auto spec : {smallExperiment(), smallDualExperiment()}) {
    for (const auto evaluate :
         {spec::Evaluate::Matrix, spec::Evaluate::Diagonal, spec::Evaluate::Final}) {
      spec.evaluate = evaluate;
      const auto e = Experiment::make(setting(spec), {0}).value();
      std::int64_t units = 0;
      for (; !e->finished(); ++units) {
        EXPECT_EQ(e->testsLeft() + spec::totalSteps(spec) - e->stepsDone(),
                  Experiment::workInAll(spec) - units);
        ASSERT_TRUE(e->advance().ok());
      }
      EXPECT_EQ(units, Experiment::workInAll(spec));
    }
  }
}

TEST(Experiment, DualTasksAreTestedIntactAndWithEachPathwayOut) {
  const auto e = experiment(smallDualExperiment());
  advance(*e, kToTheEnd);
  const auto summary = e->summary(0);
  using spec::Pathway;
  for (const auto lesion : {Pathway::None, Pathway::Large, Pathway::Small}) {
    ASSERT_TRUE(summary.category_accuracy.contains(lesion));
    EXPECT_GE(summary.item_accuracy.at(lesion), 0.0);
  }
  EXPECT_NEAR(summary.ra, summary.category_accuracy.at(Pathway::None), 1e-12);
}

TEST(Experiment, SameSeedSameNumbersInAnyCompany) {
  const auto together = experiment(smallExperiment());
  const auto alone = Experiment::make(setting(smallExperiment()), {1}).value();
  advance(*together, kToTheEnd);
  advance(*alone, kToTheEnd);
  expectSameParameters(together->replica(1).parameters(), alone->replica(0).parameters());
  EXPECT_FALSE(together->replica(0).parameters().weights[0].equal(
      together->replica(1).parameters().weights[0]));
}

TEST(Experiment, GoesOnFromItsStateInTheSameNumbers) {
  for (const int units : {1, 4, 5, 14}) {  // amid a task, at its end, amid its tests, later
    for (auto spec : {smallExperiment(), smallDualExperiment()}) {
      spec.rule.as_published = units % 2 == 0;
      const auto through = experiment(spec);
      through->setRates(0.001, 0.1);
      advance(*through, units);
      const auto state = through->state();
      const auto after = advance(*through, kToTheEnd);
      const auto resumed = experiment(spec);
      advance(*resumed, 7);  // a state of its own, to be replaced
      resumed->restore(state);
      expectSamePoints(advance(*resumed, kToTheEnd), after);
      expectSameParameters(through->replica(1).parameters(), resumed->replica(1).parameters());
      EXPECT_EQ(through->summary(1).ra, resumed->summary(1).ra);
      EXPECT_EQ(through->summary(1).active_fraction, resumed->summary(1).active_fraction);
    }
  }
}

TEST(Experiment, StateIsACopy) {
  const auto e = experiment(smallExperiment());
  const auto state = e->state();
  const auto before = state.replicas[0].parameters.clone();
  advance(*e, 3);
  expectSameParameters(state.replicas[0].parameters, before);
}

TEST(Experiment, LearnsATinyProblem) {
  auto spec = smallExperiment();
  spec.stream.tasks = 1;
  spec.stream.samples_per_task = 1000;
  spec.stream.test_samples = 500;
  spec.rule.alpha0 = 0.1;
  const auto e = Experiment::make(setting(spec), {0}).value();
  advance(*e, kToTheEnd);
  EXPECT_GT(e->summary(0).ra, 0.5);  // chance is 0.1
}

TEST(Experiment, StopsWhereNumbersAreNoLongerFinite) {
  const auto e = experiment(smallExperiment());
  auto state = e->state();
  state.replicas[1].parameters.weights[0].fill_(std::nan(""));
  e->restore(state);
  spec::Status failure;
  while (!e->finished() && !failure) {
    const auto next = e->advance();
    if (!next) failure = next.error();
  }
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->kind, spec::Error::Kind::Numeric);
  EXPECT_EQ(failure->where, "seed 1, meta-step 1");
}

TEST(Setting, RefusesNetworksThatDoNotFitTheData) {
  auto spec = smallExperiment();
  spec.network = spec::layeredNetwork(100, 1, 20, 10);
  EXPECT_FALSE(makeSetting(spec, "assets").ok());
  spec.network = spec::layeredNetwork(784, 1, 20, 9);
  EXPECT_FALSE(makeSetting(spec, "assets").ok());
  spec = smallExperiment();
  spec.rule.name = "none such";
  EXPECT_FALSE(makeSetting(spec, "assets").ok());
}

void expectSameSteps(const Record& a, const Record& b) {
  ASSERT_EQ(a.steps.size(), b.steps.size());
  for (std::size_t i = 0; i < a.steps.size(); ++i) {
    EXPECT_EQ(a.steps[i].replica, b.steps[i].replica);
    EXPECT_EQ(a.steps[i].step, b.steps[i].step);
    EXPECT_EQ(a.steps[i].alpha, b.steps[i].alpha);
  }
}

TEST(Headless, GivesTheSameNumbersForAnyNumberOfThreads) {
  auto spec = smallExperiment();
  spec.replicas.seeds = 5;
  std::vector<Record> records;
  for (const int threads : {1, 3}) {
    run::Progress last;
    auto run = runHeadless(setting(spec), threads, {}, [&](const Progress& p) { last = p; });
    ASSERT_FALSE(run.failure.has_value());
    EXPECT_EQ(last.done, last.in_all);
    EXPECT_EQ(last.steps, 5 * 9);
    records.push_back(std::move(run.record));
  }
  expectSameSteps(records[0], records[1]);
  for (std::size_t r = 0; r < 5; ++r)
    EXPECT_EQ(records[0].summaries[r].ra, records[1].summaries[r].ra);
}

TEST(Headless, EndsOnRequestWithWhatItHas) {
  std::stop_source stop;
  auto spec = smallExperiment();
  spec.stream.samples_per_task = 4000;
  spec.replicas.seeds = 3;
  const auto run = runHeadless(setting(spec), 1, stop.get_token(), [&](const Progress& p) {
    if (p.steps >= 2) stop.request_stop();
  });
  EXPECT_FALSE(run.failure.has_value());
  ASSERT_EQ(run.record.summaries.size(), 1U) << "the others did not begin";
  EXPECT_FALSE(run.record.summaries[0].finished);
  EXPECT_TRUE(std::isnan(run.record.summaries[0].ra));
  EXPECT_GE(run.record.steps.size(), 2U);
}

TEST(Memory, ThatIsNotToBeHadIsAnError) {
  const auto refused = guarded("network", []() -> spec::Result<int> { throw std::bad_alloc(); });
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, spec::Error::Kind::Resource);
  EXPECT_EQ(refused.error().where, "network");
}

}  // namespace
}  // namespace dentate::run
