// Vectors of floats for kernel_set.cpp, and for it alone: as wide as the instruction set that the
// file is compiled for, by the compiler's own vector types.
#pragma once
#include <cstdint>

namespace dentate::net {
namespace {

#if defined(__AVX512F__)
#define DENTATE_LANES 16
#elif defined(__AVX2__)
#define DENTATE_LANES 8
#else
#define DENTATE_LANES 4
#endif

constexpr std::int64_t kLanes = DENTATE_LANES;
using Vec __attribute__((vector_size(4 * DENTATE_LANES), may_alias)) = float;
using Ints __attribute__((vector_size(4 * DENTATE_LANES), may_alias)) = std::int32_t;
using Words __attribute__((vector_size(4 * DENTATE_LANES), may_alias)) = std::uint32_t;

constexpr float kLowest = -__builtin_huge_valf();

inline Vec load(const float* from) { return *reinterpret_cast<const Vec*>(from); }
inline Vec loadAny(const float* from) {  // from any address
  Vec value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}
inline void store(float* to, Vec value) { *reinterpret_cast<Vec*>(to) = value; }
#if DENTATE_LANES == 16
constexpr Ints kPlaces = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
#elif DENTATE_LANES == 8
constexpr Ints kPlaces = {0, 1, 2, 3, 4, 5, 6, 7};
#else
constexpr Ints kPlaces = {0, 1, 2, 3};
#endif

inline Vec all(float value) { return value - Vec{}; }

// The lanes of v in the order of `from`, each in [0, kLanes).
template <class Lanes>
inline Lanes shuffled(Lanes v, Ints from) {
#ifdef __clang__
  Lanes out;
  for (int i = 0; i < kLanes; ++i) out[i] = v[from[i]];
  return out;
#else
  return __builtin_shuffle(v, from);
#endif
}
// The same of two vectors, the lanes of b after those of a.
template <class Lanes>
inline Lanes shuffled(Lanes a, Lanes b, Ints from) {
#ifdef __clang__
  Lanes out;
  for (int i = 0; i < kLanes; ++i)
    out[i] = from[i] < kLanes ? a[from[i]] : b[from[i] - static_cast<int>(kLanes)];
  return out;
#else
  return __builtin_shuffle(a, b, from);
#endif
}

// How many lanes hold: each is 0 or -1.
inline std::int64_t lanesOf(Ints holds) {
  Ints sum = -holds;
  if constexpr (kLanes > 8) sum += shuffled(sum, (kPlaces + 8) % static_cast<int>(kLanes));
  if constexpr (kLanes > 4) sum += shuffled(sum, (kPlaces + 4) % static_cast<int>(kLanes));
  sum += shuffled(sum, (kPlaces + 2) % static_cast<int>(kLanes));
  sum += shuffled(sum, (kPlaces + 1) % static_cast<int>(kLanes));
  return sum[0];
}

// v with `fill` in the lanes from `count` on.
inline Vec firstOf(Vec v, std::int64_t count, Vec fill) {
  if (count >= kLanes) return v;
  return kPlaces < static_cast<std::int32_t>(count) ? v : fill;
}

// The lanes of v, each with the one By further on folded in.
template <int By>
inline Vec turned(Vec v) {
  Ints from;
#pragma GCC unroll 16
  for (int i = 0; i < kLanes; ++i) from[i] = (i + By) % static_cast<int>(kLanes);
  return shuffled(v, from);
}
inline float sum(Vec v) {
  if constexpr (kLanes > 8) v += turned<8>(v);
  if constexpr (kLanes > 4) v += turned<4>(v);
  v += turned<2>(v);
  v += turned<1>(v);
  return v[0];
}
inline float largest(Vec v) {
  const auto fold = [&v](Vec other) { v = other > v ? other : v; };
  if constexpr (kLanes > 8) fold(turned<8>(v));
  if constexpr (kLanes > 4) fold(turned<4>(v));
  fold(turned<2>(v));
  fold(turned<1>(v));
  return v[0];
}

// The four sums over the lanes of a, b, c, d, as the first lanes of one vector.
#if DENTATE_LANES == 16
#define DENTATE_LOW 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29
#define DENTATE_HIGH 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31
#define DENTATE_EVEN 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29
#define DENTATE_ODD 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31
#elif DENTATE_LANES == 8
#define DENTATE_LOW 0, 8, 1, 9, 4, 12, 5, 13
#define DENTATE_HIGH 2, 10, 3, 11, 6, 14, 7, 15
#define DENTATE_EVEN 0, 1, 8, 9, 4, 5, 12, 13
#define DENTATE_ODD 2, 3, 10, 11, 6, 7, 14, 15
#else
#define DENTATE_LOW 0, 4, 1, 5
#define DENTATE_HIGH 2, 6, 3, 7
#define DENTATE_EVEN 0, 1, 4, 5
#define DENTATE_ODD 2, 3, 6, 7
#endif
using Four __attribute__((vector_size(16), may_alias)) = float;
inline Four sumsOfFour(Vec a, Vec b, Vec c, Vec d) {
  const Vec ab =
      __builtin_shufflevector(a, b, DENTATE_LOW) + __builtin_shufflevector(a, b, DENTATE_HIGH);
  const Vec cd =
      __builtin_shufflevector(c, d, DENTATE_LOW) + __builtin_shufflevector(c, d, DENTATE_HIGH);
  const Vec abcd =
      __builtin_shufflevector(ab, cd, DENTATE_EVEN) + __builtin_shufflevector(ab, cd, DENTATE_ODD);
#if DENTATE_LANES == 16
  const auto half = __builtin_shufflevector(abcd, abcd, 0, 1, 2, 3, 4, 5, 6, 7) +
                    __builtin_shufflevector(abcd, abcd, 8, 9, 10, 11, 12, 13, 14, 15);
  return __builtin_shufflevector(half, half, 0, 1, 2, 3) +
         __builtin_shufflevector(half, half, 4, 5, 6, 7);
#elif DENTATE_LANES == 8
  return __builtin_shufflevector(abcd, abcd, 0, 1, 2, 3) +
         __builtin_shufflevector(abcd, abcd, 4, 5, 6, 7);
#else
  return abcd;
#endif
}

// e^x for x <= 0, to 2e-7 relative: 2^n times a polynomial over [-ln 2 / 2, ln 2 / 2].
inline Vec exponential(Vec x) {
  constexpr float kLog2E = 1.44269504F, kLn2High = 0.693359375F, kLn2Low = -2.12194440e-4F;
  x = x < -87.0F ? all(-87.0F) : x;                                 // what is not a number stays so
  const Ints n = __builtin_convertvector(x * kLog2E - 0.5F, Ints);  // towards zero: rounds
  const Vec whole = __builtin_convertvector(n, Vec);
  const Vec r = (x - whole * kLn2High) - whole * kLn2Low;
  Vec p = all(1.0F / 5040);
  for (const float c : {1.0F / 720, 1.0F / 120, 1.0F / 24, 1.0F / 6, 0.5F, 1.0F, 1.0F})
    p = p * r + c;
  const Ints power = (n + 127) << 23;
  Vec scale;
  __builtin_memcpy(&scale, &power, sizeof scale);
  return p * scale;
}

}  // namespace
}  // namespace dentate::net
