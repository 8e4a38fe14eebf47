// Chance: a generator of 64-bit numbers whose draws are the same on every standard library.
//
// std::mt19937_64 is fixed by the standard; std::uniform_int_distribution, std::shuffle and
// std::normal_distribution are not, so they are written here. Each purpose has its own generator,
// seeded from (seed, purpose, number): one purpose draws more or less and no other notices.
// Thread  one owner; no sharing.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace dentate::data {

class Random {
 public:
  // `purpose` names what is drawn ("stream"), `number` which one of several (the task).
  Random(std::uint64_t seed, std::string_view purpose, std::uint64_t number = 0);

  // Uniform over 0 ... n - 1, without bias. n >= 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t n);
  // Uniform over [0, 1), a multiple of 2^-53.
  [[nodiscard]] double uniform();
  // Normal with mean 0 and variance 1: Marsaglia's polar method, which keeps each second value for
  // the next call.
  [[nodiscard]] double normal();

  // Fisher-Yates: every order is equally likely.
  template <class T>
  void shuffle(std::span<T> values) {
    for (std::size_t left = values.size(); left > 1; --left)
      std::swap(values[left - 1], values[static_cast<std::size_t>(below(left))]);
  }

  // The complete state as text, and back. `restore` gives none where `text` is no state.
  [[nodiscard]] std::string state() const;
  [[nodiscard]] static std::optional<Random> restore(const std::string& text);

  bool operator==(const Random&) const = default;

 private:
  std::mt19937_64 engine_;
  std::optional<double> spare_;  // second value of the polar method, if one is kept
};

}  // namespace dentate::data
