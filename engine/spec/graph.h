// The shape of a network: order of its layers, paths into and out of each, and whether it is valid.
#pragma once
#include <cstddef>
#include <vector>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::spec {

// Indices into NetworkSpec::layers and ::paths.
struct Graph {
  std::vector<std::size_t> order;                  // layers, every source before its targets
  std::vector<std::size_t> depth;                  // by layer: longest way from the input, input 0
  std::vector<std::vector<std::size_t>> incoming;  // by layer: paths into it
  std::vector<std::vector<std::size_t>> outgoing;  // by layer: paths out of it
  std::vector<std::size_t> source, target;         // by path: its layers
  std::size_t input = 0;                           // the one input layer
};

// Refuses: no or several inputs, no output, several outputs of one role, names empty or given
// twice, a path from or to nowhere, given twice, into the input or out of an output, a cycle, a
// layer that the input does not reach or that reaches no output, sizes out of range.
Result<Graph> makeGraph(const NetworkSpec& network);

// Every check there is: all values in their ranges, makeGraph, and what needs more than one part of
// the file: input units fit the images, heads fit the labels, item units cover the stream, sizes
// fit in memory (engine/spec/memory.h). The second takes the machine's memory in bytes.
Status checkExperiment(const ExperimentSpec& spec);
Status checkExperiment(const ExperimentSpec& spec, double memory);

// Weights of all paths together.
[[nodiscard]] std::int64_t parameterCount(const NetworkSpec& network);

}  // namespace dentate::spec
