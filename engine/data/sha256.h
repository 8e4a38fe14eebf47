// SHA-256 of what is passed through, bit by bit as FIPS 180-4 defines it.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace dentate::data {

class Sha256 {
 public:
  void add(std::span<const std::uint8_t> bytes);
  // 64 letters of 0 to 9, a to f; nothing may be added after it.
  [[nodiscard]] std::string hex();

 private:
  void block(const std::uint8_t* bytes);

  std::array<std::uint32_t, 8> state_{0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                                      0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
  std::array<std::uint8_t, 64> waiting_{};
  std::size_t held_ = 0;     // of waiting_
  std::uint64_t bytes_ = 0;  // so far
};

}  // namespace dentate::data
