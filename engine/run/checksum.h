// CRC-32 (ISO 3309) of what is kept on a disk. Internal to engine/run.
#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace dentate::run {

[[nodiscard]] std::int64_t checksumOf(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::int64_t checksumOf(const std::string& text);

}  // namespace dentate::run
