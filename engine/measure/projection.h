// Patterns as points in a plane: principal components, and classical scaling of a matrix.
//
//   PCA   B = X X' of the patterns less their mean pattern
//   MDS   B = -1/2 J D2 J, J = I - 1/n, D2 the squared distances; of similarities s, where D2 is
//         s_ii + s_jj - 2 s_ij, B = J S J
//   coordinates = v_1 sqrt(l_1), v_2 sqrt(l_2) of B, its two largest eigenvalues; share = l / sum of
//   the positive eigenvalues, which PCA and similarities take from the trace, as they have no
//   negative ones
// Both are the same where the distances are those between the patterns.
// Found by subspace iteration from a fixed start, to residuals of 1e-5 of the eigenvalue (subspace.h).
// Source Pearson 1901 and Hotelling 1933 (PCA); Torgerson 1952, doi:10.1007/BF02288916 (MDS);
//        Schoenemann 1966, doi:10.1007/BF02289451 (alignedTo).
// Edges  a pattern that holds what is not a finite number is left out, and its coordinates are NaN.
//        One pattern, or several that are equal, lie at 0 with share 0; two lie on the first axis.
// Thread any; no state.
#pragma once
#include <array>

#include "engine/measure/matrix.h"

namespace dentate::measure {

struct Projection {
  Matrix coordinates;  // [patterns, 2], about their mean, in units of the patterns; an
                       // axis points so that its largest coordinate by magnitude, the
                       // first of equal ones, is positive
  std::array<double, 2> share = {};  // of variance, [0, 1], by axis; 0 for an axis without any
};

// `patterns` is [patterns, units]. The memory grows with the square of their number.
[[nodiscard]] Projection principalComponents(const Rows& patterns);

// `similarity` is [patterns, patterns], as measure::similarityMatrix gives it: symmetric and without
// negative eigenvalues. Distances are sqrt(2 - 2 s). Left out is who has no similarity.
[[nodiscard]] Projection scaleSimilarities(const Matrix& similarity);

// `distance` is [patterns, patterns], symmetric with a diagonal of 0, of any kind: where no points
// have such distances, B has negative eigenvalues, and the share is of the positive ones. Patterns
// are left out, those with the most gaps first, until no distance is missing. Cubic in patterns.
[[nodiscard]] Projection scaleDistances(const Matrix& distance);

// The projection turned, and mirrored if need be, to lie as close to `previous` as it can (least
// squares over the patterns that both have), so that a live picture does not jump; each axis then
// has the share of what lies along it. As it is where the numbers of patterns differ.
[[nodiscard]] Projection alignedTo(const Projection& previous, Projection projection);

}  // namespace dentate::measure
