#include "engine/run/headless.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

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

spec::Status keep(Experiment& experiment, const spec::ExperimentSpec& spec,
                  const std::vector<link::MetricPoint>& points, StoreWriter& writer) {
  writer.add(points);
  writer.addFinals(experiment.takeLast(), experiment.regimes());
  if (writer.due()) writer.add(Checkpoint{{}, spec, experiment.state()});
  return writer.failure();
}

}  // namespace

HeadlessRun runHeadless(std::shared_ptr<const Setting> setting, int threads,
                        const std::stop_token& stop, const OnProgress& on_progress,
                        const Keeping& keeping) {
  const auto began = Clock::now();
  Effort effort{static_cast<std::size_t>(std::max(threads, 1)), kBlock, 0};
  // A device is the faster the more networks it has.
  if (!setting->batch_device) effort.at_once = kNetworksAThread * effort.threads;
  effort.keep_last = keeping.writer != nullptr;
  const auto& spec = setting->spec;
  Experiment experiment(setting, effort);
  HeadlessRun out;
  if (keeping.state) experiment.restore(*keeping.state);
  out.record.add(keeping.measured);
  spec::Status not_kept;
  const auto round = keeping.writer
                         ? std::min<Clock::duration>(kReportEvery, keeping.writer->apart())
                         : Clock::duration(kReportEvery);
  while (!experiment.finished() && !stop.stop_requested() && !not_kept) {
    const auto points = experiment.advance({.until = experiment.end(),
                                            .deadline = Clock::now() + round,
                                            .interrupted = [&] { return stop.stop_requested(); }});
    out.record.add(points);
    if (keeping.writer) not_kept = keep(experiment, spec, points, *keeping.writer);
    on_progress(progressOf(experiment, began));
  }
  if (keeping.writer && !not_kept) {
    keeping.writer->add(Checkpoint{{}, spec, experiment.state()});
    not_kept = keeping.writer->flush();
  }
  out.record.summaries = experiment.summaries();
  out.record.sort();
  out.failure = not_kept ? not_kept : experiment.failure();
  return out;
}

}  // namespace dentate::run
