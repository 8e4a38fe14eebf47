#include "engine/run/device.h"

#include <ATen/Context.h>
#include <dlfcn.h>

#include <thread>

namespace dentate::run {
namespace {

spec::Error refuse(const std::string& what) { return {spec::Error::Kind::Config, "device", what}; }

}  // namespace

spec::Status openCuda(const std::string& library) {
  if (dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL) == nullptr) {
    const char* const why = dlerror();
    return refuse(
        "cuda needs the CUDA build of LibTorch, which cannot be opened; run scripts/setup --cuda "
        "and scripts/build, or choose device=cpu (" +
        std::string(why != nullptr ? why : library) + ")");
  }
  if (!at::hasCUDA())
    return refuse(
        "cuda needs an NVIDIA GPU, and LibTorch finds none; see that nvidia-smi lists one and that "
        "its driver is new enough, or choose device=cpu");
  return {};
}

spec::Result<std::optional<c10::Device>> batchDevice(spec::Device asked) {
  if (asked != spec::Device::Cuda) return std::optional<c10::Device>();
  if (const auto failed = openCuda()) return *failed;
  return std::optional<c10::Device>(at::kCUDA);
}

std::string deviceInWords(const std::optional<c10::Device>& batches) {
  if (batches && batches->is_cuda()) return "GPU (CUDA)";
  const auto cores = std::thread::hardware_concurrency();
  return "CPU, " + std::to_string(cores) + (cores == 1 ? " core" : " cores");
}

}  // namespace dentate::run
