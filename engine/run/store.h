// What is kept of a run while it learns, in one file: its experiment, its metric points, checkpoints
// to go on from. An SQLite database with a write-ahead log; the death of the program loses nothing
// that was written, and others may read meanwhile.
//
//   about        version and the experiment as it began, JSON
//   steps        a row a meta-step and replica; lists are float32, little-endian
//   accuracy     a row an entry of a replica's accuracy matrix
//   sparsity     a row a replica and task, once it is learned; lists as in steps
//   checkpoints  a row each, and in `networks` one a replica; each with the CRC-32 of its bytes
//   finals       the last state of replicas that have ended and were let go of
//   events       what happened beside (engine/run/event.h), in order
//
// Each call writes all of it or nothing.
// Thread one owner.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/link/metric.h"
#include "engine/run/checkpoint.h"
#include "engine/run/event.h"
#include "engine/run/sqlite.h"

namespace dentate::run {

// Of a checkpoint's experiment: makeSetting(), or one that is at hand.
using MakeSetting =
    std::function<spec::Result<std::shared_ptr<const Setting>>(const spec::ExperimentSpec&)>;

class Store {
 public:
  // Older checkpoints that are kept beside the newest two, at most; fewer where all would take more
  // than 1 GB. The one that leaves the smallest gap goes first.
  static constexpr std::size_t kOlder = 6;

  // In place of what was there, once it is whole.
  static spec::Result<std::unique_ptr<Store>> make(const std::filesystem::path& file,
                                                   const spec::ExperimentSpec& spec,
                                                   std::size_t older = kOlder);
  // Refuses what is no store, or one that a newer version wrote.
  static spec::Result<std::unique_ptr<Store>> open(const std::filesystem::path& file,
                                                   std::size_t older = kOlder);

  // The file and what belongs to it.
  static void remove(const std::filesystem::path& file);
  // One that nobody has open, in place of what is at `to`.
  [[nodiscard]] static spec::Status move(const std::filesystem::path& file,
                                         const std::filesystem::path& to);

  [[nodiscard]] spec::Status add(const std::vector<link::MetricPoint>& points);
  [[nodiscard]] spec::Status add(const Checkpoint& checkpoint);
  // Of a replica that has ended; checkpoints need not have its network any more.
  [[nodiscard]] spec::Status addFinal(std::size_t replica, const Course::State& state,
                                      const RegimeByStep& regimes);
  [[nodiscard]] spec::Status addEvents(const std::vector<Event>& events);

  // That there is no more to come.
  [[nodiscard]] spec::Status setEnded();
  [[nodiscard]] spec::Result<bool> ended();

  struct Found {
    Checkpoint checkpoint;
    std::shared_ptr<const Setting> setting;
    std::string notice;  // what is worth saying; may be empty
  };
  [[nodiscard]] spec::Result<bool> hasCheckpoint();
  // The newest checkpoint that is whole. What was measured after it is taken out: whoever goes on
  // from there measures it again.
  spec::Result<Found> goOn(const MakeSetting& make);
  // All that are left, by replica and meta-step.
  spec::Result<std::vector<link::MetricPoint>> points();
  // Meta-steps measured of the network that has come farthest.
  spec::Result<std::int64_t> steps();
  // In order; those that only a newer version knows are left out.
  spec::Result<std::vector<Event>> events();
  // The last state of a replica that has ended. It must be there.
  spec::Result<Course::State> finalOf(std::size_t replica, const Setting& setting,
                                      const RegimeByStep& regimes);
  // The experiment as it began.
  [[nodiscard]] const spec::ExperimentSpec& experiment() const { return experiment_; }

 private:
  Store(std::unique_ptr<Database> database, std::size_t older)
      : database_(std::move(database)), older_(older) {}
  spec::Status begin(const spec::ExperimentSpec& spec);
  spec::Status recognise();
  spec::Status insert(const Checkpoint& checkpoint);
  // `checkpoint`: whose event it is; 0: of none.
  spec::Status insert(const Event& event, std::int64_t checkpoint);
  spec::Status thin();
  spec::Result<std::vector<std::int64_t>> checkpoints();  // ids, newest first
  spec::Result<Found> read(std::int64_t id, const MakeSetting& make);
  spec::Status readNetworks(std::int64_t id, Found& to);
  spec::Status addSparsity(std::vector<link::MetricPoint>& to);
  spec::Status takeOutAfter(const Experiment::State& state);
  [[nodiscard]] spec::Error damaged(const std::string& what) const;

  std::unique_ptr<Database> database_;
  std::size_t older_;
  spec::ExperimentSpec experiment_;
};

}  // namespace dentate::run
