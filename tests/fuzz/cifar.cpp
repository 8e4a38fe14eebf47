// CIFAR archives, plain or compressed: each as CIFAR-10 and as CIFAR-100.
#include "engine/data/cifar.h"

#include "tests/fuzz/bytes.h"

using namespace dentate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::File archive({data, size});
  const auto path = archive.path().string();
  (void)data::loadCifar10({spec::DatasetKind::Cifar10, path}, "assets");
  (void)data::loadCifar100({spec::DatasetKind::Cifar100, path}, "assets");
  return 0;
}
