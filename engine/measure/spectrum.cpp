#include "engine/measure/spectrum.h"

#include <cmath>
#include <limits>
#include <utility>

#include "engine/spec/check.h"

namespace dentate::measure {
namespace {

struct Tridiagonal {
  std::vector<double> diagonal;  // [n]
  std::vector<double> beside;    // [n], the last one 0
};

// a -= v w' + w v' for v = x - alpha e1, so that the column k of `a` ends below its diagonal in
// alpha and zeros. Works on rows and columns from k + 1 on; gives alpha.
double reflect(std::vector<double>& a, std::size_t n, std::size_t k) {
  std::vector<double> v(n), w(n);
  double squares = 0;
  for (std::size_t i = k + 1; i < n; ++i) {
    v[i] = a[i * n + k];
    squares += v[i] * v[i];
  }
  if (squares == 0) return 0;
  const double alpha = v[k + 1] > 0 ? -std::sqrt(squares) : std::sqrt(squares);
  squares += alpha * alpha - 2 * alpha * v[k + 1];  // |v|^2 once alpha is taken off
  v[k + 1] -= alpha;
  const double beta = 2 / squares;
  for (std::size_t j = k + 1; j < n; ++j) {
    const double by = beta * v[j];
    const double* const row = a.data() + j * n;
    for (std::size_t i = k + 1; i < n; ++i) w[i] += by * row[i];
  }
  double along = 0;
  for (std::size_t i = k + 1; i < n; ++i) along += w[i] * v[i];
  for (std::size_t i = k + 1; i < n; ++i) w[i] -= beta / 2 * along * v[i];
  for (std::size_t j = k + 1; j < n; ++j) {
    double* const row = a.data() + j * n;
    for (std::size_t i = k + 1; i < n; ++i) row[i] -= v[j] * w[i] + w[j] * v[i];
  }
  return alpha;
}

Tridiagonal reduce(std::vector<double> a, std::size_t n) {
  Tridiagonal t{std::vector<double>(n), std::vector<double>(n)};
  for (std::size_t k = 0; k + 2 < n; ++k) t.beside[k] = reflect(a, n, k);
  if (n >= 2) t.beside[n - 2] = a[(n - 1) * n + n - 2];
  for (std::size_t k = 0; k < n; ++k) t.diagonal[k] = a[k * n + k];
  return t;
}

// One implicit QL step with Wilkinson's shift on the block first ... last.
void step(Tridiagonal& t, std::size_t first, std::size_t last) {
  auto& d = t.diagonal;
  auto& e = t.beside;
  const double half = (d[first + 1] - d[first]) / (2 * e[first]);
  double g = d[last] - d[first] + e[first] / (half + std::copysign(std::hypot(half, 1.0), half));
  double s = 1, c = 1, p = 0;
  for (std::size_t i = last; i-- > first;) {
    const double f = s * e[i];
    const double b = c * e[i];
    const double r = std::hypot(f, g);
    e[i + 1] = r;
    if (r == 0) {  // the block falls apart here
      d[i + 1] -= p;
      e[last] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const double turned = (d[i] - g) * s + 2 * c * b;
    p = s * turned;
    d[i + 1] = g + p;
    g = c * turned - b;
  }
  d[first] -= p;
  e[first] = g;
  e[last] = 0;
}

}  // namespace

std::vector<double> eigenvalues(std::vector<double> matrix, std::size_t n) {
  DENTATE_CHECK(matrix.size() == n * n);
  Tridiagonal t = reduce(std::move(matrix), n);
  double size = 0;
  for (std::size_t i = 0; i < n; ++i)
    size = std::fmax(size, std::abs(t.diagonal[i]) + std::abs(t.beside[i]));
  const double nothing = std::numeric_limits<double>::epsilon() * size;
  for (std::size_t first = 0; first < n; ++first)
    for (int round = 0; round < 60; ++round) {  // three do; Wilkinson's shift converges cubically
      std::size_t last = first;
      while (last + 1 < n && std::abs(t.beside[last]) > nothing) ++last;
      if (last == first) break;
      step(t, first, last);
    }
  return t.diagonal;
}

}  // namespace dentate::measure
