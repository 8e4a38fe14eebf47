// A run of nine meta-steps with one network of two hidden units, for checkpoints of a few kB.
#pragma once
#include <memory>

#include "engine/run/setting.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::fuzz {

inline const std::shared_ptr<const run::Setting>& smallRun() {
  static const auto kSetting = [] {
    auto spec = test::smallExperiment();
    spec.network = spec::layeredNetwork(784, 1, 2, 10);
    spec.replicas.seeds = 1;
    return test::setting(spec);
  }();
  return kSetting;
}

}  // namespace dentate::fuzz
