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

// Multiply-adds of one meta-step of the dense network in its low-rank form
// (engine/learn/low_rank_step.h). With S samples (replay and batch), J inner steps (batch), and
// n_s, n_t the units of a path's source and target:
//   a path out of the input: its activity is the same at every inner step, so W x is one product of
//       S rows and dW one more; there is no layer below to go back to:        2 S n_s n_t
//   any other path: forward, backward and gradient over the S J meta rows:    3 S J n_s n_t
//                   forward and backward of the J single rows of the steps:   2 J n_s n_t
// The corrections by the history (about S J^2 (n_s + n_t) a path), inhibition and normalisation are
// left out: below 5 % for the networks here.
[[nodiscard]] double denseMultiplyAdds(const net::Plan& plan, std::int64_t replay,
                                       std::int64_t batch);

}  // namespace dentate::bench
