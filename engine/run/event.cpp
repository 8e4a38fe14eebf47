#include "engine/run/event.h"

#include <string>
#include <utility>

#include "engine/run/experiment.h"

namespace dentate::run {

Event beginningOf(const Experiment& experiment, EventKind kind) {
  const auto networks = experiment.size();
  return {kind, experiment.stepsDone(),
          std::to_string(networks) + (networks == 1 ? " network" : " networks")};
}

std::vector<Event> LossWatch::news(const Experiment& experiment) {
  std::vector<Event> out;
  if (!experiment.failure()) return out;
  for (auto& lost : experiment.failed())
    if (told_.insert(lost.replica).second)
      out.push_back({EventKind::Diverged, lost.step, std::move(lost.why), lost.replica});
  return out;
}

}  // namespace dentate::run
