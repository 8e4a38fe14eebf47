// A pair of IDX files, plain or compressed.
#include "engine/data/idx.h"

#include "tests/fuzz/bytes.h"

using namespace dentate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto [images, labels] = fuzz::halvesOf({data, size});
  const fuzz::File image_file(images), label_file(labels);
  const auto set = data::readIdxPair(image_file.path(), label_file.path());
  if (set && set->labels.size() * set->imageSize() != set->pixels.size()) std::abort();
  return 0;
}
