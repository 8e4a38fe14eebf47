// A small network and its samples, in the loops of plain_network.h and as tensors in double: what
// gradients are tested on. Derivatives come from central differences.
#pragma once
#include <functional>
#include <vector>

#include "engine/learn/loss.h"
#include "engine/net/network.h"
#include "tests/engine/learn/plain_network.h"

namespace dentate::test {

struct Problem {
  net::Plan plan;
  spec::RuleSpec rule;
  PlainParameters plain;
  net::Parameters parameters;  // the same numbers, double
  std::vector<PlainSample> batch, replay;
};

// Of this network; numbers and samples are drawn by this name. Nothing is clipped. Three samples, two
// replayed.
Problem problemOf(const spec::NetworkSpec& network, spec::Condition condition, std::int64_t order,
                  const char* drawn);
// A split (h1 to large and small), a skip (input to small), two paths into an output, two outputs.
// The alpha of one path is negative.
Problem problem(spec::Condition condition, std::int64_t order,
                spec::Inhibition inhibition = spec::Inhibition::LearnedM);

// Images in two planes; two convolutional layers with a skip, maps into a dense one, two outputs.
Problem convolutionalProblem(spec::Condition condition, std::int64_t order);

[[nodiscard]] at::Tensor tensor(const Vector& of, at::IntArrayRef shape);
[[nodiscard]] learn::TensorSamples tensors(const std::vector<PlainSample>& of);

using Function = std::function<double(const PlainParameters&)>;

double slopeAt(const Function& f, const PlainParameters& at, Vector PlainParameters::*group,
               std::size_t i);
// Of number i of path p: of its weights, or of its rates.
double slopeOf(const Function& f, const PlainParameters& at,
               std::vector<Vector> PlainParameters::*group, std::size_t p, std::size_t i);
double slopeOfWeight(const Function& f, const PlainParameters& at, std::size_t p, std::size_t i);

// The gradients of a meta-step by autograd against the slopes of `meta_loss`; that of W_p is what a
// synchronous update of step size 1 takes away.
void expectGradients(Problem& made, const Function& meta_loss, double tolerance);

}  // namespace dentate::test
