// What an experiment needs of the machine's memory.
//
//   all = networks + working + images, in bytes; numbers are float32
//   networks = replicas × (weights, padded, with what a rule learns of each
//                          + samples of the stream and the replay memory + a metric point a meta-step)
//   working  = threads × (rows × units × kRowNumbers + weights, for their gradients
//                         + where inner steps are kept batch × weights × kInnerNumbers)
//   rows     = batch × (batch + replay), one for every sample seen by every inner step
// A thread works on one replica at a time, so that working memory does not grow with replicas.
#pragma once
#include <string>

#include "engine/spec/experiment.h"

namespace dentate::spec {

// A row of weights goes from one source to all units of the target; it is filled up to a multiple
// of so many numbers (engine/net/network.h).
inline constexpr double kRowUnits = 16;
// Numbers held for one weight by one inner step that is differentiated: its fast copy and its
// gradient.
inline constexpr double kInnerNumbers = 2;
// Numbers that a rule may learn for one weight: the weight, and a rate or a score.
inline constexpr double kLearnedNumbers = 2;
// Numbers held for one unit and row: net inputs, activities and their gradients, before and after
// each operation.
inline constexpr double kRowNumbers = 10;
// Bytes of a sample: its task, image, category and item.
inline constexpr double kSampleBytes = 16;
// Bytes of a metric point beside its numbers, its three lists' own included.
inline constexpr double kPointBytes = 256;
// Share of the machine's memory that one experiment may take.
inline constexpr double kMemoryShare = 0.8;

struct MemoryNeed {
  double networks = 0;      // of all replicas
  double working = 0;       // of all threads
  double train_images = 0;  // of all tasks
  double test_images = 0;
  [[nodiscard]] double all() const { return networks + working + train_images + test_images; }
};

// Images count as many pixels as the input layer has units. The network may be any.
[[nodiscard]] MemoryNeed memoryNeed(const ExperimentSpec& spec, double threads);
// "37 GB", "1.2 GB".
[[nodiscard]] std::string gigabytes(double bytes);
// Threads that this machine runs at once, at most one a replica.
[[nodiscard]] double workingThreads(const ExperimentSpec& spec);
// Bytes of memory that this machine has; infinity where it does not tell.
[[nodiscard]] double machineMemory();

}  // namespace dentate::spec
