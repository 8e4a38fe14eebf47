// The curves of every run that the newest snapshot lists.
//
// Thread: the window's; no ImGui.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "engine/link/snapshot.h"
#include "ui/history.h"

namespace dentate::ui {

class Histories {
 public:
  // Takes in points that were drained after `now` was got. Those of a run that is not listed yet
  // wait; what belongs to one that is not listed any more is dropped.
  void take(const link::Snapshot& now, std::vector<link::MetricPoint> points);
  // An empty one where the run is not listed.
  [[nodiscard]] const History& of(std::uint64_t run) const;

 private:
  std::map<std::uint64_t, History> by_run_;
  std::uint64_t newest_ = 0;              // run that was ever listed
  std::vector<link::MetricPoint> early_;  // of runs that are newer
};

}  // namespace dentate::ui
