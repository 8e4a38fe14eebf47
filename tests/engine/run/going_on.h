// That a run which is broken off and goes on, or is branched off, is bit by bit the run that was
// never stopped: weights, alpha, m, replay memory, generators, and every row of its numbers.
#pragma once
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/run/experiment.h"
#include "engine/run/state_bytes.h"
#include "tests/engine/run/advancing.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::test {

// The complete state, by replica.
inline std::vector<std::vector<std::uint8_t>> bytesOfAll(const run::Experiment& experiment) {
  std::vector<std::vector<std::uint8_t>> all;
  const auto state = experiment.state();
  for (const auto& course : state.courses) all.push_back(run::bytesOf(course, state.regimes));
  return all;
}

// As a checkpoint gives it back.
inline run::Experiment::State fromBytes(run::Experiment::State state, const run::Setting& setting) {
  for (std::size_t r = 0; r < state.courses.size(); ++r)
    state.courses[r] =
        run::courseOf(run::bytesOf(state.courses[r], state.regimes), setting, r, state.regimes)
            .value();
  return state;
}

// Stopped after so many meta-steps on as many threads. One that is restored from the bytes goes on on
// another number of threads; the one that was stopped goes on beside it, as what was branched off.
// `lesions` are there from the start.
inline void expectGoesOn(const spec::ExperimentSpec& spec,
                         const std::vector<std::size_t>& stops = {1, 2, 3},
                         const std::vector<spec::Lesion>& lesions = {}) {
  const auto shared = setting(spec);
  ASSERT_NE(shared, nullptr);
  run::Experiment whole(shared);
  whole.setLesions(lesions);
  const auto record = recordOf(advanceToEnd(whole));
  ASSERT_FALSE(whole.failure()) << whole.failure()->text();
  const auto bytes = bytesOfAll(whole);
  for (const auto threads : stops) {
    SCOPED_TRACE(std::to_string(threads) + " threads");
    run::Experiment stopped(shared, {.threads = threads, .block = 1});
    stopped.setLesions(lesions);
    auto until_then =
        stopped.advance({.until = {static_cast<std::int64_t>(threads), /*tests=*/false}});
    ASSERT_FALSE(stopped.finished());
    run::Experiment resumed(shared, {.threads = threads % 3 + 1});
    resumed.restore(fromBytes(stopped.state(), *shared));
    for (auto* const each : {&resumed, &stopped}) {
      auto points = until_then;
      append(points, advanceToEnd(*each));
      expectSameRecord(recordOf(points), record);
      EXPECT_EQ(bytesOfAll(*each), bytes);
    }
  }
}

// `spec` cut short: two tasks of two meta-steps, a memory that is soon full.
inline spec::ExperimentSpec cutShort(spec::ExperimentSpec spec) {
  spec.stream.tasks = 2;
  spec.stream.samples_per_task = spec.rule.batch + 2;
  spec.stream.test_samples = 10;
  spec.rule.memory = 4;
  return spec;
}

}  // namespace dentate::test
