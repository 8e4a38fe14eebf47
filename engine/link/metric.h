// The complete record of a run, as values: none is dropped on the way, so a curve in the window is
// the curve in the file.
#pragma once
#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

namespace dentate::link {

struct StepPoint {        // one meta-step of one replica, taken after its update
  std::uint64_t run = 0;  // Snapshot::run it belongs to
  std::size_t replica = 0;
  std::int64_t step = 0;  // meta-steps done, from 1; step 0 holds the initial alpha and m
  std::int64_t task = 0;  // whose sample was learned, from 0
  double meta_loss = 0;   // not a number at step 0
  double work = 1;        // as in the snapshot
  std::vector<float> active_fraction;  // by layer of the spec, [0, 1]; input and outputs too
  std::vector<float> alpha;            // by path of the spec; of softplus(alpha) the rate itself
  std::vector<float> m;                // by layer; 0 where the layer has none
};

struct AccuracyPoint {  // one entry of one replica's accuracy matrix
  std::uint64_t run = 0;
  std::size_t replica = 0;
  std::int64_t step = 0;
  std::int64_t after_task = 0;  // learned up to and including this task, from 0
  std::int64_t task = 0;        // tested on
  double category = -1;         // share correct, [0, 1]; -1 not measured
  double item = -1;
  // The same of the items that the replay memory holds then, and of the others; how many they are.
  double item_in_memory = -1, item_outside = -1;
  std::int64_t in_memory = 0, outside = 0;
};

struct SummaryPoint {  // one replica at the end of its stream
  std::uint64_t run = 0;
  std::size_t replica = 0;
  double ra = 0, la = 0, bti = 0;  // category accuracy; item accuracy where there is no category
};

// How sparse one replica is once it has learned a task, by the tests that follow; where there are
// none, there is no point.
struct SparsityPoint {
  std::uint64_t run = 0;
  std::size_t replica = 0;
  std::int64_t step = 0;
  std::int64_t after_task = 0;
  // By layer; 0 for input and outputs. Units that were silent for every image of those tests; and the
  // variance of a unit's activity over some of the newest task, mean over the units.
  std::vector<float> dead, variance;
  // By path of the spec: Hoyer's sparsity of its weights and the share of them below 1 % of the
  // largest, both in [0, 1] (engine/measure/sparsity.h).
  std::vector<float> hoyer, near_zero;
};

using MetricPoint = std::variant<StepPoint, AccuracyPoint, SummaryPoint, SparsityPoint>;

}  // namespace dentate::link
