// All that a run needs to go on in the same numbers, as a value, and its part that is text.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/run/experiment.h"
#include "engine/run/record.h"
#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::run {

// Who a run is among others.
struct RunHead {
  std::uint64_t run = 0;  // its number
  std::string name;
  std::uint64_t from = 0;  // the run that it branched off; 0: none
  std::int64_t from_step = 0;
  std::vector<Change> changes;
};

struct Checkpoint {
  RunHead head;
  spec::ExperimentSpec spec;  // as it runs
  Experiment::State state;
};

// JSON: head, spec, regimes and the work done; the networks are not in it.
[[nodiscard]] std::string textOf(const Checkpoint& checkpoint);
// A checkpoint without networks. Refuses what is none.
[[nodiscard]] spec::Result<Checkpoint> checkpointOf(const std::string& text);

}  // namespace dentate::run
