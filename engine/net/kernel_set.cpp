// One set of kernels. Compiled once for each instruction set, with DENTATE_KERNEL_SET as the name
// of what it defines; everything else is local to the file, and no inline function of a library is
// called, since the linker could take this file's copy of it for the whole program.
#if defined(__AVX512F__)
#include <immintrin.h>
#endif

#include <cstdint>
#include <utility>

#include "engine/net/kernel_rows.h"
#include "engine/net/kernel_vectors.h"
#include "engine/net/kernels.h"

namespace dentate::net {
namespace {

// Widths of the tiles in vectors: as many sums as the processor has registers for.
#if DENTATE_LANES == 16
constexpr int kBlockTile = 5, kRowTile = 8, kSumTile = 13, kProjectRows = 5;
#else
constexpr int kBlockTile = 2, kRowTile = 8, kSumTile = 12, kProjectRows = 2;
#endif

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

// R rows from `row` on against M matrix rows, the n-th of the list and those after it.
template <int R, int M, bool Add>
inline void projectTile(const Project& a, std::int64_t row, std::int64_t n) {
  Vec sums[R][M < 4 ? 4 : M] = {};
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
    float* const to = a.to.row(row + r);
    const Four totals = sumsOfFour(sums[r][0], sums[r][1], sums[r][2], sums[r][3]);
#pragma GCC unroll 8
    for (int m = 0; m < M; ++m) {
      const float total = m < 4 ? totals[m % 4] : sum(sums[r][m]);
      to[at[m]] = Add ? to[at[m]] + total : total;
    }
  }
}

template <int R, bool Add>
inline void projectRows(const Project& a, std::int64_t row) {
  constexpr int kMost = 25 / R < 5 ? 4 : 5;  // what registers there are for
  std::int64_t n = 0;
  if (kMost == 5 && a.list.count == 5) return projectTile<R, kMost, Add>(a, row, 0);
  for (; n + 4 <= a.list.count; n += 4) projectTile<R, 4, Add>(a, row, n);
  for (; n < a.list.count; ++n) projectTile<R, 1, Add>(a, row, n);
}

template <bool Add>
inline void projectAll(const Project& a) {
  std::int64_t row = 0;
  for (; row + kProjectRows <= a.rows; row += kProjectRows) projectRows<kProjectRows, Add>(a, row);
  for (; row < a.rows; ++row) projectRows<1, Add>(a, row);
}

void project(const Project& a) { a.add ? projectAll<true>(a) : projectAll<false>(a); }

// C vectors of columns of every listed source: its sum over the rows in its mask.
template <int C, bool Add>
inline double outerSumTile(const OuterSum& a, std::int64_t column) {
  Vec squares[4] = {};
  const Vec scale = all(a.scale);
  const float* const deltas = a.delta.first + column;
  for (std::int64_t n = 0; n < a.sources.count; ++n) {
    const std::int64_t source = a.sources.at[n];
    Vec sums[C] = {};
    for (std::int64_t w = 0; w < a.words; ++w) {
      for (std::uint64_t left = a.mask[source * a.words + w]; left != 0; left &= left - 1) {
        const std::int64_t row = 64 * w + __builtin_ctzll(left);
        const Vec factor = all(a.sent.row(row)[source]);
        const float* const delta = deltas + row * a.delta.stride;
#pragma GCC unroll 16
        for (int c = 0; c < C; ++c) sums[c] += factor * load(delta + c * kLanes);
      }
    }
    float* const to = a.to.row(source) + column;
#pragma GCC unroll 16
    for (int c = 0; c < C; ++c) {
      squares[c % 4] += sums[c] * sums[c];
      store(to + c * kLanes, Add ? load(to + c * kLanes) + scale * sums[c] : scale * sums[c]);
    }
  }
  return static_cast<double>(sum((squares[0] + squares[1]) + (squares[2] + squares[3])));
}

// A target of one vector: so many sources side by side, over all rows, that each row is read once.
template <bool Add>
inline double outerSumNarrow(const OuterSum& a) {
  constexpr std::int64_t kSources = 8;
  Vec squares = {};
  for (std::int64_t n = 0; n < a.sources.count; n += kSources) {
    const std::int64_t end = a.sources.count - 1;
    std::int64_t at[kSources];
    Vec sums[kSources] = {};
    for (std::int64_t i = 0; i < kSources; ++i)
      at[i] = a.sources.at[n + i < end ? n + i : end];  // the last again, to no effect
    for (std::int64_t r = 0; r < a.rows; ++r) {
      const float* const sent = a.sent.row(r);
      const Vec delta = load(a.delta.row(r));
#pragma GCC unroll 8
      for (std::int64_t i = 0; i < kSources; ++i) sums[i] += all(sent[at[i]]) * delta;
    }
    for (std::int64_t i = 0; i < kSources && n + i <= end; ++i) {
      float* const to = a.to.row(at[i]);
      squares += sums[i] * sums[i];
      store(to, Add ? load(to) + a.scale * sums[i] : a.scale * sums[i]);
    }
  }
  return static_cast<double>(sum(squares));
}

double outerSum(const OuterSum& a) {
  if (a.columns == kLanes) return a.add ? outerSumNarrow<true>(a) : outerSumNarrow<false>(a);
  double total = 0;
  inTiles<kSumTile>(a.columns, [&]<int C>(std::int64_t column) {
    total += a.add ? outerSumTile<C, true>(a, column) : outerSumTile<C, false>(a, column);
  });
  return total;
}

void subtract(const OuterSum& shape, ConstRows from, float factor) {
  for (std::int64_t n = 0; n < shape.sources.count; ++n) {
    const std::int64_t s = shape.sources.at[n];
    float* const to = shape.to.row(s);
    const float* const of = from.row(s);
    for (std::int64_t c = 0; c < shape.columns; c += kLanes)
      store(to + c, load(to + c) - factor * load(of + c));
  }
}

void markRows(ConstRows of, std::int64_t rows, std::int64_t units, std::uint64_t* mask,
              std::int32_t* counts) {
  constexpr std::int64_t kHalf = kLanes / 2;
  using Half __attribute__((vector_size(2 * DENTATE_LANES), may_alias)) = float;
  using Words __attribute__((vector_size(4 * DENTATE_LANES), may_alias)) = std::int64_t;
  const std::int64_t words = (rows + 63) / 64;
  for (std::int64_t c = 0; c < units; c += kHalf) {
    for (std::int64_t w = 0; w < words; ++w) {
      const std::int64_t first = 64 * w, end = rows - first < 64 ? rows - first : 64;
      Words found = {};
      for (std::int64_t r = 0; r < end; ++r) {
        const Half h = *reinterpret_cast<const Half*>(of.row(first + r) + c);
        const auto in = __builtin_convertvector(h != 0, Words);
        found |= in & static_cast<std::int64_t>(std::uint64_t{1} << r);
      }
      const std::int64_t count = units - c < kHalf ? units - c : kHalf;
      for (std::int64_t i = 0; i < count; ++i) {
        const auto bits = static_cast<std::uint64_t>(found[i]);
        mask[(c + i) * words + w] = bits;
        counts[c + i] = (w == 0 ? 0 : counts[c + i]) + __builtin_popcountll(bits);
      }
    }
  }
}

// Writes `first` + i for every lane i that is not 0, in order; gives how many. May overwrite what
// lies up to kLanes - 1 entries behind them.
inline std::int64_t appendPlaces(Ints in, std::int32_t first, std::int32_t* to) {
#if DENTATE_LANES == 16
  const auto lanes = reinterpret_cast<__m512i>(in);
  const __mmask16 mask = _mm512_test_epi32_mask(lanes, lanes);
  const Ints places = kPlaces + first;
  _mm512_storeu_si512(to, _mm512_maskz_compress_epi32(mask, reinterpret_cast<__m512i>(places)));
  return __builtin_popcount(mask);
#else
  std::int64_t count = 0;
  for (std::int32_t i = 0; i < kLanes; ++i) {
    to[count] = first + i;
    count += in[i] != 0 ? 1 : 0;
  }
  return count;
#endif
}

std::int64_t listActive(ConstRows of, std::int64_t rows, std::int64_t units, std::int32_t* list) {
  std::int64_t count = 0;
  for (std::int64_t c = 0; c < units; c += kLanes) {
    Ints any = {};
    for (std::int64_t r = 0; r < rows; ++r) any |= load(of.row(r) + c) != 0;
    if (units - c < kLanes) any &= kPlaces < static_cast<std::int32_t>(units - c);
    count += appendPlaces(any, static_cast<std::int32_t>(c), list + count);
  }
  return count;
}

}  // namespace

#define DENTATE_TEXT_OF(name) #name
#define DENTATE_TEXT(name) DENTATE_TEXT_OF(name)
#define DENTATE_JOIN_OF(a, b) a##b
#define DENTATE_JOIN(a, b) DENTATE_JOIN_OF(a, b)

extern const Kernels DENTATE_JOIN(kernels_, DENTATE_KERNEL_SET);
const Kernels DENTATE_JOIN(kernels_, DENTATE_KERNEL_SET) = {
    DENTATE_TEXT(DENTATE_KERNEL_SET),
    combine,
    project,
    outerSum,
    subtract,
    rectify,
    unrectify,
    lossDelta,
    normalise,
    listActive,
    markRows,
};

}  // namespace dentate::net
