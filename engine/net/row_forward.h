// The forward pass of a few images, for whoever looks at single units: by the CPU kernels where they
// can (cpu_forward.h), by tensors where a network convolves.
//
// Thread one owner.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/net/cpu_forward.h"
#include "engine/net/network.h"

namespace dentate::net {

class RowForward {
 public:
  static constexpr std::int64_t kRows = CpuForward::kRows;

  // `plan` outlives it.
  explicit RowForward(const Plan& plan);

  // Float32 on the CPU, laid out as emptyParameters does; they are as they are to the last run().
  void begin(const Parameters& parameters, const Lesions& lesions = {});
  // [inputs] raw pixels, to be written anew before each run(). row < kRows.
  [[nodiscard]] std::span<float> input(std::int64_t row);
  void run(std::int64_t rows);

  // Of the last run(), [units]: of an output its logits, of a hidden layer its activity but for the
  // factor length().
  [[nodiscard]] std::span<const float> values(std::size_t layer, std::int64_t row) const;
  [[nodiscard]] float length(std::size_t layer, std::int64_t row) const {
    return kernels_ ? kernels_->length(layer, row) : 1;
  }

 private:
  const Plan& plan_;
  std::optional<CpuForward> kernels_;  // none where the plan convolves
  Parameters parameters_;
  Lesions lesions_;
  at::Tensor images_;  // [kRows, inputs]
  Trace trace_;
};

}  // namespace dentate::net
