// CRC-32 of what is kept on a disk. Internal to engine/run.
#pragma once
#include <zlib.h>

#include <cstdint>
#include <span>
#include <string>

namespace dentate::run {

[[nodiscard]] inline std::int64_t checksumOf(std::span<const std::uint8_t> bytes) {
  return static_cast<std::int64_t>(crc32_z(crc32_z(0, nullptr, 0), bytes.data(), bytes.size()));
}

[[nodiscard]] inline std::int64_t checksumOf(const std::string& text) {
  return checksumOf({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace dentate::run
