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
  bool log = false;  // columns are even in the logarithm of x; low is above 0
  bool operator==(const DrawnRange&) const = default;
};

// What was picked of a curve in the frame before. It holds while the range is the same and the curve
// only grows: then nothing but the newest column is looked at again.
struct PickedPoints {
  DrawnRange range;
  double pace = 0;                     // of the trace
  std::size_t size = 0;                // of the trace
  std::size_t columns = 0;             // that are complete
  std::vector<std::size_t> positions;  // of these
};

// Points of `trace` inside the range and one neighbour on each side; a position without a value
// (n = 0) is left out. A trace with places of its own is short: nothing of it is cut.
[[nodiscard]] std::vector<DrawnPoint> decimate(const Trace& trace, const DrawnRange& range);
[[nodiscard]] std::vector<DrawnPoint> decimate(const Trace& trace, const DrawnRange& range,
                                               PickedPoints& picked);

// Running mean over `width` positions to each side (clipped at the ends); sem is kept as it is.
[[nodiscard]] std::vector<Moments> smoothed(const Trace& trace, std::size_t width);
// The same into `smooth`, of which what holds is kept: it is that of the frame before, and the trace
// has grown since. Where a few places tell that it was another trace, all is worked out anew.
void smoothInto(std::vector<Moments>& smooth, const Trace& trace, std::size_t width);

// Positions of labels of one height that do not overlap and stay near `wanted`, all in [low, high]
// where there is room. Same order as `wanted`.
[[nodiscard]] std::vector<float> spreadLabels(const std::vector<float>& wanted, float height,
                                              float low, float high);

// Which `most` of the labels to keep where there is no room for all: those that stand closest above
// each other go first, the outermost last. Places in `wanted`, rising.
[[nodiscard]] std::vector<std::size_t> keptLabels(const std::vector<float>& wanted,
                                                  std::size_t most);

}  // namespace dentate::ui
