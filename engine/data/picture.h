// One picture of the person's own as an image of a dataset.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "engine/spec/result.h"

namespace dentate::data {

struct PictureShape {
  std::int32_t width = 0, height = 0;
  std::int32_t channels = 1;  // 1 grey; 3 red, green, blue
  auto operator<=>(const PictureShape&) const = default;
};

// What a PNG or JPEG of at most 64 million pixels has, by its header; transparency counts for nothing.
[[nodiscard]] spec::Result<PictureShape> shapeOf(const std::filesystem::path& file);

// The picture brought to a shape, [channels, height, width]: the larger side fits, the rest is black;
// grey where the shape is grey (the mean of red, green and blue, weighted as the eye does). Refuses a
// file of more than 64 MB, and one that is damaged or cut short.
[[nodiscard]] spec::Result<std::vector<std::uint8_t>> readPicture(const std::filesystem::path& file,
                                                                  const PictureShape& shape);

// A PNG in memory as grey, [height, width]. Refuses one of another size by its header, and one that is
// damaged or cut short; where it came from the caller knows.
[[nodiscard]] spec::Result<std::vector<std::uint8_t>> readGreyPng(
    std::span<const std::uint8_t> file, const PictureShape& shape);

// Whether each chunk of a PNG is whole, its checksum holds, and the last one ends the file: what the
// decoder passes over.
[[nodiscard]] bool isWholePng(std::span<const std::uint8_t> file);

}  // namespace dentate::data
