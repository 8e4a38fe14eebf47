#include "engine/spec/memory.h"

#include <fstream>
#include <limits>
#include <string>

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
  double units = 0;
  for (const auto& layer : spec.network.layers) units += static_cast<double>(layer.units);
  const auto batch = static_cast<double>(spec.rule.batch);
  const auto samples = batch + static_cast<double>(spec.rule.replay);
  need.meta_step = kBytes * batch * (kInnerCopies * weights + kUnitCopies * samples * units);
  need.train_images = kBytes * pixels * tasks * static_cast<double>(spec.stream.samples_per_task);
  need.test_images = kBytes * pixels * tasks * static_cast<double>(spec.stream.test_samples);
  return need;
}

double machineMemory() {
  std::ifstream in("/proc/meminfo");  // its first line: "MemTotal:       24683496 kB"
  std::string name;
  double kilobytes = 0;
  if (!(in >> name >> kilobytes) || name != "MemTotal:")
    return std::numeric_limits<double>::infinity();
  return 1024 * kilobytes;
}

}  // namespace dentate::spec
