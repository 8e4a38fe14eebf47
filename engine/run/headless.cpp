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

// What becomes of a run in its store.
class Keeper {
 public:
  Keeper(const Keeping& keeping, const spec::ExperimentSpec& spec, Experiment& experiment)
      : writer_(*keeping.writer), head_(keeping.head), spec_(spec), experiment_(experiment) {
    losses_.skip(experiment);
    writer_.addEvents(
        {beginningOf(experiment, keeping.state ? EventKind::Resumed : EventKind::Started)});
  }
  spec::Status keep(const std::vector<link::MetricPoint>& points) {
    writer_.add(points);
    writer_.addEvents(losses_.news(experiment_));
    writer_.addFinals(experiment_.takeLast(), experiment_.regimes());
    if (auto state = experiment_.atTaskEnds(writer_.dueAtTaskEnd()))
      writer_.add(Checkpoint{head_, spec_, *std::move(state)});
    else if (writer_.due())
      writer_.add(Checkpoint{head_, spec_, experiment_.state()});
    return writer_.failure();
  }
  spec::Status end() {
    writer_.add(Checkpoint{head_, spec_, experiment_.state()});
    const auto how = experiment_.finished() ? EventKind::Finished : EventKind::Stopped;
    writer_.addEvents({{how, experiment_.stepsDone()}});
    return writer_.flush();
  }

 private:
  StoreWriter& writer_;
  const RunHead& head_;
  const spec::ExperimentSpec& spec_;
  Experiment& experiment_;
  LossWatch losses_;
};

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
  std::optional<Keeper> keeper;
  if (keeping.writer) keeper.emplace(keeping, spec, experiment);
  spec::Status not_kept;
  const auto round = keeping.writer
                         ? std::min<Clock::duration>(kReportEvery, keeping.writer->apart())
                         : Clock::duration(kReportEvery);
  if (keeper && !keeping.state) {
    const auto points = experiment.begin();
    out.record.add(points);
    not_kept = keeper->keep(points);
  }
  while (!experiment.finished() && !stop.stop_requested() && !not_kept) {
    const auto points = experiment.advance({.until = experiment.end(),
                                            .deadline = Clock::now() + round,
                                            .interrupted = [&] { return stop.stop_requested(); }});
    out.record.add(points);
    if (keeper) not_kept = keeper->keep(points);
    on_progress(progressOf(experiment, began));
  }
  if (keeper && !not_kept) not_kept = keeper->end();
  out.record.summaries = experiment.summaries();
  out.record.lesions = experiment.lesionEvents();
  out.record.changes = keeping.head.changes;
  out.record.sort();
  out.failure = not_kept ? not_kept : experiment.failure();
  return out;
}

}  // namespace dentate::run
