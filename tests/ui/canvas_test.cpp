#include "ui/canvas.h"

#include <gtest/gtest.h>

#include <numeric>

namespace dentate::ui {
namespace {

int sum(const Canvas& canvas) {
  return std::accumulate(canvas.pixels().begin(), canvas.pixels().end(), 0);
}

TEST(Canvas, ABrushDrawsAndAnEraserTakesAway) {
  Canvas canvas(28, 28);
  canvas.beginStroke();
  canvas.stroke({4, 14}, {24, 14}, 1.5F, 255);
  EXPECT_EQ(canvas.pixels()[14 * 28 + 10], 255);
  EXPECT_EQ(canvas.pixels()[20 * 28 + 10], 0);
  canvas.stroke({0, 14}, {28, 14}, 4, 0);
  EXPECT_TRUE(canvas.empty());
}

TEST(Canvas, ShiftsAndLosesWhatLeaves) {
  Canvas canvas(4, 3);
  std::vector<std::uint8_t> pixels(12);
  pixels[0] = 7;  // upper left
  pixels[1 * 4 + 2] = 9;
  canvas.set(pixels);
  canvas.shift(1, 1);
  EXPECT_EQ(canvas.pixels()[1 * 4 + 1], 7);
  EXPECT_EQ(canvas.pixels()[2 * 4 + 3], 9);
  canvas.shift(1, 0);
  EXPECT_EQ(sum(canvas), 7);
}

TEST(Canvas, AQuarterTurnMovesTheTopToTheRight) {
  Canvas canvas(5, 5);
  std::vector<std::uint8_t> pixels(25);
  pixels[2] = 200;  // top middle
  canvas.set(pixels);
  canvas.rotate(90);
  EXPECT_EQ(canvas.pixels()[2 * 5 + 4], 200);
  EXPECT_EQ(sum(canvas), 200);
  for (int i = 0; i < 3; ++i) canvas.rotate(90);
  EXPECT_EQ(canvas.pixels(), pixels);
}

TEST(Canvas, UndoesStrokeByStroke) {
  Canvas canvas(28, 28);
  canvas.beginStroke();
  canvas.stroke({4, 4}, {10, 10}, 1, 255);
  const auto first = canvas.pixels();
  canvas.beginStroke();
  canvas.stroke({20, 4}, {20, 20}, 1, 255);
  canvas.clear();
  EXPECT_TRUE(canvas.undo());
  EXPECT_TRUE(canvas.undo());
  EXPECT_EQ(canvas.pixels(), first);
  EXPECT_TRUE(canvas.undo());
  EXPECT_TRUE(canvas.empty());
  EXPECT_FALSE(canvas.undo());
}

TEST(Canvas, RedoesWhatWasUndoneUntilSomethingElseIsDrawn) {
  Canvas canvas(28, 28);
  canvas.beginStroke();
  canvas.stroke({4, 4}, {10, 10}, 1, 255);
  const auto drawn = canvas.pixels();
  canvas.shift(1, 0);
  const auto shifted = canvas.pixels();
  EXPECT_FALSE(canvas.canRedo());
  canvas.undo();
  canvas.undo();
  EXPECT_TRUE(canvas.redo());
  EXPECT_EQ(canvas.pixels(), drawn);
  EXPECT_TRUE(canvas.redo());
  EXPECT_EQ(canvas.pixels(), shifted);
  EXPECT_FALSE(canvas.redo());
  canvas.undo();
  canvas.clear();
  EXPECT_FALSE(canvas.canRedo());
  canvas.undo();
  EXPECT_EQ(canvas.pixels(), drawn);
}

}  // namespace
}  // namespace dentate::ui
