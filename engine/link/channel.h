// The one crossing between window and run: commands down, the newest snapshot and all metric points
// up. Every call takes a lock for the time of a move and nothing else, so neither side waits.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <utility>
#include <vector>

#include "engine/link/command.h"
#include "engine/link/metric.h"
#include "engine/link/snapshot.h"

namespace dentate::link {

// One slot, the newest wins.
class Mailbox {
 public:
  void put(SnapshotPtr next) {
    const std::lock_guard hold(mutex_);
    newest_.swap(next);  // the old one is freed by `next`, after the lock is gone
    taken_.store(kNever, std::memory_order_relaxed);
  }
  [[nodiscard]] SnapshotPtr get() const {
    const std::lock_guard hold(mutex_);
    if (taken_.load(std::memory_order_relaxed) == kNever)
      taken_.store(Clock::now().time_since_epoch().count(), std::memory_order_relaxed);
    return newest_;
  }
  // Whether the newest one was looked at, this long ago at least: time for the next. Takes no lock.
  [[nodiscard]] bool taken(std::chrono::steady_clock::duration ago) const {
    const auto at = taken_.load(std::memory_order_relaxed);
    return at != kNever && Clock::now() - Clock::time_point(Clock::duration(at)) >= ago;
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr Clock::rep kNever = std::numeric_limits<Clock::rep>::min();
  mutable std::mutex mutex_;  // guards newest_
  // When the newest one was first looked at; written under the mutex.
  mutable std::atomic<Clock::rep> taken_{kNever};
  SnapshotPtr newest_ = std::make_shared<const Snapshot>();
};

// Everything that was put in comes out, once, in order.
class MetricQueue {
 public:
  void put(std::vector<MetricPoint> points) {
    const std::lock_guard hold(mutex_);
    if (waiting_.empty()) return waiting_.swap(points);
    for (auto& point : points) waiting_.push_back(std::move(point));
  }
  [[nodiscard]] std::vector<MetricPoint> drain() {
    std::vector<MetricPoint> out;
    const std::lock_guard hold(mutex_);
    out.swap(waiting_);
    return out;
  }

 private:
  std::mutex mutex_;  // guards waiting_
  std::vector<MetricPoint> waiting_;
};

struct Ticketed {
  Ticket ticket = 0;
  Command command;
};

// Commands with their tickets. The run thread sleeps on it when it has nothing to do.
class CommandQueue {
 public:
  Ticket put(Command command);
  // Empty where none waits.
  [[nodiscard]] std::vector<Ticketed> drain();
  // Returns when a command waits, `seconds` have passed, or wake() was called.
  void waitFor(double seconds);
  void wake();
  // Whether a command waits, or wake() was called since the last drain(). Takes no lock: the run's
  // workers ask it between any two meta-steps.
  [[nodiscard]] bool calls() const { return calling_.load(std::memory_order_relaxed); }

 private:
  std::mutex mutex_;  // guards all below
  std::condition_variable arrived_;
  std::vector<Ticketed> waiting_;
  Ticket last_ = 0;
  bool woken_ = false;
  std::atomic<bool> calling_{false};  // written under the mutex
};

struct Channel {
  CommandQueue commands;
  Mailbox snapshots;
  MetricQueue metrics;
};

}  // namespace dentate::link
