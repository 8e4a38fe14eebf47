// One set of kernels. Compiled once for each instruction set, with DENTATE_KERNEL_SET as the name
// of what it defines; everything else is local to the file, and no inline function of a library is
// called, since the linker could take this file's copy of it for the whole program.
#include <cstdint>
#include <utility>

#include "engine/net/kernels.h"

namespace dentate::net {
namespace {

// Widths of the tiles in vectors: as many sums as the processor has registers for.
#if defined(__AVX512F__)
#define DENTATE_LANES 16
constexpr int kBlockTile = 5, kRowTile = 8, kSumTile = 13, kProjectRows = 5;
#elif defined(__AVX2__)
#define DENTATE_LANES 8
constexpr int kBlockTile = 2, kRowTile = 8, kSumTile = 12, kProjectRows = 2;
#else
#define DENTATE_LANES 4
constexpr int kBlockTile = 2, kRowTile = 8, kSumTile = 12, kProjectRows = 2;
#endif

constexpr std::int64_t kLanes = DENTATE_LANES;
using Vec __attribute__((vector_size(4 * DENTATE_LANES), may_alias)) = float;
using Ints __attribute__((vector_size(4 * DENTATE_LANES), may_alias)) = std::int32_t;

constexpr float kNormFloor = 1e-12F;  // of |a|: a silent layer sends zeros
constexpr float kLowest = -__builtin_huge_valf();

inline Vec load(const float* from) { return *reinterpret_cast<const Vec*>(from); }
inline void store(float* to, Vec value) { *reinterpret_cast<Vec*>(to) = value; }
inline Vec all(float value) { return value - Vec{}; }

// The lanes of v, each with the one By further on folded in.
template <int By>
inline Vec turned(Vec v) {
  Ints from;
#pragma GCC unroll 16
  for (int i = 0; i < kLanes; ++i) from[i] = (i + By) % static_cast<int>(kLanes);
  return __builtin_shuffle(v, from);
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

// Calls run.operator()<C>(column) over all columns in tiles of nearly one width, C <= Most vectors.
template <int Most, class Run>
inline void inTiles(std::int64_t columns, const Run& run) {
  const std::int64_t vectors = columns / kLanes;
  const std::int64_t tiles = (vectors + Most - 1) / Most;
  std::int64_t done = 0;
  for (std::int64_t left = tiles; left > 0; --left) {
    const std::int64_t width = (vectors - done + left - 1) / left;
    [&]<int... C>(std::integer_sequence<int, C...>) {
      ((width == C + 1 ? run.template operator()<C + 1>(done * kLanes) : void()), ...);
    }
    (std::make_integer_sequence<int, Most>{});
    done += width;
  }
}

// R rows, C vectors of columns.
template <int R, int C>
inline void combineTile(const Combine& a, std::int64_t column) {
  Vec sums[R][C] = {};
  const float* const matrix = a.matrix.first + column;
  const float* by[R];
  for (int r = 0; r < R; ++r) by[r] = a.coefficients.row(r);
  for (std::int64_t n = 0; n < a.list.count; ++n) {
    const std::int64_t i = a.list.at != nullptr ? a.list.at[n] : n;
    const float* const from = matrix + i * a.matrix.stride;
    Vec of[C];
#pragma GCC unroll 16
    for (int c = 0; c < C; ++c) of[c] = load(from + c * kLanes);
#pragma GCC unroll 16
    for (int r = 0; r < R; ++r) {
      const Vec factor = all(by[r][i]);
#pragma GCC unroll 16
      for (int c = 0; c < C; ++c) sums[r][c] += factor * of[c];
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; ++r) {
    float* const to = a.to.row(r) + column;
#pragma GCC unroll 16
    for (int c = 0; c < C; ++c)
      store(to + c * kLanes, a.add ? load(to + c * kLanes) + sums[r][c] : sums[r][c]);
  }
}

void combine(const Combine& a) {
  if (a.rows == kBlock) {
    inTiles<kBlockTile>(a.columns,
                        [&]<int C>(std::int64_t column) { combineTile<kBlock, C>(a, column); });
  } else {
    inTiles<kRowTile>(a.columns, [&]<int C>(std::int64_t column) { combineTile<1, C>(a, column); });
  }
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

// R rows from `row` on against M matrix rows, the n-th of the list and those after it.
template <int R, int M>
inline void projectTile(const Project& a, std::int64_t row, std::int64_t n) {
  Vec sums[R][4] = {};
  const float* left[R];
  const float* right[M];
  std::int64_t at[M];
  for (int r = 0; r < R; ++r) left[r] = a.left.row(row + r);
  for (int m = 0; m < M; ++m) {
    at[m] = a.list.at != nullptr ? a.list.at[n + m] : n + m;
    right[m] = a.matrix.row(at[m]);
  }
  for (std::int64_t c = 0; c < a.columns; c += kLanes) {
    Vec of[M];
#pragma GCC unroll 8
    for (int m = 0; m < M; ++m) of[m] = load(right[m] + c);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const Vec by = load(left[r] + c);
#pragma GCC unroll 8
      for (int m = 0; m < M; ++m) sums[r][m] += by * of[m];
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
    const Four totals = sumsOfFour(sums[r][0], sums[r][1], sums[r][2], sums[r][3]);
    float* const to = a.to.row(row + r);
#pragma GCC unroll 8
    for (int m = 0; m < M; ++m) to[at[m]] = a.add ? to[at[m]] + totals[m] : totals[m];
  }
}

template <int R>
inline void projectRows(const Project& a, std::int64_t row) {
  std::int64_t n = 0;
  for (; n + 4 <= a.list.count; n += 4) projectTile<R, 4>(a, row, n);
  for (; n < a.list.count; ++n) projectTile<R, 1>(a, row, n);
}

void project(const Project& a) {
  std::int64_t row = 0;
  for (; row + kProjectRows <= a.rows; row += kProjectRows) projectRows<kProjectRows>(a, row);
  for (; row < a.rows; ++row) projectRows<1>(a, row);
}

// One source, C vectors of columns: its sum over the rows of the blocks in its mask.
template <int C>
inline Vec outerSumTile(const OuterSum& a, std::int64_t source, std::int64_t column) {
  Vec sums[C] = {};
  for (std::int64_t w = 0; w < a.words; ++w) {
    for (std::uint64_t left = a.mask[source * a.words + w]; left != 0; left &= left - 1) {
      const std::int64_t row = (64 * w + __builtin_ctzll(left)) * kBlock;
      const float* sent = a.sent.row(row) + source;
      const float* delta = a.delta.row(row) + column;
#pragma GCC unroll 8
      for (std::int64_t r = 0; r < kBlock; ++r) {
        const Vec factor = all(*sent);
#pragma GCC unroll 16
        for (int c = 0; c < C; ++c) sums[c] += factor * load(delta + c * kLanes);
        sent += a.sent.stride;
        delta += a.delta.stride;
      }
    }
  }
  Vec squares = {};
  float* const to = a.to.row(source) + column;
#pragma GCC unroll 16
  for (int c = 0; c < C; ++c) {
    squares += sums[c] * sums[c];
    const Vec scaled = a.scale * sums[c];
    store(to + c * kLanes, a.add ? load(to + c * kLanes) + scaled : scaled);
  }
  return squares;
}

bool named(const OuterSum& a, std::int64_t source) {
  std::uint64_t any = 0;
  for (std::int64_t w = 0; w < a.words; ++w) any |= a.mask[source * a.words + w];
  return any != 0;
}

double outerSum(const OuterSum& a) {
  double total = 0;
  inTiles<kSumTile>(a.columns, [&]<int C>(std::int64_t column) {
    for (std::int64_t s = 0; s < a.sources; ++s)
      if (named(a, s)) total += static_cast<double>(sum(outerSumTile<C>(a, s, column)));
  });
  return total;
}

void subtract(const OuterSum& shape, const float* from, float factor) {
  for (std::int64_t s = 0; s < shape.sources; ++s) {
    if (!named(shape, s)) continue;
    float* const to = shape.to.row(s);
    const float* const of = from + s * shape.columns;
    for (std::int64_t c = 0; c < shape.columns; c += kLanes)
      store(to + c, load(to + c) - factor * load(of + c));
  }
}

// The rank-th largest of `columns` values, equal ones counted one by one; what stands behind the
// last unit is the lowest value there is. Ranks are small: one pass for each distinct value.
float ranked(const float* values, std::int64_t columns, std::int64_t rank) {
  float below = -kLowest;
  for (std::int64_t left = rank; left > 0;) {
    Vec most = all(kLowest);
    const Vec limit = all(below);
    for (std::int64_t c = 0; c < columns; c += kLanes) {
      const Vec v = load(values + c);
      const Vec in = v < limit ? v : most;
      most = in > most ? in : most;
    }
    below = largest(most);
    Ints equal = {};
    const Vec found = all(below);
    for (std::int64_t c = 0; c < columns; c += kLanes) equal -= load(values + c) == found;
    std::int64_t count = 0;
    for (std::int64_t i = 0; i < kLanes; ++i) count += equal[i];
    left -= count > 0 ? count : left;  // none: not numbers
  }
  return below;
}

Rectified rectify(const Rectify& a) {
  const std::int64_t columns = padded(a.units);
  float inhibiting = 0;
  if (a.rank > 0) {
    for (std::int64_t u = a.units; u < columns; ++u) a.row[u] = kLowest;
    inhibiting = ranked(a.row, columns, a.rank);
    for (std::int64_t u = a.units; u < columns; ++u) a.row[u] = 0;
  }
  const Vec less = all(a.m * inhibiting);
  Vec squares = {};
  for (std::int64_t c = 0; c < columns; c += kLanes) {
    Vec v = load(a.row + c) - less;
    v = v > 0 ? v : Vec{};
    if (a.keep != nullptr) v *= load(a.keep + c);
    store(a.row + c, v);
    squares += v * v;
  }
  // A negative m I lifts what stands behind the last unit above 0.
  for (std::int64_t u = a.units; u < columns; ++u) {
    squares[u - columns + kLanes] -= a.row[u] * a.row[u];
    a.row[u] = 0;
  }
  const float size = __builtin_sqrtf(sum(squares));
  const float norm = size > kNormFloor ? size : kNormFloor;
  const float scale = 1 / norm;
  for (std::int64_t c = 0; c < columns; c += kLanes) store(a.row + c, load(a.row + c) * scale);
  return {norm, inhibiting};
}

float unrectify(float* delta, const float* h, float norm, std::int64_t columns) {
  Vec along = {};
  for (std::int64_t c = 0; c < columns; c += kLanes) {
    const Vec of = load(h + c);
    along += of > 0 ? of * load(delta + c) : Vec{};
  }
  const Vec share = all(sum(along));
  const Vec scale = all(1 / norm);
  Vec total = {};
  for (std::int64_t c = 0; c < columns; c += kLanes) {
    const Vec of = load(h + c);
    const Vec d = of > 0 ? (load(delta + c) - of * share) * scale : Vec{};
    store(delta + c, d);
    total += d;
  }
  return sum(total);
}

// e^x for x <= 0, to 2e-7 relative: 2^n times a polynomial over [-ln 2 / 2, ln 2 / 2].
inline Vec exponential(Vec x) {
  constexpr float kLog2E = 1.44269504F, kLn2High = 0.693359375F, kLn2Low = -2.12194440e-4F;
  x = x > -87.0F ? x : all(-87.0F);
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

float lossDelta(float* to, std::int64_t units, std::int32_t label, float scale) {
  const std::int64_t columns = padded(units);
  for (std::int64_t u = units; u < columns; ++u) to[u] = kLowest;
  Vec most = all(kLowest);
  for (std::int64_t c = 0; c < columns; c += kLanes) {
    const Vec v = load(to + c);
    most = v > most ? v : most;
  }
  const float top = largest(most);
  const float answer = to[label] - top;
  Vec total = {};
  for (std::int64_t c = 0; c < columns; c += kLanes) {
    const Vec e = exponential(load(to + c) - top);
    store(to + c, e);
    total += e;
  }
  for (std::int64_t u = units; u < columns; ++u) {
    total[u - columns + kLanes] -= to[u];
    to[u] = 0;
  }
  const float whole = sum(total);
  const Vec share = all(scale / whole);
  for (std::int64_t c = 0; c < columns; c += kLanes) store(to + c, load(to + c) * share);
  to[label] -= scale;
  return __builtin_logf(whole) - answer;
}

void normalise(float* x, std::int64_t columns) {
  Vec squares = {};
  for (std::int64_t c = 0; c < columns; c += kLanes) squares += load(x + c) * load(x + c);
  const float size = __builtin_sqrtf(sum(squares));
  const float scale = 1 / (size > kNormFloor ? size : kNormFloor);
  for (std::int64_t c = 0; c < columns; c += kLanes) store(x + c, load(x + c) * scale);
}

std::int64_t listActive(ConstRows of, std::int64_t rows, std::int64_t units, std::int32_t* list) {
  std::int64_t count = 0;
  for (std::int64_t c = 0; c < units; c += kLanes) {
    Ints any = {};
    for (std::int64_t r = 0; r < rows; ++r) any |= load(of.row(r) + c) != 0;
    const std::int64_t end = units - c < kLanes ? units - c : kLanes;
    for (std::int64_t i = 0; i < end; ++i) {
      list[count] = static_cast<std::int32_t>(c + i);
      count -= any[i];
    }
  }
  return count;
}

}  // namespace

#define DENTATE_TEXT_OF(name) #name
#define DENTATE_TEXT(name) DENTATE_TEXT_OF(name)
#define DENTATE_JOIN_OF(a, b) a##b
#define DENTATE_JOIN(a, b) DENTATE_JOIN_OF(a, b)

extern const Kernels DENTATE_JOIN(kernels_, DENTATE_KERNEL_SET);
const Kernels DENTATE_JOIN(kernels_, DENTATE_KERNEL_SET) = {DENTATE_TEXT(DENTATE_KERNEL_SET),
                                                            combine,
                                                            project,
                                                            outerSum,
                                                            subtract,
                                                            rectify,
                                                            unrectify,
                                                            lossDelta,
                                                            normalise,
                                                            listActive};

}  // namespace dentate::net
