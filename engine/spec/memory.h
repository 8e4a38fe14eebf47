// What an experiment needs of the machine's memory.
#pragma once
#include "engine/spec/experiment.h"

namespace dentate::spec {

// Float32 numbers held for one weight, an estimate from above: itself, its fast copy, the gradients
// and what the tensor library keeps beside them.
inline constexpr double kWeightCopies = 8;
// Share of the machine's memory that one experiment may take.
inline constexpr double kMemoryShare = 0.8;

// All in bytes, of float32 numbers.
struct MemoryNeed {
  double weights = 0;       // kWeightCopies of all weights of all replicas
  double train_images = 0;  // of all tasks
  double test_images = 0;
  [[nodiscard]] double all() const { return weights + train_images + test_images; }
};

// Images count as many pixels as the input layer has units. The network may be any.
[[nodiscard]] MemoryNeed memoryNeed(const ExperimentSpec& spec);
// Bytes of memory that this machine has; infinity where it does not tell.
[[nodiscard]] double machineMemory();

}  // namespace dentate::spec
