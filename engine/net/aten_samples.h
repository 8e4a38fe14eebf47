// The samples of every replica, where the tensors of a body are.
//
// They keep their addresses until allocate() is called again. On the CPU they are written in place;
// for another device they are gathered in host memory and copied without waiting for it.
// Thread one owner.
#pragma once
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "engine/net/primitives.h"

namespace dentate::net {

class AtenSamples {
 public:
  struct Counts {
    std::int64_t replicas = 0, replay = 0, steps = 0;  // steps: samples of the batch
    bool operator==(const Counts&) const = default;
    [[nodiscard]] std::int64_t samples() const { return replay + steps; }
  };

  // Pixels take the type and the device of `like`.
  void allocate(const Plan& plan, Counts counts, at::TensorOptions like);
  void take(std::span<const MetaBatch> samples);

  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] const at::Tensor& x() const { return x_.device; }  // [replicas, samples, inputs]
  // [replicas, samples] int64; not defined without that output.
  [[nodiscard]] const at::Tensor& category() const { return category_.device; }
  [[nodiscard]] const at::Tensor& item() const { return item_.device; }

 private:
  struct Staged {
    at::Tensor host, device;  // the same tensor where no copy is needed
  };
  static Staged staged(at::IntArrayRef shape, at::ScalarType host_type, at::TensorOptions device);

  Counts counts_;
  Staged x_, category_, item_;
};

}  // namespace dentate::net
