// Archives of Omniglot.
#include "engine/data/omniglot.h"

#include "tests/fuzz/bytes.h"

using namespace dentate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::File archive({data, size});
  (void)data::loadOmniglot({spec::DatasetKind::Omniglot, archive.path().string()}, "assets");
  return 0;
}
