// What the run thread does between two looks at its commands: a round of work, in which it is one
// of the workers. A command that arrives ends the round. Internal to engine/run.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/link/channel.h"
#include "engine/run/fetcher.h"
#include "engine/run/save_run.h"
#include "engine/run/session_store.h"
#include "engine/run/views.h"

namespace dentate::run {

class Session {
 public:
  // `threads` work, this one is one of them.
  Session(link::Channel& channel, std::filesystem::path assets, std::size_t threads)
      : channel_(channel),
        assets_(std::move(assets)),
        threads_(threads),
        runs_(threads),
        fetcher_([&channel] { channel.commands.wake(); }),
        saver_([&channel] { channel.commands.wake(); }) {}
  // Keeps the runs for the next start where that was asked for.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Takes the waiting commands, does at most one round of work, publishes what is due.
  // Gives the seconds that it may sleep for.
  double turn();

 private:
  using Clock = std::chrono::steady_clock;
  static double seconds(Clock::duration of) { return std::chrono::duration<double>(of).count(); }
  static constexpr double kSnapshotEvery = 1.0 / 60;  // seconds; the window draws no faster
  static constexpr double kUnseen = 0.1;  // seconds that a snapshot stands unless looked at
  // After the window has looked it draws, on a core that a worker then lacks.
  static constexpr std::chrono::milliseconds kFrameDrawn{10};

  enum class Goal { None, Step, Task, End };  // what the run goes on until

  spec::Status take(const link::Command& command);
  spec::Status load(const spec::ExperimentSpec& spec);
  spec::Status restore(const link::Restore& restore);
  spec::Status restored(SessionStore::Left left);
  spec::Status begin(std::shared_ptr<const Setting> setting);  // from its first meta-step
  spec::Status goOn(Goal goal);
  spec::Status setSpeed(double meta_steps_per_second);
  spec::Status setLesions(const std::vector<spec::Lesion>& lesions);
  spec::Status setInhibition(const link::SetInhibition& inhibition);
  spec::Status save(const link::SaveRun& save);
  void takeSaved(bool wait);  // what came of it
  spec::Status open(const link::OpenRun& open);
  // Of the list of runs: the speed is measured anew, and what is viewed may be another.
  spec::Status changed(spec::Status failed);
  void forgive();  // the failure is over

  void measured(std::uint64_t run, std::vector<link::MetricPoint> points);
  void keep();
  void catchUp();  // with what runs measured before they were listed
  [[nodiscard]] bool snapshotWanted() const;
  Round roundOf(LiveRun& run);
  void work();
  [[nodiscard]] Viewed viewed() const;
  double look();  // at what is watched; gives the seconds until there is more to do
  [[nodiscard]] link::Phase phase() const;
  [[nodiscard]] Until until() const;             // that this round goes on
  [[nodiscard]] double secondsUntilDue() const;  // of the next meta-step
  void publish();
  void showNetwork(link::Snapshot& to);
  void measureSpeed();
  [[nodiscard]] double secondsLeft() const;

  link::Channel& channel_;
  std::filesystem::path assets_;
  std::size_t threads_;
  Runs runs_;
  std::shared_ptr<const Setting> loaded_;  // null: nothing
  Goal goal_ = Goal::None;
  Until goal_until_;  // what ends it
  bool loading_ = false;
  spec::Status replica_failure_;  // the first of the run
  std::uint64_t begun_ = 0;       // as in the snapshot
  link::Ticket applied_ = 0;
  link::Ticket taking_ = 0;  // of the command at hand
  struct Saving {
    link::Ticket ticket = 0;
    std::uint64_t run = 0;
    std::int64_t step = 0;  // that its copy is of
  };
  std::optional<Saving> saving_;
  std::size_t shown_ = 0;  // replica
  double speed_limit_ = 0;
  Views views_;
  std::unique_ptr<SessionStore> store_;  // null: the runs are not kept
  spec::Status not_kept_;                // as last told
  std::string notice_;
  static constexpr std::size_t kNoCommand = std::variant_npos;
  spec::Status failure_;  // as in the snapshot
  link::Ticket failed_ = 0;
  std::size_t failed_kind_ = kNoCommand;  // index of the failed command's type

  Clock::time_point due_ = Clock::now();  // of the next meta-step, under a speed limit
  Clock::time_point published_ = Clock::now();
  link::Phase published_phase_ = link::Phase::Empty;
  link::SnapshotPtr newest_;  // as published; null: none is
  struct Glimpsed {           // the network as `newest_` shows it
    std::uint64_t run = 0;
    std::size_t replica = 0;
    std::int64_t step = 0;
    std::uint64_t lesions = 0;
    bool operator==(const Glimpsed&) const = default;
  };
  Glimpsed glimpsed_;
  bool dirty_ = true;  // something changed since the last snapshot
  struct Moment {
    Clock::time_point at;
    std::int64_t steps;      // done, of all replicas
    double seconds_testing;  // between tasks
  };
  std::deque<Moment> moments_;  // of the last second
  double meta_steps_per_second_ = 0;
  Fetcher fetcher_;
  Saver saver_;
};

}  // namespace dentate::run
