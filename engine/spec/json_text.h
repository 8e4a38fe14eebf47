// A JSON text as a tree that remembers its lines. Internal to engine/spec.
//
// Refused: a key given twice, anything that is no UTF-8 or holds NUL, numbers beyond double, more
// than 64 levels, 16 MB or 200,000 values. Comments (// and /* */) are read over.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dentate::spec {

inline constexpr std::size_t kLargestText = std::size_t{16} << 20U;  // bytes

struct JsonNode {
  enum class Kind { Null, Bool, Whole, Real, Text, List, Object };
  Kind kind = Kind::Null;
  std::string key;         // within an object; empty elsewhere
  int key_line = 0;        // from 1; 0 elsewhere
  int line = 0;            // of the value's first character, from 1; 0 for a value of no file
  bool truth = false;      // Bool
  std::int64_t whole = 0;  // Whole
  double real = 0;         // Real, and Whole rounded
  std::string text;        // Text; Whole and Real as they were written
  std::vector<JsonNode> children;  // List and Object, in the order of the text
};

struct JsonProblem {
  int line = 0;
  std::string path;  // key path where it is known: "rule.alpha0", "network.paths[3]"
  std::string what;
};

[[nodiscard]] std::variant<JsonNode, JsonProblem> parseJson(std::string_view text);

// Line of the value at a key path, or of the deepest part of the path that the text holds.
[[nodiscard]] int lineOf(const JsonNode& root, std::string_view path);

// As a message shows it: "abc", 5.0, true, a list.
[[nodiscard]] std::string shown(const JsonNode& node);

// "rule" + "alpha0" -> "rule.alpha0"; "network.paths" + 3 -> "network.paths[3]".
[[nodiscard]] std::string below(std::string_view path, std::string_view key);
[[nodiscard]] std::string below(std::string_view path, std::size_t index);

}  // namespace dentate::spec
