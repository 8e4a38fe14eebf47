// An experiment: replicas that learn in step, and are tested between tasks.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "engine/link/metric.h"
#include "engine/run/replica.h"
#include "engine/run/setting.h"
#include "engine/run/summary.h"
#include "engine/spec/result.h"

namespace dentate::run {

class Experiment {
 public:
  // With these replicas of the setting, by index.
  static spec::Result<std::unique_ptr<Experiment>> make(std::shared_ptr<const Setting> setting,
                                                        const std::vector<std::size_t>& replicas);

  struct Test {           // one entry of an accuracy matrix, or of the summary with a pathway out
    std::size_t replica;  // its place in this experiment
    std::int64_t after_task, task;
    spec::Pathway lesion;
    bool operator==(const Test&) const = default;
  };
  struct State {
    std::vector<Replica::State> replicas;
    std::vector<Tally> tallies;
    std::deque<Test> waiting;
  };
  // The complete state as a value; tensors are copied.
  [[nodiscard]] State state() const;
  void restore(const State& state);

  // One unit of work: a meta-step of every replica, or one test. Gives what was measured, in
  // order; points carry run 0. Error::Kind::Numeric where the numbers left the finite range.
  spec::Result<std::vector<link::MetricPoint>> advance();
  // The points of step 0: alpha and m before learning.
  [[nodiscard]] std::vector<link::MetricPoint> begin() const;

  [[nodiscard]] bool finished() const;  // everything learned and tested
  [[nodiscard]] bool testing() const { return !waiting_.empty(); }
  [[nodiscard]] std::int64_t stepsDone() const;
  // Units of work of one replica from its first meta-step to its last test.
  [[nodiscard]] static std::int64_t workInAll(const spec::ExperimentSpec& spec);

  // Tests of all replicas that are still to come.
  [[nodiscard]] std::int64_t testsLeft() const;

  void setRates(double alpha_lr, double m_lr);
  [[nodiscard]] const Replica& replica(std::size_t place) const { return *replicas_[place]; }
  [[nodiscard]] std::size_t size() const { return replicas_.size(); }
  // As far as it has come.
  [[nodiscard]] ReplicaSummary summary(std::size_t place) const;

 private:
  explicit Experiment(std::shared_ptr<const Setting> setting) : setting_(std::move(setting)) {}
  spec::Result<std::vector<link::MetricPoint>> stepAll();
  std::vector<link::MetricPoint> testNext();
  void queueTests(std::int64_t after_task);

  std::shared_ptr<const Setting> setting_;
  std::vector<std::unique_ptr<Replica>> replicas_;
  std::vector<Tally> tallies_;  // by replica
  std::deque<Test> waiting_;
};

}  // namespace dentate::run
