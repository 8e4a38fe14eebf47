// The threads of an experiment: each takes a replica in hand, for a block of meta-steps or a part
// of a test, again and again until the round is over. Internal to engine/run.
//
// Whoever has learned fewest blocks is taken first, so that all advance together; a block that was
// broken off when a round ended early, or for a look, is ended before another is begun.
// A worker has one rule for each condition, and working memory; both stay warm from block to block.
// On a device (Setting::batch_device) all networks of a condition that stand before the same
// meta-step are taken in hand together; the device is in one hand at a time, and the other workers
// test.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "engine/run/batch.h"
#include "engine/run/course.h"
#include "engine/run/lent_rule.h"
#include "engine/run/pool.h"

namespace dentate::run {

struct Effort {
  std::size_t threads = 1;  // the owner's is one of them
  std::int64_t block = 0;   // meta-steps before a worker takes another replica; 0: up to 40, as
                            // many as let every replica advance at the rate of a display
  std::size_t at_once = 0;  // networks held at a time: the others wait, and one that has ended is
                            // let go of; 0: all, and kept
  bool keep_last = false;   // state of those that are let go of, see Experiment::takeLast()
};

// What the owner's thread does in the course of a round, while the other workers go on: it looks at
// one network, which no worker has in hand then, and at what all have done.
struct Glance {
  std::size_t place = 0;                 // of the network
  std::function<bool()> due = nullptr;   // asked by the owner before each meta-step; empty: never
  std::function<void()> look = nullptr;  // under the workers' lock; due() is false after it
};

// What ends one call of Workers::run(), and what is done in it.
struct Round {
  Until until;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::function<bool()> interrupted =
      nullptr;  // asked by every worker before each meta-step; may be empty
  Glance glance = {};
};

// What the person can change while it learns.
struct Regime {
  Rates rates;
  LesionList lesions;
};
using RegimeByStep = std::map<std::int64_t, Regime>;  // in force from a meta-step on; one at 0

struct Work {  // units done, see workInAll()
  std::int64_t steps = 0, tests = 0;
  [[nodiscard]] std::int64_t all() const { return steps + tests; }
};

// What a unit takes on one thread, over the last few hundred of them.
class Pace {
 public:
  void add(double seconds, double units);
  [[nodiscard]] double secondsAUnit() const { return units_ > 0 ? seconds_ / units_ : 0; }

 private:
  double seconds_ = 0, units_ = 0;
};

class Workers {
 public:
  // The thread that calls run() is one of them.
  Workers(std::shared_ptr<const Setting> setting, const Effort& effort);

  // Until every course is there, or the round is over: then each worker ends the meta-step or the
  // part of a test in its hand.
  void run(std::vector<Course>& courses, const RegimeByStep& regimes, const Round& round);

  // --- Between two rounds.

  [[nodiscard]] Streams& streams() { return streams_; }
  [[nodiscard]] std::size_t threads() const { return pool_.threads(); }
  [[nodiscard]] std::size_t learners() const { return setting_->batch_device ? 1 : threads(); }
  // Networks have changed other than by learning.
  void forgetBatches() { batches_.clear(); }
  [[nodiscard]] const Work& done() const { return done_; }
  void setDone(const Work& done) { done_ = done; }
  [[nodiscard]] const Pace& learning() const { return learning_; }
  [[nodiscard]] const Pace& testing() const { return testing_; }
  [[nodiscard]] double secondsTesting() const { return seconds_testing_; }  // of all threads

 private:
  struct Bench {            // of one worker
    bool prepared = false;  // its thread
    std::map<const net::Plan*, LentRule> rules;
    TestBench tests;
  };
  enum class Kind { Begin, Learn, Test };
  struct Unit {  // what a worker has in hand
    Kind kind = Kind::Begin;
    std::vector<Course*> courses;  // Learn: all of a batch; else one
    std::int64_t end = 0;          // Learn: up to this meta-step
    std::int64_t part = 0;         // Test
    Regime regime;                 // Learn
    measure::Counts counts;        // Test: what came out
  };
  struct Task {  // what a round works on
    std::vector<Course>& courses;
    const RegimeByStep& regimes;
    const Round& round;
    std::int64_t block;
    [[nodiscard]] bool over() const;
  };

  void serve(const Task& task, std::size_t thread);
  void glance(const Task& task);
  [[nodiscard]] bool isKept(const Course& course) const;
  // Whether a worker lets go of what it has in hand, so that the owner can look.
  [[nodiscard]] bool letsGo(const Task& task, const Unit& unit, std::size_t thread) const;
  std::optional<Unit> take(const Task& task);
  // Those that may be held now; some have ended.
  [[nodiscard]] std::span<Course> held(const Task& task) const;
  Course* next(const Task& task) const;
  spec::Status perform(const Task& task, Unit& unit, std::size_t thread);
  void learn(const Task& task, const Unit& unit, std::size_t thread);
  void put(const Unit& unit, const spec::Status& failed, double seconds);
  void putOne(Course& course, const Unit& unit);
  [[nodiscard]] std::int64_t blockFor(std::size_t replicas);
  [[nodiscard]] const net::Plan* planOf(const Course& course) const {
    return &setting_->plan(course.index());
  }

  std::shared_ptr<const Setting> setting_;
  Effort effort_;
  Streams streams_;
  std::vector<Bench> benches_;                 // by thread
  std::int64_t block_ = 1;                     // meta-steps, unless `effort_` says
  std::map<const net::Plan*, Batch> batches_;  // of whoever has the device in hand
  // That the owner waits to look at: nobody takes it. Written under the mutex.
  std::atomic<const Course*> kept_{nullptr};

  std::mutex mutex_;  // guards all below and the courses, within run()
  std::condition_variable changed_;
  std::size_t in_hand_ = 0;
  bool device_in_hand_ = false;
  Work done_;
  Pace learning_, testing_;
  double seconds_testing_ = 0;

  Pool pool_;
};

}  // namespace dentate::run
