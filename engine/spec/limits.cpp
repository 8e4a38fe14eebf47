#include "engine/spec/limits.h"

#include <type_traits>

#include "engine/spec/keys.h"

namespace dentate::spec {
namespace {

template <class S>
std::string limitsIn(std::string_view key) {
  const auto dot = key.find('.');
  const auto name = key.substr(0, dot);
  std::string out;
  eachKey<S>([&](const auto& one) {
    using K = std::decay_t<decltype(one)>;
    if (one.name != name) return;
    if constexpr (kIsGroup<K>) {
      if (dot != key.npos) out = limitsIn<typename K::Inner>(key.substr(dot + 1));
    } else if constexpr (!kIsList<K> && !kIsValues<K>) {
      if (dot == key.npos) out = one.expected();
    }
  });
  return out;
}

}  // namespace

std::string limitsOf(std::string_view key) { return limitsIn<ExperimentSpec>(key); }

}  // namespace dentate::spec
