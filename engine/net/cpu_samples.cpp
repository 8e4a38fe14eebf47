#include "engine/net/cpu_samples.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "engine/spec/check.h"

namespace dentate::net {

const float* pixelsOf(const MetaBatch& samples, std::int64_t sample, std::int64_t units) {
  return sample < samples.replay ? samples.replay_x.data() + sample * units
                                 : samples.batch_x.data() + (sample - samples.replay) * units;
}

void copyLabels(const Plan& plan, const MetaBatch& samples,
                std::vector<std::vector<std::int32_t>>& labels) {
  for (std::size_t l = 0; l < labels.size(); ++l) {
    const auto role = plan.network.layers[l].role;
    if (!spec::isOutput(role)) continue;
    const bool category = role == spec::LayerRole::Category;
    const auto& replay = category ? samples.replay_category : samples.replay_item;
    const auto& batch = category ? samples.batch_category : samples.batch_item;
    DENTATE_CHECK(static_cast<std::int64_t>(batch.size()) == samples.batch &&
                  static_cast<std::int64_t>(replay.size()) == samples.replay);
    std::copy(batch.begin(), batch.end(),
              std::copy(replay.begin(), replay.end(), labels[l].begin()));
  }
}

double shareActive(const LayerBuffers& layer, const StepShape& shape) {
  std::array<std::int32_t, kRowFloats> counts{};
  for (std::int64_t s = 0; s < shape.samples(); ++s) {
    const float* h = layer.sent.row((s + 1) * shape.steps - 1);
    for (std::int64_t first = 0; first < layer.width; first += kRowFloats, h += kRowFloats)
      for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += h[i] > 0 ? 1 : 0;
  }
  const auto active = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  return static_cast<double>(active) / static_cast<double>(shape.samples() * layer.units);
}

double shareCorrect(const LayerBuffers& output, const std::vector<std::int32_t>& labels,
                    const StepShape& shape) {
  std::int64_t correct = 0;
  for (std::int64_t s = 0; s < shape.samples(); ++s) {
    const float* const z = output.delta.row((s + 1) * shape.steps - 1);
    const auto answer = std::max_element(z, z + output.units) - z;
    correct += answer == labels[static_cast<std::size_t>(s)] ? 1 : 0;
  }
  return static_cast<double>(correct) / static_cast<double>(shape.samples());
}

}  // namespace dentate::net
