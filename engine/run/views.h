// Everything that the window watches, worked out between rounds of learning and never for more than a
// small share of the time. Internal to engine/run.
#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "engine/run/viewer.h"

namespace dentate::run {

class Views {
 public:
  Views();
  void watch(const link::Watch& watch);
  // The next answers are waited for, as those to what is newly watched are: they come first, and at
  // once.
  void hurry();
  [[nodiscard]] bool hurries() const { return burst_ > Clock::duration::zero(); }
  // Gives whether an answer changed. `learning`: the run goes on beside it.
  bool work(const Viewed& viewed, bool learning);
  using Clock = std::chrono::steady_clock;
  // Whether there is work that waits, and when it may be done beside learning.
  [[nodiscard]] bool behind(const Viewed& viewed) const;
  [[nodiscard]] Clock::time_point due() const { return due_; }
  [[nodiscard]] link::Views shown() const;

 private:
  struct Entry {
    std::unique_ptr<Viewer> viewer;
    bool hurries = false;
  };
  bool workInTurn(const Viewed& viewed, Clock::time_point end, bool hurried_only);

  std::vector<Entry> viewers_;
  std::size_t next_ = 0;  // viewer that comes first, each in turn
  Clock::time_point due_ = Clock::now();
  Clock::duration burst_{};  // of work for those that hurry, before the run has its share again
};

}  // namespace dentate::run
