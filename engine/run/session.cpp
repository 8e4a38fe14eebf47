#include "engine/run/session.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "engine/run/caught.h"
#include "engine/run/device.h"
#include "engine/run/run_folder.h"
#include "engine/spec/graph.h"

namespace dentate::run {
namespace {

using link::Phase;
using spec::Error;

// Of a round: the least, and the most where there is one run, which is shown meanwhile.
constexpr std::chrono::milliseconds kRound(15);
constexpr std::chrono::milliseconds kLongRound(500);
constexpr double kIdleSleep = 0.25;  // seconds; a command wakes it at once
constexpr double kMostDebt = 0.1;    // seconds of meta-steps that are caught up with
constexpr double kMaxSpeed = 1e6;    // meta-steps a second

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;  // clang 14 does not find it by itself

}  // namespace

Session::~Session() {
  if (store_ && !runs_.empty()) store_->finish(runs_);
}

double Session::turn() {
  const auto failed_before = failed_kind_;
  const auto first = applied_;
  for (const auto& waiting : channel_.commands.drain()) {
    const auto& command = waiting.command;
    dirty_ = true;
    taking_ = waiting.ticket;
    const auto wrong = guarded("the command", [&] { return take(command); });
    applied_ = waiting.ticket;  // not while it loads: whether it failed is not known yet
    if (wrong) {
      failure_ = wrong;
      failed_ = waiting.ticket;
      failed_kind_ = command.index();
    } else if (command.index() == failed_before) {
      forgive();
    }
  }
  takeSaved(/*wait=*/false);
  if (store_ && applied_ != first && !runs_.empty()) store_->follow(runs_, loaded_->spec);
  if (runs_.hasUnsent()) catchUp();
  if (goal_ != Goal::None && secondsUntilDue() <= 0 && !runs_.branchHasUnsent()) work();
  keep();
  if (fetcher_.takeNews()) dirty_ = true;
  const double look_again = look();
  if (phase() != published_phase_ || (dirty_ && snapshotWanted())) publish();
  if (runs_.hasUnsent()) return 0;
  if (goal_ != Goal::None)
    return views_.hurries() ? std::min(look_again, kSnapshotEvery)
                            : std::clamp(secondsUntilDue(), 0.0, kSnapshotEvery);
  return std::min(dirty_ ? kSnapshotEvery : kIdleSleep, look_again);
}

spec::Status Session::take(const link::Command& command) {
  return std::visit(
      Overloaded{
          [this](const link::Load& c) { return load(c.experiment); },
          [this](const link::Restore& c) { return restore(c); },
          [this](const link::Play&) { return goOn(Goal::End); },
          [this](const link::Pause&) { return goOn(Goal::None); },
          [this](const link::StepMeta&) { return goOn(Goal::Step); },
          [this](const link::StepTask&) { return goOn(Goal::Task); },
          [this](const link::Reset&) { return loaded_ ? begin(loaded_) : spec::Status(); },
          [this](const link::SetSpeed& c) { return setSpeed(c.meta_steps_per_second); },
          [this](const link::SetRate& c) {
            return runs_.empty() ? spec::Status() : runs_.shown().setRate(c);
          },
          [this](const link::SetLesions& c) { return setLesions(c.lesions); },
          [this](const link::SetInhibition& c) { return setInhibition(c); },
          [this](const link::SetWatch& c) {
            views_.watch(c.watch);
            return spec::Status();
          },
          [this](const link::SelectReplica& c) {
            if (loaded_ && c.replica < loaded_->replicas()) shown_ = c.replica;
            return spec::Status();
          },
          [this](const link::SaveRun& c) { return save(c); },
          [this](const link::Fetch& c) { return fetcher_.begin(c); },
          [this](const link::StopFetch&) {
            fetcher_.stop();
            return spec::Status();
          },
          [this](const link::Branch&) { return changed(runs_.branch()); },
          [this](const link::SelectRun& c) { return changed(runs_.select(c.run)); },
          [this](const link::RenameRun& c) { return runs_.rename(c.run, c.name); },
          [this](const link::DropRun& c) { return changed(runs_.drop(c.run)); },
          [this](const link::BringBackRun& c) { return changed(runs_.bringBack(c.run)); },
          [this](const link::OpenRun& c) { return open(c); },
      },
      command);
}

spec::Status Session::goOn(Goal goal) {
  goal_ = Goal::None;
  if (goal == Goal::None || runs_.empty() || runs_.finished()) return {};
  goal_ = goal;
  const auto& experiment = runs_.shown().experiment();
  goal_until_ = experiment.end();
  due_ = Clock::now();
  moments_.clear();
  if (goal == Goal::Step) goal_until_ = {experiment.stepsDone() + 1, false};
  if (goal == Goal::Task) goal_until_ = experiment.endOfTask();
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

spec::Status Session::restore(const link::Restore& restore) {
  loading_ = true;
  publish();
  loading_ = false;
  if (auto opened = SessionStore::open(restore.folder)) {
    store_ = *std::move(opened);
    auto left = store_->takeLeft(assets_, threads_);
    if (!left.not_whole.empty()) notice_ = left.not_whole.front().text();
    if (!left.runs.empty()) return restored(std::move(left));
  } else {
    notice_ = opened.error().text();
  }
  auto notice = notice_;
  auto failed = load(restore.otherwise);
  notice_ = std::move(notice);
  return failed;
}

spec::Status Session::restored(SessionStore::Left left) {
  auto setting = makeSetting(left.loaded, assets_);
  if (!setting) return setting.error();
  loaded_ = *std::move(setting);
  runs_.restore(std::move(left.runs), left.shown);
  shown_ = spec::shownReplica(loaded_->spec);
  ++begun_;
  if (notice_.empty() && runs_.shown().experiment().stepsDone() > 0)
    notice_ = std::string(runs_.live().size() > 1 ? "the runs are as they were"
                                                  : "the run is as it was") +
              " left";
  for (const auto& folder : left.compared)
    if (auto failed = open({folder})) notice_ = failed->text();
  return {};
}

void Session::measured(std::uint64_t run, std::vector<link::MetricPoint> points) {
  if (store_) store_->add(run, points);
  channel_.metrics.put(std::move(points));
}

// A disk that is full, say, is told once.
void Session::keep() {
  if (!store_ || runs_.empty()) return;
  store_->keep(runs_);
  auto failed = store_->failure();
  if (failed == not_kept_) return;
  not_kept_ = failed;
  dirty_ = true;
  notice_ = failed
                ? failed->text() + "; the runs are not kept for the next start until it is mended"
                : std::string("the runs are kept again for the next start");
}

spec::Status Session::begin(std::shared_ptr<const Setting> setting) {
  auto points = runs_.begin(setting);
  if (!points) return points.error();
  if (std::exchange(loaded_, setting) != setting) shown_ = spec::shownReplica(setting->spec);
  goal_ = Goal::None;
  replica_failure_.reset();
  forgive();
  ++begun_;
  notice_.clear();
  moments_.clear();
  meta_steps_per_second_ = 0;
  measured(runs_.shown().run(), std::move(points).value());
  return {};
}

spec::Status Session::setSpeed(double meta_steps_per_second) {
  if (!(meta_steps_per_second >= 0 && meta_steps_per_second <= kMaxSpeed))
    return Error{Error::Kind::Usage, "speed", "expected 0 or more steps a second"};
  speed_limit_ = meta_steps_per_second;
  due_ = Clock::now();
  return {};
}

spec::Status Session::setLesions(const std::vector<spec::Lesion>& lesions) {
  if (runs_.empty()) return {};
  if (auto wrong = runs_.shown().setLesions(lesions)) return wrong;
  views_.hurry();
  return {};
}

spec::Status Session::setInhibition(const link::SetInhibition& inhibition) {
  if (runs_.empty()) return {};
  auto points = runs_.shown().setInhibition(inhibition);
  if (!points) return points.error();
  measured(runs_.shown().run(), std::move(points).value());
  views_.hurry();
  return {};
}

spec::Status Session::save(const link::SaveRun& save) {
  const auto* const run = runs_.empty()   ? nullptr
                          : save.run == 0 ? &runs_.shown()
                                          : runs_.live(save.run);
  if (!run) return Error{Error::Kind::Usage, "save", "there is no run to save"};
  takeSaved(/*wait=*/true);
  saver_.begin(save.folder, run->toSave(views_.shown().lesionCurvesOf(run->run()).get()));
  saving_ = Saving{taking_, run->run(), run->experiment().stepsDone()};
  return {};
}

void Session::takeSaved(bool wait) {
  if (!saving_) return;
  auto written = wait ? saver_.await() : saver_.take();
  if (!written) return;
  const auto saving = *std::exchange(saving_, std::nullopt);
  dirty_ = true;
  if (*written) {
    notice_ = *std::move(*written);
    if (auto* const run = runs_.live(saving.run)) run->setSaved(saving.step);
    return;
  }
  failure_ = written->error();
  failed_ = saving.ticket;
  failed_kind_ = link::Command(link::SaveRun{}).index();
}

spec::Status Session::open(const link::OpenRun& open) {
  takeSaved(/*wait=*/true);  // it may be that folder
  auto notice = runs_.open(open.folder);
  if (!notice) return notice.error();
  if (!notice->empty()) notice_ = std::move(notice).value();
  return {};
}

spec::Status Session::changed(spec::Status failed) {
  if (failed) return failed;
  moments_.clear();
  views_.hurry();
  return {};
}

void Session::forgive() {
  failure_.reset();
  failed_ = 0;
  failed_kind_ = kNoCommand;
}

void Session::catchUp() {
  auto points = runs_.takeUnsent(Clock::now() + kRound);
  dirty_ = true;
  if (points) return channel_.metrics.put(std::move(points).value());
  failure_ = points.error();
  failed_ = 0;
  failed_kind_ = link::Command(link::OpenRun{}).index();  // the next one that succeeds forgives it
}

// A round costs what the workers wait for each other at its end. Of the only run it lasts until the
// views are due, and the shown network is looked at while the others go on.
Round Session::roundOf(LiveRun& run) {
  const auto now = Clock::now();
  Round round{.until = until(), .deadline = now + kRound, .interrupted = [this] {
                return channel_.commands.calls();
              }};
  if (views_.hurries()) return round;
  if (runs_.live().size() > 1) {
    round.deadline =
        now + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(kUnseen));
    round.interrupted = [this, shortest = now + kRound] {
      return channel_.commands.calls() ||
             (Clock::now() >= shortest && channel_.snapshots.taken(kFrameDrawn));
    };
    return round;
  }
  const auto view = views_.behind(viewed()) ? views_.due() : now + kLongRound;
  round.deadline = std::clamp(view, now + kRound, now + kLongRound);
  round.glance = {.place = shown_,
                  .due = [this] { return snapshotWanted(); },
                  .look =
                      [this, &run] {
                        measured(run.run(), run.takePoints());
                        measureSpeed();
                        publish();
                      }};
  return round;
}

void Session::work() {
  auto* const run = runs_.furthestBehind(until());
  if (!run) return;
  const auto before = runs_.stepsDone();
  measured(run->run(), run->advance(roundOf(*run)));
  if (store_) store_->keepAtTaskEnds(*run);
  dirty_ = true;
  if (speed_limit_ > 0) {
    const auto steps = static_cast<double>(runs_.stepsDone() - before);
    const auto debt = std::chrono::duration<double>(kMostDebt);
    due_ = std::max(due_ + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(steps / speed_limit_)),
                    Clock::now() - std::chrono::duration_cast<Clock::duration>(debt));
  }
  measureSpeed();
  if (auto failed = run->experiment().failure(); failed && !replica_failure_) {
    replica_failure_ = failed;
    forgive();
    failure_ = std::move(failed);
  }
  if (!runs_.furthestBehind(goal_until_)) goal_ = Goal::None;
}

Viewed Session::viewed() const { return {runs_, runs_.shown(), shown_}; }

double Session::look() {
  if (runs_.empty()) return kIdleSleep;
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
  const auto due = -seconds(due_ - Clock::now());
  const auto steps = due < 0 ? 0 : static_cast<std::int64_t>(due * speed_limit_) + 1;
  const auto step = runs_.stepsDone() + steps;
  return step < goal_until_.step ? Until{step, true} : goal_until_;
}

Phase Session::phase() const {
  if (loading_) return Phase::Loading;
  if (runs_.empty()) return failure_ ? Phase::Failed : Phase::Empty;
  const auto& experiment = runs_.shown().experiment();
  if (goal_ != Goal::None) return experiment.testing() ? Phase::Evaluating : Phase::Running;
  if (experiment.allFailed()) return Phase::Failed;
  if (runs_.finished()) return Phase::Finished;
  return experiment.stepsDone() == 0 ? Phase::Ready : Phase::Paused;
}

double Session::secondsUntilDue() const {
  if (speed_limit_ <= 0 || runs_.shown().experiment().testing()) return 0;
  return seconds(due_ - Clock::now());
}

}  // namespace dentate::run
