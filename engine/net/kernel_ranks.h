// The k-th largest value of a row, for kernel_set.cpp and for it alone.
#pragma once
#include "engine/net/kernel_vectors.h"
#include "engine/net/kernels.h"

namespace dentate::net {
namespace {

// The second largest of all, equal ones counted one by one, from the two largest of every lane.
inline float second(Vec first, Vec next) {
  const auto fold = [&](Vec other, Vec other_next) {
    const Vec less = other < first ? other : first;
    first = other > first ? other : first;
    next = other_next > next ? other_next : next;
    next = less > next ? less : next;
  };
  if constexpr (kLanes > 8) fold(turned<8>(first), turned<8>(next));
  if constexpr (kLanes > 4) fold(turned<4>(first), turned<4>(next));
  fold(turned<2>(first), turned<2>(next));
  fold(turned<1>(first), turned<1>(next));
  return next[0];
}

// The rank-th largest of `units` values, equal ones counted one by one: a pass for each distinct
// value from the largest on.
inline float rankedByPasses(const float* values, std::int64_t units, std::int64_t rank) {
  float found = -kLowest;
  for (std::int64_t left = rank; left > 0;) {
    const Vec limit = all(found);
    Vec most = all(kLowest);
    for (std::int64_t c = 0; c < units; c += kLanes) {
      const Vec v = firstOf(load(values + c), units - c, all(kLowest));
      const Vec in = v < limit ? v : most;
      most = in > most ? in : most;
    }
    found = largest(most);
    std::int64_t count = 0;
    for (std::int64_t c = 0; c < units; c += kLanes)
      count += lanesOf(firstOf(load(values + c), units - c, all(kLowest)) == all(found));
    left -= count > 0 ? count : left;  // none: not numbers
  }
  return found;
}

// A float as a whole number in the same order, and back; it is its own inverse.
inline Ints ordered(Ints bits) { return bits ^ ((bits >> 31) & 0x7fffffff); }

// The rank-th largest of `units` values, equal ones counted one by one: its bits one after the other,
// a pass each, until just `rank` values are left above what is known of them.
inline float rankedByBits(const float* values, std::int64_t units, std::int64_t rank) {
  std::uint32_t found = 0x80000000U;  // the least
  for (std::uint32_t bit = 0x80000000U; bit != 0; bit >>= 1U) {
    const std::uint32_t next = found + bit;
    const Ints limit = Ints{} + static_cast<std::int32_t>(next);
    Vec least = all(-kLowest);
    Ints counted = {};
    for (std::int64_t c = 0; c < units; c += kLanes) {
      const Vec v = load(values + c);
      Ints in = ordered(reinterpret_cast<Ints>(v)) >= limit;
      if (units - c < kLanes) in &= kPlaces < static_cast<std::int32_t>(units - c);
      const Vec left = in ? v : all(-kLowest);
      least = left < least ? left : least;
      counted += in;
    }
    const std::int64_t count = lanesOf(counted);
    if (count >= rank) found = next;
    if (count == rank) return -largest(-least);
  }
  const Ints bits = ordered(Ints{} + static_cast<std::int32_t>(found));
  return reinterpret_cast<Vec>(bits)[0];
}

// Values that are at least `limit`, into `to`, [kMostCandidates + kLanes]; gives how many, or more
// than kMostCandidates where they may not fit.
constexpr std::int64_t kMostCandidates = 128;
inline std::int64_t candidates(const float* values, std::int64_t units, float limit, float* to) {
  std::int64_t count = 0;
  for (std::int64_t c = 0; c < units; c += kLanes) {
    const Vec v = firstOf(load(values + c), units - c, all(kLowest));
    if (lanesOf(v >= all(limit)) == 0) continue;
    if (count > kMostCandidates - kLanes) return kMostCandidates + 1;
    for (std::int64_t i = 0; i < kLanes; ++i) {
      to[count] = v[i];
      count += v[i] >= limit ? 1 : 0;
    }
  }
  return count;
}

// The rank-th largest of `units` values, beyond rank 2. Those that can be it are gathered first: as
// many lanes as the rank have a largest value, in `most`, of at least `enough`.
inline float rankedByGathering(const float* values, std::int64_t units, std::int64_t rank,
                               Vec most) {
  if (rank <= kLanes) {
    alignas(64) float kept[kMostCandidates + kLanes];
    store(kept, most);
    const float enough = rankedByPasses(kept, kLanes, rank);
    const std::int64_t count = candidates(values, units, enough, kept);
    if (rank <= count && count <= kMostCandidates) return rankedByPasses(kept, count, rank);
  }
  return rank <= kLanes ? rankedByPasses(values, units, rank) : rankedByBits(values, units, rank);
}

// The rank-th largest of `units` values of every row; row by row in each step, as rectify does.
template <int R>
inline void ranked(MutableRows rows, std::int64_t units, std::int64_t rank, float (&found)[R]) {
  Vec most[R], next[R];
  for (int r = 0; r < R; ++r) most[r] = next[r] = all(kLowest);
  for (std::int64_t c = 0; c < units; c += kLanes)
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const Vec v = firstOf(load(rows.row(r) + c), units - c, all(kLowest));
      const Vec less = v < most[r] ? v : most[r];
      next[r] = less > next[r] ? less : next[r];
      most[r] = v > most[r] ? v : most[r];
    }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
    found[r] = rank == 1   ? largest(most[r])
               : rank == 2 ? second(most[r], next[r])
                           : rankedByGathering(rows.row(r), units, rank, most[r]);
}

}  // namespace
}  // namespace dentate::net
