// What a sitting leaves for the next one: its live runs in their complete state, each in a store of
// its own, and which saved runs were compared with them. Kept while they learn, so that a crash
// costs some seconds of learning. Internal to engine/run.
//
//   session.json     which runs, in order; the experiment that was loaded
//   run-<n>.sqlite   the store of run n
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/run/kept_run.h"
#include "engine/run/runs.h"
#include "engine/run/store_writer.h"

namespace dentate::run {

class SessionStore {
 public:
  // Makes the folder; refuses one that another window has.
  static spec::Result<std::unique_ptr<SessionStore>> open(const std::filesystem::path& folder);

  struct Left {
    spec::ExperimentSpec loaded;
    std::vector<std::unique_ptr<LiveRun>> runs;
    std::size_t shown = 0;               // place in `runs`
    std::vector<std::string> compared;   // folders of saved runs
    std::vector<spec::Error> not_whole;  // what could not be read; its file is set aside
  };
  // What the sitting before left; no runs where there is nothing.
  Left takeLeft(const std::filesystem::path& assets, std::size_t threads);

  // What a run has just measured.
  void add(std::uint64_t run, const std::vector<link::MetricPoint>& points);
  // The list of runs has changed: begins to keep new ones, gives up those that are gone.
  void follow(const Runs& runs, const spec::ExperimentSpec& loaded);
  // The state of runs that have changed, as often as is due.
  void keep(const Runs& runs) { keep(runs, /*at_once=*/false); }
  // The state of a run as its networks come to the ends of tasks, where it is due; after each round.
  void keepAtTaskEnds(LiveRun& run);
  // What happened to a live run, and which checkpoints of it are left.
  [[nodiscard]] link::EventsPtr eventsOf(const LiveRun& run);
  // The same at once; waits until all is written, or a try has failed.
  void finish(const Runs& runs);
  // Why runs are not kept at the moment; none: they are.
  [[nodiscard]] spec::Status failure() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Mark {  // of a state of a run
    std::int64_t done = -1;
    std::uint64_t lesion_changes = 0;
    double alpha_lr = 0, m_lr = 0;
    std::string name;
    bool operator==(const Mark&) const = default;
  };
  struct Kept {
    std::unique_ptr<Store> store;
    std::unique_ptr<StoreWriter> writer;
    Mark mark;
    std::size_t events = 0;  // of the run, that were given to the writer
    // As eventsOf() put them together last, and of what.
    link::EventsPtr told, checkpoints, shown;
  };
  SessionStore(std::filesystem::path folder, FolderLock lock)
      : folder_(std::move(folder)), lock_(std::move(lock)) {}
  [[nodiscard]] std::filesystem::path fileOf(std::uint64_t run) const;
  [[nodiscard]] std::filesystem::path listFile() const { return folder_ / "session.json"; }
  spec::Result<std::unique_ptr<LiveRun>> readRun(std::uint64_t run, const MakeSetting& make,
                                                 std::size_t threads);
  void setAside(const std::filesystem::path& file, spec::Error why, Left& to);
  void keepNew(const Runs& runs);
  void giveUpGone(const Runs& runs);
  void writeList(const Runs& runs, const spec::ExperimentSpec& loaded);
  void keep(const Runs& runs, bool at_once);
  static void keepEvents(const LiveRun& run, Kept& kept);
  static void keepState(const LiveRun& run, Kept& kept);
  static Mark markOf(const LiveRun& run);

  std::filesystem::path folder_;
  FolderLock lock_;
  std::map<std::uint64_t, Kept> kept_;  // by run
  std::string list_;                    // as it lies in the file
  spec::Status failure_;                // of anything but a writer
  Clock::time_point next_look_ = Clock::now();
};

}  // namespace dentate::run
