// Numbers as the window writes them: three significant digits, thin-space thousands, no leading
// zero before the point (".107"), a true minus sign. Pure functions.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace dentate::ui {

// ".107", "12.3", "1 230", "−.074", "2.50e−5"; "–" where it is not a number.
[[nodiscard]] std::string number(double value);
// The same without trailing zeros, for round values: ".2", "1.5".
[[nodiscard]] std::string tidy(double value);
// At most four decimals, for places without room: ".0017", "−.0081", ".212".
[[nodiscard]] std::string brief(double value);
// Share in [0, 1] as "13.2 %"; at most three digits.
[[nodiscard]] std::string percent(double share);
// Share as whole percent for sentences: "13 %".
[[nodiscard]] std::string wholePercent(double share);
// "1 230".
[[nodiscard]] std::string count(std::int64_t value);
// "about 12 s", "about 4 min", "about 2 h"; empty where not known (negative).
[[nodiscard]] std::string duration(double seconds);
// "1 meta-step", "147 meta-steps".
[[nodiscard]] std::string plural(std::int64_t value, const char* singular, const char* plural_form);
// Cut out of the middle to `most` signs, an ellipsis among them: "large path…task 4".
[[nodiscard]] std::string elided(const std::string& text, std::size_t most);
// From the first word that none of the others has there too, after an ellipsis: of "without h1" and
// "without h2" the "…h1". The text itself where it shares no beginning.
[[nodiscard]] std::string tellingPart(const std::string& text,
                                      const std::vector<std::string>& others);
// Digits as an edit field takes them: shortest text that reads back as the same value.
[[nodiscard]] std::string editable(double value);

}  // namespace dentate::ui
