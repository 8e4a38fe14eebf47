// The kinds of keys that hold others. Internal to engine/spec.
//
// Values is a list of plain values, Group an object, List a list of objects.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/spec/key_types.h"

namespace dentate::spec {

// A list of plain values, each as the leaf `each` has it; none stands there twice.
template <class S, class V, class Leaf>
struct Values {
  std::string_view name;
  std::vector<V> S::*field = nullptr;
  std::size_t high = 0;  // entries, at most
  Leaf each;             // its own name and field are not read
  std::string_view about;

  [[nodiscard]] std::string tooMany() const {
    return "expected at most " + grouped(static_cast<std::int64_t>(high)) + " values";
  }
  // What is wrong with the value at `index`, beside those before it; none where it fits.
  [[nodiscard]] std::optional<std::string> misfit(const std::vector<V>& values,
                                                  std::size_t index) const {
    if (!each.fits(values[index]))
      return "expected " + each.expected() + ", got " + each.written(values[index]);
    for (std::size_t i = 0; i < index; ++i) {
      if (values[i] == values[index])
        return "expected each value once, got " + each.written(values[index]) + " again";
    }
    return std::nullopt;
  }
  [[nodiscard]] std::string written(const std::vector<V>& values) const {
    std::string out = "[";
    for (const auto& value : values) out += (out.size() > 1 ? ", " : "") + each.written(value);
    return out + "]";
  }
};

template <class S, class T>
struct Group {
  using Inner = T;
  std::string_view name;
  T S::*field = nullptr;
  std::string_view about;
};

template <class S, class T>
struct List {
  using Inner = T;
  std::string_view name;
  std::vector<T> S::*field = nullptr;
  std::size_t high = 0;  // entries, at most
  std::string_view about;
};

template <class S, class V, class Leaf>
Values(Name, std::vector<V> S::*, std::size_t, Leaf, Name) -> Values<S, V, Leaf>;
template <class S, class T>
Group(Name, T S::*, Name) -> Group<S, T>;
template <class S, class T>
List(Name, std::vector<T> S::*, std::size_t, Name) -> List<S, T>;

template <class K>
inline constexpr bool kIsValues = false;
template <class S, class V, class Leaf>
inline constexpr bool kIsValues<Values<S, V, Leaf>> = true;
template <class K>
inline constexpr bool kIsGroup = false;
template <class S, class T>
inline constexpr bool kIsGroup<Group<S, T>> = true;
template <class K>
inline constexpr bool kIsList = false;
template <class S, class T>
inline constexpr bool kIsList<List<S, T>> = true;

}  // namespace dentate::spec
