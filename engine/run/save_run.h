// A run of the window, saved: what is copied of it, and the folder that is written of that. While one
// is written on a thread of its own the run goes on: it stands still for the copy alone. Internal to
// engine/run.
#pragma once
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "engine/run/checkpoint.h"
#include "engine/run/event.h"
#include "engine/run/record.h"
#include "engine/spec/result.h"

namespace dentate::run {

struct RunToSave {
  Checkpoint checkpoint;  // its spec with the rates as they are now
  Record record;          // in any order
  link::EventsPtr events;
  bool ended = false;    // nothing more is to come
  bool retuned = false;  // the rates are not those that it began with
};

// The folder as of a headless run, from which one can go on. Gives what is worth saying.
[[nodiscard]] spec::Result<std::string> saveRun(const std::filesystem::path& folder, RunToSave run);

class Saver {
 public:
  using Written = spec::Result<std::string>;
  // `told` is called by the thread at the end; it must not block.
  explicit Saver(std::function<void()> told) : told_(std::move(told)) {}
  // Waits until it is written.
  ~Saver() = default;
  Saver(const Saver&) = delete;
  Saver& operator=(const Saver&) = delete;

  // What came of the one before must have been taken.
  void begin(std::filesystem::path folder, RunToSave run);
  // What came of it, once it has ended.
  [[nodiscard]] std::optional<Written> take();
  // The same; waits.
  [[nodiscard]] Written await();

 private:
  std::function<void()> told_;
  std::mutex mutex_;  // guards written_
  std::condition_variable ended_;
  std::optional<Written> written_;
  std::jthread thread_;  // the last member: ended first
};

}  // namespace dentate::run
