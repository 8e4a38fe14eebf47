// The run thread: owns the experiment, takes commands between two meta-steps, publishes snapshots
// and metric points. The window's only way to the engine is the Channel.
#pragma once
#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <thread>

#include "engine/link/channel.h"

namespace dentate::run {

class RunThread {
 public:
  // Starts at once and waits for commands. `channel` outlives it. `threads` learn, the run thread
  // is one of them; 0: as many as there are cores.
  RunThread(link::Channel& channel, std::filesystem::path assets, std::size_t threads = 0);
  // Ends within one meta-step, or a second while a dataset is being fetched. Runs that are kept
  // (link::Restore) are then on the disk; what else was not saved is lost.
  ~RunThread();
  RunThread(const RunThread&) = delete;
  RunThread& operator=(const RunThread&) = delete;

 private:
  link::Channel& channel_;
  std::jthread thread_;
};

}  // namespace dentate::run
