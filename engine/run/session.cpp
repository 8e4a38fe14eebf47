#include "engine/run/session.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <variant>

#include "engine/run/caught.h"
#include "engine/run/run_folder.h"
#include "engine/spec/graph.h"

namespace dentate::run {
namespace {

using link::Phase;
using spec::Error;

constexpr double kSnapshotEvery = 1.0 / 60;      // seconds; the window draws no faster
constexpr std::chrono::milliseconds kRound(15);  // before the next snapshot
constexpr double kIdleSleep = 0.25;              // seconds; a command wakes it at once
constexpr double kSpeedWindow = 1.0;             // seconds over which the speed is measured
constexpr double kShortestPace = 0.05;           // seconds; below that a speed is noise
constexpr double kMostDebt = 0.1;                // seconds of meta-steps that are caught up with
constexpr double kMaxSpeed = 1e6;                // meta-steps a second

double secondsBetween(std::chrono::steady_clock::time_point a,
                      std::chrono::steady_clock::time_point b) {
  return std::chrono::duration<double>(b - a).count();
}

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

}  // namespace

double Session::turn() {
  const auto failed_before = failed_kind_;
  for (auto& [ticket, command] : channel_.commands.drain()) {
    dirty_ = true;
    const auto wrong = guarded("the command", [&] { return take(command); });
    applied_ = ticket;  // not while it loads: whether it failed is not known yet
    if (wrong) {
      failure_ = wrong;
      failed_ = ticket;
      failed_kind_ = command.index();
    } else if (command.index() == failed_before) {
      forgive();
    }
  }
  if (goal_ != Goal::None && secondsUntilDue() <= 0) work();
  const double look_again = look();
  const auto since = secondsBetween(published_, Clock::now());
  if (phase() != published_phase_ || (dirty_ && since >= kSnapshotEvery)) publish();
  if (goal_ != Goal::None)
    return views_.hurries() ? std::min(look_again, kSnapshotEvery)
                            : std::clamp(secondsUntilDue(), 0.0, kSnapshotEvery);
  return std::min(dirty_ ? kSnapshotEvery : kIdleSleep, look_again);
}

spec::Status Session::take(const link::Command& command) {
  return std::visit(
      Overloaded{
          [this](const link::Load& c) { return load(c.experiment); },
          [this](const link::Play&) { return goOn(Goal::End); },
          [this](const link::Pause&) { return goOn(Goal::None); },
          [this](const link::StepMeta&) { return goOn(Goal::Step); },
          [this](const link::StepTask&) { return goOn(Goal::Task); },
          [this](const link::Reset&) { return setting_ ? begin(setting_) : spec::Status(); },
          [this](const link::SetSpeed& c) { return setSpeed(c.meta_steps_per_second); },
          [this](const link::SetRate& c) { return setRate(c); },
          [this](const link::SetLesions& c) { return setLesions(c.lesions); },
          [this](const link::SetWatch& c) {
            views_.watch(c.watch);
            return spec::Status();
          },
          [this](const link::SelectReplica& c) {
            if (experiment_ && c.replica < experiment_->size()) shown_ = c.replica;
            return spec::Status();
          },
          [this](const link::SaveRun& c) { return save(c.folder); },
      },
      command);
}

spec::Status Session::goOn(Goal goal) {
  goal_ = Goal::None;
  if (goal == Goal::None || !experiment_ || experiment_->finished()) return {};
  goal_ = goal;
  goal_until_ = experiment_->end();
  due_ = Clock::now();
  moments_.clear();
  const auto step = experiment_->stepsDone();
  const auto in_task = spec::stepsPerTask(*spec_);
  if (goal == Goal::Step) goal_until_ = {step + 1, false};
  if (goal == Goal::Task)
    goal_until_ = {(step / in_task + (experiment_->testing() ? 0 : 1)) * in_task, true};
  return {};
}

spec::Status Session::load(const spec::ExperimentSpec& spec) {
  loading_ = true;
  publish();
  loading_ = false;
  auto made = guarded("data", [&] { return makeSetting(spec, assets_); });
  if (!made) return made.error();  // what was loaded before stays
  return begin(std::move(made).value());
}

spec::Status Session::begin(std::shared_ptr<const Setting> setting) {
  auto experiment = std::make_unique<Experiment>(setting, Effort{.threads = threads_});
  auto points = experiment->begin();
  if (auto failed = experiment->failure()) return failed;
  experiment_ = std::move(experiment);
  if (setting_ != setting) {  // not a reset
    setting_ = std::move(setting);
    spec_ = std::make_shared<const spec::ExperimentSpec>(setting_->spec);
    shown_ = spec::shownReplica(setting_->spec);
  }
  goal_ = Goal::None;
  replica_failure_.reset();
  forgive();
  ++run_;
  record_ = {};
  alpha_lr_ = spec_->rule.alpha_lr;
  m_lr_ = spec_->rule.m_lr;
  lesions_.clear();
  notice_.clear();
  moments_.clear();
  meta_steps_per_second_ = 0;
  record(std::move(points));
  return {};
}

spec::Status Session::setSpeed(double meta_steps_per_second) {
  if (!(meta_steps_per_second >= 0 && meta_steps_per_second <= kMaxSpeed))
    return Error{Error::Kind::Usage, "speed", "expected 0 or more steps a second"};
  speed_limit_ = meta_steps_per_second;
  due_ = Clock::now();
  return {};
}

// By the same checks as a file.
spec::Status Session::setRate(const link::SetRate& rate) {
  if (!experiment_) return {};
  const bool alpha = rate.which == link::Rate::Alpha;
  auto changed = *spec_;
  (alpha ? changed.rule.alpha_lr : changed.rule.m_lr) = rate.value;
  if (auto wrong = spec::checkExperiment(changed)) return wrong;
  (alpha ? alpha_lr_ : m_lr_) = rate.value;
  experiment_->setRates(alpha_lr_, m_lr_);
  return {};
}

spec::Status Session::setLesions(const std::vector<spec::Lesion>& lesions) {
  if (!experiment_) return {};
  for (const auto& lesion : lesions)
    if (auto wrong = spec::checkLesion(spec_->network, lesion)) return wrong;
  experiment_->setLesions(lesions);
  lesions_ = lesions;
  ++lesion_changes_;
  views_.hurry();
  return {};
}

spec::Status Session::save(const std::string& folder) {
  if (!experiment_) return Error{Error::Kind::Usage, "save", "there is no run to save yet"};
  Record sorted = record_;
  sorted.summaries = experiment_->summaries();
  sorted.sort();
  sorted.lesions = experiment_->lesionEvents();
  if (const auto curves = views_.shown().lesion_curves; curves && curves->run == run_)
    sorted.lesion_curves = *curves;
  auto as_run = *spec_;
  as_run.rule.alpha_lr = alpha_lr_;
  as_run.rule.m_lr = m_lr_;
  if (auto failed = writeRunFolder(folder, as_run, sorted)) return failed;
  notice_ = "saved to " + folder;
  if (as_run != *spec_) notice_ += "; its config.json holds the rates as they are now";
  return {};
}

void Session::forgive() {
  failure_.reset();
  failed_ = 0;
  failed_kind_ = kNoCommand;
}

void Session::work() {
  const auto before = experiment_->stepsDone();
  record(experiment_->advance({.until = until(),
                               .deadline = Clock::now() + kRound,
                               .interrupted = [this] { return channel_.commands.calls(); }}));
  dirty_ = true;
  if (speed_limit_ > 0) {
    const auto steps = static_cast<double>(experiment_->stepsDone() - before);
    const auto debt = std::chrono::duration<double>(kMostDebt);
    due_ = std::max(due_ + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(steps / speed_limit_)),
                    Clock::now() - std::chrono::duration_cast<Clock::duration>(debt));
  }
  measureSpeed();
  if (auto failed = experiment_->failure(); failed && !replica_failure_) {
    replica_failure_ = failed;
    forgive();
    failure_ = std::move(failed);
  }
  if (experiment_->reached(goal_until_)) goal_ = Goal::None;
}

