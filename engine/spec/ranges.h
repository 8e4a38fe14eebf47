// Whether the values of a struct that no file was read into are allowed. Internal to engine/spec.
#pragma once
#include <optional>
#include <string>

#include "engine/spec/keys.h"

namespace dentate::spec {

// The first value below S that its key does not allow; for structs that no file was read into.
template <class S>
[[nodiscard]] std::optional<JsonProblem> misfit(const S& spec, const std::string& path) {
  std::optional<JsonProblem> found;
  eachKey<S>([&](const auto& key) {
    using K = std::decay_t<decltype(key)>;
    if (found) return;
    const auto& value = spec.*key.field;
    const std::string here = below(path, key.name);
    if constexpr (kIsGroup<K>) {
      found = misfit(value, here);
    } else if constexpr (kIsList<K>) {
      if (value.size() > key.high)
        found = JsonProblem{0, here, "expected at most " + std::to_string(key.high) + " entries"};
      for (std::size_t i = 0; i < value.size() && !found; ++i)
        found = misfit(value[i], below(here, i));
    } else if constexpr (kIsValues<K>) {
      if (value.size() > key.high) found = JsonProblem{0, here, key.tooMany()};
      for (std::size_t i = 0; i < value.size() && !found; ++i) {
        if (auto wrong = key.misfit(value, i))
          found = JsonProblem{0, below(here, i), *std::move(wrong)};
      }
    } else if (!key.fits(value)) {
      std::string got;
      if constexpr (std::is_same_v<decltype(value), const std::string&>) {
        got = inQuotes(value);
      } else {
        got = key.written(value);
      }
      found = JsonProblem{0, here, "expected " + key.expected() + ", got " + got};
    }
  });
  return found;
}

}  // namespace dentate::spec
