#include "ui/decimate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dentate::ui {
namespace {

bool known(const Moments& value) { return value.n > 0 && std::isfinite(value.mean); }

// Lowest and highest known position in [begin, end), in order; one where they are the same.
void pickExtremes(const Trace& trace, std::size_t begin, std::size_t end,
                  std::vector<std::size_t>& out) {
  std::size_t low = end, high = end;
  float least = 0, most = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const Moments value = trace.at(i);
    if (!known(value)) continue;
    if (low == end || value.mean < least) least = value.mean, low = i;
    if (high == end || value.mean > most) most = value.mean, high = i;
  }
  if (low == end) return;
  out.push_back(std::min(low, high));
  if (low != high) out.push_back(std::max(low, high));
}

// Sums the known means of a window that moves along a trace.
class Window {
 public:
  explicit Window(const Trace& trace) : trace_(trace) {}
  void add(std::size_t i) { count(i, 1); }
  void remove(std::size_t i) { count(i, -1); }
  // The value at i, with the mean of the window.
  [[nodiscard]] Moments at(std::size_t i) const {
    Moments value = trace_.at(i);
    if (known_ > 0) value.mean = static_cast<float>(sum_ / known_);
    return value;
  }

 private:
  void count(std::size_t i, double times) {
    const Moments value = trace_.at(i);
    if (!known(value)) return;
    sum_ += times * value.mean;
    known_ += times;
  }
  const Trace& trace_;
  double sum_ = 0, known_ = 0;
};

// Of what lies around `begin`, but for the last position.
Window windowBefore(const Trace& trace, std::size_t begin, std::size_t width) {
  Window window(trace);
  const std::size_t first = begin > width ? begin - width - 1 : 0;
  for (std::size_t i = first; i < std::min(begin + width, trace.size); ++i) window.add(i);
  return window;
}

// Whether the first `size` smoothed values are those of this trace.
bool holds(const std::vector<Moments>& smooth, std::size_t size, const Trace& trace,
           std::size_t width) {
  constexpr std::size_t kPlaces = 8;
  for (std::size_t place = 0; place < kPlaces; ++place) {
    const std::size_t i = place * (size - 1) / (kPlaces - 1);
    Window window(trace);
    for (std::size_t k = i > width ? i - width : 0; k < std::min(i + width + 1, trace.size); ++k)
      window.add(k);
    const Moments expected = window.at(i);
    const bool same = smooth[i].n == expected.n && smooth[i].square_sum == expected.square_sum &&
                      std::abs(smooth[i].mean - expected.mean) <= 1e-5F * std::abs(expected.mean);
    if (!same) return false;
  }
  return true;
}

// All that is known of a trace with places of its own, for it is short.
std::vector<DrawnPoint> everyPoint(const Trace& trace, double steps_per_task) {
  std::vector<DrawnPoint> out;
  for (std::size_t i = 0; i < trace.size; ++i)
    if (const Moments value = trace.at(i); known(value))
      out.push_back({trace.step(i) / steps_per_task, value.mean, value.sem()});
  return out;
}

}  // namespace

std::vector<DrawnPoint> decimate(const Trace& trace, const DrawnRange& range) {
  PickedPoints none;
  return decimate(trace, range, none);
}

