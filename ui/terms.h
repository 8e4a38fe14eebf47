// The words on screen: what each means, its formula, and where it comes from. Hover cards and F1
// read from here, so that a word means the same everywhere.
#pragma once
#include <span>
#include <string_view>

namespace dentate::ui {

struct Term {
  const char* name;      // as it is written on screen
  const char* sentence;  // what it is
  const char* formula;   // may be empty
  const char* source;    // where the idea comes from
};

// The term of that name; one that says so where there is none (a mistake of ours).
[[nodiscard]] const Term& term(std::string_view name);
[[nodiscard]] const Term* findTerm(std::string_view name);  // null where there is none
[[nodiscard]] std::span<const Term> terms();

}  // namespace dentate::ui
