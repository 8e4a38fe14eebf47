// The shape of a network: order of its layers, paths into and out of each, and whether it is valid.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"
#include "engine/spec/shape.h"

namespace dentate::spec {

// Indices into NetworkSpec::layers and ::paths.
struct Graph {
  std::vector<std::size_t> order;                  // layers, every source before its targets
  std::vector<std::size_t> depth;                  // by layer: longest way from the input, input 0
  std::vector<std::vector<std::size_t>> incoming;  // by layer: paths into it
  std::vector<std::vector<std::size_t>> outgoing;  // by layer: paths out of it
  std::vector<std::size_t> source, target;         // by path: its layers
  std::size_t input = 0;                           // the one input layer
  std::vector<Shape> shape;                        // by layer: its maps, or the list of its units
};

// Refuses: no or several inputs, no output, several outputs of one role, several biases or one of
// more than a unit, names empty or given twice, a path from or to nowhere, given twice, into the
// input or a bias or out of an output, a bias into a convolutional layer, a cycle, a
// layer that the input does not reach or that reaches no output, sizes out of range, convolutional
// layers that do not fit what they are over (engine/spec/shape.h).
Result<Graph> makeGraph(const NetworkSpec& network);

// Every check there is: all values in their ranges, makeGraph, and what needs more than one part of
// the file: input units fit the images, heads fit the labels, item units cover the stream, sizes
// fit in memory (engine/spec/memory.h). The second takes the machine's memory in bytes.
Status checkExperiment(const ExperimentSpec& spec);
Status checkExperiment(const ExperimentSpec& spec, double memory);

// "h1>h2": a path in files, in the names of curves and of controls.
[[nodiscard]] std::string pathName(const PathSpec& path);

// Weights of all paths together.
[[nodiscard]] std::int64_t parameterCount(const NetworkSpec& network);

// Multiply-adds of one meta-step of the dense network in its low-rank form
// (engine/learn/low_rank_step.h). With S samples (replay and batch), J inner steps (batch), and
// n_s, n_t the units of a path's source and target:
//   a path out of the input: its activity is the same at every inner step, so W x is one product of
//       S rows and dW one more; there is no layer below to go back to:        2 S n_s n_t
//   any other path: forward, backward and gradient over the S J meta rows:    3 S J n_s n_t
//                   forward and backward of the J single rows of the steps:   2 J n_s n_t
// The corrections by the history (about S J^2 (n_s + n_t) a path), inhibition and normalisation are
// left out: below 5 % for the reference networks. A convolution counts the multiply-adds of its kernel
// at every place, in place of n_s n_t. Takes any network, a half-drawn one included.
[[nodiscard]] double denseMultiplyAdds(const NetworkSpec& network, std::int64_t replay,
                                       std::int64_t batch);

}  // namespace dentate::spec
