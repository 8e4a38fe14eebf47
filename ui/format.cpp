#include "ui/format.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace dentate::ui {
namespace {

constexpr const char* kThinSpace = "\u2009";
constexpr const char* kMinus = "\u2212";

std::string fixed(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

// Decimals that leave three significant digits of a magnitude below 1000.
int decimalsFor(double magnitude) {
  if (magnitude >= 99.95) return 0;
  if (magnitude >= 9.995) return 1;
  if (magnitude >= 0.9995) return 2;
  if (magnitude >= 0.09995) return 3;
  if (magnitude >= 0.009995) return 4;
  if (magnitude >= 0.0009995) return 5;
  return 6;
}

std::string exponential(double magnitude) {
  int power = static_cast<int>(std::floor(std::log10(magnitude)));
  double head = magnitude / std::pow(10.0, power);
  if (head >= 9.995) {
    head /= 10;
    ++power;
  }
  const std::string sign = power < 0 ? kMinus : "";
  return fixed(head, 2) + "e" + sign + std::to_string(std::abs(power));
}

}  // namespace

std::string number(double value) {
  if (!std::isfinite(value)) return "–";
  const double magnitude = std::abs(value);
  const std::string sign = value < 0 ? kMinus : "";
  if (magnitude == 0) return "0";
  if (magnitude < 0.000095) return sign + exponential(magnitude);
  if (magnitude >= 999.5) return sign + count(static_cast<std::int64_t>(std::llround(magnitude)));
  std::string text = fixed(magnitude, decimalsFor(magnitude));
  if (text.starts_with("0.")) text.erase(0, 1);
  return sign + text;
}

std::string tidy(double value) {
  std::string text = number(value);
  if (text.find('.') == std::string::npos || text.find('e') != std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string brief(double value) {
  const double magnitude = std::abs(value);
  if (!std::isfinite(value) || magnitude == 0 || magnitude >= 0.00995) return number(value);
  if (magnitude < 0.00005) {
    char text[32];
    std::snprintf(text, sizeof text, "%.0e", magnitude);  // "4e-05"
    const std::string digits = text;
    return (value < 0 ? kMinus : "") + digits.substr(0, 2) + kMinus +
           std::to_string(std::stoi(digits.substr(3)));
  }
  const std::string text = fixed(magnitude, 4);
  return (value < 0 ? kMinus : "") + text.substr(1);
}

std::string percent(double share) {
  if (!std::isfinite(share)) return "–";
  const double value = share * 100;
  if (value == 0) return "0\u2009%";
  const int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return fixed(value, decimals) + kThinSpace + "%";
}

std::string wholePercent(double share) {
  if (!std::isfinite(share)) return "–";
  const double value = share * 100;
  if (value > 0 && value < 0.5) return "under 1\u2009%";
  return fixed(value, 0) + kThinSpace + "%";
}

std::string count(std::int64_t value) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), kThinSpace);
  return (value < 0 ? kMinus : "") + digits;
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "";
  if (seconds < 1) return "under 1 s";
  if (seconds < 90) return "about " + count(std::llround(seconds)) + " s";
  if (seconds < 5400) return "about " + count(std::llround(seconds / 60)) + " min";
  return "about " + count(std::llround(seconds / 3600)) + " h";
}

std::string plural(std::int64_t value, const char* singular, const char* plural_form) {
  return count(value) + " " + (value == 1 ? singular : plural_form);
}

std::string elided(const std::string& text, std::size_t most) {
  std::vector<std::size_t> begins;  // of the UTF-8 signs
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) begins.push_back(i);
  if (begins.size() <= most) return text;
  if (most == 0) return "";
  const std::size_t tail = (most - 1) / 2, head = most - 1 - tail;
  return text.substr(0, begins[head]) + "…" +
         (tail > 0 ? text.substr(begins[begins.size() - tail]) : "");
}

std::string tellingPart(const std::string& text, const std::vector<std::string>& others) {
  std::size_t shared = 0;
  for (const std::string& other : others) {
    if (other == text) continue;
    const auto apart = std::mismatch(text.begin(), text.end(), other.begin(), other.end()).first;
    shared = std::max(shared, static_cast<std::size_t>(apart - text.begin()));
  }
  const std::size_t space = shared > 0 ? text.rfind(' ', shared - 1) : std::string::npos;
  return space == std::string::npos ? text : "…" + text.substr(space + 1);
}

std::string editable(double value) {
  char text[64];
  const double magnitude = std::abs(value);
  const bool plain = magnitude == 0 || (magnitude >= 1e-7 && magnitude < 1e15);
  const auto end = plain ? std::to_chars(text, text + sizeof text, value, std::chars_format::fixed)
                         : std::to_chars(text, text + sizeof text, value);
  return {text, end.ptr};
}

}  // namespace dentate::ui
