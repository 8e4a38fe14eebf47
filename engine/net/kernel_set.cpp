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

// Adds the listed rows of a matrix, C vectors of columns, to R rows of sums.
template <int R, int C>
[[gnu::always_inline]] inline void addListed(Vec (&sums)[R][C], const Listed& a,
                                             std::int64_t column) {
  if (a.list.count == 0) return;
  const float* const matrix = a.matrix.first + column;
  const std::int64_t stride = a.matrix.stride;
  const std::int32_t* const list = a.list.at;
  const float* by[R];
  for (int r = 0; r < R; ++r) by[r] = a.coefficients.row(r);
  for (std::int64_t n = 0; n < a.list.count; ++n) {
    const std::int64_t i = list != nullptr ? list[n] : n;
    const float* const from = matrix + i * stride;
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
}

// R rows, C vectors of columns.
template <int R, int C>
inline void combineTile(const Combine& a, std::int64_t column) {
  Vec sums[R][C] = {};
  addListed(sums, a.of, column);
  addListed(sums, a.past, column);
  float* to = a.to.first + column;
  const float* onto = a.onto.first;
  const std::int64_t to_stride = a.to.stride, onto_stride = a.onto.stride;
  if (onto == nullptr) {
#pragma GCC unroll 16
    for (int r = 0; r < R; ++r, to += to_stride)
#pragma GCC unroll 16
      for (int c = 0; c < C; ++c) store(to + c * kLanes, sums[r][c]);
    return;
  }
  onto += column;
#pragma GCC unroll 16
  for (int r = 0; r < R; ++r, to += to_stride, onto += onto_stride)
#pragma GCC unroll 16
    for (int c = 0; c < C; ++c) store(to + c * kLanes, load(onto + c * kLanes) + sums[r][c]);
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

// Lane i of the `Part`-th of four vectors that are the transposes of a, b, c, d within every four
// lanes, from two vectors that hold a, b and c, d (first step) or their pairs (second).
template <int Step>
inline void exchange(Vec (&v)[kLanes]) {
  constexpr int kWidth = static_cast<int>(kLanes);
  Ints first, second;
#pragma GCC unroll 16
  for (int i = 0; i < kWidth; ++i) {
    const int in = i % 4, group = i - in;
    if (Step == 1) {  // low and high halves of four lanes, interleaved
      first[i] = group + in / 2 + in % 2 * kWidth;
      second[i] = first[i] + 2;
    } else if (Step == 2) {
      first[i] = group + in % 2 + in / 2 * kWidth;
      second[i] = first[i] + 2;
    } else {  // groups of four lanes, Step lanes apart
      const int upper = (i & Step) != 0;
      first[i] = i + upper * (kWidth - Step);
      second[i] = first[i] + Step;
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < kWidth; ++i) {
    if ((i & Step) != 0) continue;
    const Vec low = v[i], high = v[i + Step];
    v[i] = shuffled(low, high, first);
    v[i + Step] = shuffled(low, high, second);
  }
}

void transpose(const Transpose& a) {
  for (std::int64_t r = 0; r < a.rows; r += kLanes) {
    for (std::int64_t c = 0; c < a.columns; c += kLanes) {
      Vec v[kLanes];
#pragma GCC unroll 16
      for (std::int64_t i = 0; i < kLanes; ++i)
        v[i] = r + i < a.rows ? load(a.from.row(r + i) + c) : Vec{};
      if constexpr (kLanes > 8) exchange<8>(v);
      if constexpr (kLanes > 4) exchange<4>(v);
      exchange<1>(v);
      exchange<2>(v);
      // The last two steps leave the rows of every four in the order 0, 2, 1, 3.
#pragma GCC unroll 16
      for (std::int64_t i = 0; i < kLanes; ++i)
        if (c + i < a.columns) store(a.to.row(c + i) + r, v[i / 4 * 4 + i % 2 * 2 + i / 2 % 2]);
    }
  }
}

// C vectors of columns of every listed source: its sum over the rows in its mask.
template <int C, bool Add>
inline double outerSumTile(const OuterSum& a, std::int64_t column) {
  Vec squares[4] = {};
  const Vec scale = all(a.scale);
  const float* const sent = a.sent.first;
  const float* const deltas = a.delta.first + column;
  const std::int64_t sent_stride = a.sent.stride, delta_stride = a.delta.stride;
  for (std::int64_t n = 0; n < a.sources.count; ++n) {
    const std::int64_t source = a.sources.at[n];
    const std::uint32_t* mask = a.masks + source;
    Vec sums[C] = {};
    for (std::int64_t first = 0; first < a.rows; first += 64, mask += 2 * a.mask_stride) {
      const std::uint64_t high = mask[a.mask_stride];
      for (std::uint64_t left = high << 32 | mask[0]; left != 0; left &= left - 1) {
        const std::int64_t row = first + __builtin_ctzll(left);
        const Vec factor = all(sent[row * sent_stride + source]);
        const float* const delta = deltas + row * delta_stride;
#pragma GCC unroll 16
        for (int c = 0; c < C; ++c) sums[c] += factor * load(delta + c * kLanes);
      }
    }
    float* const to = a.to.row(source) + column;
#pragma GCC unroll 16
    for (int c = 0; c < C; ++c) {
      squares[c % 4] += sums[c] * sums[c];
      const Vec before = Add ? load(to + c * kLanes) : Vec{};
      store(to + c * kLanes, before + scale * sums[c]);
    }
  }
  return static_cast<double>(sum((squares[0] + squares[1]) + (squares[2] + squares[3])));
}

// A target of one vector: so many sources side by side, over all rows, that each row is read once.
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
      store(to, (a.add ? load(to) : Vec{}) + a.scale * sums[i]);
    }
  }
  return static_cast<double>(sum(squares));
}

double outerSum(const OuterSum& a) {
  if (a.columns == kLanes) return outerSumNarrow(a);
  double total = 0;
  inTiles<kSumTile>(a.columns, [&]<int C>(std::int64_t column) {
    total += a.add ? outerSumTile<C, true>(a, column) : outerSumTile<C, false>(a, column);
  });
  return total;
}

void settle(const Settle& a) {
  const Vec scale = all(a.scale);
  for (std::int64_t n = 0; n < a.sources.count; ++n) {
    const float* const from = a.from.row(a.sources.at[n]);
    float* const to = a.to.row(a.sources.at[n]);
    for (std::int64_t c = 0; c < a.columns; c += kLanes)
      store(to + c, load(to + c) + scale * load(from + c));
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

std::int64_t markRows(ConstRows of, std::int64_t rows, std::int64_t units, std::uint32_t* masks,
                      std::int32_t* list) {
  const std::int64_t words = 2 * ((rows + 63) / 64), stride = padded(units);
  std::int64_t count = 0;
  for (std::int64_t c = 0; c < units; c += kLanes) {
    Ints any = {};
    for (std::int64_t w = 0; w < words; ++w) {
      const std::int64_t first = 32 * w, last = (rows < first + 32 ? rows : first + 32) - 1;
      Words bits = {};
      for (std::int64_t r = last; r >= first; --r)
        bits += bits - reinterpret_cast<Words>(load(of.row(r) + c) != 0);
      if (units - c < kLanes)
        bits &= reinterpret_cast<Words>(kPlaces < static_cast<std::int32_t>(units - c));
      __builtin_memcpy(masks + w * stride + c, &bits, sizeof bits);
      any |= reinterpret_cast<Ints>(bits);
    }
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
    transpose,
    outerSum,
    settle,
    rectify,
    unrectify,
    lossDelta,
    takeInput,
    listActive,
    markRows,
};

}  // namespace dentate::net
