#include "engine/figure/ticks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

namespace dentate::figure {
namespace {

constexpr double kHuge = 1e300;  // beyond it a length would overflow
constexpr const char* kThin = "\u2009";
constexpr const char* kMinus = "\u2212";

bool counts(double value, bool log) {
  return std::isfinite(value) && std::abs(value) < kHuge && (!log || value > 1 / kHuge);
}

// 1, 2 or 5 times a power of ten, at least `least`.
double niceStep(double least) {
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double m : {1.0, 2.0, 5.0})
    if (m * power >= least * (1 - 1e-9)) return m * power;
  return 10 * power;
}

std::string fixed(double value, int decimals) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.begin(), text.end(), value, std::chars_format::fixed,
                                 std::clamp(decimals, 0, 15));
  return end.ec == std::errc() ? std::string(text.begin(), end.ptr) : "?";
}

std::string grouped(std::string digits) {
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  for (std::size_t at = whole; at > 3; at -= 3) digits.insert(at - 3, kThin);
  return digits;
}

std::string superscript(int exponent) {
  static constexpr std::array kDigits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = exponent < 0 ? "⁻" : "";
  for (const char digit : std::to_string(std::abs(exponent)))
    text += kDigits.at(static_cast<std::size_t>(digit - '0'));
  return text;
}

int decimalsOf(double step) {
  return std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
}

std::string scientific(double size, double step) {
  int exponent = static_cast<int>(std::floor(std::log10(size) + 1e-9));
  const int decimals =
      std::clamp(exponent - static_cast<int>(std::floor(std::log10(step) + 1e-9)), 0, 3);
  const std::string mantissa = fixed(size / std::pow(10, exponent), decimals);
  const std::string power = "10" + superscript(exponent);
  return mantissa == "1" ? power : mantissa + "×" + power;
}

std::vector<Tick> linearTicks(const Range& range, std::size_t most) {
  const double step =
      niceStep((range.high - range.low) / static_cast<double>(std::max<std::size_t>(most, 2)));
  std::vector<Tick> marks;
  const double slack = 1e-9 * step;
  const double last = std::floor((range.high + slack) / step);
  for (double i = std::ceil((range.low - slack) / step); i <= last && marks.size() <= most; ++i)
    marks.push_back({i * step, tickLabel(i * step, step)});
  return marks;
}

std::vector<Tick> logTicks(const Range& range, std::size_t most) {
  const auto first = static_cast<int>(std::floor(std::log10(range.low) + 1e-9));
  const auto last = static_cast<int>(std::floor(std::log10(range.high) + 1e-9));
  const auto inside = [&](double value) {
    return value >= range.low * (1 - 1e-9) && value <= range.high * (1 + 1e-9);
  };
  const int stride = 1 + (last - first) / static_cast<int>(std::max<std::size_t>(most, 2));
  // Few powers of ten: 2 and 5 have labels too, if there is room.
  const bool labelled = 3 * (last - first + 1) <= static_cast<int>(most);
  std::vector<Tick> marks;
  std::size_t labels = 0;
  for (int exponent = first; exponent <= last; ++exponent)
    for (int m = 1; m <= 9; ++m) {
      const double value = m * std::pow(10, exponent);
      const bool named = m == 1 ? exponent % stride == 0 : labelled && (m == 2 || m == 5);
      if (!inside(value) || (!named && stride > 1)) continue;
      marks.push_back({value, named ? tickLabel(value, value) : ""});
      labels += named ? 1U : 0U;
    }
  return labels >= 2 ? marks : linearTicks(range, most);
}

}  // namespace

Range rangeOf(const Axis& axis, std::span<const double> values, double margin) {
  double low = kHuge;
  double high = -kHuge;
  for (const double value : values) {
    if (!counts(value, axis.log)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) low = axis.log ? 0.1 : 0.0, high = 1.0;
  const auto usable = [&](const std::optional<double>& end) {
    return end && counts(*end, axis.log);
  };
  if (usable(axis.low) && usable(axis.high) && *axis.low < *axis.high)
    return {*axis.low, *axis.high};
  if (axis.log) {
    const double free = low < high ? std::pow(high / low, margin) : 2.0;
    low /= free;
    high *= free;
  } else if (low < high) {
    const double free = margin * (high - low);
    const bool from_zero = margin > 0 && low >= 0 && low < 0.4 * high;
    const bool to_zero = margin > 0 && high <= 0 && high > 0.4 * low;
    low = from_zero ? 0 : low - free;
    high = to_zero ? 0 : high + free;
  } else {
    const double free = low == 0 ? 1.0 : 0.1 * std::abs(low);
    low -= free;
    high += free;
  }
  if (usable(axis.low) && *axis.low < high) low = *axis.low;
  if (usable(axis.high) && *axis.high > low) high = *axis.high;
  return {low, high};
}

std::vector<Tick> ticks(const Range& range, bool log, std::size_t most) {
  return log ? logTicks(range, most) : linearTicks(range, most);
}

std::string tickLabel(double value, double step) {
  const double size = std::abs(value);
  if (size < 1e-9 * step || size == 0) return "0";
  const std::string sign = value < 0 ? kMinus : "";
  if (size >= 999'999.5 || step < 0.99e-4) return sign + scientific(size, step);
  return sign + grouped(fixed(size, decimalsOf(step)));
}

std::vector<double> spread(std::span<const double> wanted, double gap, double low, double high) {
  const std::size_t count = wanted.size();
  if (count == 0) return {};
  if (count > 1) gap = std::min(gap, (high - low) / static_cast<double>(count - 1));
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
  // Less its gaps, the wished order must not fall: isotonic regression by pooling neighbours.
  struct Block {
    double sum = 0;
    std::size_t count = 0;
    [[nodiscard]] double mean() const { return sum / static_cast<double>(count); }
  };
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < count; ++i) {
    blocks.push_back({wanted[order[i]] - gap * static_cast<double>(i), 1});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() >= blocks.back().mean()) {
      const Block last = blocks.back();
      blocks.pop_back();
      blocks.back().sum += last.sum;
      blocks.back().count += last.count;
    }
  }
  std::vector<double> placed(count);
  const double room = std::max(low, high - gap * static_cast<double>(count - 1));
  std::size_t i = 0;
  for (const Block& block : blocks)
    for (std::size_t k = 0; k < block.count; ++k, ++i)
      placed[order[i]] = std::clamp(block.mean(), low, room) + gap * static_cast<double>(i);
  return placed;
}

}  // namespace dentate::figure
