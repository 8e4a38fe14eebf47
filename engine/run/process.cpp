#include "engine/run/process.h"

#include <ATen/Parallel.h>
#include <malloc.h>
#include <torch/headeronly/version.h>

namespace dentate::run {

void prepareProcess() {
  prepareThread();
  constexpr int kKeepBytes = 1 << 30;
  mallopt(M_MMAP_THRESHOLD, kKeepBytes);
  mallopt(M_TRIM_THRESHOLD, kKeepBytes);
}

void giveBackMemory() { malloc_trim(0); }

void prepareThread() { at::set_num_threads(1); }

std::string torchVersion() { return TORCH_VERSION; }

}  // namespace dentate::run
