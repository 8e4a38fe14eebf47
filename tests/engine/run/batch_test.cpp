// Networks that learn as one batch of the tensor body: on the CPU here, and on a GPU where there is
// one. What they are held against learns one network at a time, on the CPU's kernels.
#include <ATen/TensorOperators.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "engine/run/experiment.h"
#include "engine/run/headless.h"
#include "engine/run/runs.h"
#include "tests/engine/run/devices.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

using test::recordOf;
using test::setting;
using test::smallDualExperiment;
using test::smallExperiment;

using Points = std::vector<link::MetricPoint>;

// What rounding may make of a value of this size in a few tens of meta-steps.
constexpr double kRounding = 2e-4;

spec::ExperimentSpec withSeeds(spec::ExperimentSpec spec, std::int64_t seeds) {
  spec.replicas.seeds = seeds;
  return spec;
}

// 3 tasks of 12 meta-steps.
spec::ExperimentSpec longer(spec::ExperimentSpec spec) {
  spec.stream.samples_per_task = 58;
  for (auto& layer : spec.network.layers)
    if (layer.role == spec::LayerRole::Item) layer.units = 3 * 58;
  return spec;
}

Points toTheEnd(Experiment& e) { return e.advance({.until = e.end()}); }

void expectNear(double a, double b, double allowed, const char* what) {
  if (std::isnan(a) && std::isnan(b)) return;
  EXPECT_NEAR(a, b, allowed * std::max(1.0, std::abs(b))) << what;
}

void expectNear(const std::vector<float>& a, const std::vector<float>& b, double allowed,
                const char* what) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    expectNear(static_cast<double>(a[i]), static_cast<double>(b[i]), allowed, what);
}

void expectNearRecord(const Record& a, const Record& b) {
  ASSERT_EQ(a.steps.size(), b.steps.size());
  for (std::size_t i = 0; i < a.steps.size(); ++i) {
    const auto &mine = a.steps[i], &other = b.steps[i];
    SCOPED_TRACE(testing::Message() << "replica " << mine.replica << ", step " << mine.step);
    ASSERT_EQ(mine.replica, other.replica);
    ASSERT_EQ(mine.step, other.step);
    EXPECT_TRUE(mine.step == 0 || std::isfinite(mine.meta_loss));
    expectNear(mine.meta_loss, other.meta_loss, kRounding, "loss");
    expectNear(mine.alpha, other.alpha, kRounding, "alpha");
    expectNear(mine.m, other.m, kRounding, "m");
    // One unit in one of ten samples may fall on the other side of zero.
    expectNear(mine.active_fraction, other.active_fraction, 0.011, "active fraction");
  }
  ASSERT_EQ(a.accuracy.size(), b.accuracy.size());
  for (std::size_t i = 0; i < a.accuracy.size(); ++i) {
    EXPECT_EQ(a.accuracy[i].replica, b.accuracy[i].replica);
    EXPECT_EQ(a.accuracy[i].task, b.accuracy[i].task);
    EXPECT_NEAR(a.accuracy[i].category, b.accuracy[i].category, 0.07);  // two of thirty images
  }
}

double distance(const net::Parameters& a, const net::Parameters& b) {
  double most = 0;
  for (std::size_t p = 0; p < a.weights.size(); ++p)
    most = std::max(most, (a.weights[p] - b.weights[p]).norm().item<double>() /
                              b.weights[p].norm().item<double>());
  return most;
}

bool same(const net::Parameters& a, const net::Parameters& b) {
  for (std::size_t p = 0; p < a.weights.size(); ++p)
    if (!a.weights[p].equal(b.weights[p])) return false;
  return a.alpha.equal(b.alpha) && a.m.equal(b.m);
}

class Batches : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!isCuda()) return;
    if (!test::hasCuda()) GTEST_SKIP() << test::kNoCuda;
  }
  [[nodiscard]] static bool isCuda() { return std::string(GetParam()) == "cuda"; }
  // The setting of an experiment whose networks learn as batches on the device.
  static std::shared_ptr<const Setting> asBatch(const spec::ExperimentSpec& spec) {
    auto batched = *setting(spec);
    batched.batch_device = isCuda() ? at::kCUDA : at::kCPU;
    return std::make_shared<const Setting>(std::move(batched));
  }
};

