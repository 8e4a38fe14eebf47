// An experiment that advances in small parts, and a disk without room.
#pragma once
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <utility>
#include <vector>

#include "engine/run/experiment.h"

namespace dentate::test {

inline void append(std::vector<link::MetricPoint>& to, std::vector<link::MetricPoint> more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// A round that ends after some meta-steps or parts of tests, wherever the networks then stand.
inline std::vector<link::MetricPoint> advanceSome(run::Experiment& experiment, int looks) {
  std::atomic<int> asked = 0;  // by every worker
  return experiment.advance(
      {.until = experiment.end(), .interrupted = [&] { return ++asked > looks; }});
}

inline std::vector<link::MetricPoint> advanceToEnd(run::Experiment& experiment) {
  return experiment.advance({.until = experiment.end()});
}

// Files may not grow beyond the largest in the folder, or so many bytes, as on a disk that is full.
class NoRoom {
 public:
  explicit NoRoom(const std::filesystem::path& folder) : NoRoom(largestIn(folder)) {}
  explicit NoRoom(rlim_t largest) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{largest, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &now);
  }
  ~NoRoom() { setrlimit(RLIMIT_FSIZE, &before_); }
  NoRoom(const NoRoom&) = delete;
  NoRoom& operator=(const NoRoom&) = delete;

 private:
  static rlim_t largestIn(const std::filesystem::path& folder) {
    rlim_t largest = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder))
      largest = std::max<rlim_t>(largest, file.file_size());
    return largest;
  }
  rlimit before_{};
};

}  // namespace dentate::test
