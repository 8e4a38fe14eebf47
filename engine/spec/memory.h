// What an experiment needs of the machine's memory.
#pragma once
#include "engine/spec/experiment.h"

namespace dentate::spec {

// Float32 numbers held for one weight besides those of the inner steps: itself, its gradient, its
// update, and what the tensor library keeps beside them.
inline constexpr double kWeightCopies = 8;
// Numbers held for one weight by one inner step: its fast copy and its gradient.
inline constexpr double kInnerCopies = 2;
// Numbers held for one unit by one sample of one inner step: net inputs, activities and their
// gradients, before and after each operation.
inline constexpr double kUnitCopies = 10;
// Share of the machine's memory that one experiment may take.
inline constexpr double kMemoryShare = 0.8;

// All in bytes, of float32 numbers.
struct MemoryNeed {
  double weights = 0;       // kWeightCopies of all weights of all replicas
  double meta_step = 0;     // of one replica at a time
  double train_images = 0;  // of all tasks
  double test_images = 0;
  [[nodiscard]] double all() const { return weights + meta_step + train_images + test_images; }
};

// Images count as many pixels as the input layer has units. The network may be any.
[[nodiscard]] MemoryNeed memoryNeed(const ExperimentSpec& spec);
// Bytes of memory that this machine has; infinity where it does not tell.
[[nodiscard]] double machineMemory();

}  // namespace dentate::spec
