#include "engine/data/random.h"

#include <bit>
#include <cmath>
#include <locale>
#include <sstream>

#include "engine/spec/check.h"

namespace dentate::data {
namespace {

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): near seeds become far ones.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

std::uint64_t seedOf(std::uint64_t seed, std::string_view purpose, std::uint64_t number) {
  std::uint64_t key = mix(seed);
  for (const char letter : purpose) key = mix(key ^ static_cast<unsigned char>(letter));
  return mix(mix(key ^ purpose.size()) ^ number);
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view purpose, std::uint64_t number)
    : engine_(seedOf(seed, purpose, number)) {}

std::uint64_t Random::below(std::uint64_t n) {
  DENTATE_CHECK(n >= 1);
  while (true) {
    const std::uint64_t drawn = engine_();
    const std::uint64_t rest = drawn % n;
    // The last block of n values may be cut short by the end of the 64-bit range: draw again there.
    if (drawn - rest <= std::uint64_t{0} - n) return rest;
  }
}

double Random::uniform() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }

double Random::normal() {
  if (spare_) {
    const double kept = *spare_;
    spare_.reset();
    return kept;
  }
  while (true) {
    const double u = 2 * uniform() - 1;
    const double v = 2 * uniform() - 1;
    const double s = u * u + v * v;
    if (s >= 1 || s == 0) continue;
    const double scale = std::sqrt(-2 * std::log(s) / s);
    spare_ = v * scale;
    return u * scale;
  }
}

std::string Random::state() const {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << engine_ << ' ' << (spare_ ? 1 : 0) << ' '
       << std::bit_cast<std::uint64_t>(spare_.value_or(0.0));
  return text.str();
}

std::optional<Random> Random::restore(const std::string& text) {
  Random restored(0, "");
  std::istringstream in(text);
  in.imbue(std::locale::classic());
  int has_spare = 0;
  std::uint64_t bits = 0;
  if (!(in >> restored.engine_ >> has_spare >> bits) || has_spare < 0 || has_spare > 1)
    return std::nullopt;
  if (in >> std::ws; !in.eof()) return std::nullopt;
  if (has_spare == 1) restored.spare_ = std::bit_cast<double>(bits);
  return restored;
}

}  // namespace dentate::data
