// How fast a network learns and is tested: one replica, one thread. Ratios between rows of one run
// mean something on a noisy machine; single figures do not.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "engine/learn/registry.h"
#include "engine/run/process.h"
#include "engine/run/replica.h"
#include "engine/spec/experiment_json.h"

namespace dentate {
namespace {

template <class T>
T orExit(spec::Result<T> result) {
  if (result) return std::move(result).value();
  std::fprintf(stderr, "dentate_bench: %s\n", result.error().text().c_str());
  std::exit(2);
}

struct Bench {
  std::shared_ptr<const run::Setting> setting;
  std::unique_ptr<run::Replica> replica;
  std::unique_ptr<learn::Rule> rule;
};

Bench benchOf(const std::string& config, std::int64_t order) {
  auto spec = orExit(spec::loadExperiment("configs/" + config + ".json"));
  spec.rule.order = order;
  auto setting = orExit(run::makeSetting(spec, "assets"));
  const auto stream = std::make_shared<const data::TaskStream>(setting->stream, setting->seed(0));
  return {setting, std::make_unique<run::Replica>(setting, 0, stream),
          orExit(learn::makeRule(setting->plan(0), setting->rule(0)))};
}

// Goes round and round the stream, so that activity is that of a network amid its learning.
void metaStep(benchmark::State& state, const std::string& config, std::int64_t order) {
  const auto [setting, replica, rule] = benchOf(config, order);
  const auto begin = replica->state();
  constexpr std::int64_t kRound = 200;  // meta-steps; every stream has more
  for (auto _ : state) {
    if (replica->stepsDone() == kRound) {
      state.PauseTiming();
      replica->restore(begin);
      state.ResumeTiming();
    }
    replica->step(*rule);
  }
  state.counters["meta_steps_per_s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void test(benchmark::State& state, const std::string& config) {
  const auto [setting, replica, rule] = benchOf(config, 1);
  run::SampleBuffer samples;
  for (auto _ : state)
    for (std::int64_t part = 0; part < run::partsOfTest(setting->spec); ++part)
      benchmark::DoNotOptimize(replica->test({}, part, samples));
  state.counters["tasks_tested_per_s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void snapshot(benchmark::State& state, const std::string& config) {
  const auto replica = benchOf(config, 1).replica;
  for (auto _ : state) {
    link::Snapshot shown;
    replica->show(shown);
    benchmark::DoNotOptimize(shown);
  }
}

void registerAll() {
  for (const std::string config : {"two-layer", "four-layer", "split-two-path"}) {
    for (const std::int64_t order : {1, 2})
      benchmark::RegisterBenchmark(
          ("meta_step/" + config + "/order_" + std::to_string(order)).c_str(),
          [=](benchmark::State& state) { metaStep(state, config, order); })
          ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("test/" + config).c_str(), [=](benchmark::State& state) {
      test(state, config);
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("snapshot/" + config).c_str(), [=](benchmark::State& state) {
      snapshot(state, config);
    })->Unit(benchmark::kMillisecond);
  }
}

}  // namespace
}  // namespace dentate

int main(int argc, char** argv) {
  dentate::run::prepareProcess();
  dentate::registerAll();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