TEST_P(Batches, LearnWhatTheWorkersLearn) {
  for (const auto& spec : {longer(smallExperiment()), longer(smallDualExperiment()),
                           longer(test::smallBiasedExperiment()),
                           test::smallInhibitionLab()}) {  // few steps: near ties part them
    Experiment batched(asBatch(withSeeds(spec, 5)), {.threads = 2});
    Experiment single(setting(withSeeds(spec, 5)), {.threads = 2});
    expectNearRecord(recordOf(toTheEnd(batched)), recordOf(toTheEnd(single)));
    EXPECT_TRUE(batched.finished());
    EXPECT_EQ(batched.done().all(), batched.inAll().all());
    for (std::size_t r = 0; r < batched.size(); ++r)
      EXPECT_LT(distance(batched.replica(r).parameters(), single.replica(r).parameters()),
                kRounding);
  }
}

TEST_P(Batches, OfEveryConditionLearnSideBySide) {
  auto spec = withSeeds(longer(smallExperiment()), 2);
  spec.replicas.conditions = {spec::Condition::Baseline, spec::Condition::S, spec::Condition::Lr,
                              spec::Condition::SLr};
  spec.replicas.alpha0 = {0.01, 0.05};
  Experiment single(setting(spec));
  const auto expected = recordOf(toTheEnd(single));
  for (const std::size_t threads : {1, 3}) {
    Experiment batched(asBatch(spec), {.threads = threads});
    expectNearRecord(recordOf(toTheEnd(batched)), expected);
  }
}

TEST_P(Batches, AreIndependentOfWhoLearnsTogether) {
  const auto shared = asBatch(withSeeds(longer(smallExperiment()), 4));
  Experiment together(shared);
  const auto expected = recordOf(toTheEnd(together));
  Record apart;
  for (std::size_t r = 0; r < 4; ++r) {
    Experiment alone(shared, {}, {r});
    apart.add(toTheEnd(alone));
    EXPECT_LT(distance(alone.replica(0).parameters(), together.replica(r).parameters()), kRounding);
  }
  apart.sort();
  expectNearRecord(apart, expected);
}

TEST_P(Batches, GiveTheSameNumbersHoweverRoundsEnd) {
  const auto shared = asBatch(withSeeds(longer(smallDualExperiment()), 3));
  Experiment through(shared);
  const auto expected = recordOf(toTheEnd(through));
  for (const std::size_t threads : {1, 3}) {
    Experiment e(shared, {.threads = threads, .block = 5});
    Points points;
    std::atomic<int> asked = 0;
    while (!e.finished()) {
      const auto more =
          e.advance({.until = e.end(), .interrupted = [&] { return ++asked % 4 == 0; }});
      points.insert(points.end(), more.begin(), more.end());
      EXPECT_EQ(e.done().steps % 3, 0) << "all or none of them";
    }
    test::expectSameRecord(recordOf(points), expected);
    for (std::size_t r = 0; r < 3; ++r)
      EXPECT_TRUE(same(e.replica(r).parameters(), through.replica(r).parameters()));
  }
}

// Whoever has been tested waits for those that are in other hands, or the batch falls apart.
TEST_P(Batches, StayTogetherWhileSomeAreTested) {
  auto spec = withSeeds(smallExperiment(), 9);
  spec.stream.tasks = 8;
  spec.stream.samples_per_task = 10;
  spec.stream.test_samples = 900;
  Experiment e(asBatch(spec), {.threads = 3});
  for (int round = 0; !e.finished(); ++round) {
    std::atomic<int> left = 1 + round % 20;
    e.advance({.until = e.end(), .interrupted = [&] { return --left < 0; }});
    EXPECT_EQ(e.done().steps, 9 * e.stepsDone());
  }
}

TEST_P(Batches, PauseWithinOneMetaStepAndStepOne) {
  Experiment e(asBatch(withSeeds(longer(smallExperiment()), 6)), {.threads = 2});
  e.begin();
  const auto record = recordOf(e.advance({.until = {1, false}}));
  ASSERT_EQ(record.steps.size(), 6U);
  for (const auto& point : record.steps) {
    EXPECT_EQ(point.step, 1);
    // What is measured is what the network is: alpha and m come back with every meta-step.
    EXPECT_EQ(point.alpha, e.replica(point.replica).point().alpha);
    EXPECT_NE(point.alpha[0], 0.01F);
  }
  int asked = 0;
  e.advance({.until = {8, false}, .interrupted = [&] { return ++asked > 3; }});
  EXPECT_GT(e.stepsDone(), 1);
  EXPECT_LT(e.stepsDone(), 8);
  EXPECT_EQ(e.done().steps, 6 * e.stepsDone());
  const auto before = e.stepsDone();
  e.advance({.until = e.end(), .interrupted = [] { return true; }});
  EXPECT_EQ(e.stepsDone(), before);
}

