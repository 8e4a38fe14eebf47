// Words for messages about experiment files. Internal to engine/spec.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dentate::spec {

// In double quotes, control characters escaped, cut to about 60 characters.
[[nodiscard]] std::string inQuotes(std::string_view text);
// In double quotes, nothing cut: a JSON string. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string jsonString(std::string_view text);
// 20000 -> "20,000".
[[nodiscard]] std::string grouped(std::int64_t value);
// The shortest text that reads back as the same number, always with a point or an exponent; "null"
// for a number that is not finite.
[[nodiscard]] std::string jsonNumber(double value);
// As a person writes it: 10, 0.01.
[[nodiscard]] std::string plainNumber(double value);
// "a", "b" or "c".
[[nodiscard]] std::string listed(const std::vector<std::string>& words, std::string_view last);
// The candidate within a few typing errors of `name`; the first of equals.
[[nodiscard]] std::optional<std::string> nearest(std::string_view name,
                                                 const std::vector<std::string>& candidates);
// Offset of the first byte that is no part of UTF-8 text, or is NUL.
[[nodiscard]] std::optional<std::size_t> firstBadByte(std::string_view text);

}  // namespace dentate::spec
