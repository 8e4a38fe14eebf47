// A small picture that a person draws: brush, eraser, shift, rotate, undo, redo.
// Pure; no ImGui.
#pragma once
#include <cstdint>
#include <vector>

namespace dentate::ui {

class Canvas {
 public:
  static constexpr std::size_t kMostUndo = 200;
  Canvas(int width, int height);

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  [[nodiscard]] const std::vector<std::uint8_t>& pixels() const { return pixels_; }
  [[nodiscard]] bool empty() const;

  // A round brush from one place to another, in pixels from the upper left corner; soft at its edge,
  // as digits written with a pen are. `value` 255 draws, 0 erases. Part of the stroke at hand.
  struct Place {
    float x = 0, y = 0;
  };
  void stroke(Place from, Place to, float radius, std::uint8_t value);
  // What follows is undone apart from what came before.
  void beginStroke();
  void shift(int right, int down);  // what leaves the picture is gone
  void rotate(double degrees);      // clockwise about the middle, bilinear
  void clear();
  void set(std::vector<std::uint8_t> pixels);  // [height * width]
  bool undo();
  bool redo();
  [[nodiscard]] bool canUndo() const { return !undo_.empty(); }
  [[nodiscard]] bool canRedo() const { return !redo_.empty(); }

 private:
  [[nodiscard]] double at(int x, int y) const;

  int width_, height_;
  std::vector<std::uint8_t> pixels_;
  std::vector<std::vector<std::uint8_t>> undo_, redo_;
};

}  // namespace dentate::ui
