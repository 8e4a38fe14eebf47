// The kinds of keys that an experiment file has. Internal to engine/spec.
//
// A key knows its name, the field it stands for, which values fit, and how to read and write one.
// S is the struct that holds the field. Leaves (Whole, Real, Flag, Text, Choice) have
//   fits(value)      whether the value may stand there
//   expected()       what may: "a number from 0 to 10"
//   convert(node)    the value that a JSON node gives, none for a wrong type; not yet checked
//   written(value)   as JSON
//   kText            whether it takes text, so that --set needs no quotes
// engine/spec/key_lists.h has those that hold others.
#pragma once
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/spec/json_text.h"
#include "engine/spec/spelling.h"
#include "engine/spec/words.h"

namespace dentate::spec {

template <class S>
struct Whole {
  static constexpr bool kText = false;
  std::string_view name;
  std::int64_t S::*field = nullptr;
  std::int64_t low = 0, high = 0;  // both allowed
  std::string_view about;

  [[nodiscard]] bool fits(std::int64_t value) const { return low <= value && value <= high; }
  [[nodiscard]] std::string expected() const {
    return "a whole number from " + grouped(low) + " to " + grouped(high);
  }
  [[nodiscard]] std::optional<std::int64_t> convert(const JsonNode& node) const {
    if (node.kind != JsonNode::Kind::Whole) return std::nullopt;
    return node.whole;
  }
  [[nodiscard]] std::string written(std::int64_t value) const { return std::to_string(value); }
};

enum class Low { Included, Excluded };

// V is double, or std::optional<double> where null means "not set".
template <class S, class V>
struct Real {
  static constexpr bool kText = false;
  static constexpr bool kNullable = !std::is_same_v<V, double>;
  std::string_view name;
  V S::*field = nullptr;
  double low = 0, high = 0;
  Low low_end = Low::Included;
  std::string_view about;

  [[nodiscard]] bool fits(const std::optional<double>& value) const {
    if (!value) return kNullable;
    return *value <= high && (low_end == Low::Included ? *value >= low : *value > low);  // not NaN
  }
  [[nodiscard]] std::string expected() const {
    const std::string range = low_end == Low::Included
                                  ? " from " + plainNumber(low) + " to " + plainNumber(high)
                                  : " above " + plainNumber(low) + ", at most " + plainNumber(high);
    return "a number" + range + (kNullable ? ", or null" : "");
  }
  [[nodiscard]] std::optional<V> convert(const JsonNode& node) const {
    if (kNullable && node.kind == JsonNode::Kind::Null) return V{};
    if (node.kind != JsonNode::Kind::Whole && node.kind != JsonNode::Kind::Real)
      return std::nullopt;
    return V{node.real};
  }
  [[nodiscard]] std::string written(const std::optional<double>& value) const {
    if (!value) return "null";
    return std::isfinite(*value) ? jsonNumber(*value) : plainNumber(*value);  // nan: in messages
  }
};

template <class S>
struct Flag {
  static constexpr bool kText = false;
  std::string_view name;
  bool S::*field = nullptr;
  std::string_view about;

  [[nodiscard]] bool fits(bool /*value*/) const { return true; }
  [[nodiscard]] std::string expected() const { return "true or false"; }
  [[nodiscard]] std::optional<bool> convert(const JsonNode& node) const {
    if (node.kind != JsonNode::Kind::Bool) return std::nullopt;
    return node.truth;
  }
  [[nodiscard]] std::string written(bool value) const { return value ? "true" : "false"; }
};

enum class Lines { One, Several };

template <class S>
struct Text {
  static constexpr bool kText = true;
  std::string_view name;
  std::string S::*field = nullptr;
  std::size_t low = 0, high = 0;  // bytes
  Lines lines = Lines::One;
  std::string_view about;

  [[nodiscard]] bool fits(const std::string& value) const {
    for (const char c : value) {
      const bool layout = lines == Lines::Several && (c == '\n' || c == '\t');
      if (static_cast<unsigned char>(c) < ' ' && !layout) return false;
    }
    return low <= value.size() && value.size() <= high && !firstBadByte(value);
  }
  [[nodiscard]] std::string expected() const {
    return (lines == Lines::One ? "one line of text, " : "text, ") + grouped(asWhole(low)) +
           " to " + grouped(asWhole(high)) + " bytes long";
  }
  [[nodiscard]] std::optional<std::string> convert(const JsonNode& node) const {
    if (node.kind != JsonNode::Kind::Text) return std::nullopt;
    return node.text;
  }
  [[nodiscard]] std::string written(const std::string& value) const { return jsonString(value); }

 private:
  static std::int64_t asWhole(std::size_t size) { return static_cast<std::int64_t>(size); }
};

template <class S, class E>
struct Choice {
  static constexpr bool kText = true;
  std::string_view name;
  E S::*field = nullptr;
  std::string_view about;

  [[nodiscard]] bool fits(E value) const { return spell(value) != "?"; }
  [[nodiscard]] std::string expected() const {
    std::vector<std::string> words;
    words.reserve(spellings<E>().size());
    for (const auto& entry : spellings<E>()) words.push_back(jsonString(entry.text));
    return listed(words, "or");
  }
  [[nodiscard]] std::optional<E> convert(const JsonNode& node) const {
    for (const auto& entry : spellings<E>()) {
      if (node.kind == JsonNode::Kind::Text && node.text == entry.text) return entry.value;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::string written(E value) const { return jsonString(spell(value)); }
};

// Clang up to 16 does not deduce the arguments of an aggregate by itself.
using Name = std::string_view;
template <class S>
Whole(Name, std::int64_t S::*, std::int64_t, std::int64_t, Name) -> Whole<S>;
template <class S, class V>
Real(Name, V S::*, double, double, Low, Name) -> Real<S, V>;
template <class S>
Flag(Name, bool S::*, Name) -> Flag<S>;
template <class S>
Text(Name, std::string S::*, std::size_t, std::size_t, Lines, Name) -> Text<S>;
template <class S, class E>
Choice(Name, E S::*, Name) -> Choice<S, E>;

}  // namespace dentate::spec
