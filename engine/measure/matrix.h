// Rows of floats: seen where they lie, and owned as a result.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "engine/spec/check.h"

namespace dentate::measure {

// Rows in memory that the caller keeps: activity patterns, or the weights of a path.
class Rows {
 public:
  // `values` holds [rows, columns], row r from r * stride on; stride 0 stands for `columns`.
  Rows(std::span<const float> values, std::size_t rows, std::size_t columns, std::size_t stride = 0)
      : values_(values), rows_(rows), columns_(columns), stride_(stride == 0 ? columns : stride) {
    DENTATE_CHECK(stride_ >= columns_);
    DENTATE_CHECK(rows_ == 0 || values_.size() >= (rows_ - 1) * stride_ + columns_);
  }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::span<const float> row(std::size_t r) const {
    return values_.subspan(r * stride_, columns_);
  }

 private:
  std::span<const float> values_;
  std::size_t rows_, columns_, stride_;
};

struct Matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<float> values;  // [rows, columns], row by row

  [[nodiscard]] float at(std::size_t row, std::size_t column) const {
    return values[row * columns + column];
  }
  float& at(std::size_t row, std::size_t column) { return values[row * columns + column]; }
  [[nodiscard]] Rows view() const { return {values, rows, columns}; }
  bool operator==(const Matrix&) const = default;
};

}  // namespace dentate::measure
