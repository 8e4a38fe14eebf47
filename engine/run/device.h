// Where networks learn: on the CPU, one at a time on each core, or as batches on a device.
#pragma once
#include <c10/core/Device.h>

#include <optional>
#include <string>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::run {

// Opens LibTorch's CUDA half, a library of its own; an error at the key `device` where it is not
// there or finds no GPU. LibTorch answers once and for all whether it has CUDA: open it before
// anything else asks.
[[nodiscard]] spec::Status openCuda(const std::string& library = "libtorch_cuda.so");

// The device of the batches (Setting::batch_device); none: the CPU, one network at a time.
[[nodiscard]] spec::Result<std::optional<c10::Device>> batchDevice(spec::Device asked);

// "CPU, 2 cores", "GPU (CUDA)".
[[nodiscard]] std::string deviceInWords(const std::optional<c10::Device>& batches);

}  // namespace dentate::run
