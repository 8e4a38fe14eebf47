#include "engine/run/session.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <thread>
#include <variant>

#include "engine/run/caught.h"
#include "engine/run/run_folder.h"
#include "engine/spec/graph.h"

namespace dentate::run {
namespace {

using link::Phase;
using spec::Error;

constexpr double kSnapshotEvery = 1.0 / 60;  // seconds; the window draws no faster
constexpr double kIdleSleep = 0.25;          // seconds; a command wakes it at once
constexpr double kSpeedWindow = 1.0;         // seconds over which the speed is measured
constexpr double kShortestPace = 0.05;       // seconds; below that a speed is noise
constexpr double kMaxSpeed = 1e6;            // meta-steps a second

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
    applied_ = ticket;
    dirty_ = true;
    const auto wrong = guarded("the command", [&] { return take(command); });
    if (wrong) {
      failure_ = wrong;
      failed_ = ticket;
      failed_kind_ = command.index();
    } else if (command.index() == failed_before) {
      forgive();
    }
  }
  if (goal_ != Goal::None && secondsUntilDue() <= 0) work();
  const auto since = secondsBetween(published_, Clock::now());
  if (phase() != published_phase_ || (dirty_ && since >= kSnapshotEvery)) publish();
  if (goal_ != Goal::None) return std::clamp(secondsUntilDue(), 0.0, kSnapshotEvery);
  return dirty_ ? kSnapshotEvery : kIdleSleep;
}

