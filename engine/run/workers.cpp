#include "engine/run/workers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/run/caught.h"
#include "engine/run/process.h"

namespace dentate::run {
namespace {

using Clock = std::chrono::steady_clock;

// After so much time every replica of a live experiment has advanced by a block: to the eye all go
// on together.
constexpr double kAllAdvance = 1.0 / 5;  // seconds
// Meta-steps at a time. With more a replica gains nothing: what it costs to fetch its weights from
// memory is then a few hundredths of what it costs to learn. Few lengths, of which each divides the
// next: where the length changes, a block begun by one ends where one of the other does.
constexpr std::array<std::int64_t, 6> kBlocks{1, 2, 5, 10, 20, 40};
constexpr double kNear = 1.8;  // a length is kept while the best one is no further off
constexpr double kPaceUnits = 400;
constexpr std::size_t kOwner = 0;  // thread that calls run()

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
  pool_.run([&](std::size_t thread) { serve(task, thread); });
  kept_ = nullptr;
}

void Workers::serve(const Task& task, std::size_t thread) {
  if (!std::exchange(benches_[thread].prepared, true)) prepareThread();
  std::unique_lock hold(mutex_);
  for (;;) {
    std::optional<Unit> unit;
    changed_.wait(hold, [&] {
      if (task.over()) return true;
      if (thread == kOwner) glance(task);
      unit = take(task);
      // Or nothing, and nothing will come of the others.
      return unit.has_value() || (in_hand_ == 0 && kept_ == nullptr);
    });
    if (!unit) return changed_.notify_all();
    ++in_hand_;
    hold.unlock();
    const auto began = Clock::now();
    const auto failed = guarded("network", [&] { return perform(task, *unit, thread); });
    const auto seconds = std::chrono::duration<double>(Clock::now() - began).count();
    hold.lock();
    --in_hand_;
    put(*unit, failed, seconds);
    changed_.notify_all();
  }
}

void Workers::glance(const Task& task) {
  const auto& glance = task.round.glance;
  const bool due = glance.due && glance.due();
  const auto& course = task.courses[glance.place];
  kept_ = due && course.taken() ? &course : nullptr;
  if (due && !course.taken()) glance.look();
}

// With those that learn in one batch with it.
bool Workers::isKept(const Course& course) const {
  const auto* const kept = kept_.load(std::memory_order_relaxed);
  return kept == &course ||
         (kept != nullptr && setting_->batch_device && planOf(course) == planOf(*kept));
}

bool Workers::letsGo(const Task& task, const Unit& unit, std::size_t thread) const {
  if (thread == kOwner) return task.round.glance.due && task.round.glance.due();
  const auto* const kept = kept_.load(std::memory_order_relaxed);
  return kept != nullptr &&
         std::find(unit.courses.begin(), unit.courses.end(), kept) != unit.courses.end();
}

std::span<Course> Workers::held(const Task& task) const {
  if (effort_.at_once == 0) return task.courses;
  std::size_t open = 0, end = 0;
  while (end < task.courses.size() && (task.courses[end].ended() || ++open <= effort_.at_once))
    ++end;
  return std::span(task.courses).first(end);
}

// Whoever has learned fewest blocks. A condition that learns as a batch waits for those of it that
// are behind or being tested, and for the device.
Course* Workers::next(const Task& task) const {
  const auto courses = held(task);
  std::map<const net::Plan*, std::int64_t> least;  // rank by condition, on a device
  if (setting_->batch_device)
    for (const auto& course : courses)
      if (!course.ended()) {
        const auto [of, first] = least.try_emplace(planOf(course), course.rank());
        of->second = std::min(of->second, course.rank());
      }
  const auto heldUp = [&](const Course& course) {
    return setting_->batch_device && course.begun() && !course.testing() &&
           (device_in_hand_ || course.rank() > least.at(planOf(course)));
  };
  // As of the block begun: one that was broken off is ended first, while caches have its weights.
  const auto in_task = spec::stepsPerTask(setting_->spec);
  const auto order = [&](const Course& of) {
    const auto into_block = of.stepsDone() % in_task % task.block;
    return std::pair(of.rank() - 2 * into_block, -into_block);
  };
  Course* found = nullptr;
  for (auto& course : courses)
    if (course.waits(task.round.until) && !isKept(course) &&
        (!found || order(course) < order(*found)) && !heldUp(course))
      found = &course;
  return found;
}

std::optional<Workers::Unit> Workers::take(const Task& task) {
  auto* const course = next(task);
  if (!course) return std::nullopt;
  Unit unit;
  unit.courses = {course};
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
  if (!setting_->batch_device) return unit;
  device_in_hand_ = true;
  for (auto& other : held(task))
    if (planOf(other) == planOf(*course) && other.rank() == course->rank() &&
        other.waits(task.round.until)) {
      other.take();
      unit.courses.push_back(&other);
    }
  return unit;
}

spec::Status Workers::perform(const Task& task, Unit& unit, std::size_t thread) {
  switch (unit.kind) {
    case Kind::Begin:
      unit.courses.front()->begin(streams_);
      break;
    case Kind::Learn:
      learn(task, unit, thread);
      break;
    case Kind::Test:
      unit.counts = unit.courses.front()->test(unit.part, benches_[thread].tests);
      break;
  }
  return {};
}

void Workers::learn(const Task& task, const Unit& unit, std::size_t thread) {
  for (auto* const course : unit.courses) course->follow(unit.regime.lesions);
  auto& first = *unit.courses.front();
  const auto over = [&] { return task.over() || letsGo(task, unit, thread); };
  if (setting_->batch_device) {
    auto& batch = batches_.try_emplace(planOf(first), *setting_, first.index()).first->second;
    return batch.learn(unit.courses, unit.regime.rates, unit.end, over);
  }
  auto& lent = benches_[thread]
                   .rules.try_emplace(planOf(first), *setting_, first.index(), learn::Body::Auto)
                   .first->second;
  auto& rule = lent.with(unit.regime.rates, {&first.replica().lesions(), 1});
  first.learn(rule, unit.end, over);
}

void Workers::put(const Unit& unit, const spec::Status& failed, double seconds) {
  const auto steps_before = done_.steps;
  for (auto* const course : unit.courses) {
    if (!failed || unit.kind == Kind::Learn) putOne(*course, unit);
    if (failed) course->fail(*failed);
    if (effort_.at_once > 0 && course->ended()) course->close(effort_.keep_last);
  }
  if (unit.kind == Kind::Test && !failed) {
    seconds_testing_ += seconds;
    testing_.add(seconds, 1.0 / static_cast<double>(partsOfTest(setting_->spec)));
  }
  if (unit.kind != Kind::Learn) return;
  learning_.add(seconds, static_cast<double>(done_.steps - steps_before));
  device_in_hand_ = false;
  if (failed) batches_.erase(planOf(*unit.courses.front()));
}

void Workers::putOne(Course& course, const Unit& unit) {
  const auto before = course.stepsDone();
  if (unit.kind != Kind::Test)
    course.put();
  else if (course.putPart(unit.part, unit.counts))
    ++done_.tests;
  done_.steps += course.stepsDone() - before;
}

std::int64_t Workers::blockFor(std::size_t replicas) {
  if (effort_.block > 0) return effort_.block;
  const auto step = learning_.secondsAUnit();
  if (step <= 0) return block_;
  const auto best =
      kAllAdvance * static_cast<double>(learners()) / (step * static_cast<double>(replicas));
  const auto off = [=](std::int64_t block) {
    return std::abs(std::log(best / static_cast<double>(block)));
  };
  if (off(block_) > std::log(kNear))
    block_ = *std::min_element(kBlocks.begin(), kBlocks.end(),
                               [&](auto a, auto b) { return off(a) < off(b); });
  return block_;
}

}  // namespace dentate::run
