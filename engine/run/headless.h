// A whole experiment without a window: every replica to its end, on several threads.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "engine/run/experiment.h"
#include "engine/run/record.h"
#include "engine/run/setting.h"
#include "engine/run/store_writer.h"
#include "engine/spec/result.h"

namespace dentate::run {

struct Progress {
  std::int64_t done = 0, in_all = 0;         // units of work of all replicas together
  std::int64_t steps = 0, steps_in_all = 0;  // of these, meta-steps
  double seconds = 0, seconds_left = -1;     // -1 not known yet
};
using OnProgress = std::function<void(const Progress&)>;

// Where a run begins, and where it is kept while it learns.
struct Keeping {
  StoreWriter* writer = nullptr;            // null: it is not kept
  std::optional<Experiment::State> state;   // to go on from; none: from the first meta-step
  std::vector<link::MetricPoint> measured;  // until then
  RunHead head = {};
};

struct HeadlessRun {
  Record record;         // of every replica that began, as far as it came
  spec::Status failure;  // of the first replica that failed, or why the run could not be kept
};

// Each replica's numbers are the same for any number of threads, of which the calling one is the
// first; a replica that fails takes no other down. A stop request ends the run after the meta-steps
// in hand, as a run ends that cannot be kept. `on_progress` is called a few times a second, on the
// calling thread.
[[nodiscard]] HeadlessRun runHeadless(std::shared_ptr<const Setting> setting, int threads,
                                      const std::stop_token& stop, const OnProgress& on_progress,
                                      const Keeping& keeping = {});

}  // namespace dentate::run
