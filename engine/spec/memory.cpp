#include "engine/spec/memory.h"

#include <unistd.h>

#include <limits>

#include "engine/spec/graph.h"

namespace dentate::spec {

MemoryNeed memoryNeed(const ExperimentSpec& spec) {
  constexpr double kBytes = sizeof(float);
  double pixels = 0;
  for (const auto& layer : spec.network.layers) {
    if (layer.role == LayerRole::Input) pixels = static_cast<double>(layer.units);
  }
  const auto tasks = static_cast<double>(spec.stream.tasks);
  const auto weights = static_cast<double>(parameterCount(spec.network));
  MemoryNeed need;
  need.weights = kBytes * kWeightCopies * weights * static_cast<double>(spec.replicas.seeds);
  need.train_images = kBytes * pixels * tasks * static_cast<double>(spec.stream.samples_per_task);
  need.test_images = kBytes * pixels * tasks * static_cast<double>(spec.stream.test_samples);
  return need;
}

double machineMemory() {
  const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || size <= 0) return std::numeric_limits<double>::infinity();
  return static_cast<double>(pages) * static_cast<double>(size);
}

}  // namespace dentate::spec
