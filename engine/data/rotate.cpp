#include "engine/data/rotate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "engine/spec/check.h"

namespace dentate::data {
namespace {

// Pillow rounds the matrix to 15 decimals, so that sine and cosine of 90 degrees are 1 and 0. By way
// of text, as Python does: value * 1e15 would be rounded on its own and differ at 45 degrees.
double round15(double value) {
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.begin(), text.end(), value, std::chars_format::fixed, /*precision=*/15);
  std::from_chars(text.begin(), end.ptr, value);
  return value;
}

}  // namespace

Rotation::Rotation(std::int32_t width, std::int32_t height, double degrees)
    : width_(width), height_(height) {
  DENTATE_CHECK(width >= 1 && height >= 1 && std::isfinite(degrees));
  const double radians = -std::fmod(degrees, 360.0) * std::numbers::pi / 180.0;
  const double cosine = round15(std::cos(radians));
  const double sine = round15(std::sin(radians));
  const double center_x = width / 2.0;
  const double center_y = height / 2.0;
  const double shift_x = cosine * -center_x + sine * -center_y + center_x;
  const double shift_y = -sine * -center_x + cosine * -center_y + center_y;

  taps_.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (std::int32_t y = 0; y < height; ++y) {
    for (std::int32_t x = 0; x < width; ++x) {
      const double from_x = cosine * (x + 0.5) + sine * (y + 0.5) + shift_x;
      const double from_y = -sine * (x + 0.5) + cosine * (y + 0.5) + shift_y;
      if (from_x < 0 || from_x >= width || from_y < 0 || from_y >= height) continue;
      const auto left = static_cast<std::int32_t>(std::floor(from_x - 0.5));
      const auto top = static_cast<std::int32_t>(std::floor(from_y - 0.5));
      const auto pixel = [&](std::int32_t column, std::int32_t row) {
        return std::clamp(row, 0, height - 1) * width + std::clamp(column, 0, width - 1);
      };
      taps_.push_back({.to = y * width + x,
                       .top_left = pixel(left, top),
                       .top_right = pixel(left + 1, top),
                       .bottom_left = pixel(left, top + 1),
                       .bottom_right = pixel(left + 1, top + 1),
                       .dx = from_x - 0.5 - left,
                       .dy = from_y - 0.5 - top});
    }
  }
}

void Rotation::apply(std::span<const std::uint8_t> from, std::span<std::uint8_t> to) const {
  DENTATE_CHECK(from.size() == size() && to.size() == size());
  std::fill(to.begin(), to.end(), std::uint8_t{0});
  const auto value = [&](std::int32_t pixel) {
    return static_cast<double>(from[static_cast<std::size_t>(pixel)]);
  };
  for (const Tap& tap : taps_) {
    const double top = value(tap.top_left) + (value(tap.top_right) - value(tap.top_left)) * tap.dx;
    const double bottom =
        value(tap.bottom_left) + (value(tap.bottom_right) - value(tap.bottom_left)) * tap.dx;
    to[static_cast<std::size_t>(tap.to)] = static_cast<std::uint8_t>(top + (bottom - top) * tap.dy);
  }
}

std::vector<std::uint8_t> rotate(std::span<const std::uint8_t> pixels, std::int32_t width,
                                 std::int32_t height, double degrees) {
  std::vector<std::uint8_t> turned(pixels.size());
  Rotation(width, height, degrees).apply(pixels, turned);
  return turned;
}

}  // namespace dentate::data
