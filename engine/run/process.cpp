#include "engine/run/process.h"

#include <ATen/Parallel.h>
#include <malloc.h>
#include <torch/headeronly/version.h>

namespace dentate::run {

void prepareProcess() {
  at::set_num_threads(1);
  constexpr int kKeepBytes = 1 << 30;
  mallopt(M_MMAP_THRESHOLD, kKeepBytes);
  mallopt(M_TRIM_THRESHOLD, kKeepBytes);
}

std::string torchVersion() { return TORCH_VERSION; }

}  // namespace dentate::run
