// All eigenvalues of a symmetric matrix. Internal to engine/measure.
//
// Householder's reduction to three diagonals, then implicit QL. Cubic in n.
// Source Golub & Van Loan, Matrix Computations; Bowdler, Martin, Reinsch & Wilkinson 1968 (tql1).
// Thread any; no state.
#pragma once
#include <cstddef>
#include <vector>

namespace dentate::measure {

// `matrix` is [n, n], symmetric and finite. Gives [n] eigenvalues in no order.
[[nodiscard]] std::vector<double> eigenvalues(std::vector<double> matrix, std::size_t n);

}  // namespace dentate::measure
