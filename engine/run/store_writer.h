// Writes a store on a thread of its own, so that learning does not wait for the disk.
//
// Points and events are written twice a second; of two checkpoints that wait the newer one. What
// could not be written is tried again, so that a disk that is full for a while costs nothing.
//
// When a checkpoint is due: after one that took t to write none for 50 t, so that they take a fiftieth
// of the time at most; then as soon as each network has come to an end of a task, of which a copy is
// taken while it learns on (Experiment::atTaskEnds()), or, where that takes longer than `apart`
// seconds, of all as they are. Networks that end a hundred tasks a second thus pass most of them
// without one. The same in a file and in the window. Which older ones stay: Store::kOlder; of a sitting
// of the window none.
// Thread one caller.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "engine/run/store.h"

namespace dentate::run {

class StoreWriter {
 public:
  // The store outlives it and is its own meanwhile.
  explicit StoreWriter(Store& store, std::chrono::duration<double> apart = std::chrono::seconds(1));
  // Writes what waits.
  ~StoreWriter();
  StoreWriter(const StoreWriter&) = delete;
  StoreWriter& operator=(const StoreWriter&) = delete;

  // None of these waits.
  void add(const std::vector<link::MetricPoint>& points);
  // Together with all points that were added before.
  void add(Checkpoint checkpoint);
  void addFinals(std::vector<std::pair<std::size_t, Course::State>> finals, RegimeByStep regimes);
  void addEvents(std::vector<Event> events);
  // None waits either.
  [[nodiscard]] bool due() const { return dueSince(&StoreWriter::next_checkpoint_); }
  [[nodiscard]] bool dueAtTaskEnd() const { return dueSince(&StoreWriter::next_at_task_end_); }
  // Of the store's checkpoints as of the last one written; null before. Never waits.
  [[nodiscard]] link::EventsPtr checkpoints() const;
  // As it was made.
  [[nodiscard]] std::chrono::steady_clock::duration apart() const { return apart_; }
  // Of the last try; none once it succeeds.
  [[nodiscard]] spec::Status failure() const;

  // Waits until all is written, or a try has failed.
  spec::Status flush();

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    std::vector<link::MetricPoint> points;
    std::vector<Event> events;
    std::optional<Checkpoint> checkpoint;
    std::vector<std::pair<std::size_t, Course::State>> finals;
    RegimeByStep regimes;  // of the finals
    [[nodiscard]] bool empty() const {
      return points.empty() && events.empty() && !checkpoint && finals.empty();
    }
  };
  [[nodiscard]] bool dueSince(Clock::time_point StoreWriter::*next) const;
  void serve(const std::stop_token& stop);
  spec::Status write(Waiting& what);  // takes out what it has written
  void putBack(Waiting what);

  Store& store_;               // of the thread
  Clock::duration took_ = {};  // of the thread: what the last checkpoint took
  Clock::duration apart_;
  mutable std::mutex mutex_;  // guards all below but the thread
  std::condition_variable_any changed_;
  Waiting waiting_;
  bool writing_ = false, hurry_ = false;
  spec::Status failure_;
  link::EventsPtr checkpoints_;
  std::uint64_t tries_ = 0;
  Clock::time_point next_checkpoint_ = Clock::now(), next_at_task_end_ = next_checkpoint_;
  std::jthread thread_;
};

}  // namespace dentate::run