TEST_P(Batches, TakeRatesAndLesionsAsWorkersDo) {
  const auto spec = withSeeds(longer(smallDualExperiment()), 3);
  const auto hidden = [](const auto& l) { return l.role == spec::LayerRole::Hidden; };
  const auto& layers = spec.network.layers;
  const auto layer =
      static_cast<std::size_t>(std::find_if(layers.begin(), layers.end(), hidden) - layers.begin());
  const auto change = [&](const std::shared_ptr<const Setting>& shared) {
    Experiment e(shared, {.threads = 2});
    Points points = e.advance({.until = {6, false}});
    const auto go = [&](const Until& until) {
      for (auto& point : e.advance({.until = until})) points.push_back(std::move(point));
    };
    // Other units in every network, and paths that are the same in all.
    e.setLesions({{spec::LesionPart::Layer, layer, 0.4, spec::LesionOrder::MostActive},
                  {spec::LesionPart::Path, 1},
                  {spec::LesionPart::Path, 3, 0.5, spec::LesionOrder::MostActive}});
    e.setRates(0.001, 0.1);
    go({12, true});
    EXPECT_NE(e.replica(0).lesions(), e.replica(1).lesions());
    e.setLesions({{.part = spec::LesionPart::Path, .index = 2, .plasticity = true}});
    go({20, true});
    e.setLesions({});
    go({24, true});  // these rates soon make rounding a matter of active or silent
    return recordOf(points);
  };
  const auto record = change(asBatch(spec));
  expectNearRecord(record, change(setting(spec)));
  for (const auto& point : record.steps)
    EXPECT_TRUE(point.step <= 6 || point.step > 12 || point.active_fraction[layer] <= 0.6F);
}

TEST_P(Batches, GoOnFromTheirStateInTheSameNumbers) {
  auto annealed = withSeeds(longer(test::smallInhibitionLab()), 1);
  annealed.replicas.inhibitions.erase(annealed.replicas.inhibitions.begin());  // as few as begin
  const auto shared = asBatch(annealed);
  for (const int asks : {3, 9, 20, 40}) {
    Experiment through(shared, {.threads = 1, .block = 2});
    int asked = 0;
    through.advance({.until = through.end(), .interrupted = [&] { return ++asked > asks; }});
    const auto state = through.state();
    for (std::size_t r = 0; r < shared->replicas(); ++r)
      EXPECT_TRUE(same(state.courses[r].replica->parameters, through.replica(r).parameters()));
    const auto after = recordOf(toTheEnd(through));
    Experiment resumed(shared, {.threads = 2});
    resumed.advance({.until = {4, true}});  // a state of its own, to be replaced
    resumed.restore(state);
    test::expectSameRecord(recordOf(toTheEnd(resumed)), after);
    for (std::size_t r = 0; r < shared->replicas(); ++r)
      EXPECT_TRUE(same(resumed.replica(r).parameters(), through.replica(r).parameters()));
  }
}

TEST_P(Batches, GoOnWithoutANetworkWhoseNumbersAreNoLongerFinite) {
  const auto shared = asBatch(withSeeds(longer(smallExperiment()), 4));
  Experiment e(shared, {.threads = 2});
  e.advance({.until = {3, false}});
  auto state = e.state();
  state.courses[1].replica->parameters.weights[0].fill_(std::nan(""));
  e.restore(state);
  const auto record = recordOf(toTheEnd(e));
  ASSERT_TRUE(e.failure().has_value());
  EXPECT_EQ(e.failure()->kind, spec::Error::Kind::Numeric);
  EXPECT_EQ(e.failure()->where, "seed 1, meta-step 4");
  EXPECT_TRUE(e.finished());
  EXPECT_FALSE(e.allFailed());
  EXPECT_EQ(record.steps.size(), 3U * (36 - 3));
  Experiment whole(shared, {.threads = 2});
  toTheEnd(whole);
  for (const std::size_t r : {0, 2, 3}) {
    EXPECT_TRUE(e.hasFinished(r));
    EXPECT_LT(distance(e.replica(r).parameters(), whole.replica(r).parameters()), kRounding);
  }
}

