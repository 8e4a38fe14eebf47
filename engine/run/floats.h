// The numbers of a tensor as plain values. Internal to engine/run.
#pragma once
#include <ATen/core/Tensor.h>

#include <vector>

namespace dentate::run {

// In the order of its indices, whatever its layout, type and device.
[[nodiscard]] inline std::vector<float> floats(const at::Tensor& t) {
  const auto flat = t.detach().to(at::kCPU, at::kFloat).contiguous();
  const float* const first = flat.const_data_ptr<float>();
  return {first, first + flat.numel()};
}

}  // namespace dentate::run
