#include "engine/measure/gram.h"

#include <algorithm>

#include "engine/spec/check.h"

namespace dentate::measure {
namespace {

// Rows of the right side that a pass over the left works on, so that they stay in the cache: 256 KB
// of 1,000 units. A multiple of kRowFloats, as each begins a row of results on 64 bytes.
constexpr std::int64_t kPanel = 64;
constexpr std::size_t kTile = 16;  // of the copy to the other side of the diagonal

std::size_t wholeBlocks(std::size_t count) {
  constexpr auto kRows = static_cast<std::size_t>(net::kBlock);
  return (std::max<std::size_t>(count, 1) + kRows - 1) / kRows * kRows;
}

void mirror(AlignedRows& square) {
  const std::size_t n = square.count();
  for (std::size_t i0 = 0; i0 < n; i0 += kTile)
    for (std::size_t j0 = 0; j0 <= i0; j0 += kTile)
      for (std::size_t i = i0; i < std::min(n, i0 + kTile); ++i)
        for (std::size_t j = j0; j < std::min(i, j0 + kTile); ++j)
          square.row(j)[i] = square.row(i)[j];
}

// A block of rows of the left side from `row` on, `count` rows of the right side from `first` on.
struct Part {
  std::int64_t row = 0, first = 0, count = 0;
};

void product(const AlignedRows& left, const AlignedRows& right, AlignedRows& to, const Part& part) {
  net::MutableRows into = to.rows().from(part.row);
  into.first += part.first;
  net::kernels().project({.to = into,
                          .rows = net::kBlock,
                          .columns = left.stride(),
                          .left = left.rows().from(part.row),
                          .matrix = right.rows().from(part.first),
                          .list = {nullptr, part.count},
                          .add = false});
}

}  // namespace

AlignedRows::AlignedRows(std::size_t count, std::size_t columns)
    : count_(count),
      columns_(columns),
      chunks_(static_cast<std::size_t>(
          net::padded(std::max<std::int64_t>(static_cast<std::int64_t>(columns), 1)) /
          net::kRowFloats)),
      memory_(wholeBlocks(count) * chunks_) {}

AlignedRows gram(const AlignedRows& rows) {
  AlignedRows products(rows.count(), rows.count());
  const auto n = static_cast<std::int64_t>(rows.count());
  for (std::int64_t first = 0; first < n; first += kPanel)
    for (std::int64_t row = first / net::kBlock * net::kBlock; row < n; row += net::kBlock) {
      const auto below = std::min(n, row + net::kBlock) - first;  // up to the diagonal
      product(rows, rows, products, {row, first, std::min(kPanel, below)});
    }
  mirror(products);
  return products;
}

void multiply(const AlignedRows& left, const AlignedRows& matrix, AlignedRows& products) {
  DENTATE_CHECK(left.columns() == matrix.columns() && products.count() == left.count() &&
                products.columns() == matrix.count());
  const auto n = static_cast<std::int64_t>(matrix.count());
  for (std::int64_t first = 0; first < n; first += kPanel)
    for (std::int64_t row = 0; row < static_cast<std::int64_t>(left.count()); row += net::kBlock)
      product(left, matrix, products, {row, first, std::min(kPanel, n - first)});
}

}  // namespace dentate::measure
