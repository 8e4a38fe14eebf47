// Accuracy over lesion size, of every part of a network that can be lesioned.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/spec/lesion.h"

namespace dentate::link {

struct LesionCurvesRequest {
  spec::LesionOrder order = spec::LesionOrder::Random;
  std::uint64_t seed = 0;       // of the random order
  std::int64_t samples = 1000;  // test images of each network, spread over the tasks so far
  std::uint64_t press = 0;      // another number is another request, however alike
  // Live ones, which are tested one after another; empty: the shown one.
  std::vector<std::uint64_t> runs = {};
  bool operator==(const LesionCurvesRequest&) const = default;
};

// Of one part: a hidden layer, a path, or a pathway of several layers.
struct LesionCurve {
  std::string part;                   // "large", "h3>large", "small pathway"
  std::vector<spec::Lesion> lesions;  // all of it
  std::vector<double> shares;         // of its units, or its source's, from 0 to 1
  // By replica of LesionCurves, by share: share correct; -1 without that output, NaN not measured.
  std::vector<std::vector<double>> category, item;
};

// Of the networks of one cell of one run. They come one after another, each with the weights that it
// had when its turn came.
struct LesionCurves {
  LesionCurvesRequest request;  // that it answers; of a saved run as far as its files tell
  std::uint64_t run = 0;
  std::vector<std::size_t> replicas;  // that have had their turn or have it now
  std::vector<std::int64_t> steps;    // meta-steps that each of them had done
  std::vector<LesionCurve> curves;    // lesions are added to those in force
  std::int64_t done = 0, in_all = 0;  // tests of a network with one lesion
  [[nodiscard]] bool complete() const { return done == in_all; }
};
using LesionCurvesPtr = std::shared_ptr<const LesionCurves>;

}  // namespace dentate::link
