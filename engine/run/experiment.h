// An experiment: replicas that learn side by side, and are tested between tasks, on several threads.
//
// A replica's numbers depend neither on the number of threads nor on which replicas run beside it,
// nor on where a round ended; on a device they depend, by rounding, on which learn as one batch.
// Thread one owner. Its workers touch a replica only within advance(), and only while they have it
//        in hand.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/link/metric.h"
#include "engine/link/snapshot.h"
#include "engine/run/course.h"
#include "engine/run/record.h"
#include "engine/run/setting.h"
#include "engine/run/workers.h"

namespace dentate::run {

class Experiment {
 public:
  // With these replicas of the setting, by index; empty: all of them. None has begun.
  explicit Experiment(std::shared_ptr<const Setting> setting, const Effort& effort = {},
                      std::vector<std::size_t> replicas = {});

  struct State {
    std::vector<Course::State> courses;
    RegimeByStep regimes;
    Work done;
  };
  // The complete state as a value; tensors are copied.
  [[nodiscard]] State state() const;
  void restore(const State& state);
  // A state in which each network stands at the end of a task that it came to since this is wanted,
  // its tests included; networks may be at different tasks. Those that have ended or begun meanwhile
  // are in it as they are. None as long as one is on its way; nobody waits for it. Not wanted any
  // more, what was copied is forgotten.
  [[nodiscard]] std::optional<State> atTaskEnds(bool wanted);

  // Of networks that were let go of since the last call, where Effort::keep_last; by place.
  [[nodiscard]] std::vector<std::pair<std::size_t, Course::State>> takeLast();
  [[nodiscard]] const RegimeByStep& regimes() const { return regimes_; }

  // One round of work; replicas begin in it where they have not. Gives what was measured, the
  // points of a replica in order, alpha and m before learning first; points carry run 0. A replica
  // that fails takes no part any more; the others go on.
  std::vector<link::MetricPoint> advance(const Round& round);
  // In Round::glance: what was measured since the last call of either, by the networks that no worker
  // has in hand.
  std::vector<link::MetricPoint> takePoints();
  // Lets all catch up with the one that has learned most, and stand before the same meta-step.
  std::vector<link::MetricPoint> level() { return advance({.until = {mostSteps(), false}}); }
  // Makes the networks.
  std::vector<link::MetricPoint> begin() { return advance({.until = {0, false}}); }

  // Meta-steps done by every replica that has not failed.
  [[nodiscard]] std::int64_t stepsDone() const;
  [[nodiscard]] bool reached(const Until& until) const;
  [[nodiscard]] bool hasFinished(std::size_t place) const { return courses_[place].finished(); }
  [[nodiscard]] bool finished() const {
    return reached(end());
  }  // all learned and tested, or failed
  [[nodiscard]] Until end() const { return {spec::totalSteps(setting_->spec), true}; }
  // Of that which networks are at that are furthest behind, its tests included.
  [[nodiscard]] Until endOfTask() const;
  [[nodiscard]] bool testing() const;          // those that are furthest behind
  [[nodiscard]] spec::Status failure() const;  // the first, by replica
  [[nodiscard]] bool allFailed() const;
  [[nodiscard]] std::vector<link::FailedNetwork> failed() const;

  [[nodiscard]] const Work& done() const { return workers_.done(); }
  [[nodiscard]] Work inAll() const;
  // By the time that units take; -1 not known yet.
  [[nodiscard]] double secondsLeft() const;
  // That the threads together have not learned in because they tested.
  [[nodiscard]] double secondsTesting() const;

  // Both from the first meta-step on that no replica has begun; a replica that stands before it and
  // is not being tested shows its lesions at once.
  void setRates(double alpha_lr, double m_lr);
  void setLesions(std::vector<spec::Lesion> lesions);
  // When they changed, and what was in force from then on.
  [[nodiscard]] std::vector<LesionEvent> lesionEvents() const;
  [[nodiscard]] std::size_t size() const { return courses_.size(); }
  // It must have begun, and not have been let go of.
  [[nodiscard]] const Replica& replica(std::size_t place) const {
    return courses_[place].replica();
  }
  // Of its last tests; empty before.
  [[nodiscard]] const measure::Sparsity& sparsity(std::size_t place) const {
    return courses_[place].sparsity();
  }
  // Of those that began, as far as they have come.
  [[nodiscard]] std::vector<ReplicaSummary> summaries() const;

 private:
  [[nodiscard]] std::int64_t mostSteps() const;
  Regime& nextRegime();
  [[nodiscard]] const Course* furthestBehind() const;  // null: all have failed

  std::shared_ptr<const Setting> setting_;
  std::vector<Course> courses_;
  RegimeByStep regimes_;
  Workers workers_;
};

}  // namespace dentate::run
