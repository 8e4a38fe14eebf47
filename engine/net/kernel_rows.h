// The kernels over rows of a layer, for kernel_set.cpp and for it alone: what happens to net inputs
// and to d between two products (kernels.h).
#pragma once
#include "engine/net/kernel_ranks.h"
#include "engine/net/kernel_vectors.h"
#include "engine/net/kernels.h"

namespace dentate::net {
namespace {

constexpr float kNormFloor = 1e-12F;  // of |a|: a silent layer sends zeros

// Row by row in each step, so that the rows' chains of sums run side by side.
template <int R>
void rectifyRows(const Rectify& a) {
  const std::int64_t columns = padded(a.units);
  Vec less[R] = {}, squares[R] = {}, scale[R];
  if (a.rank > 0) {
    float inhibiting[R];
    if (!a.given) ranked(a.rows, a.units, a.rank, inhibiting);
    for (int r = 0; r < R; ++r) {
      if (!a.given) a.results[r].inhibiting = inhibiting[r];
      less[r] = all(a.m * a.results[r].inhibiting);
    }
  }
  for (std::int64_t c = 0; c < columns; c += kLanes) {
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      float* const at = a.rows.row(r) + c;
      Vec v = load(at) - less[r];
      v = v < 0 ? Vec{} : v;  // what is not a number stays so, and ends in the loss
      if (a.keep != nullptr) v *= load(a.keep + c);
      if (a.units - c < kLanes) v = firstOf(v, a.units - c, Vec{});  // a negative m I lifts them
      store(at, v);
      squares[r] += v * v;
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
    const float size = __builtin_sqrtf(sum(squares[r]));
    a.results[r].norm = size > kNormFloor ? size : kNormFloor;
    scale[r] = all(1 / a.results[r].norm);
  }
  for (std::int64_t c = 0; c < columns; c += kLanes)
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      float* const at = a.rows.row(r) + c;
      store(at, load(at) * scale[r]);
    }
}

void rectify(const Rectify& a) { a.count == kBlock ? rectifyRows<kBlock>(a) : rectifyRows<1>(a); }

template <int R>
void unrectifyRows(const Unrectify& a) {
  Vec along[R] = {}, share[R], scale[R], total[R] = {}, squares[R] = {};
  for (std::int64_t c = 0; c < a.columns; c += kLanes)
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const Vec h = load(a.sent.row(r) + c);
      along[r] += h > 0 ? h * load(a.delta.row(r) + c) : Vec{};
    }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
    share[r] = all(sum(along[r]));
    scale[r] = all(1 / a.rectified[r].norm);
  }
  for (std::int64_t c = 0; c < a.columns; c += kLanes)
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const Vec h = load(a.sent.row(r) + c);
      float* const at = a.delta.row(r) + c;
      const Vec d = h > 0 ? (load(at) - h * share[r]) * scale[r] : Vec{};
      store(at, d);
      total[r] += d;
      squares[r] += d * d;
    }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) a.results[r] = {sum(total[r]), __builtin_sqrtf(sum(squares[r]))};
}

void unrectify(const Unrectify& a) {
  a.count == kBlock ? unrectifyRows<kBlock>(a) : unrectifyRows<1>(a);
}

template <int R>
void lossRows(const LossRows& a) {
  const std::int64_t columns = padded(a.units);
  Vec most[R], total[R] = {}, squares[R] = {}, share[R];
  float answer[R];
  for (int r = 0; r < R; ++r) most[r] = all(kLowest);
  for (std::int64_t c = 0; c < columns; c += kLanes)
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const Vec v = firstOf(load(a.rows.row(r) + c), a.units - c, all(kLowest));
      most[r] = v > most[r] ? v : most[r];
    }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
    const float top = largest(most[r]);
    answer[r] = a.rows.row(r)[a.labels[r]] - top;
    most[r] = all(top);
  }
  for (std::int64_t c = 0; c < columns; c += kLanes)
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      float* const at = a.rows.row(r) + c;
      const Vec e = firstOf(exponential(load(at) - most[r]), a.units - c, Vec{});
      store(at, e);
      total[r] += e;
    }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
    const float whole = sum(total[r]);
    share[r] = all(a.scales[r] / whole);
    a.results[r].total = __builtin_logf(whole) - answer[r];
  }
  for (std::int64_t c = 0; c < columns; c += kLanes)
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      float* const at = a.rows.row(r) + c;
      const Vec p = load(at) * share[r];
      store(at, p);
      squares[r] += p * p;
    }
  for (int r = 0; r < R; ++r) {
    // (p - 1)^2 = p^2 - 2 p + 1 where the label is.
    float& at = a.rows.row(r)[a.labels[r]];
    const float size = sum(squares[r]) - 2 * a.scales[r] * at + a.scales[r] * a.scales[r];
    at -= a.scales[r];
    a.results[r].size = __builtin_sqrtf(size > 0 ? size : 0);
  }
}

void lossDelta(const LossRows& a) { a.count == kBlock ? lossRows<kBlock>(a) : lossRows<1>(a); }

// Calls each(x, column) with the kept values, a vector at a time, zeros behind the last.
template <class Each>
inline void forInput(const Input& a, const Each& each) {
  const auto keep = [&a](Vec x, std::int64_t c) {
    return a.keep != nullptr ? x * load(a.keep + c) : x;
  };
  std::int64_t c = 0;
  for (; c + kLanes <= a.units; c += kLanes) each(keep(loadAny(a.from + c), c), c);
  if (c == a.units) return;
  Vec rest = {};
  for (std::int64_t i = 0; c + i < a.units; ++i) rest[i] = a.from[c + i];
  each(keep(rest, c), c);
}

void takeInput(const Input& a) {
  Vec squares[2] = {}, scale = all(1);
  if (a.normalise) {
    forInput(a, [&](Vec x, std::int64_t c) { squares[c / kLanes % 2] += x * x; });
    const float size = __builtin_sqrtf(sum(squares[0] + squares[1]));
    scale = all(1 / (size > kNormFloor ? size : kNormFloor));
  }
  forInput(a, [&](Vec x, std::int64_t c) { store(a.to + c, x * scale); });
  for (std::int64_t c = (a.units + kLanes - 1) / kLanes * kLanes; c < padded(a.units); c += kLanes)
    store(a.to + c, Vec{});
}

}  // namespace
}  // namespace dentate::net
