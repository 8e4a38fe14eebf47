// What the session says of itself: the snapshot, and what is measured for it.
#include <algorithm>

#include "engine/run/device.h"
#include "engine/run/session.h"
#include "engine/spec/graph.h"

namespace dentate::run {
namespace {

constexpr double kSpeedWindow = 1.0;    // seconds over which the speed is measured
constexpr double kShortestPace = 0.05;  // seconds; below that a speed is noise

}  // namespace

// Once the window has looked at the last one and drawn it, or does not look.
bool Session::snapshotWanted() const {
  const auto since = seconds(Clock::now() - published_);
  return since >= kSnapshotEvery && (channel_.snapshots.taken(kFrameDrawn) || since >= kUnseen);
}

// Meta-steps of every replica over the last second, the time of the tests between tasks left out.
void Session::measureSpeed() {
  const Moment now{Clock::now(), runs_.stepsOfAllNetworks(), runs_.secondsTesting()};
  moments_.push_back(now);
  while (moments_.size() > 2 && seconds(now.at - moments_[1].at) > kSpeedWindow)
    moments_.pop_front();
  const auto& then = moments_.front();
  const double passed = seconds(now.at - then.at) - (now.seconds_testing - then.seconds_testing);
  const auto steps =
      static_cast<double>(now.steps - then.steps) / static_cast<double>(runs_.networks());
  if (passed >= kShortestPace && steps > 0) meta_steps_per_second_ = steps / passed;
}

double Session::secondsLeft() const {
  const auto left = runs_.secondsLeft();
  if (speed_limit_ <= 0 || left < 0) return left;
  const auto steps = static_cast<double>(spec::totalSteps(loaded_->spec) - runs_.stepsDone());
  return std::max(left, steps / speed_limit_);
}

// Its answer to the newest stimulus costs a forward pass, which is made once a moment.
void Session::showNetwork(link::Snapshot& to) {
  const auto now = viewed();
  const Glimpsed glimpsed{now.run, now.shown, now.step, now.lesions};
  if (newest_ && glimpsed_ == glimpsed) {
    to.layers = newest_->layers;
    to.paths = newest_->paths;
    to.strip = newest_->strip;
    to.work = newest_->work;
    to.batch_accuracy = newest_->batch_accuracy;
  } else {
    now.replica().show(to);
  }
  glimpsed_ = glimpsed;
  showSparsity(now.experiment.sparsity(shown_), to);
}

void Session::publish() {
  auto snapshot = std::make_shared<link::Snapshot>();
  auto& s = *snapshot;
  s.applied = saving_ ? std::min(applied_, saving_->ticket - 1) : applied_;
  s.phase = phase();
  s.runs = runs_.entries();
  for (auto& entry : s.runs)
    if (const auto* const run = store_ ? runs_.live(entry.run) : nullptr)
      entry.events = store_->eventsOf(*run);
  s.dropped = runs_.dropped();
  s.begun = begun_;
  s.speed_limit = speed_limit_;
  s.notice = notice_;
  s.fetch = fetcher_.view();
  s.kept = store_ && !store_->failure();
  s.failure = failure_;
  s.failed = failed_;
  s.device = deviceInWords(runs_.empty() ? std::nullopt : runs_.shown().setting().batch_device);
  if (!runs_.empty()) {
    const auto& run = runs_.shown();
    const auto& experiment = run.experiment();
    const auto entry = run.entry();
    s.run = entry.run;
    s.spec = entry.spec;
    s.alpha_lr = entry.alpha_lr;
    s.m_lr = entry.m_lr;
    s.lesions = entry.lesions;
    s.step = entry.step;
    s.total_steps = spec::totalSteps(*s.spec);
    s.task = s.step / spec::stepsPerTask(*s.spec);
    s.meta_steps_per_second = meta_steps_per_second_;
    s.seconds_left = secondsLeft();
    s.replica = shown_;
    for (std::size_t r = 0; r < run.setting().replicas(); ++r)
      s.variants.push_back(run.setting().variant(r));
    s.done = experiment.done().all();
    s.in_all = experiment.inAll().all();
    showNetwork(s);
    s.views = views_.shown();
    for (auto& curves : runs_.savedLesionCurves())
      s.views.lesion_curves.push_back(std::move(curves));
  }
  published_ = Clock::now();
  published_phase_ = s.phase;
  dirty_ = false;
  newest_ = snapshot;
  channel_.snapshots.put(std::move(snapshot));
}

}  // namespace dentate::run
