// Cells of the tables that are exported.
#pragma once
#include <string>

#include "ui/format.h"
#include "ui/history.h"

namespace dentate::ui {

// A text, as RFC 4180 quotes it.
[[nodiscard]] inline std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

// "mean,sem,n"; empty where it is not known, as the SEM of a single network is.
[[nodiscard]] inline std::string cellsOf(const Moments& value) {
  return (value.n > 0 ? editable(value.mean) : std::string()) + "," +
         (value.n > 1 ? editable(value.sem()) : std::string()) + "," + std::to_string(value.n);
}

}  // namespace dentate::ui
