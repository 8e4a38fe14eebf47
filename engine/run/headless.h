// A whole experiment without a window: every replica to its end, on several threads.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

#include "engine/run/record.h"
#include "engine/run/setting.h"
#include "engine/spec/result.h"

namespace dentate::run {

struct Progress {
  std::int64_t done = 0, in_all = 0;         // units of work of all replicas together
  std::int64_t steps = 0, steps_in_all = 0;  // of these, meta-steps
  double seconds = 0, seconds_left = -1;     // -1 not known yet
};
using OnProgress = std::function<void(const Progress&)>;

struct HeadlessRun {
  Record record;         // of every replica that began, as far as it came
  spec::Status failure;  // of the first replica that failed
};

// Each replica's numbers are the same for any number of threads, of which the calling one is the
// first; a replica that fails takes no other down. A stop request ends the run after the meta-steps
// in hand. `on_progress` is called a few times a second, on the calling thread.
[[nodiscard]] HeadlessRun runHeadless(std::shared_ptr<const Setting> setting, int threads,
                                      const std::stop_token& stop, const OnProgress& on_progress);

}  // namespace dentate::run
