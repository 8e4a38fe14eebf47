// The devices that tests run on beside the CPU.
#pragma once
#include "engine/run/device.h"

namespace dentate::test {

// Whether LibTorch's CUDA half is installed and finds a GPU. Has to be asked before anything else
// asks LibTorch for CUDA.
inline bool hasCuda() {
  static const bool found = !run::openCuda();
  return found;
}

inline constexpr const char* kNoCuda =
    "no CUDA device: libtorch_cuda.so is not installed (scripts/setup --cuda) or finds no GPU";

}  // namespace dentate::test
