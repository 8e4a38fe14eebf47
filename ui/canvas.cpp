#include "ui/canvas.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace dentate::ui {

Canvas::Canvas(int width, int height)
    : width_(width),
      height_(height),
      pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

bool Canvas::empty() const {
  return std::all_of(pixels_.begin(), pixels_.end(), [](auto p) { return p == 0; });
}

void Canvas::beginStroke() {
  redo_.clear();
  undo_.push_back(pixels_);
  if (undo_.size() > kMostUndo) undo_.erase(undo_.begin());
}

void Canvas::stroke(Place from, Place to, float radius, std::uint8_t value) {
  constexpr float kSoft = 1;  // pixels over which the edge fades
  const float dx = to.x - from.x, dy = to.y - from.y, length = dx * dx + dy * dy;
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x) {
      const float px = static_cast<float>(x) + 0.5F, py = static_cast<float>(y) + 0.5F;
      const float along = length > 0 ? ((px - from.x) * dx + (py - from.y) * dy) / length : 0;
      const float t = std::clamp(along, 0.0F, 1.0F);
      const float off = std::hypot(px - from.x - t * dx, py - from.y - t * dy);
      const float cover = std::clamp((radius - off) / kSoft + 0.5F, 0.0F, 1.0F);
      auto& pixel = pixels_[static_cast<std::size_t>(y * width_ + x)];
      const auto drawn = static_cast<std::uint8_t>(std::lround(255 * cover));
      if (value > 0)
        pixel = std::max(pixel, drawn);
      else
        pixel = std::min(pixel, static_cast<std::uint8_t>(255 - drawn));
    }
  }
}

double Canvas::at(int x, int y) const {
  if (x < 0 || y < 0 || x >= width_ || y >= height_) return 0;
  return pixels_[static_cast<std::size_t>(y * width_ + x)];
}

void Canvas::shift(int right, int down) {
  beginStroke();
  std::vector<std::uint8_t> moved(pixels_.size());
  for (int y = 0; y < height_; ++y)
    for (int x = 0; x < width_; ++x)
      moved[static_cast<std::size_t>(y * width_ + x)] =
          static_cast<std::uint8_t>(at(x - right, y - down));
  pixels_ = std::move(moved);
}

void Canvas::rotate(double degrees) {
  beginStroke();
  const double turn = degrees * std::numbers::pi / 180, c = std::cos(turn), s = std::sin(turn);
  const double mid_x = (width_ - 1) / 2.0, mid_y = (height_ - 1) / 2.0;
  std::vector<std::uint8_t> turned(pixels_.size());
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x) {
      const double from_x = mid_x + c * (x - mid_x) + s * (y - mid_y);
      const double from_y = mid_y - s * (x - mid_x) + c * (y - mid_y);
      const int left = static_cast<int>(std::floor(from_x));
      const int top = static_cast<int>(std::floor(from_y));
      const double fx = from_x - left, fy = from_y - top;
      const double upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
      const double lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
      turned[static_cast<std::size_t>(y * width_ + x)] =
          static_cast<std::uint8_t>(std::lround(upper * (1 - fy) + lower * fy));
    }
  }
  pixels_ = std::move(turned);
}

void Canvas::clear() {
  beginStroke();
  std::fill(pixels_.begin(), pixels_.end(), std::uint8_t{0});
}

void Canvas::set(std::vector<std::uint8_t> pixels) {
  if (pixels.size() != pixels_.size()) return;
  beginStroke();
  pixels_ = std::move(pixels);
}

bool Canvas::undo() {
  if (undo_.empty()) return false;
  redo_.push_back(std::exchange(pixels_, std::move(undo_.back())));
  undo_.pop_back();
  return true;
}

bool Canvas::redo() {
  if (redo_.empty()) return false;
  undo_.push_back(std::exchange(pixels_, std::move(redo_.back())));
  redo_.pop_back();
  return true;
}

}  // namespace dentate::ui