TEST_P(Batches, BranchAndSwitchInhibition) {
  Runs runs(2);
  const auto shared = asBatch(withSeeds(longer(smallExperiment()), 3));
  ASSERT_TRUE(runs.begin(shared).ok());
  const Until middle{18, true}, end = runs.shown().experiment().end();
  const auto play = [&](const Until& until) {
    while (auto* const run = runs.furthestBehind(until)) (void)run->advance({.until = until});
  };
  play(middle);
  ASSERT_FALSE(runs.branch());
  const auto& origin = runs.live(runs.entries()[0].run)->experiment();
  const auto& copy = runs.shown().experiment();
  for (std::size_t r = 0; r < 3; ++r)
    EXPECT_TRUE(same(copy.replica(r).parameters(), origin.replica(r).parameters()));
  ASSERT_TRUE(runs.shown().setInhibition({1, spec::Inhibition::None}).ok());
  EXPECT_EQ(runs.shown().setting().batch_device, shared->batch_device);
  play(end);
  EXPECT_TRUE(runs.finished());
  const auto& parted = runs.shown().experiment();  // another one since the inhibition was switched
  Experiment through(shared);
  toTheEnd(through);
  EXPECT_TRUE(same(origin.replica(2).parameters(), through.replica(2).parameters()));
  EXPECT_EQ(parted.replica(2).point().m[1], 0.0F);
  EXPECT_GT(distance(parted.replica(2).parameters(), origin.replica(2).parameters()), 0.001);
}

TEST_P(Batches, RunWithoutAWindow) {
  const auto spec = withSeeds(longer(smallExperiment()), 11);  // more than the CPU holds at once
  const auto batched = runHeadless(asBatch(spec), 2, {}, [](const auto&) {});
  EXPECT_FALSE(batched.failure.has_value());
  ASSERT_EQ(batched.record.summaries.size(), 11U);
  expectNearRecord(batched.record, runHeadless(setting(spec), 2, {}, [](const auto&) {}).record);
  for (const auto& summary : batched.record.summaries) EXPECT_TRUE(summary.finished);
}

INSTANTIATE_TEST_SUITE_P(On, Batches, testing::Values("cpu", "cuda"),
                         [](const auto& of) { return std::string(of.param); });

// However few are held at a time, somebody learns.
TEST(Batch, LearnsWithFewNetworksHeldAtATime) {
  auto batched = *setting(withSeeds(smallExperiment(), 5));
  batched.batch_device = at::kCPU;
  const auto shared = std::make_shared<const Setting>(std::move(batched));
  Experiment e(shared, {.threads = 2, .at_once = 2});
  const auto few = recordOf(toTheEnd(e));
  EXPECT_TRUE(e.finished());
  Experiment all(shared);
  expectNearRecord(few, recordOf(toTheEnd(all)));
}

TEST(Device, ThatIsNotThereIsRefusedAtItsKey) {
  auto spec = smallExperiment();
  for (const auto device : {spec::Device::Auto, spec::Device::Cpu}) {
    spec.device = device;
    const auto made = makeSetting(spec, "assets");
    ASSERT_TRUE(made.ok());
    EXPECT_FALSE((*made)->batch_device.has_value());
  }
  spec.device = spec::Device::Cuda;
  const auto made = makeSetting(spec, "assets");
  if (test::hasCuda()) {
    ASSERT_TRUE(made.ok()) << made.error().text();
    EXPECT_EQ((*made)->batch_device, c10::Device(at::kCUDA));
    GTEST_SKIP() << "there is a GPU: nothing to refuse";
  }
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().where, "device");
  EXPECT_NE(made.error().what.find("device=cpu"), std::string::npos) << made.error().text();
}

TEST(Device, ErrorsSayWhetherLibraryOrGpuIsMissing) {
  const auto no_library = openCuda("libnone_such.so");
  ASSERT_TRUE(no_library.has_value());
  EXPECT_EQ(no_library->where, "device");
  EXPECT_NE(no_library->what.find("scripts/setup --cuda"), std::string::npos);
  EXPECT_NE(no_library->what.find("libnone_such.so"), std::string::npos);
  if (test::hasCuda()) GTEST_SKIP() << "there is a GPU";
  const auto no_gpu = openCuda("libc.so.6");  // a library, but none that brings a GPU
  ASSERT_TRUE(no_gpu.has_value());
  EXPECT_EQ(no_gpu->where, "device");
  EXPECT_NE(no_gpu->what.find("nvidia-smi"), std::string::npos);
}

TEST(Device, IsNamedInWords) {
  EXPECT_EQ(deviceInWords(std::nullopt).substr(0, 5), "CPU, ");
  EXPECT_EQ(deviceInWords(c10::Device(at::kCUDA)), "GPU (CUDA)");
}

}  // namespace
}  // namespace dentate::run