std::vector<DrawnPoint> decimate(const Trace& trace, const DrawnRange& range,
                                 PickedPoints& picked) {
  std::vector<DrawnPoint> out;
  if (trace.empty() || range.columns == 0 || !(range.high > range.low)) return out;
  if (trace.places != nullptr) return everyPoint(trace, range.steps_per_task);
  const double positions_per_task = range.steps_per_task / trace.pace();
  const double begin = std::max(0.0, std::floor(range.low * positions_per_task) - 1);
  const double end = std::clamp(std::ceil(range.high * positions_per_task) + 2, 0.0,
                                static_cast<double>(trace.size));
  const double in_column =
      (range.high - range.low) * positions_per_task / static_cast<double>(range.columns);
  // Values of a short curve still change, and it costs nothing.
  if (picked.range != range || picked.pace != trace.pace() || picked.size > trace.size ||
      in_column <= 1)
    picked = {range, trace.pace(), 0, 0, {}};
  picked.size = trace.size;
  const double growth =
      range.log ? std::log(range.high / range.low) / static_cast<double>(range.columns) : 0;
  const auto columnBegin = [&](std::size_t column) {
    const auto c = static_cast<double>(column);
    if (!range.log) return begin + std::floor(c * std::max(1.0, in_column));
    return begin + std::floor(range.low * positions_per_task * std::expm1(c * growth));
  };
  const auto pick = [&](double from, double to, std::vector<std::size_t>& positions) {
    pickExtremes(trace, static_cast<std::size_t>(from), static_cast<std::size_t>(to), positions);
  };
  for (; columnBegin(picked.columns + 1) <= end; ++picked.columns)
    pick(columnBegin(picked.columns), columnBegin(picked.columns + 1), picked.positions);
  std::vector<std::size_t> newest;
  if (columnBegin(picked.columns) < end) pick(columnBegin(picked.columns), end, newest);
  const auto push = [&](std::size_t i) {
    const Moments value = trace.at(i);
    out.push_back({trace.step(i) / range.steps_per_task, value.mean, value.sem()});
  };
  out.reserve(picked.positions.size() + newest.size());
  for (const std::size_t i : picked.positions) push(i);
  for (const std::size_t i : newest) push(i);
  return out;
}

std::vector<Moments> smoothed(const Trace& trace, std::size_t width) {
  std::vector<Moments> out;
  smoothInto(out, trace, width);
  return out;
}

void smoothInto(std::vector<Moments>& smooth, const Trace& trace, std::size_t width) {
  // Values whose window reached the end of the trace are not final.
  std::size_t begin = smooth.size() > width ? smooth.size() - width : 0;
  if (begin == 0 || smooth.size() > trace.size || !holds(smooth, begin, trace, width)) begin = 0;
  smooth.resize(trace.size);
  Window window = windowBefore(trace, begin, width);
  for (std::size_t i = begin; i < trace.size; ++i) {
    if (i + width < trace.size) window.add(i + width);
    if (i > width) window.remove(i - width - 1);
    smooth[i] = window.at(i);
  }
}

std::vector<float> spreadLabels(const std::vector<float>& wanted, float height, float low,
                                float high) {
  std::vector<std::size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
  // Blocks of touching labels, each centred on the mean of what its labels want.
  struct Block {
    double centre;
    std::size_t first, count;
  };
  std::vector<Block> blocks;
  const auto place = [&](Block& block) {
    const double half = height * static_cast<double>(block.count) / 2;
    const double top = low, bottom = std::max<double>(low + 2 * half, high);
    block.centre = std::clamp(block.centre, top + half, bottom - half);
  };
  for (std::size_t i = 0; i < order.size(); ++i) {
    Block block{wanted[order[i]], i, 1};
    place(block);
    while (!blocks.empty()) {
      const Block& above = blocks.back();
      const auto reach = static_cast<double>(above.count + block.count) * height / 2;
      if (block.centre - above.centre >= reach) break;
      const auto a = static_cast<double>(above.count), b = static_cast<double>(block.count);
      // Labels of a block want centre + their offset in it; the mean wish moves by half the other.
      const double centre =
          (a * (above.centre + b * height / 2) + b * (block.centre - a * height / 2)) / (a + b);
      block = {centre, above.first, above.count + block.count};
      blocks.pop_back();
      place(block);
    }
    blocks.push_back(block);
  }
  std::vector<float> out(wanted.size());
  for (const Block& block : blocks) {
    const double top = block.centre - height * static_cast<double>(block.count) / 2;
    for (std::size_t i = 0; i < block.count; ++i)
      out[order[block.first + i]] =
          static_cast<float>(top + height * (static_cast<double>(i) + 0.5));
  }
  return out;
}

std::vector<std::size_t> keptLabels(const std::vector<float>& wanted, std::size_t most) {
  std::vector<std::size_t> kept(wanted.size());
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  std::stable_sort(kept.begin(), kept.end(),
                   [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
  while (kept.size() > std::max<std::size_t>(1, most)) {
    std::size_t crowded = kept.size() - 1;  // the one whose neighbours are nearest to each other
    for (std::size_t i = 1; i + 1 < kept.size(); ++i) {
      const auto span = [&](std::size_t at) { return wanted[kept[at + 1]] - wanted[kept[at - 1]]; };
      if (crowded + 1 == kept.size() || span(i) < span(crowded)) crowded = i;
    }
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(crowded));
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace dentate::ui
