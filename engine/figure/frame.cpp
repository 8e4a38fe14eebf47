#include "engine/figure/frame.h"

#include <algorithm>
#include <cmath>

namespace dentate::figure {
namespace {

const Ground kInk = ground(Theme::Light);

}  // namespace

Type plainType() { return {.size = kTextSize, .bold = false, .color = kInk.text}; }
Type quietType() { return {.size = kSmallSize, .bold = false, .color = kInk.quiet}; }
Type titleType() { return {.size = kTitleSize, .bold = true, .color = kInk.text}; }

double Scale::at(double value) const {
  const double share = log ? std::log(value / range.low) / std::log(range.high / range.low)
                           : (value - range.low) / (range.high - range.low);
  return from + std::clamp(share, -1e4, 1e4) * (to - from);
}

bool Scale::has(double value) const { return std::isfinite(value) && (!log || value > 0); }

bool Scale::shows(double value) const {
  return has(value) && value >= range.low && value <= range.high;
}

Box drawHeading(Canvas& canvas, const Box& cell, const std::string& title,
                const std::string& note) {
  if (title.empty() && note.empty()) return cell;
  const double base = cell.top + kTitleSize;
  const double title_width = canvas.textWidth(title, titleType());
  canvas.text({cell.left, base}, title, titleType());
  double used = kTitleSize + 12;
  if (!note.empty()) {
    constexpr double kGap = 12;
    const double start = title.empty() ? 0 : title_width + kGap;
    if (start + canvas.textWidth(note, quietType()) <= cell.width()) {
      canvas.text({cell.left + start, base}, note, quietType());
    } else {
      canvas.text({cell.left, base + kSmallSize + 5}, note, quietType());
      used += kSmallSize + 5;
    }
  }
  return {cell.left, cell.top + used, cell.right, cell.bottom};
}

std::string axisTitle(const Axis& axis) {
  if (!axis.log || axis.label.find("log") != std::string::npos) return axis.label;
  return axis.label.empty() ? "log scale" : axis.label + ", log scale";
}

double xAxisHeight(const std::string& label) {
  return kTickLength + 3 + kSmallSize + (label.empty() ? 2 : 7 + kTextSize);
}

double yAxisWidth(Canvas& canvas, const std::vector<Tick>& marks, const std::string& label) {
  double widest = 0;
  for (const Tick& mark : marks)
    widest = std::max(widest, canvas.textWidth(mark.label, quietType()));
  return kTickLength + 3 + widest + (label.empty() ? 2 : 9 + kTextSize);
}

std::vector<Tick> yTicks(const Range& range, bool log, double room) {
  return ticks(range, log, static_cast<std::size_t>(std::clamp(room / 42, 2.0, 10.0)));
}

std::vector<Tick> xTicks(const Range& range, bool log, double room) {
  return ticks(range, log, static_cast<std::size_t>(std::clamp(room / 55, 2.0, 12.0)));
}

void drawYAxis(Canvas& canvas, const Box& area, const Scale& scale, const std::vector<Tick>& marks,
               const std::string& label) {
  canvas.line({area.left, area.top}, {area.left, area.bottom}, kInk.text, kAxisWidth);
  for (const Tick& mark : marks) {
    if (!scale.shows(mark.value)) continue;
    const double y = scale.at(mark.value);
    const double length = mark.label.empty() ? kTickLength / 2 : kTickLength;
    canvas.line({area.left - length, y}, {area.left, y}, kInk.text, kAxisWidth);
    canvas.text({area.left - kTickLength - 3, y + 0.36 * kSmallSize}, mark.label, quietType(),
                Align::Right);
  }
  if (!label.empty())
    canvas.textUp({area.left - yAxisWidth(canvas, marks, label) + kTextSize / 2, area.middleY()},
                  label, plainType());
}

void drawXAxis(Canvas& canvas, const Box& area, const Scale& scale, const std::vector<Tick>& marks,
               const std::string& label) {
  canvas.line({area.left, area.bottom}, {area.right, area.bottom}, kInk.text, kAxisWidth);
  for (const Tick& mark : marks) {
    if (!scale.shows(mark.value)) continue;
    const double x = scale.at(mark.value);
    const double length = mark.label.empty() ? kTickLength / 2 : kTickLength;
    canvas.line({x, area.bottom}, {x, area.bottom + length}, kInk.text, kAxisWidth);
    canvas.text({x, area.bottom + kTickLength + 3 + 0.85 * kSmallSize}, mark.label, quietType(),
                Align::Center);
  }
  canvas.text({area.middleX(), area.bottom + xAxisHeight(label) - 3}, label, plainType(),
              Align::Center);
}

void drawEmpty(Canvas& canvas, const Box& area) {
  canvas.text({area.middleX(), area.middleY()}, "no data", quietType(), Align::Center);
}

}  // namespace dentate::figure
