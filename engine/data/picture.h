// One picture of the person's own as an image of a dataset.
#pragma once
#include <cstdint>
#include <filesystem>
#include <vector>

#include "engine/spec/result.h"

namespace dentate::data {

// A PNG or JPEG of at most 64 million pixels, made grey (the mean of red, green and blue, weighted as
// the eye does) and brought to [height, width]: the larger side fits, the rest is black.
[[nodiscard]] spec::Result<std::vector<std::uint8_t>> readGrey(const std::filesystem::path& file,
                                                               std::int32_t width,
                                                               std::int32_t height);

}  // namespace dentate::data
