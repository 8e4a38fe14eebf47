// How rows of floats lie in memory: each begins on 64 bytes and is filled up with zeros.
#pragma once
#include <cstdint>

namespace dentate::net {

inline constexpr std::int64_t kRowFloats = 16;  // 64 bytes

[[nodiscard]] constexpr std::int64_t padded(std::int64_t units) {
  return (units + kRowFloats - 1) / kRowFloats * kRowFloats;
}

}  // namespace dentate::net
