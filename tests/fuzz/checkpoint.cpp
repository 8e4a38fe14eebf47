// A checkpoint: its text and the state of a network. What is taken in must be fit to go on from.
#include "engine/run/checkpoint.h"

#include "engine/run/state_bytes.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/small_run.h"

using namespace dentate;

namespace {

// To the next meta-step, and what is tested after it.
void goOnFrom(run::Course::State state, const run::RegimeByStep& regimes) {
  run::Experiment experiment(fuzz::smallRun());
  experiment.restore({{std::move(state)}, regimes, {}});
  (void)experiment.advance({.until = {experiment.stepsDone() + 1, true}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto [text, state] = fuzz::halvesOf({data, size});
  (void)run::checkpointOf(std::string(fuzz::textOf(text)));
  const auto regimes = run::Experiment(fuzz::smallRun()).state().regimes;
  if (auto course = run::courseOf(state, *fuzz::smallRun(), /*replica=*/0, regimes))
    goOnFrom(*std::move(course), regimes);
  return 0;
}
