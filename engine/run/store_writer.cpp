#include "engine/run/store_writer.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "engine/run/caught.h"

namespace dentate::run {
namespace {

constexpr std::chrono::milliseconds kPointsEvery(500);
constexpr std::chrono::seconds kTryAgainAfter(5);
constexpr int kShare = 50;  // of the time may pass between two checkpoints for one to be written

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  if (to.empty()) {
    to = std::move(more);
    return;
  }
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

StoreWriter::StoreWriter(Store& store, std::chrono::duration<double> apart)
    : store_(store),
      apart_(std::chrono::duration_cast<Clock::duration>(apart)),
      thread_([this](const std::stop_token& stop) { serve(stop); }) {}

StoreWriter::~StoreWriter() {
  thread_.request_stop();
  thread_.join();
}

void StoreWriter::add(const std::vector<link::MetricPoint>& points) {
  if (points.empty()) return;
  const std::lock_guard hold(mutex_);
  append(waiting_.points, points);
}

void StoreWriter::add(Checkpoint checkpoint) {
  {
    const std::lock_guard hold(mutex_);
    waiting_.checkpoint = std::move(checkpoint);
    hurry_ = true;
  }
  changed_.notify_all();
}

void StoreWriter::addFinals(std::vector<std::pair<std::size_t, Course::State>> finals,
                            RegimeByStep regimes) {
  if (finals.empty()) return;
  const std::lock_guard hold(mutex_);
  append(waiting_.finals, std::move(finals));
  waiting_.regimes = std::move(regimes);
}

void StoreWriter::addEvents(std::vector<Event> events) {
  const std::lock_guard hold(mutex_);
  append(waiting_.events, std::move(events));
}

bool StoreWriter::dueSince(Clock::time_point StoreWriter::*next) const {
  const std::lock_guard hold(mutex_);
  return !waiting_.checkpoint && !writing_ && Clock::now() >= this->*next;
}

spec::Status StoreWriter::failure() const {
  const std::lock_guard hold(mutex_);
  return failure_;
}

link::EventsPtr StoreWriter::checkpoints() const {
  const std::lock_guard hold(mutex_);
  return checkpoints_;
}

spec::Status StoreWriter::flush() {
  std::unique_lock hold(mutex_);
  const auto tries = tries_;
  hurry_ = true;
  changed_.notify_all();
  changed_.wait(hold,
                [&] { return !writing_ && (waiting_.empty() || (failure_ && tries_ > tries)); });
  return failure_;
}

void StoreWriter::serve(const std::stop_token& stop) {
  std::unique_lock hold(mutex_);
  for (;;) {
    const auto pause = failure_ ? Clock::duration(kTryAgainAfter) : Clock::duration(kPointsEvery);
    changed_.wait_for(hold, stop, pause, [this] { return hurry_; });
    hurry_ = false;
    const bool ending = stop.stop_requested();
    if (!waiting_.empty()) {
      auto what = std::exchange(waiting_, {});
      writing_ = true;
      hold.unlock();
      const bool whole = what.checkpoint.has_value();
      auto failed = guarded("the store", [&] { return write(what); });
      hold.lock();
      writing_ = false;
      if (whole) {
        next_at_task_end_ = Clock::now() + kShare * took_;
        next_checkpoint_ = next_at_task_end_ + apart_;
      }
      if (failed) putBack(std::move(what));
      failure_ = std::move(failed);
    }
    ++tries_;
    changed_.notify_all();
    if (ending) return;
  }
}

// The checkpoint last: what it goes on from is then there.
spec::Status StoreWriter::write(Waiting& what) {
  if (auto failed = store_.add(what.points)) return failed;
  what.points.clear();
  if (auto failed = store_.addEvents(what.events)) return failed;
  what.events.clear();
  while (!what.finals.empty()) {
    const auto& [replica, state] = what.finals.back();
    if (auto failed = store_.addFinal(replica, state, what.regimes)) return failed;
    what.finals.pop_back();
  }
  if (!what.checkpoint) return {};
  const auto began = Clock::now();
  auto failed = store_.add(*what.checkpoint);
  took_ = Clock::now() - began;
  if (failed) return failed;
  what.checkpoint.reset();
  auto events = store_.events();
  if (!events) return events.error();
  std::erase_if(*events, [](const Event& event) { return event.kind != EventKind::Checkpoint; });
  auto left = std::make_shared<const std::vector<Event>>(*std::move(events));
  const std::lock_guard hold(mutex_);
  checkpoints_ = std::move(left);
  return {};
}

// What has come meanwhile is newer.
void StoreWriter::putBack(Waiting what) {
  append(what.points, std::move(waiting_.points));
  waiting_.points = std::move(what.points);
  append(what.events, std::move(waiting_.events));
  waiting_.events = std::move(what.events);
  append(what.finals, std::move(waiting_.finals));
  waiting_.finals = std::move(what.finals);
  if (waiting_.regimes.empty()) waiting_.regimes = std::move(what.regimes);
  if (!waiting_.checkpoint) waiting_.checkpoint = std::move(what.checkpoint);
}

}  // namespace dentate::run
