#include "ui/decimate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dentate::ui {
namespace {

DrawnPoint pointAt(const Trace& trace, std::size_t i, double steps_per_task) {
  const Moments value = trace.at(i);
  return {trace.step(i) / steps_per_task, value.mean, value.sem()};
}

// Lowest and highest known position in [begin, end), in order; equal where there is one.
void pushExtremes(const Trace& trace, std::size_t begin, std::size_t end, double steps_per_task,
                  std::vector<DrawnPoint>& out) {
  std::size_t low = end, high = end;
  float least = 0, most = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const Moments value = trace.at(i);
    if (value.n == 0 || !std::isfinite(value.mean)) continue;
    if (low == end || value.mean < least) least = value.mean, low = i;
    if (high == end || value.mean > most) most = value.mean, high = i;
  }
  if (low == end) return;
  out.push_back(pointAt(trace, std::min(low, high), steps_per_task));
  if (low != high) out.push_back(pointAt(trace, std::max(low, high), steps_per_task));
}

}  // namespace

std::vector<DrawnPoint> decimate(const Trace& trace, const DrawnRange& range) {
  std::vector<DrawnPoint> out;
  if (trace.empty() || range.columns == 0 || !(range.high > range.low)) return out;
  const double positions_per_task = range.steps_per_task / trace.pace();
  const auto clampTo = [&](double position) {
    const double last = static_cast<double>(trace.size);
    return static_cast<std::size_t>(std::clamp(position, 0.0, last));
  };
  const std::size_t begin = clampTo(std::floor(range.low * positions_per_task) - 1);
  const std::size_t end = clampTo(std::ceil(range.high * positions_per_task) + 2);
  const std::size_t span = end - begin;
  // Of the range's columns those that the trace reaches over.
  const double share = static_cast<double>(span) / ((range.high - range.low) * positions_per_task);
  const double reached = std::ceil(static_cast<double>(range.columns) * std::min(share, 1.0));
  const std::size_t columns =
      std::min(static_cast<std::size_t>(reached), std::max<std::size_t>(span, 1));
  for (std::size_t c = 0; c < columns; ++c)
    pushExtremes(trace, begin + span * c / columns, begin + span * (c + 1) / columns,
                 range.steps_per_task, out);
  return out;
}

std::vector<Moments> smoothed(const Trace& trace, std::size_t width) {
  std::vector<Moments> out(trace.size);
  double sum = 0, known = 0;  // of the positions that reach over i
  const auto count = [&](std::size_t i, double times) {
    const Moments value = trace.at(i);
    if (value.n == 0 || !std::isfinite(value.mean)) return;
    sum += times * value.mean;
    known += times;
  };
  for (std::size_t i = 0; i < std::min(width, trace.size); ++i) count(i, 1);
  for (std::size_t i = 0; i < trace.size; ++i) {
    if (i + width < trace.size) count(i + width, 1);
    if (i > width) count(i - width - 1, -1);
    out[i] = trace.at(i);
    if (known > 0) out[i].mean = static_cast<float>(sum / known);
  }
  return out;
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