spec::Status Session::take(const link::Command& command) {
  return std::visit(
      Overloaded{
          [this](const link::Load& c) { return load(c.experiment); },
          [this](const link::Play&) { return goOn(Goal::End); },
          [this](const link::Pause&) { return goOn(Goal::None); },
          [this](const link::StepMeta&) { return goOn(Goal::Step); },
          [this](const link::StepTask&) { return goOn(Goal::Task); },
          [this](const link::Reset&) { return setting_ ? begin() : spec::Status(); },
          [this](const link::SetSpeed& c) { return setSpeed(c.meta_steps_per_second); },
          [this](const link::SetRate& c) { return setRate(c); },
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
  if (goal == Goal::None || !experiment_ || experiment_->finished() || broken_) return {};
  goal_ = goal;
  due_ = Clock::now();
  pace_.clear();
  if (goal != Goal::Task) return {};
  goal_task_ = experiment_->stepsDone() / spec::stepsPerTask(*spec_);
  if (!experiment_->testing()) ++goal_task_;
  return {};
}

spec::Status Session::load(const spec::ExperimentSpec& spec) {
  loading_ = true;
  publish();
  loading_ = false;
  auto made = guarded("data", [&] { return makeSetting(spec, assets_); });
  if (!made) return made.error();  // what was loaded before stays
  auto experiment = experimentOf(*made);
  if (!experiment) return experiment.error();
  setting_ = std::move(made).value();
  shown_ = spec::shownReplica(setting_->spec);
  spec_ = std::make_shared<const spec::ExperimentSpec>(setting_->spec);
  begin(std::move(experiment).value());
  return {};
}

spec::Result<std::unique_ptr<Experiment>> Session::experimentOf(
    const std::shared_ptr<const Setting>& setting) {
  std::vector<std::size_t> all(setting->replicas());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return Experiment::make(setting, all);
}

spec::Status Session::begin() {
  auto experiment = experimentOf(setting_);
  if (!experiment) return experiment.error();
  begin(std::move(experiment).value());
  return {};
}

void Session::begin(std::unique_ptr<Experiment> experiment) {
  experiment_ = std::move(experiment);
  goal_ = Goal::None;
  broken_ = false;
  forgive();
  ++run_;
  record_ = {};
  alpha_lr_ = spec_->rule.alpha_lr;
  m_lr_ = spec_->rule.m_lr;
  shown_ = std::min(shown_, experiment_->size() - 1);
  notice_.clear();
  pace_.clear();
  meta_steps_per_second_ = 0;
  seconds_left_ = -1;
  record(experiment_->begin());
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

spec::Status Session::save(const std::string& folder) {
  if (!experiment_) return Error{Error::Kind::Usage, "save", "there is no run to save yet"};
  record_.summaries.clear();
  for (std::size_t r = 0; r < experiment_->size(); ++r)
    record_.summaries.push_back(experiment_->summary(r));
  Record sorted = record_;
  sorted.sort();
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
  const bool was_testing = experiment_->testing();
  const auto began = Clock::now();
  auto points = experiment_->advance();
  dirty_ = true;
  if (!points) {
    broken_ = true;
    goal_ = Goal::None;
    forgive();
    failure_ = points.error();
    return;
  }
  record(std::move(points).value());
  if (!was_testing && speed_limit_ > 0) {
    const auto pause = std::chrono::duration<double>(1.0 / speed_limit_);
    due_ = std::max(due_ + std::chrono::duration_cast<Clock::duration>(pause),
                    Clock::now() - std::chrono::milliseconds(100));
  }
  measureSpeed(was_testing ? secondsBetween(began, Clock::now()) : 0);
  const bool at_rest = !experiment_->testing();
  const auto tasks_done = experiment_->stepsDone() / spec::stepsPerTask(*spec_);
  if (experiment_->finished() || (goal_ == Goal::Step && !was_testing) ||
      (goal_ == Goal::Task && at_rest && tasks_done >= goal_task_))
    goal_ = Goal::None;
}

void Session::record(std::vector<link::MetricPoint> points) {
  for (auto& point : points) std::visit([this](auto& p) { p.run = run_; }, point);
  record_.add(points);
  channel_.metrics.put(std::move(points));
}

Phase Session::phase() const {
  if (loading_) return Phase::Loading;
  if (!experiment_) return failure_ ? Phase::Failed : Phase::Empty;
  if (broken_) return Phase::Failed;
  if (experiment_->finished()) return Phase::Finished;
  if (goal_ != Goal::None) return experiment_->testing() ? Phase::Evaluating : Phase::Running;
  return experiment_->stepsDone() == 0 ? Phase::Ready : Phase::Paused;
}

double Session::secondsUntilDue() const {
  if (speed_limit_ <= 0 || experiment_->testing()) return 0;
  return secondsBetween(Clock::now(), due_);
}

// Meta-steps over the last second, the time of the tests between tasks left out; what is left
// counts both.
void Session::measureSpeed(double seconds_testing) {
  testing_seconds_ += seconds_testing;
  if (seconds_testing > 0) seconds_a_test_ = seconds_testing;
  const Pace now{Clock::now(), experiment_->stepsDone(), testing_seconds_};
  pace_.push_back(now);
  while (pace_.size() > 2 && secondsBetween(pace_[1].at, now.at) > kSpeedWindow) pace_.pop_front();
  const auto& then = pace_.front();
  const double seconds =
      secondsBetween(then.at, now.at) - (now.testing_seconds - then.testing_seconds);
  const auto steps = now.steps - then.steps;
  if (seconds < kShortestPace || steps <= 0) return;
  meta_steps_per_second_ = static_cast<double>(steps) / seconds;
  const auto steps_left = spec::totalSteps(*spec_) - now.steps;
  const auto tests_left = experiment_->testsLeft();
  seconds_left_ = static_cast<double>(steps_left) / meta_steps_per_second_ +
                  static_cast<double>(tests_left) * seconds_a_test_;
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
    s.seconds_left = seconds_left_;
    s.replica = shown_;
    for (std::size_t r = 0; r < setting_->replicas(); ++r)
      s.variants.push_back(setting_->variant(r));
    const auto replicas = static_cast<std::int64_t>(experiment_->size());
    s.in_all = replicas * Experiment::workInAll(*spec_);
    s.done = s.in_all - replicas * (s.total_steps - s.step) - experiment_->testsLeft();
    experiment_->replica(shown_).show(s);
  }
  published_ = Clock::now();
  published_phase_ = s.phase;
  dirty_ = false;
  channel_.snapshots.put(std::move(snapshot));
}

}  // namespace dentate::run
