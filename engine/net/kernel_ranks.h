// The k-th largest value of a row, for kernel_set.cpp and for it alone.
#pragma once
#include "engine/net/kernel_vectors.h"

namespace dentate::net {
namespace {

// The second largest of all, from the two largest of every lane.
inline float second(Vec first, Vec next) {
  const Vec top = all(largest(first));
  // Where several lanes hold the top, it is its own second.
  return lanesOf(first == top) > 1 ? top[0] : largest(first == top ? next : first);
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

// The rank-th largest of `units` values. Beyond rank 2, those that can be it are gathered first: as
// many lanes as the rank have a largest value of at least `enough`.
inline float ranked(const float* values, std::int64_t units, std::int64_t rank) {
  Vec most = all(kLowest), next = most;
  for (std::int64_t c = 0; c < units; c += kLanes) {
    const Vec v = firstOf(load(values + c), units - c, all(kLowest));
    const Vec less = v < most ? v : most;
    next = less > next ? less : next;
    most = v > most ? v : most;
  }
  if (rank == 1) return largest(most);
  if (rank == 2) return second(most, next);
  if (rank <= kLanes) {
    alignas(64) float kept[kMostCandidates + kLanes];
    store(kept, most);
    const float enough = rankedByPasses(kept, kLanes, rank);
    const std::int64_t count = candidates(values, units, enough, kept);
    if (rank <= count && count <= kMostCandidates) return rankedByPasses(kept, count, rank);
  }
  return rankedByPasses(values, units, rank);
}

}  // namespace
}  // namespace dentate::net
