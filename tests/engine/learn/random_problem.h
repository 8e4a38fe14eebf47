// Networks, rules and samples drawn at random, for bodies to agree on.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/learn/rule.h"
#include "engine/net/network.h"

namespace dentate::test {

struct OwnedSamples {
  std::int64_t count = 0;
  std::vector<float> x;
  std::vector<std::int32_t> category, item;
  [[nodiscard]] learn::Samples view() const { return {count, x, category, item}; }
};

struct RandomProblem {
  net::Plan plan;
  spec::RuleSpec rule;
  net::Lesions lesions;
  net::ParameterBatch start;  // float32
  struct Inputs {
    OwnedSamples batch, replay;
  };
  std::vector<std::vector<Inputs>> steps;  // by meta-step, by replica
};

// One to six hidden layers of 1 to 40 units, each inhibited in any way, in the middle of its
// annealing; skips, splits, one or two heads; any condition and update; batch 1 to 7, replay 0 to 6; lesions, frozen paths, alpha and m of both signs, relu(alpha) and softplus(alpha); one to
// three replicas; two meta-steps. `draw` numbers the problems of one seed.
RandomProblem randomProblem(std::uint64_t seed, std::uint64_t draw);

// What two meta-steps did, in double. By replica, but for reports.
struct Outcome {
  std::vector<std::vector<at::Tensor>> weights, weight_change;  // by path
  std::vector<at::Tensor> alpha, m;
  std::vector<std::vector<learn::StepReport>> reports;  // by meta-step, by replica
};

// `start` in the type and on the device that the rule shall work in.
Outcome outcomeOf(const RandomProblem& problem, learn::Rule& rule,
                  const net::ParameterBatch& start);
// By LibTorch's autograd in double. Weights start off by a share `noise`, drawn from `draw`.
Outcome exactOutcome(const RandomProblem& problem, double noise = 0, std::uint64_t draw = 0);

// A copy of `from`, laid out as every body expects.
net::ParameterBatch copyOf(const net::Plan& plan, const net::ParameterBatch& from,
                           at::TensorOptions options);

// How far an outcome is off the exact one.
struct Distance {
  double weight_change = 0;  // of a path: relative to its norm
  double alpha = 0, m = 0;   // absolute
  double gradients = 0;      // norms and gradients of alpha and m: relative to the group's norm
  double loss = 0;           // relative
  double active = 0, correct = 0;  // shares
};
// The largest of each. A weight is stored to half a unit of its last place, `rounding` times its
// size, in every meta-step; that much of its change is not counted.
Distance distance(const Outcome& ours, const Outcome& exact, double rounding = 0);

// Whether rounding in single precision decides the outcome, so that bodies may differ: a unit's net
// input is so near to zero that its sign is open, and the gradient jumps there; or the outcome is so
// steep (a layer almost silent) that a rounding moves it by a ten-thousandth. Found from the exact
// outcomes of weights moved a little one way and the other: the outcome of a smooth function lies in
// the middle.
bool roundingDecides(const RandomProblem& problem, const Outcome& exact);

}  // namespace dentate::test
