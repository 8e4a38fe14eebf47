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
  // The next answers are waited for: they come first, and at once.
  void hurry();
  [[nodiscard]] bool hurries() const { return burst_ > Clock::duration::zero(); }
  // Gives whether an answer changed. `learning`: the run goes on beside it.
  bool work(const Viewed& viewed, bool learning);
  // Whether there is work that waits, and the seconds until it may be done.
  [[nodiscard]] bool behind(const Viewed& viewed) const;
  [[nodiscard]] double secondsUntilDue() const;
  [[nodiscard]] link::Views shown() const;

 private:
  using Clock = std::chrono::steady_clock;
  std::vector<std::unique_ptr<Viewer>> viewers_;
  std::size_t next_ = 0;  // viewer that comes first, each in turn
  Clock::time_point due_ = Clock::now();
  Clock::duration burst_{};  // of work, before the run has its share again
};

}  // namespace dentate::run
