#include "engine/net/cpu_buffers.h"

#include <algorithm>
#include <new>
#include <utility>

namespace dentate::net {
namespace {

constexpr std::size_t kAlignment = kRowFloats * sizeof(float);

// What a layer, or a copy of one, sends.
void makeSending(LayerBuffers& b, const StepShape& largest, RowMemory& memory) {
  const auto blocks = blocksOf(b.input ? largest.samples() : largest.rows());
  const auto rows = blocks * kBlock;
  b.sent = memory.rows(rows, b.units);
  b.keep = memory.rows(1, b.units);
  b.sent_dots = memory.rows(rows, largest.steps);
  b.active.resize(static_cast<std::size_t>(blocks * b.units + kRowFloats));
  b.active_count.resize(static_cast<std::size_t>(blocks));
  b.masks.resize(static_cast<std::size_t>(2 * ((rows + 63) / 64) * b.width));
  b.used.resize(static_cast<std::size_t>(b.units + kRowFloats));
  if (b.input) return;
  b.past_sent = memory.rows(largest.steps, b.units);
  b.step_sent = memory.rows(largest.steps, largest.steps);
  b.step_active.resize(static_cast<std::size_t>(largest.steps * b.units + kRowFloats));
  b.step_active_count.resize(static_cast<std::size_t>(largest.steps));
}

void makeReceiving(LayerBuffers& b, const StepShape& largest, RowMemory& memory) {
  const auto rows = blocksOf(largest.rows()) * kBlock;
  b.delta = memory.rows(rows, b.units);
  b.delta_dots = memory.rows(rows, largest.steps);
  b.past_delta = memory.rows(largest.steps, b.units);
  b.step_delta = memory.rows(largest.steps, largest.steps);
}

ConstRows constant(MutableRows of) { return {of.first, of.stride}; }

// Rows `first` to `end` as they are sent to who reads the copy.
void copyKept(MutableRows from, MutableRows to, std::int64_t first, std::int64_t end,
              const LayerBuffers& copy) {
  for (auto row = first; row < end; ++row)
    for (std::int64_t u = 0; u < copy.width; ++u)
      to.row(row)[u] = from.row(row)[u] * copy.keep.first[u];
}

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

void keepAllBut(const std::vector<std::uint8_t>& silenced, MutableRows keep) {
  for (std::size_t u = 0; u < silenced.size(); ++u) keep.first[u] = silenced[u] != 0 ? 0.0F : 1.0F;
}

void findThresholds(const spec::InhibitionKind* kind, Rectify& of) {
  if (of.rank == 0 || kind->threshold == nullptr) return;
  for (std::int64_t r = 0; r < of.count; ++r)
    of.results[r].inhibiting =
        kind->threshold({of.rows.row(r), static_cast<std::size_t>(of.units)}, of.rank);
  of.given = true;
}

Buffers::Buffers(const Plan& plan, const StepShape& largest, RowMemory& memory,
                 const Kernels& kernels)
    : plan_(plan),
      largest_(largest),
      memory_(memory),
      kernels_(kernels),
      all_(plan.network.layers.size()),
      sender_(plan.graph.source),
      copy_(sender_.size()) {
  for (std::size_t l = 0; l < all_.size(); ++l) {
    const auto& layer = plan.network.layers[l];
    auto& b = all_[l];
    b.units = layer.units;
    b.width = padded(layer.units);
    b.input = l == plan.graph.input;
    const bool output = spec::isOutput(layer.role);
    if (!output) makeSending(b, largest, memory);
    if (!b.input) makeReceiving(b, largest, memory);
    if (b.input || output) continue;
    b.rectified.resize(static_cast<std::size_t>(blocksOf(largest.rows()) * kBlock));
    b.step_rectified.resize(static_cast<std::size_t>(largest.steps));
  }
}

void Buffers::setLesions(const Lesions& lesions) {
  for (std::size_t l = 0; l < plan_.network.layers.size(); ++l) {
    auto& b = all_[l];
    b.lesioned = b.keep.first != nullptr && lesions.silences(l);
    if (b.lesioned) keepAllBut(lesions.units[l], b.keep);
  }
  for (std::size_t p = 0; p < sender_.size(); ++p) {
    const auto source = plan_.graph.source[p];
    const bool cut = lesions.cuts(p);
    sender_[p] = source;
    if (!cut) continue;
    if (copy_[p] == 0) {
      copy_[p] = all_.size();
      LayerBuffers copy;
      copy.units = all_[source].units;
      copy.width = all_[source].width;
      copy.input = all_[source].input;
      makeSending(copy, largest_, memory_);
      all_.push_back(std::move(copy));
    }
    sender_[p] = copy_[p];
    keepAllBut(lesions.sources[p], all_[copy_[p]].keep);
  }
}

template <class Visit>
void Buffers::eachCopy(std::size_t layer, const Visit& visit) {
  for (const auto p : plan_.graph.outgoing[layer])
    if (copied(p)) visit(all_[sender_[p]]);
}

template <class Visit>
void Buffers::eachSender(std::size_t layer, const Visit& visit) {
  visit(all_[layer]);
  eachCopy(layer, visit);
}

void Buffers::sendInput(const StepShape& shape) {
  const auto input = plan_.graph.input;
  const auto& in = all_[input];
  const auto blocks = blocksOf(shape.samples());
  eachCopy(input, [&](LayerBuffers& to) { copyKept(in.sent, to.sent, 0, blocks * kBlock, to); });
  eachSender(input, [&](LayerBuffers& from) {
    from.past_sent = from.sent.from(shape.replay);
    for (std::int64_t b = 0; b < blocks; ++b) listBlock(from, b, shape.steps);
  });
}

void Buffers::sendStep(std::size_t layer, std::int64_t step) {
  const auto rows = all_[layer].past_sent;
  eachCopy(layer, [&](LayerBuffers& to) { copyKept(rows, to.past_sent, step, step + 1, to); });
  eachSender(layer, [&](LayerBuffers& from) {
    const auto row = constant(from.past_sent.from(step));
    from.step_active_count[static_cast<std::size_t>(step)] =
        kernels_.listActive(row, 1, from.units, from.step_active.data() + step * from.units);
    kernels_.project({from.step_sent.from(step),
                      1,
                      from.width,
                      row,
                      constant(from.past_sent),
                      {nullptr, step},
                      false});
  });
}

void Buffers::sendBlock(std::size_t layer, std::int64_t block, std::int64_t steps) {
  const auto rows = all_[layer].sent;
  const auto first = block * kBlock;
  eachCopy(layer, [&](LayerBuffers& to) { copyKept(rows, to.sent, first, first + kBlock, to); });
  eachSender(layer, [&](LayerBuffers& from) { listBlock(from, block, steps); });
}

void Buffers::listBlock(LayerBuffers& of, std::int64_t block, std::int64_t steps) const {
  const auto rows = constant(of.sent.from(block * kBlock));
  of.active_count[static_cast<std::size_t>(block)] =
      kernels_.listActive(rows, kBlock, of.units, of.active.data() + block * of.units);
  kernels_.project({of.sent_dots.from(block * kBlock),
                    kBlock,
                    of.width,
                    rows,
                    constant(of.past_sent),
                    {nullptr, steps},
                    false});
}

}  // namespace dentate::net
