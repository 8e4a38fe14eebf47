// The runs of a session side by side: the one that was loaded, the branches that have left it, and
// saved runs that are compared with them. Internal to engine/run.
//
// One of the live ones is shown. What a run measured before it was listed is sent in parts.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/link/command.h"
#include "engine/run/live_run.h"
#include "engine/run/saved_run.h"

namespace dentate::run {

class Runs {
 public:
  static constexpr std::size_t kMost = 12;  // live and saved
  static constexpr std::size_t kMostDropped = 8;
  using Points = std::vector<link::MetricPoint>;

  explicit Runs(std::size_t threads) : threads_(threads) {}

  // From its first meta-step, in place of all live runs; saved ones stay. On an error nothing has
  // changed.
  spec::Result<Points> begin(const std::shared_ptr<const Setting>& setting);
  // Runs that were kept, in place of all there are; `shown` is a place among them.
  void restore(std::vector<std::unique_ptr<LiveRun>> runs, std::size_t shown);
  // Copies the shown run; the copy is shown from now on.
  spec::Status branch();
  spec::Status select(std::uint64_t run);
  spec::Status rename(std::uint64_t run, const std::string& name);
  // Sets it aside, as it is. Of those set aside the oldest is gone where they are more than kMostDropped.
  spec::Status drop(std::uint64_t run);
  // One that is set aside, to its place.
  spec::Status bringBack(std::uint64_t run);
  // Gives what is worth saying; may be empty.
  spec::Result<std::string> open(const std::filesystem::path& folder);

  [[nodiscard]] bool empty() const { return live_.empty(); }
  // --- There are live ones.
  [[nodiscard]] LiveRun& shown() const { return *live_[shown_]; }
  [[nodiscard]] std::vector<const LiveRun*> live() const;
  [[nodiscard]] LiveRun* live(std::uint64_t run) const;  // null: there is none of that number
  // Of those that have not reached it, the one that has learned least; null: all have.
  [[nodiscard]] LiveRun* furthestBehind(const Until& until) const;
  [[nodiscard]] bool finished() const;
  [[nodiscard]] std::int64_t stepsDone() const;  // by all
  [[nodiscard]] std::size_t networks() const;
  [[nodiscard]] std::int64_t stepsOfAllNetworks() const;
  [[nodiscard]] double secondsTesting() const;
  [[nodiscard]] double secondsLeft() const;  // -1 not known

  // --- Points that were measured before their run was listed.
  [[nodiscard]] bool hasUnsent() const;
  [[nodiscard]] bool branchHasUnsent() const;  // it does not learn before they are sent
  // Some of them. A saved run that cannot be read is dropped, and the error tells.
  spec::Result<Points> takeUnsent(std::chrono::steady_clock::time_point deadline);

  [[nodiscard]] std::vector<link::RunEntry> entries() const;
  [[nodiscard]] std::vector<link::LesionCurvesPtr> savedLesionCurves() const;
  [[nodiscard]] std::vector<link::RunEntry> dropped() const;  // oldest first

 private:
  [[nodiscard]] std::size_t count() const { return live_.size() + saved_.size(); }
  [[nodiscard]] bool isNamed(const std::string& name) const;
  [[nodiscard]] std::string freeName(const std::string& wanted) const;
  [[nodiscard]] spec::Status checkRoom() const;
  [[nodiscard]] spec::Status checkMemory();

  struct Dropped {  // one of the two
    std::unique_ptr<LiveRun> live;
    std::unique_ptr<SavedRun> saved;
    bool shown = false;
    [[nodiscard]] link::RunEntry entry() const { return live ? live->entry() : saved->entry(); }
  };
  void setAside(Dropped dropped);

  std::size_t threads_;
  std::vector<std::unique_ptr<LiveRun>> live_;
  std::vector<std::unique_ptr<SavedRun>> saved_;
  std::vector<Dropped> dropped_;  // oldest first
  std::size_t shown_ = 0;
  std::uint64_t last_run_ = 0;
  int branches_ = 0;  // made of the loaded run
};

}  // namespace dentate::run
