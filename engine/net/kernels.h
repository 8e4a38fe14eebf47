// The CPU kernels: loops over floats, compiled once for each instruction set and chosen when the
// program runs. They know rows, columns and lists; what these mean is engine/net/cpu_body.cpp's.
//
// Rows come in blocks of kBlock, and the units that are active in any row of a block are listed once
// for all of it: the rows of a block are one sample at successive inner steps, which are active in
// nearly the same units, so whatever is silent is skipped exactly, at the speed of a dense product.
// Memory every row begins on 64 bytes, its length is a multiple of kRowFloats, and what stands
//        behind the last unit is zero wherever it is read.
// Thread any; no state.
#pragma once
#include <cstdint>
#include <span>

#include "engine/net/rows.h"

namespace dentate::net {

inline constexpr std::int64_t kBlock = 5;  // rows; the samples of a published batch

// Rows of a matrix in memory.
template <class Float>
struct RowsOf {
  Float* first = nullptr;
  std::int64_t stride = 0;  // floats from one row to the next
  [[nodiscard]] Float* row(std::int64_t i) const { return first + i * stride; }
  [[nodiscard]] RowsOf from(std::int64_t i) const { return {row(i), stride}; }
};
using MutableRows = RowsOf<float>;
using ConstRows = RowsOf<const float>;

// Which rows of a matrix take part: `at[0 ... count-1]`, or 0 ... count-1 where `at` is null.
struct List {
  const std::int32_t* at = nullptr;
  std::int64_t count = 0;
};

// For every row r: the sum over i of list of coefficients[r][i] matrix[i].
struct Listed {
  ConstRows coefficients, matrix;
  List list;
};

// to[r][c] = onto[r][c] + `of` + `past`, r < rows (1 or kBlock), c < columns. Summed in registers
// and added once.
struct Combine {
  MutableRows to;
  std::int64_t rows = 0, columns = 0;
  Listed of, past;
  ConstRows onto;  // may be `to`; one row for all where its stride is 0; null: zeros
};

// to[r][i] = (add ? to[r][i] : 0) + sum over c < columns of left[r][c] matrix[i][c], i in list.
struct Project {
  MutableRows to;
  std::int64_t rows = 0, columns = 0;  // rows: 1 or kBlock
  ConstRows left, matrix;
  List list;
  bool add = false;
};

// to[s][c] = (add ? to[s][c] : 0) + scale sum over rows of sent[row][s] delta[row][c], for every
// listed source s, over the rows that its mask names. Gives the sum of the squares of the sums.
struct OuterSum {
  MutableRows to;
  List sources;
  std::int64_t columns = 0;
  ConstRows sent, delta;
  const std::uint32_t* masks = nullptr;  // as markRows makes them
  std::int64_t mask_stride = 0, rows = 0;
  float scale = 1;
  bool add = true;
};

// to[s][c] += scale from[s][c] for every listed source s.
struct Settle {
  MutableRows to;
  ConstRows from;
  List sources;
  std::int64_t columns = 0;
  float scale = 0;
};

// What rectify leaves behind of a row.
struct Rectified {
  float norm = 0;        // max(|a|, 1e-12)
  float inhibiting = 0;  // I
};

// to = x / max(|x|, 1e-12) where it is normalised, else x; x = keep from. Zeros behind.
struct Input {
  float* to = nullptr;
  const float* from = nullptr;  // [units], on any address; may be `to`
  std::int64_t units = 0;
  const float* keep = nullptr;  // [units] 0 or 1, or null
  bool normalise = false;
};

// Inhibition, rectification, lesion and normalisation of rows, in place (engine/net/network.h).
struct Rectify {
  MutableRows rows;                  // net input, becomes h
  std::int64_t count = 0;            // 1 or kBlock
  std::int64_t units = 0, rank = 0;  // rank 0: not inhibited
  float m = 0;
  const float* keep = nullptr;   // [units] 0 or 1, or null
  Rectified* results = nullptr;  // [count]
  bool given = false;            // they have I already
};

// What is known of one row's d once it is made.
struct Delta {
  float total = 0;  // unrectify: the sum of d; lossDelta: the loss
  float size = 0;   // |d|
};

// delta = 1[h > 0] (delta - h <h, delta>) / norm, in place.
struct Unrectify {
  MutableRows delta;
  ConstRows sent;
  std::int64_t count = 0, columns = 0;   // count: 1 or kBlock rows
  const Rectified* rectified = nullptr;  // [count]
  Delta* results = nullptr;              // [count]
};

// rows = (softmax(rows) - [label]) scale over `units`, in place, zeros behind.
struct LossRows {
  MutableRows rows;
  std::int64_t count = 0, units = 0;     // count: 1 or kBlock rows
  const std::int32_t* labels = nullptr;  // [count]
  const float* scales = nullptr;         // [count]
  Delta* results = nullptr;              // [count]
};

// to[c][r] = from[r][c], r < rows, c < columns, and zeros behind the last r.
struct Transpose {
  MutableRows to;
  ConstRows from;
  std::int64_t rows = 0, columns = 0;
};

struct Kernels {
  const char* name;  // "avx512", "avx2", "baseline"
  void (*combine)(const Combine&);
  void (*project)(const Project&);
  void (*transpose)(const Transpose&);
  double (*outerSum)(const OuterSum&);
  void (*settle)(const Settle&);
  void (*rectify)(const Rectify&);
  void (*unrectify)(const Unrectify&);
  void (*lossDelta)(const LossRows&);
  void (*takeInput)(const Input&);
  // Writes the units that are not zero in any of the rows, in order; gives how many. Up to
  // kRowFloats - 1 entries behind them may be overwritten.
  std::int64_t (*listActive)(ConstRows of, std::int64_t rows, std::int64_t units,
                             std::int32_t* list);
  // masks[w][unit]: a bit for each of rows 32 w ... 32 w + 31 in which the unit is not zero; an even
  // number of w, padded(units) apart. Writes the units of any row as listActive does.
  std::int64_t (*markRows)(ConstRows of, std::int64_t rows, std::int64_t units,
                           std::uint32_t* masks, std::int32_t* list);
};

// The fastest set for this processor, or the one that the environment's DENTATE_KERNELS names, if
// the processor has it.
[[nodiscard]] const Kernels& kernels();
// Every set that this processor can run, the fastest first.
[[nodiscard]] std::span<const Kernels* const> runnableKernels();

}  // namespace dentate::net