Viewed Session::viewed() const {
  return {*setting_,      *experiment_, shown_, run_, experiment_->replica(shown_).stepsDone(),
          lesion_changes_};
}

double Session::look() {
  if (!experiment_) return kIdleSleep;
  const auto now = viewed();
  const bool learning = goal_ != Goal::None;
  // A failure of a view is one of its request, not of the run.
  auto failed = guarded("the view", [&] {
    if (views_.work(now, learning)) dirty_ = true;
    return spec::Status();
  });
  if (failed && !failure_) failure_ = std::move(failed);
  return views_.behind(now) ? 0 : kIdleSleep;
}

Until Session::until() const {
  if (speed_limit_ <= 0) return goal_until_;
  const auto due = -secondsBetween(Clock::now(), due_);
  const auto steps = due < 0 ? 0 : static_cast<std::int64_t>(due * speed_limit_) + 1;
  const auto step = experiment_->stepsDone() + steps;
  return step < goal_until_.step ? Until{step, true} : goal_until_;
}

void Session::record(std::vector<link::MetricPoint> points) {
  for (auto& point : points) std::visit([this](auto& p) { p.run = run_; }, point);
  record_.add(points);
  channel_.metrics.put(std::move(points));
}

Phase Session::phase() const {
  if (loading_) return Phase::Loading;
  if (!experiment_) return failure_ ? Phase::Failed : Phase::Empty;
  if (experiment_->allFailed()) return Phase::Failed;
  if (experiment_->finished()) return Phase::Finished;
  if (goal_ != Goal::None) return experiment_->testing() ? Phase::Evaluating : Phase::Running;
  return experiment_->stepsDone() == 0 ? Phase::Ready : Phase::Paused;
}

