// What happens to an experiment beside what it measures, as events (engine/link/event.h).
#pragma once
#include <cstddef>
#include <set>
#include <vector>

#include "engine/link/event.h"

namespace dentate::run {

class Experiment;
using link::Event;
using link::EventKind;

// That the experiment starts or goes on, and with how many networks.
[[nodiscard]] Event beginningOf(const Experiment& experiment, EventKind kind);

// Tells of each network once that it was lost.
class LossWatch {
 public:
  // Those that were lost before are not told.
  void skip(const Experiment& experiment) { (void)news(experiment); }
  [[nodiscard]] std::vector<Event> news(const Experiment& experiment);

 private:
  std::set<std::size_t> told_;
};

}  // namespace dentate::run
