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
  std::vector<float> alpha;            // by path of the spec
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
};

struct SummaryPoint {  // one replica at the end of its stream
  std::uint64_t run = 0;
  std::size_t replica = 0;
  double ra = 0, la = 0, bti = 0;  // category accuracy; item accuracy where there is no category
};

using MetricPoint = std::variant<StepPoint, AccuracyPoint, SummaryPoint>;

}  // namespace dentate::link
