// Similarity of activity patterns: representational similarity analysis (RSA).
//
//   Pearson  r(x, y) = <x - mean x, y - mean y> / (|x - mean x| |y - mean y|)
//   Cosine   c(x, y) = <x, y> / (|x| |y|)
// x, y     [units]  activity of a layer, one pattern a row of [patterns, units]
// A pattern without a direction has no similarity: one that is constant (Pearson) or zero (Cosine),
// or that holds what is not a finite number. It is NaN in its row and column, on the diagonal too,
// and means leave it out.
// Source Kriegeskorte, Mur & Bandettini 2008, doi:10.3389/neuro.06.004.2008; they show 1 - r.
// Speed  normalised once, then half of a product of rows by the kernels of engine/net.
// Thread any; no state.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/measure/matrix.h"

namespace dentate::measure {

enum class Similarity { Pearson, Cosine };

// [patterns, patterns] in [-1, 1], equal to its transpose bit for bit, diagonal 1.
[[nodiscard]] Matrix similarityMatrix(const Rows& patterns, Similarity kind);

// Pattern overlap: the mean over all pairs of two patterns that have a similarity, lower =
// separated. NaN where there is no such pair. `matrix` is square and symmetric.
[[nodiscard]] double meanOffDiagonal(const Matrix& matrix);

// Mean pattern of each group (task, or category), [groups, units]. `group` has an entry a row: 0 ...
// groups - 1, or a negative number for a row that is left out. NaN for a group without rows; a unit
// that is NaN in a row is NaN in its group.
[[nodiscard]] Matrix meanPatterns(const Rows& patterns, std::span<const std::int32_t> group,
                                  std::size_t groups);

}  // namespace dentate::measure
