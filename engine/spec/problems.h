// All that is wrong with a network while it is drawn, each with the layer or the path it is about.
//
// spec::makeGraph and spec::checkExperiment stop at the first problem of a file; these list every
// one. A network has no problems if and only if makeGraph takes it.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/spec/experiment.h"

namespace dentate::spec {

struct Problem {
  std::optional<std::size_t> layer = std::nullopt;  // index into NetworkSpec::layers
  std::optional<std::size_t> path = std::nullopt;   // index into NetworkSpec::paths
  std::string what;  // a sentence; about the network as a whole where neither is set
  bool operator==(const Problem&) const = default;
};

// Values out of range, names given twice, missing or doubled inputs and outputs, paths that cannot
// be, cycles (at the path drawn last), layers that the input does not reach or that reach no output.
// What would follow from another problem is left out: without an input no layer is reached.
[[nodiscard]] std::vector<Problem> networkProblems(const NetworkSpec& network);

// These, and whether the network fits its experiment: input and output units fit the data, heads the
// labels, and all of it `memory`, the machine's in bytes.
[[nodiscard]] std::vector<Problem> networkProblems(const ExperimentSpec& spec, double memory);

}  // namespace dentate::spec
