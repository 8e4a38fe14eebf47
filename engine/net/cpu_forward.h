// The forward pass of one network over many samples by the CPU kernels: net::forward's numbers but
// for rounding, without a tensor operation or an allocation.
//
// Samples go through all layers a chunk at a time, so that every weight is read from memory once a
// chunk. Silent units are skipped, exactly: a block of rows (kernels.h) goes over the units that are
// active in any of them, or, where its rows share few, each row over its own.
//   begin(parameters, lesions); then for every chunk: write input(0 ... rows-1), run(rows), read
// A path that a lesion cuts in part reads a copy of its source, in which the units cut are silent.
// Memory made once, for one chunk (a copy when it is first needed); weights are read where they lie, so the parameters stay as they
//        are from begin() to the last run().
// Thread one owner.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/net/cpu_buffers.h"
#include "engine/net/kernels.h"
#include "engine/net/network.h"

namespace dentate::net {

class CpuForward {
 public:
  static constexpr std::int64_t kRows = 50;  // of a chunk, at most; whole blocks

  // `plan` outlives it.
  explicit CpuForward(const Plan& plan, const Kernels& kernels = net::kernels());

  // Whether it can read them: float32 on the CPU, laid out as emptyParameters does.
  [[nodiscard]] static bool takes(const Parameters& parameters);
  void begin(const Parameters& parameters, const Lesions& lesions = {});

  // [inputs] raw pixels, to be written anew before each run().
  [[nodiscard]] std::span<float> input(std::int64_t row);
  void run(std::int64_t rows);

  // --- Of the last run().

  // [units] logits of an output; of any other layer, what it sends: its normalised activity.
  [[nodiscard]] std::span<const float> values(std::size_t layer, std::int64_t row) const;
  // |a| of a hidden layer: its activity is this times what it sends.
  [[nodiscard]] float length(std::size_t layer, std::int64_t row) const {
    return layers_[layer].rectified[static_cast<std::size_t>(row)].norm;
  }
  // Units with a > 0 in all rows together, hidden layers.
  [[nodiscard]] std::int64_t active(std::size_t layer) const;
  // Marks the units with a > 0 in any row, [units], hidden layers; those marked stay so.
  void markUsed(std::size_t layer, std::span<std::uint8_t> used) const;
  // Whether `label` has the largest logit of an output, and is the first to have it.
  [[nodiscard]] bool answers(std::size_t layer, std::int64_t row, std::int32_t label) const;

 private:
  struct Layer {                        // or a copy of one
    std::int64_t units = 0, width = 0;  // width: padded units
    MutableRows rows;                   // [kRows] as values() says
    MutableRows keep;                   // [1] 0 where a lesion silences a unit
    bool lesioned = false;              // whether `keep` counts; in a copy it always does
    std::int64_t rank = 0;              // of the net input that inhibits it; 0: nothing does
    std::vector<Rectified> rectified;   // [kRows]
    std::vector<std::int32_t> active;   // [kRows, units] units active in a row, listed
    std::vector<std::int64_t> active_count;
    std::vector<std::int32_t> any;        // [blocks, units] units active in any row of a block
    std::vector<std::int64_t> any_count;  // not counted where they go apart
    std::vector<std::uint8_t> apart;      // [blocks]
  };

  void makeSending(Layer& layer);
  void takeCuts(const Lesions& lesions);
  void normaliseInput();
  void netInput(std::size_t layer);
  void multiply(std::size_t path, bool add);
  void multiplyPanel(std::size_t path, std::int64_t column, std::int64_t columns, bool add);
  void rectify(std::size_t layer);
  void send(std::size_t layer);
  void listUnits(Layer& layer, bool input);
  std::int64_t listRows(Layer& layer, std::size_t block);
  [[nodiscard]] std::int64_t blocks() const { return blocksOf(rows_); }

  const Plan& plan_;
  const Kernels& kernels_;
  RowMemory memory_;
  std::vector<Layer> layers_;          // in the order of the plan, then the copies
  std::vector<ConstRows> weights_;     // by path
  std::vector<std::uint8_t> omitted_;  // by path
  std::vector<std::size_t> sender_;    // by path: its source, or the copy of it
  std::vector<std::size_t> copy_;      // by path: 0, which is a layer, where none has been made
  const float* m_ = nullptr;
  std::int64_t rows_ = 0;
};

}  // namespace dentate::net
