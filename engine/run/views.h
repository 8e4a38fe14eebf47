// Everything that the window watches, worked out between rounds of learning and never for more than a
// small share of the time. Internal to engine/run.
#pragma once
#include <chrono>
#include <memory>
#include <vector>

#include "engine/run/viewer.h"

namespace dentate::run {

class Views {
 public:
  Views();
  void watch(const link::Watch& watch);
  // Gives whether an answer changed. `learning`: the run goes on beside it.
  bool work(const Viewed& viewed, bool learning);
  // Whether there is work that waits, and the seconds until it may be done.
  [[nodiscard]] bool behind(const Viewed& viewed) const;
  [[nodiscard]] double secondsUntilDue() const;
  [[nodiscard]] link::Views shown() const;

 private:
  using Clock = std::chrono::steady_clock;
  std::vector<std::unique_ptr<Viewer>> viewers_;
  Clock::time_point due_ = Clock::now();
};

}  // namespace dentate::run
