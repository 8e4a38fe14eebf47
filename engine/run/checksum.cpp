#include "engine/run/checksum.h"

#include <zlib.h>

namespace dentate::run {

std::int64_t checksumOf(std::span<const std::uint8_t> bytes) {
  return static_cast<std::int64_t>(crc32_z(crc32_z(0, nullptr, 0), bytes.data(), bytes.size()));
}

std::int64_t checksumOf(const std::string& text) {
  return checksumOf({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace dentate::run
