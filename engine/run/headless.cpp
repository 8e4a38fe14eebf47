#include "engine/run/headless.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/run/experiment.h"

namespace dentate::run {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kReportEvery(200);
constexpr std::int64_t kBlock = 40;          // meta-steps; nobody watches
constexpr std::size_t kNetworksAThread = 4;  // so that the last ones end together

Progress progressOf(const Experiment& experiment, Clock::time_point began) {
  Progress p;
  p.done = experiment.done().all();
  p.in_all = experiment.inAll().all();
  p.steps = experiment.done().steps;
  p.steps_in_all = experiment.inAll().steps;
  p.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  p.seconds_left = experiment.secondsLeft();
  return p;
}

}  // namespace

HeadlessRun runHeadless(std::shared_ptr<const Setting> setting, int threads,
                        const std::stop_token& stop, const OnProgress& on_progress) {
  const auto began = Clock::now();
  Effort effort{static_cast<std::size_t>(std::max(threads, 1)), kBlock, 0};
  // A device is the faster the more networks it has.
  if (!setting->batch_device) effort.at_once = kNetworksAThread * effort.threads;
  Experiment experiment(std::move(setting), effort);
  HeadlessRun out;
  while (!experiment.finished() && !stop.stop_requested()) {
    out.record.add(experiment.advance({.until = experiment.end(),
                                       .deadline = Clock::now() + kReportEvery,
                                       .interrupted = [&] { return stop.stop_requested(); }}));
    on_progress(progressOf(experiment, began));
  }
  out.record.summaries = experiment.summaries();
  out.record.sort();
  out.failure = experiment.failure();
  return out;
}

}  // namespace dentate::run