double Session::secondsUntilDue() const {
  if (speed_limit_ <= 0 || experiment_->testing()) return 0;
  return secondsBetween(Clock::now(), due_);
}

// Meta-steps of every replica over the last second, the time of the tests between tasks left out.
void Session::measureSpeed() {
  const Moment now{Clock::now(), experiment_->done().steps, experiment_->secondsTesting()};
  moments_.push_back(now);
  while (moments_.size() > 2 && secondsBetween(moments_[1].at, now.at) > kSpeedWindow)
    moments_.pop_front();
  const auto& then = moments_.front();
  const double seconds =
      secondsBetween(then.at, now.at) - (now.seconds_testing - then.seconds_testing);
  const auto steps =
      static_cast<double>(now.steps - then.steps) / static_cast<double>(experiment_->size());
  if (seconds >= kShortestPace && steps > 0) meta_steps_per_second_ = steps / seconds;
}

double Session::secondsLeft() const {
  const auto left = experiment_->secondsLeft();
  if (speed_limit_ <= 0 || left < 0) return left;
  const auto steps = static_cast<double>(spec::totalSteps(*spec_) - experiment_->stepsDone());
  return std::max(left, steps / speed_limit_);
}

void Session::publish() {
  auto snapshot = std::make_shared<link::Snapshot>();
  auto& s = *snapshot;
  s.applied = applied_;
  s.phase = phase();
  s.run = run_;
  s.spec = spec_;
  s.alpha_lr = alpha_lr_;
  s.m_lr = m_lr_;
  s.lesions = lesions_;
  s.speed_limit = speed_limit_;
  s.notice = notice_;
  s.failure = failure_;
  s.failed = failed_;
  s.device = "CPU, " + std::to_string(std::thread::hardware_concurrency()) + " cores";
  if (experiment_) {
    s.step = experiment_->stepsDone();
    s.total_steps = spec::totalSteps(*spec_);
    s.task = s.step / spec::stepsPerTask(*spec_);
    s.meta_steps_per_second = meta_steps_per_second_;
    s.seconds_left = secondsLeft();
    s.replica = shown_;
    for (std::size_t r = 0; r < setting_->replicas(); ++r)
      s.variants.push_back(setting_->variant(r));
    s.done = experiment_->done().all();
    s.in_all = experiment_->inAll().all();
    experiment_->replica(shown_).show(s);
    s.views = views_.shown();
  }
  published_ = Clock::now();
  published_phase_ = s.phase;
  dirty_ = false;
  channel_.snapshots.put(std::move(snapshot));
}

}  // namespace dentate::run
