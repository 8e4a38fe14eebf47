#include "engine/run/headless.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "engine/run/experiment.h"

namespace dentate::run {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kReportEvery(200);

// What the workers share. One mutex guards all of it; it is taken once a replica.
struct Shared {
  std::mutex mutex;
  std::condition_variable ended;
  Record record;
  std::vector<std::optional<ReplicaSummary>> summaries;  // by replica; none: it did not begin
  spec::Status failure;
  std::size_t next = 0;     // replica to take
  std::size_t working = 0;  // workers not ended
  std::atomic<bool> give_up{false};
  std::atomic<std::int64_t> done{0}, steps{0};
};

spec::Status runReplica(const std::shared_ptr<const Setting>& setting, std::size_t index,
                        const std::stop_token& stop, Shared& shared) {
  auto made = Experiment::make(setting, {index});
  if (!made) return made.error();
  auto& experiment = **made;
  Record own;
  own.add(experiment.begin());
  spec::Status failure;
  while (!experiment.finished() && !stop.stop_requested() && !shared.give_up) {
    const bool testing = experiment.testing();
    auto points = experiment.advance();
    if (!points) {
      failure = points.error();
      break;
    }
    own.add(*points);
    ++shared.done;
    if (!testing) ++shared.steps;
  }
  const std::lock_guard hold(shared.mutex);
  std::move(own.steps.begin(), own.steps.end(), std::back_inserter(shared.record.steps));
  std::move(own.accuracy.begin(), own.accuracy.end(), std::back_inserter(shared.record.accuracy));
  shared.summaries[index] = experiment.summary(0);
  return failure;
}

void work(const std::shared_ptr<const Setting>& setting, const std::stop_token& stop,
          Shared& shared) {
  std::unique_lock hold(shared.mutex);
  while (shared.next < setting->replicas() && !stop.stop_requested() && !shared.give_up) {
    const auto index = shared.next++;
    hold.unlock();
    auto failure = runReplica(setting, index, stop, shared);
    hold.lock();
    if (failure && !shared.failure) {
      shared.failure = std::move(failure);
      shared.give_up = true;
    }
  }
  --shared.working;
  shared.ended.notify_one();
}

Progress progressOf(const Setting& setting, const Shared& shared, Clock::time_point began) {
  const auto& s = setting.spec;
  const auto replicas = static_cast<std::int64_t>(setting.replicas());
  Progress p;
  p.done = shared.done;
  p.in_all = replicas * Experiment::workInAll(s);
  p.steps = shared.steps;
  p.steps_in_all = replicas * spec::totalSteps(s);
  p.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  if (p.done > 0)
    p.seconds_left =
        p.seconds * static_cast<double>(p.in_all - p.done) / static_cast<double>(p.done);
  return p;
}

}  // namespace

HeadlessRun runHeadless(std::shared_ptr<const Setting> setting, int threads,
                        const std::stop_token& stop, const OnProgress& on_progress) {
  Shared shared;
  shared.summaries.resize(setting->replicas());
  const auto began = Clock::now();
  {
    std::vector<std::jthread> workers;
    const auto count = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(threads, 1)), 1,
                                               setting->replicas());
    shared.working = count;
    for (std::size_t i = 0; i < count; ++i)
      workers.emplace_back([&] { work(setting, stop, shared); });
    std::unique_lock hold(shared.mutex);
    while (!shared.ended.wait_for(hold, kReportEvery, [&] { return shared.working == 0; })) {
      hold.unlock();
      on_progress(progressOf(*setting, shared, began));
      hold.lock();
    }
  }
  on_progress(progressOf(*setting, shared, began));
  for (auto& summary : shared.summaries)
    if (summary) shared.record.summaries.push_back(std::move(*summary));
  shared.record.sort();
  return {std::move(shared.record), std::move(shared.failure)};
}

}  // namespace dentate::run
