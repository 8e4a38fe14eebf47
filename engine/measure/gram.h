// Products of rows with rows, by the CPU kernels (engine/net/kernels.h). Internal to engine/measure.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/net/kernels.h"

namespace dentate::measure {

// Zeroed rows as the kernels want them: each on 64 bytes and filled up with zeros, their number
// filled up to whole blocks of net::kBlock.
class AlignedRows {
 public:
  AlignedRows(std::size_t count, std::size_t columns);
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] float* row(std::size_t r) { return memory_[r * chunks_].floats.data(); }
  [[nodiscard]] const float* row(std::size_t r) const { return memory_[r * chunks_].floats.data(); }
  [[nodiscard]] net::MutableRows rows() { return {row(0), stride()}; }
  [[nodiscard]] net::ConstRows rows() const { return {row(0), stride()}; }
  [[nodiscard]] std::int64_t stride() const {
    return static_cast<std::int64_t>(chunks_) * net::kRowFloats;
  }

 private:
  struct alignas(64) Chunk {
    std::array<float, net::kRowFloats> floats = {};
  };
  std::size_t count_, columns_, chunks_;  // chunks: of a row
  std::vector<Chunk> memory_;
};

// products[i][j] = sum over c of rows[i][c] rows[j][c], [count, count], equal to its transpose bit
// for bit. What is not a number in row i stays in row and column i.
[[nodiscard]] AlignedRows gram(const AlignedRows& rows);

// products[i][j] = sum over c of left[i][c] matrix[j][c], [left, matrix].
void multiply(const AlignedRows& left, const AlignedRows& matrix, AlignedRows& products);

}  // namespace dentate::measure
