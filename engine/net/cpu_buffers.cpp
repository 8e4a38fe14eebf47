#include "engine/net/cpu_buffers.h"

#include <algorithm>
#include <new>

namespace dentate::net {
namespace {

constexpr std::size_t kAlignment = kRowFloats * sizeof(float);

}  // namespace

MutableRows RowMemory::rows(std::int64_t count, std::int64_t units) {
  const auto stride = padded(std::max<std::int64_t>(units, 1));
  const auto floats = static_cast<std::size_t>(std::max<std::int64_t>(count, 1) * stride);
  auto* const memory = static_cast<float*>(std::aligned_alloc(kAlignment, floats * sizeof(float)));
  if (memory == nullptr) throw std::bad_alloc();
  std::fill_n(memory, floats, 0.0F);
  blocks_.emplace_back(memory);
  bytes_ += floats * sizeof(float);
  return {memory, stride};
}

void findThresholds(const spec::InhibitionKind* kind, Rectify& of) {
  if (of.rank == 0 || kind->threshold == nullptr) return;
  for (std::int64_t r = 0; r < of.count; ++r)
    of.results[r].inhibiting =
        kind->threshold({of.rows.row(r), static_cast<std::size_t>(of.units)}, of.rank);
  of.given = true;
}

std::vector<LayerBuffers> makeBuffers(const Plan& plan, const StepShape& largest,
                                      RowMemory& memory) {
  std::vector<LayerBuffers> made(plan.network.layers.size());
  for (std::size_t l = 0; l < made.size(); ++l) {
    const auto& layer = plan.network.layers[l];
    auto& b = made[l];
    b.units = layer.units;
    b.width = padded(layer.units);
    b.input = l == plan.graph.input;
    const auto blocks = blocksOf(b.input ? largest.samples() : largest.rows());
    const auto rows = blocks * kBlock;
    if (!spec::isOutput(layer.role)) {
      b.sent = memory.rows(rows, b.units);
      b.keep = memory.rows(1, b.units);
      b.sent_dots = memory.rows(rows, largest.steps);
      b.active.resize(static_cast<std::size_t>(blocks * b.units + kRowFloats));
      b.active_count.resize(static_cast<std::size_t>(blocks));
      b.masks.resize(static_cast<std::size_t>(2 * ((rows + 63) / 64) * b.width));
      b.used.resize(static_cast<std::size_t>(b.units + kRowFloats));
    }
    if (b.input) continue;
    b.delta = memory.rows(rows, b.units);
    b.delta_dots = memory.rows(rows, largest.steps);
    b.past_delta = memory.rows(largest.steps, b.units);
    b.step_delta = memory.rows(largest.steps, largest.steps);
    if (spec::isOutput(layer.role)) continue;
    b.past_sent = memory.rows(largest.steps, b.units);
    b.step_sent = memory.rows(largest.steps, largest.steps);
    b.rectified.resize(static_cast<std::size_t>(rows));
    b.step_rectified.resize(static_cast<std::size_t>(largest.steps));
    b.step_active.resize(static_cast<std::size_t>(largest.steps * b.units + kRowFloats));
    b.step_active_count.resize(static_cast<std::size_t>(largest.steps));
  }
  return made;
}

}  // namespace dentate::net
