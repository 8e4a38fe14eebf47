#include "engine/data/picture.h"

#include <stb_image.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <system_error>

namespace dentate::data {
namespace {

constexpr std::int64_t kMostPixels = 64'000'000;

spec::Error bad(const std::filesystem::path& file, const std::string& text) {
  return {spec::Error::Kind::Data, file.string(), text};
}

struct Grey {
  std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> pixels{nullptr, &stbi_image_free};
  int width = 0, height = 0;
};

// The mean of what lies under one pixel of the smaller image; a larger image repeats pixels.
std::uint8_t meanUnder(const Grey& from, double left, double top, double side) {
  const auto low = [](double at) { return static_cast<int>(std::floor(at)); };
  const int x0 = std::clamp(low(left), 0, from.width - 1);
  const int y0 = std::clamp(low(top), 0, from.height - 1);
  const int x1 = std::clamp(low(left + side - 1e-9), x0, from.width - 1);
  const int y1 = std::clamp(low(top + side - 1e-9), y0, from.height - 1);
  std::int64_t sum = 0;
  for (int y = y0; y <= y1; ++y)
    for (int x = x0; x <= x1; ++x) sum += from.pixels.get()[y * from.width + x];
  return static_cast<std::uint8_t>(sum / ((x1 - x0 + 1) * (y1 - y0 + 1)));
}

}  // namespace

spec::Result<std::vector<std::uint8_t>> readGrey(const std::filesystem::path& file,
                                                 std::int32_t width, std::int32_t height) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed)) return bad(file, "there is no such file");
  Grey from;
  int channels = 0;
  if (stbi_info(file.c_str(), &from.width, &from.height, &channels) == 0)
    return bad(file, "expected a PNG or JPEG picture");
  if (std::int64_t{from.width} * from.height > kMostPixels)
    return bad(file, "the picture is larger than 64 million pixels");
  from.pixels.reset(stbi_load(file.c_str(), &from.width, &from.height, &channels, /*desired=*/1));
  if (!from.pixels)
    return bad(file, std::string("the picture cannot be decoded: ") + stbi_failure_reason());
  // Pixels of the picture a pixel of the image, and where the picture begins so that it is centred.
  const double side =
      std::max(static_cast<double>(from.width) / width, static_cast<double>(from.height) / height);
  const double left = (from.width - side * width) / 2, top = (from.height - side * height) / 2;
  std::vector<std::uint8_t> out;
  for (std::int32_t y = 0; y < height; ++y) {
    for (std::int32_t x = 0; x < width; ++x) {
      const double at_x = left + side * x, at_y = top + side * y;
      const bool inside = at_x + side / 2 >= 0 && at_x + side / 2 < from.width &&
                          at_y + side / 2 >= 0 && at_y + side / 2 < from.height;
      out.push_back(inside ? meanUnder(from, at_x, at_y, side) : 0);
    }
  }
  return out;
}

}  // namespace dentate::data
