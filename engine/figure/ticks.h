// Ranges of axes and the marks on them. Inside engine/figure and its tests.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/figure/figure.h"

namespace dentate::figure {

struct Range {
  double low = 0, high = 1;  // finite, low < high; both > 0 on a log axis
};

// The ends that the axis sets, else those of the values: 0 where the values come near it, and
// `margin` (a share of the length) left free beside the outermost one. Values that are not finite,
// or not positive on a log axis, do not count; ends that cannot be are taken from the values.
[[nodiscard]] Range rangeOf(const Axis& axis, std::span<const double> values, double margin);

struct Tick {
  double value = 0;
  std::string label;  // empty: a minor mark
};

// Marks at 1, 2 or 5 times a power of ten, at most `most` (at least 2) of them with labels; on a
// log axis at powers of ten, with the ones between as minor marks where there is room.
[[nodiscard]] std::vector<Tick> ticks(const Range& range, bool log, std::size_t most);

// `value` as it stands beside an axis whose marks are `step` apart: "0.25", "−3", "12 000",
// "2×10⁻⁵"; a real minus, thin spaces between thousands.
[[nodiscard]] std::string tickLabel(double value, double step);

// Where labels that want to stand at `wanted` can stand at least `gap` apart, within low to high,
// each as near to its wish as the others allow (least squares). In the order of `wanted`. Where
// they cannot all fit, the gap shrinks.
[[nodiscard]] std::vector<double> spread(std::span<const double> wanted, double gap, double low,
                                         double high);

}  // namespace dentate::figure
