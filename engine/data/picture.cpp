#include "engine/data/picture.h"

#include <stb_image.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>

namespace dentate::data {
namespace {

constexpr std::int64_t kMostPixels = 64'000'000;
constexpr std::uint64_t kMostBytes = 64'000'000;

spec::Error bad(const std::filesystem::path& file, const std::string& text) {
  return {spec::Error::Kind::Data, file.string(), text};
}

struct Decoded {
  std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> values{nullptr, &stbi_image_free};
  int width = 0, height = 0, channels = 0;  // [height, width, channels]
};

// One channel of the square of the picture that lies under one pixel of the image.
struct Under {
  double left = 0, top = 0, side = 0;
  int channel = 0;
};

// The mean of what lies under one pixel of the smaller image; a larger image repeats pixels.
std::uint8_t meanOf(const Decoded& from, const Under& under) {
  const auto low = [](double at) { return static_cast<int>(std::floor(at)); };
  const int x0 = std::clamp(low(under.left), 0, from.width - 1);
  const int y0 = std::clamp(low(under.top), 0, from.height - 1);
  const int x1 = std::clamp(low(under.left + under.side - 1e-9), x0, from.width - 1);
  const int y1 = std::clamp(low(under.top + under.side - 1e-9), y0, from.height - 1);
  std::int64_t sum = 0;
  for (int y = y0; y <= y1; ++y)
    for (int x = x0; x <= x1; ++x)
      sum += from.values.get()[(std::int64_t{y} * from.width + x) * from.channels + under.channel];
  return static_cast<std::uint8_t>(sum / (std::int64_t{x1 - x0 + 1} * (y1 - y0 + 1)));
}

std::vector<std::uint8_t> broughtTo(const PictureShape& shape, const Decoded& from) {
  // Pixels of the picture a pixel of the image, and where the picture begins so that it is centred.
  const double side = std::max(static_cast<double>(from.width) / shape.width,
                               static_cast<double>(from.height) / shape.height);
  const double left = (from.width - side * shape.width) / 2;
  const double top = (from.height - side * shape.height) / 2;
  std::vector<std::uint8_t> out;
  for (std::int32_t c = 0; c < shape.channels; ++c)
    for (std::int32_t y = 0; y < shape.height; ++y)
      for (std::int32_t x = 0; x < shape.width; ++x) {
        const Under under{left + side * x, top + side * y, side, c};
        const double at_x = under.left + side / 2, at_y = under.top + side / 2;
        const bool inside = at_x >= 0 && at_x < from.width && at_y >= 0 && at_y < from.height;
        out.push_back(inside ? meanOf(from, under) : 0);
      }
  return out;
}

// A JPEG ends in its end marker, but for a little that some programs add.
bool endsAsJpeg(std::span<const std::uint8_t> file) {
  constexpr std::size_t kAdded = 1'024;
  constexpr std::array<std::uint8_t, 2> kEnd{0xff, 0xd9};
  const auto tail = file.last(std::min(file.size(), kAdded));
  return std::search(tail.begin(), tail.end(), kEnd.begin(), kEnd.end()) != tail.end();
}

spec::Result<std::vector<std::uint8_t>> readFile(const std::filesystem::path& file) {
  std::error_code failed;
  const std::uint64_t size = std::filesystem::file_size(file, failed);
  if (failed || size > kMostBytes) return bad(file, "the file is larger than 64 MB");
  std::vector<std::uint8_t> bytes(size);
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!in) return bad(file, "the file cannot be read");
  return bytes;
}

}  // namespace

bool isWholePng(std::span<const std::uint8_t> png) {
  constexpr std::size_t kSignature = 8, kFrame = 12;  // length, type and checksum of a chunk
  const auto word = [&](std::size_t at) {
    return std::uint64_t{png[at]} << 24U | std::uint64_t{png[at + 1]} << 16U |
           std::uint64_t{png[at + 2]} << 8U | std::uint64_t{png[at + 3]};
  };
  if (png.size() < kSignature || png[1] != 'P') return false;  // the decoder reads others too
  std::size_t at = kSignature;
  while (png.size() >= at + kFrame) {
    const std::uint64_t length = word(at);
    if (length > png.size() - at - kFrame) return false;
    const auto sum = crc32(0, png.data() + at + 4, static_cast<unsigned>(length + 4));
    if (sum != word(at + 8 + length)) return false;
    constexpr std::array<std::uint8_t, 4> kEnd{'I', 'E', 'N', 'D'};
    if (std::equal(kEnd.begin(), kEnd.end(), png.data() + at + 4))
      return png.size() == at + kFrame + length;
    at += kFrame + length;
  }
  return false;
}

spec::Result<PictureShape> shapeOf(const std::filesystem::path& file) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed)) return bad(file, "there is no such file");
  int width = 0, height = 0, channels = 0;
  if (stbi_info(file.c_str(), &width, &height, &channels) == 0)
    return bad(file, "expected a PNG or JPEG picture");
  if (std::int64_t{width} * height > kMostPixels)
    return bad(file, "the picture is larger than 64 million pixels");
  return PictureShape{width, height, channels < 3 ? 1 : 3};
}

spec::Result<std::vector<std::uint8_t>> readGreyPng(std::span<const std::uint8_t> file,
                                                    const PictureShape& shape) {
  if (!isWholePng(file)) return bad("", "expected a PNG picture; this is damaged or cut short");
  const int size = static_cast<int>(file.size());
  Decoded from;
  if (stbi_info_from_memory(file.data(), size, &from.width, &from.height, &from.channels) == 0)
    return bad("", "expected a PNG picture");
  if (from.width != shape.width || from.height != shape.height)
    return bad("", "expected a picture of " + std::to_string(shape.width) + " × " +
                       std::to_string(shape.height) + " pixels, it has " +
                       std::to_string(from.width) + " × " + std::to_string(from.height));
  from.values.reset(stbi_load_from_memory(file.data(), size, &from.width, &from.height,
                                          &from.channels, /*desired_channels=*/1));
  if (!from.values)
    return bad("", std::string("the picture cannot be decoded: ") + stbi_failure_reason());
  return std::vector<std::uint8_t>(from.values.get(),
                                   from.values.get() + std::int64_t{from.width} * from.height);
}

spec::Result<std::vector<std::uint8_t>> readPicture(const std::filesystem::path& file,
                                                    const PictureShape& shape) {
  if (const auto own = shapeOf(file); !own) return own.error();
  const auto bytes = readFile(file);
  if (!bytes) return bytes.error();
  const bool png = bytes->size() > 1 && (*bytes)[1] == 'P';
  if (png ? !isWholePng(*bytes) : !endsAsJpeg(*bytes))
    return bad(file, "the picture is damaged or cut short");
  Decoded from;
  from.channels = shape.channels;
  int channels = 0;
  from.values.reset(stbi_load_from_memory(bytes->data(), static_cast<int>(bytes->size()),
                                          &from.width, &from.height, &channels, shape.channels));
  if (!from.values)
    return bad(file, std::string("the picture cannot be decoded: ") + stbi_failure_reason());
  return broughtTo(shape, from);
}

}  // namespace dentate::data
