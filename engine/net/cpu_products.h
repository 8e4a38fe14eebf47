// Products of the CPU body with the weights of a path: W h on the way forward, W^T d on the way back,
// over the rows of a step or of the whole meta-step.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/net/cpu_buffers.h"
#include "engine/net/primitives.h"

namespace dentate::net {

// Multiply-adds of a meta-step.
struct Work {
  double done = 0, dense = 0;  // dense: what a dense network of this size needs
};

class CpuProducts {
 public:
  // All outlive it.
  CpuProducts(const Plan& plan, const Buffers& layers, RowMemory& memory, const Kernels& kernels);

  // `weights`, by path, stay as they are until the last product of the meta-step.
  void begin(const StepShape& shape, std::span<const MutableRows> weights);
  // to = (add ? to : 0) + past + W h of the sender's rows; `past` by the same rows.
  void forward(std::size_t path, Rows rows, MutableRows to, bool add, const Listed& past) const;
  // to = (add ? to : 0) + past + W^T d of the target's rows, at least where the sender's units are
  // active, and of a copy there only.
  void backward(std::size_t path, Rows rows, MutableRows to, bool add, const Listed& past) const;
  // Of all products of a meta-step with the path's weights, and of its gradient.
  [[nodiscard]] Work work(std::size_t path) const;

 private:
  [[nodiscard]] bool turned(std::size_t path) const;
  [[nodiscard]] double activeRows(const LayerBuffers& layer) const;
  [[nodiscard]] double activeSteps(const LayerBuffers& layer) const;
  void backByTarget(std::size_t path, Rows rows, MutableRows to, bool add,
                    const Listed& past) const;
  void backBySource(std::size_t path, Rows rows, MutableRows to, bool add) const;
  void sumPast(std::size_t layer, Rows rows, MutableRows to, bool add, const Listed& past) const;

  const Plan& plan_;
  const Buffers& layers_;
  const Kernels& kernels_;
  std::vector<MutableRows> transposed_;  // by path: W^T; no memory: backward() reads W
  std::span<const MutableRows> weights_;
  StepShape shape_;
  std::int64_t blocks_ = 0;  // of meta rows
};

}  // namespace dentate::net
