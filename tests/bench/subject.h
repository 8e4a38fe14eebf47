// An experiment as the bench takes it: its data and the plan of its network, shared by all who
// learn it. Made from plain engine/data and engine/net, so that what is measured is a meta-step with
// the preparation of its samples, and not how a run is organised.
#pragma once
#include <memory>
#include <string>

#include "engine/data/stream.h"
#include "engine/net/network.h"
#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::bench {

struct Subject {
  spec::ExperimentSpec spec;
  std::shared_ptr<const data::StreamPlan> stream;
  net::Plan plan;
};

// configs/<config>.json, or two-layer-250 for two-layer with hidden layers of 250.
[[nodiscard]] spec::Result<spec::ExperimentSpec> experimentOf(const std::string& config);
[[nodiscard]] spec::Result<std::shared_ptr<const Subject>> makeSubject(
    const spec::ExperimentSpec& spec);

}  // namespace dentate::bench
