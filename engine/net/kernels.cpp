#include "engine/net/kernels.h"

#include <array>
#include <cstdlib>
#include <string_view>

namespace dentate::net {

extern const Kernels kernels_baseline;
#if defined(__x86_64__)
extern const Kernels kernels_avx2, kernels_avx512;
#endif

namespace {

struct Runnable {
  std::array<const Kernels*, 3> sets{};
  std::size_t count = 0;
  Runnable() {
#if defined(__x86_64__)
    const bool wide =
        __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
        __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
    if (wide) sets[count++] = &kernels_avx512;
    if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0)
      sets[count++] = &kernels_avx2;
#endif
    sets[count++] = &kernels_baseline;
  }
};

}  // namespace

std::span<const Kernels* const> runnableKernels() {
  static const Runnable found;
  return std::span(found.sets).first(found.count);
}

const Kernels& kernels() {
  static const Kernels* const chosen = [] {
    const auto runnable = runnableKernels();
    if (const char* wanted = std::getenv("DENTATE_KERNELS"))
      for (const auto* set : runnable)
        if (std::string_view(set->name) == wanted) return set;
    return runnable.front();
  }();
  return *chosen;
}

}  // namespace dentate::net
