// A curve cut down to what a screen can show: at most two points a pixel column, its lowest and its
// highest, in the order in which they occur, so that no peak is lost.
#pragma once
#include <cstddef>
#include <vector>

#include "ui/history.h"

namespace dentate::ui {

struct DrawnPoint {
  double x = 0, mean = 0, sem = 0;
};

struct DrawnRange {
  double low = 0, high = 1;  // of x, in tasks
  std::size_t columns = 1;   // pixels
  double steps_per_task = 1;
};

// Points of `trace` inside the range and one neighbour on each side; a position without a value
// (n = 0) is left out.
[[nodiscard]] std::vector<DrawnPoint> decimate(const Trace& trace, const DrawnRange& range);

// Running mean over `width` positions to each side (clipped at the ends); sem is kept as it is.
[[nodiscard]] std::vector<Moments> smoothed(const Trace& trace, std::size_t width);

// Positions of labels of one height that do not overlap and stay near `wanted`, all in [low, high]
// where there is room. Same order as `wanted`.
[[nodiscard]] std::vector<float> spreadLabels(const std::vector<float>& wanted, float height,
                                              float low, float high);

// Which `most` of the labels to keep where there is no room for all: those that stand closest above
// each other go first, the outermost last. Places in `wanted`, rising.
[[nodiscard]] std::vector<std::size_t> keptLabels(const std::vector<float>& wanted,
                                                  std::size_t most);

}  // namespace dentate::ui
