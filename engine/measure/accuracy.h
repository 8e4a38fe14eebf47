// Accuracy while learning: the accuracy matrix and what is read off it.
//
//   A[i][t]  accuracy on task t after learning task i, [0, 1]
//   RA  = mean over t of A[T-1][t]        retained accuracy
//   LA  = mean over t of A[t][t]          learning accuracy
//   BTI = RA - LA                         backward transfer and interference
// Source Zhou & Schapiro 2025, doi:10.1101/2025.07.10.664201; Riemer et al. 2019 (MER).
#pragma once
#include <cstddef>
#include <vector>

namespace dentate::measure {

class AccuracyMatrix {
 public:
  explicit AccuracyMatrix(std::size_t tasks = 0);
  void set(std::size_t after_task, std::size_t task, double accuracy);
  // NaN where not measured.
  [[nodiscard]] double at(std::size_t after_task, std::size_t task) const;
  [[nodiscard]] std::size_t tasks() const { return tasks_; }
  // NaN unless every entry they need is measured.
  [[nodiscard]] double ra() const;
  [[nodiscard]] double la() const;
  [[nodiscard]] double bti() const { return ra() - la(); }
  bool operator==(const AccuracyMatrix&) const = default;

 private:
  std::size_t tasks_;
  std::vector<double> values_;  // [tasks * tasks], row after_task
};

}  // namespace dentate::measure
