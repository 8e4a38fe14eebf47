// What the run thread does between two looks at its commands. Internal to engine/run.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "engine/link/channel.h"
#include "engine/run/experiment.h"
#include "engine/run/record.h"

namespace dentate::run {

class Session {
 public:
  Session(link::Channel& channel, std::filesystem::path assets)
      : channel_(channel), assets_(std::move(assets)) {}

  // Takes the waiting commands, does at most one unit of work, publishes what is due.
  // Gives the seconds that it may sleep for.
  double turn();

 private:
  using Clock = std::chrono::steady_clock;
  enum class Goal { None, Step, Task, End };  // what the run goes on until

  void take(const link::Command& command);
  void load(const spec::ExperimentSpec& spec);
  void begin();  // experiment_ anew from setting_
  void setRate(const link::SetRate& rate);
  void save(const std::string& folder);
  void fail(spec::Error error) { failure_ = std::move(error); }

  void work();
  void record(std::vector<link::MetricPoint> points);
  [[nodiscard]] link::Phase phase() const;
  [[nodiscard]] double secondsUntilDue() const;  // of the next unit of work
  void publish();
  void measureSpeed(double seconds_testing);

  link::Channel& channel_;
  std::filesystem::path assets_;
  std::shared_ptr<const Setting> setting_;  // null: nothing loaded
  std::shared_ptr<const spec::ExperimentSpec> spec_;
  std::unique_ptr<Experiment> experiment_;
  Record record_;
  Goal goal_ = Goal::None;
  bool loading_ = false, broken_ = false;  // broken_: the numbers left the finite range
  std::int64_t goal_task_ = 0;             // Goal::Task: ends when this many tasks are tested
  std::uint64_t run_ = 0;
  link::Ticket applied_ = 0;
  std::size_t shown_ = 0;  // replica
  double alpha_lr_ = 0, m_lr_ = 0, speed_limit_ = 0;
  std::string notice_;
  spec::Status failure_;

  Clock::time_point due_ = Clock::now();  // of the next meta-step, under a speed limit
  Clock::time_point published_ = Clock::now();
  link::Phase published_phase_ = link::Phase::Empty;
  bool dirty_ = true;  // something changed since the last snapshot
  struct Pace {
    Clock::time_point at;
    std::int64_t steps;      // done
    double testing_seconds;  // spent on tests between tasks
  };
  std::deque<Pace> pace_;  // over the last second
  double testing_seconds_ = 0;
  double seconds_a_test_ = 0;  // of the last one
  double meta_steps_per_second_ = 0, seconds_left_ = -1;
};

}  // namespace dentate::run
