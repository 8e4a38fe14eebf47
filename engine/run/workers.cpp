#include "engine/run/workers.h"

#include <algorithm>
#include <utility>

#include "engine/learn/registry.h"
#include "engine/run/caught.h"
#include "engine/run/process.h"

namespace dentate::run {
namespace {

using Clock = std::chrono::steady_clock;

// After so much time every replica of a live experiment has advanced by a block: to the eye all go
// on together.
constexpr double kAllAdvance = 1.0 / 15;  // seconds
// With more meta-steps than this at a time a replica gains nothing: what it costs to fetch its
// weights from memory is then a few hundredths of what it costs to learn.
constexpr std::int64_t kLongBlock = 40;
constexpr double kPaceUnits = 400;

}  // namespace

void Pace::add(double seconds, double units) {
  seconds_ += seconds;
  units_ += units;
  if (units_ < kPaceUnits) return;
  seconds_ /= 2;
  units_ /= 2;
}

bool Workers::Task::over() const {
  return (round.interrupted && round.interrupted()) || Clock::now() >= round.deadline;
}

Workers::Workers(std::shared_ptr<const Setting> setting, const Effort& effort)
    : setting_(std::move(setting)),
      effort_(effort),
      streams_(setting_->stream),
      benches_(std::max<std::size_t>(effort.threads, 1)),
      pool_(benches_.size()) {}

void Workers::run(std::vector<Course>& courses, const RegimeByStep& regimes, const Round& round) {
  const Task task{courses, regimes, round, blockFor(courses.size())};
  pool_.run([&](std::size_t thread) { serve(task, benches_[thread]); });
}

void Workers::serve(const Task& task, Bench& bench) {
  if (!std::exchange(bench.prepared, true)) prepareThread();
  std::unique_lock hold(mutex_);
  for (;;) {
    std::optional<Unit> unit;
    changed_.wait(hold, [&] {
      if (task.over()) return true;
      unit = take(task);
      return unit.has_value() || in_hand_ == 0;  // nothing, and nothing will come of the others
    });
    if (!unit) return;
    ++in_hand_;
    hold.unlock();
    const auto began = Clock::now();
    auto failed = guarded("network", [&] { return perform(task, *unit, bench); });
    const auto seconds = std::chrono::duration<double>(Clock::now() - began).count();
    hold.lock();
    --in_hand_;
    put(*unit, std::move(failed), seconds);
    changed_.notify_all();
  }
}

Course* Workers::next(const Task& task) const {
  Course* found = nullptr;
  std::size_t open = 0;
  for (auto& course : task.courses) {
    if (course.ended()) continue;
    if (++open > effort_.at_once && effort_.at_once > 0) break;
    if (course.waits(task.round.until) && (!found || course.rank() < found->rank()))
      found = &course;
  }
  return found;
}

std::optional<Workers::Unit> Workers::take(const Task& task) const {
  auto* const course = next(task);
  if (!course) return std::nullopt;
  Unit unit;
  unit.course = course;
  if (course->testing()) {
    unit.kind = Kind::Test;
    unit.part = course->takePart();
    return unit;
  }
  course->take();
  if (!course->begun()) return unit;
  unit.kind = Kind::Learn;
  const auto step = course->stepsDone();
  const auto in_task = spec::stepsPerTask(setting_->spec);
  const auto place = step % in_task;
  unit.end = std::min(step - place + std::min(in_task, (place / task.block + 1) * task.block),
                      task.round.until.step);
  const auto change = task.regimes.upper_bound(step);
  if (change != task.regimes.end()) unit.end = std::min(unit.end, change->first);
  unit.regime = std::prev(change)->second;
  return unit;
}

spec::Status Workers::perform(const Task& task, Unit& unit, Bench& bench) {
  switch (unit.kind) {
    case Kind::Begin:
      unit.course->begin(streams_);
      return {};
    case Kind::Learn:
      unit.course->follow(unit.regime.lesions);
      return unit.course->learn(ruleFor(unit, bench), unit.end, [&] { return task.over(); });
    case Kind::Test:
      unit.counts = unit.course->test(unit.part, bench.tests);
      return {};
  }
  return {};
}

learn::Rule& Workers::ruleFor(const Unit& unit, Bench& bench) const {
  const auto replica = unit.course->index();
  const auto& plan = setting_->plan(replica);
  auto& lent = bench.rules[&plan];
  if (!lent.rule) {
    lent.rule = learn::makeRule(plan, setting_->rule(replica)).value();  // the setting has tried it
    lent.rates = {setting_->spec.rule.alpha_lr, setting_->spec.rule.m_lr};
  }
  const auto& rates = unit.regime.rates;
  if (lent.rates != rates) lent.rule->setRates(rates.alpha_lr, rates.m_lr);
  lent.rates = rates;
  const auto& lesions = unit.course->replica().lesions();
  if (lent.lesions != lesions) lent.rule->setLesions({&lesions, 1});
  lent.lesions = lesions;
  return *lent.rule;
}

void Workers::put(const Unit& unit, spec::Status failed, double seconds) {
  auto& course = *unit.course;
  if (unit.kind == Kind::Test && !failed) {
    if (course.putPart(unit.part, unit.counts)) ++done_.tests;
    seconds_testing_ += seconds;
    testing_.add(seconds, 1.0 / static_cast<double>(partsOfTest(setting_->spec)));
  }
  if (unit.kind == Kind::Begin && !failed) course.put();
  if (unit.kind == Kind::Learn) {
    const auto before = course.stepsDone();
    course.put();
    const auto steps = course.stepsDone() - before;
    done_.steps += steps;
    learning_.add(seconds, static_cast<double>(steps));
  }
  if (failed) course.fail(*std::move(failed));
  if (effort_.at_once > 0 && course.ended()) course.close();
}

std::int64_t Workers::blockFor(std::size_t replicas) const {
  if (effort_.block > 0) return effort_.block;
  const auto step = learning_.secondsAUnit();
  if (step <= 0) return 1;
  const auto block =
      kAllAdvance * static_cast<double>(threads()) / (step * static_cast<double>(replicas));
  return static_cast<std::int64_t>(std::clamp(block, 1.0, static_cast<double>(kLongBlock)));
}

}  // namespace dentate::run
