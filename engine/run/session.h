// What the run thread does between two looks at its commands. Internal to engine/run.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
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

  spec::Status take(const link::Command& command);
  spec::Status load(const spec::ExperimentSpec& spec);
  static spec::Result<std::unique_ptr<Experiment>> experimentOf(
      const std::shared_ptr<const Setting>& setting);
  spec::Status begin();  // setting_ from its first meta-step
  void begin(std::unique_ptr<Experiment> experiment);
  spec::Status goOn(Goal goal);
  spec::Status setSpeed(double meta_steps_per_second);
  spec::Status setRate(const link::SetRate& rate);
  spec::Status save(const std::string& folder);
  void forgive();  // the failure is over

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
  static constexpr std::size_t kNoCommand = std::variant_npos;
  spec::Status failure_;  // as in the snapshot
  link::Ticket failed_ = 0;
  std::size_t failed_kind_ = kNoCommand;  // index of the failed command's type

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
