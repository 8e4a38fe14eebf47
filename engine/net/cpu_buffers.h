// Working memory of the CPU body: one meta-step of one network, layer by layer.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "engine/net/kernels.h"
#include "engine/net/network.h"
#include "engine/spec/inhibition.h"

namespace dentate::net {

// Zeroed rows of floats that live as long as it does.
class RowMemory {
 public:
  // `count` rows of `units` floats, each padded to kRowFloats.
  MutableRows rows(std::int64_t count, std::int64_t units);
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Free {
    void operator()(float* memory) const { std::free(memory); }
  };
  std::vector<std::unique_ptr<float, Free>> blocks_;
  std::size_t bytes_ = 0;
};

// Sizes of a meta-step. Meta rows are sample * steps + step, filled up to whole blocks.
struct StepShape {
  std::int64_t replay = 0, steps = 0;  // samples replayed; samples of the batch, one a step
  [[nodiscard]] std::int64_t samples() const { return replay + steps; }
  [[nodiscard]] std::int64_t rows() const { return samples() * steps; }
};
[[nodiscard]] constexpr std::int64_t blocksOf(std::int64_t rows) {
  return (rows + kBlock - 1) / kBlock;
}

struct LayerBuffers {
  std::int64_t units = 0, width = 0;  // width: padded units
  bool input = false;
  std::int64_t rank = 0;  // of the net input that inhibits it at this meta-step; 0: nothing does
  // By meta row; the input has one row a sample. h, and d = dCE/dz; while a pass is under way
  // they hold z and dCE/da. An output has no h.
  MutableRows sent, delta;
  MutableRows past_sent, past_delta;       // [steps] entries of the history
  MutableRows sent_dots, delta_dots;       // [rows, steps] <h_i, h> and <d_i, d>
  MutableRows step_sent, step_delta;       // [steps, steps] the same of the trajectory's rows
  std::vector<Rectified> rectified;        // by meta row
  std::vector<Rectified> step_rectified;   // by step
  std::vector<std::int32_t> active;        // [blocks, units]: units active in a block, listed
  std::vector<std::int64_t> active_count;  // by block
  std::vector<std::int32_t> step_active;   // [steps, units]
  std::vector<std::int64_t> step_active_count;
  std::vector<std::uint32_t> masks;  // [words, width]: a bit for every row in which it is active
  std::vector<std::int32_t> used;    // units that are active in any row
  std::int64_t used_count = 0;
  double delta_sizes = 0;  // sum of |d| over the meta rows
  MutableRows keep;        // [1] 0 where a lesion silences a unit; an output has none
  bool lesioned = false;   // whether `keep` counts

  [[nodiscard]] const float* kept() const { return lesioned ? keep.first : nullptr; }
  [[nodiscard]] List block(std::int64_t b) const {
    const auto at = static_cast<std::size_t>(b);
    return {active.data() + b * units, active_count[at]};
  }
  [[nodiscard]] List step(std::int64_t j) const {
    return {step_active.data() + j * units, step_active_count[static_cast<std::size_t>(j)]};
  }
};

// Finds I of every row where the kind has a threshold of its own; null: nothing inhibits.
void findThresholds(const spec::InhibitionKind* kind, Rectify& of);

// `keep` [1]: 0 where a unit is silenced, 1 elsewhere.
void keepAllBut(const std::vector<std::uint8_t>& silenced, MutableRows keep);

// Of all layers. A path that a lesion cuts in part reads a copy of its source, in which the units
// that are cut are silent. A copy has what a layer sends, and no delta; its `keep` always counts.
class Buffers {
 public:
  // For meta-steps of up to `largest`. All outlive it.
  Buffers(const Plan& plan, const StepShape& largest, RowMemory& memory, const Kernels& kernels);

  // Makes copies that are needed for the first time; they stay.
  void setLesions(const Lesions& lesions);

  // The layers in the order of the plan, then the copies.
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] LayerBuffers& operator[](std::size_t layer) { return all_[layer]; }
  [[nodiscard]] const LayerBuffers& operator[](std::size_t layer) const { return all_[layer]; }

  // What a path reads: its source or a copy of that; its place.
  [[nodiscard]] std::size_t senderAt(std::size_t path) const { return sender_[path]; }
  [[nodiscard]] const LayerBuffers& sender(std::size_t path) const { return all_[sender_[path]]; }
  [[nodiscard]] bool copied(std::size_t path) const {
    return sender_[path] != plan_.graph.source[path];
  }
  [[nodiscard]] const LayerBuffers& target(std::size_t path) const {
    return all_[plan_.graph.target[path]];
  }

  // After rows of a layer have been made: lists the units that send in them and multiplies what
  // they send with the history, for the layer and its copies. Of the input, samples of this shape.
  void sendInput(const StepShape& shape);
  void sendStep(std::size_t layer, std::int64_t step);
  void sendBlock(std::size_t layer, std::int64_t block, std::int64_t steps);

 private:
  // `visit` the copies of a layer; and it as well.
  template <class Visit>
  void eachCopy(std::size_t layer, const Visit& visit);
  template <class Visit>
  void eachSender(std::size_t layer, const Visit& visit);
  void listBlock(LayerBuffers& of, std::int64_t block, std::int64_t steps) const;

  const Plan& plan_;
  StepShape largest_;
  RowMemory& memory_;
  const Kernels& kernels_;
  std::vector<LayerBuffers> all_;
  std::vector<std::size_t> sender_;  // by path
  std::vector<std::size_t> copy_;    // by path: place of its copy; 0, which is a layer: none made
};

}  // namespace dentate::net
