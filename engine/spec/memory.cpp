#include "engine/spec/memory.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <thread>

#include "engine/spec/items.h"
#include "engine/spec/replicas.h"
#include "engine/spec/shape.h"
#include "engine/spec/words.h"

namespace dentate::spec {

namespace {

double number(std::int64_t value) { return static_cast<double>(value); }

// Of all paths, padded.
double allWeights(const NetworkSpec& network) {
  double all = 0;
  for (const auto& path : network.paths) {
    const auto to = std::ranges::find(network.layers, path.to, &LayerSpec::name);
    if (to == network.layers.end()) continue;
    const double units = number(to->units);
    all += weightsOf(network, path) / units * kRowUnits * std::ceil(units / kRowUnits);
  }
  return all;
}

// Whether it may keep all of its inner steps, and numbers of its own for each weight: any rule but
// the default one may.
bool byAutograd(const RuleSpec& rule) { return rule.order > 1 || rule.name != RuleSpec{}.name; }

}  // namespace

MemoryNeed memoryNeed(const ExperimentSpec& spec, double threads) {
  constexpr double kBytes = sizeof(float);
  const auto& network = spec.network;
  double pixels = 0, units = 0;
  for (const auto& layer : network.layers) {
    if (layer.role == LayerRole::Input) pixels = number(layer.units);
    units += number(layer.units);
  }
  const double weights = allWeights(network);
  const double batch = number(spec.rule.batch);
  const double rows = batch * (batch + number(spec.rule.replay));
  const double samples = number(streamSamples(spec.stream)) + number(spec.rule.memory);
  const double point =
      kPointBytes + kBytes * static_cast<double>(2 * network.layers.size() + network.paths.size());

  MemoryNeed need;
  const double learned = byAutograd(spec.rule) ? kLearnedNumbers * weights : weights;
  need.networks = number(replicaCount(spec)) *
                  (kBytes * learned + kSampleBytes * samples + point * number(totalSteps(spec)));
  double working = rows * units * kRowNumbers + weights;
  if (byAutograd(spec.rule) || convolves(network)) working += batch * weights * kInnerNumbers;
  need.working = kBytes * threads * working;
  need.train_images = kBytes * pixels * number(streamSamples(spec.stream));
  need.test_images = kBytes * pixels * number(spec.stream.tasks * spec.stream.test_samples);
  return need;
}

double workingThreads(const ExperimentSpec& spec) {
  const double cores = std::max(1U, std::thread::hardware_concurrency());
  return std::min(cores, number(replicaCount(spec)));
}

double machineMemory() {
  std::ifstream in("/proc/meminfo");  // its first line: "MemTotal:       24683496 kB"
  std::string name;
  double kilobytes = 0;
  if (!(in >> name >> kilobytes) || name != "MemTotal:")
    return std::numeric_limits<double>::infinity();
  return 1024 * kilobytes;
}

std::string gigabytes(double bytes) {
  constexpr double kGigabyte = 1024.0 * 1024.0 * 1024.0;
  const double size = bytes / kGigabyte;
  if (size >= 10) return grouped(std::llround(std::min(size, 1e15))) + " GB";
  return plainNumber(std::max(0.1, std::round(10 * size) / 10)) + " GB";
}

}  // namespace dentate::spec
