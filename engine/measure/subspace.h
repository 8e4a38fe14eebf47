// The two largest eigenvalues of a symmetric matrix. Internal to engine/measure.
//
// Subspace iteration with Rayleigh-Ritz on ten vectors that start from fixed numbers, so that the
// same matrix gives the same vectors. Ends where each residual |B v - l v| is at most 1e-5 |l| or
// 2e-6 of the largest eigenvalue by magnitude, or after 300 rounds.
// Source Golub & Van Loan, Matrix Computations: orthogonal iteration, Jacobi.
// Thread any; no state.
#pragma once
#include <array>
#include <vector>

#include "engine/measure/gram.h"

namespace dentate::measure {

struct TopTwo {
  // Algebraically largest, the largest first; may be negative. 0 where n has no second.
  std::array<double, 2> values = {};
  std::array<std::vector<double>, 2> vectors;  // [n] each, of length 1; zeros where there is none
};

// `matrix` is [n, n], symmetric and finite; n >= 1.
[[nodiscard]] TopTwo topTwo(const AlignedRows& matrix);

}  // namespace dentate::measure
