// A picture, PNG or JPEG.
#include "engine/data/picture.h"

#include "tests/fuzz/bytes.h"

using namespace dentate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::File file({data, size});
  (void)data::isWholePng({data, size});
  const auto shape = data::shapeOf(file.path());
  const data::PictureShape wanted{28, 28, shape ? shape->channels : 1};
  const auto pixels = data::readPicture(file.path(), wanted);
  if (pixels && pixels->size() != 28U * 28U * static_cast<std::size_t>(wanted.channels))
    std::abort();
  return 0;
}
