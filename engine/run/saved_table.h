// The tables of a saved run, read line by line. Internal to engine/run.
#pragma once
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::run {

// Of a file that is not what a saved run has.
inline spec::Error unreadable(const std::filesystem::path& file, const std::string& why) {
  return {spec::Error::Kind::Io, file.string(), why};
}

// A line, cell by cell. Of numbers one that is empty is NaN; one that is no number, or missing, spoils
// it.
class Cells {
 public:
  explicit Cells(std::string_view line) : rest_(line) {}
  // What replicaHead() names, behind the replica.
  void skipVariant(const spec::ExperimentSpec& spec) {
    const int compared =
        (spec.replicas.inhibitions.empty() ? 0 : 1) + (spec.replicas.corrections.empty() ? 0 : 1);
    for (int left = 3 + compared; left > 0; --left) next();
  }
  // As cell() wrote it (csv.h).
  std::string text() {
    if (!rest_.starts_with('"')) return std::string(next());
    std::string out;
    for (std::size_t at = 1; at < rest_.size(); ++at) {
      if (rest_[at] != '"') {
        out += rest_[at];
        continue;
      }
      if (at + 1 < rest_.size() && rest_[at + 1] == '"') {
        out += rest_[at++];
        continue;
      }
      rest_.remove_prefix(at + 1);
      if (!next().empty()) good_ = false;  // something behind the closing quote
      return out;
    }
    good_ = false;  // there is none
    return out;
  }
  double number() {
    const auto text = next();
    if (text.empty()) return std::numeric_limits<double>::quiet_NaN();
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    good_ = good_ && failed == std::errc() && end == text.data() + text.size();
    return value;
  }
  // A whole number in [0, end).
  std::int64_t index(std::int64_t end) {
    const double value = number();
    const bool fits = value >= 0 && value < static_cast<double>(end);  // NaN does not
    const auto whole = fits ? static_cast<std::int64_t>(value) : 0;
    good_ = good_ && fits && static_cast<double>(whole) == value;
    return whole;
  }
  // All cells were there, and no more.
  [[nodiscard]] bool good() const { return good_ && over_; }

 private:
  std::string_view next() {
    if (over_) {
      good_ = false;
      return {};
    }
    const auto comma = rest_.find(',');
    const auto cell = rest_.substr(0, comma);
    over_ = comma == std::string_view::npos;
    if (!over_) rest_.remove_prefix(comma + 1);
    return cell;
  }
  std::string_view rest_;
  bool good_ = true, over_ = false;
};

}  // namespace dentate::run
