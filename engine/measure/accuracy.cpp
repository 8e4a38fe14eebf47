#include "engine/measure/accuracy.h"

#include <limits>

#include "engine/spec/check.h"

namespace dentate::measure {

AccuracyMatrix::AccuracyMatrix(std::size_t tasks)
    : tasks_(tasks), values_(tasks * tasks, std::numeric_limits<double>::quiet_NaN()) {}

void AccuracyMatrix::set(std::size_t after_task, std::size_t task, double accuracy) {
  DENTATE_CHECK(after_task < tasks_ && task < tasks_);
  values_[after_task * tasks_ + task] = accuracy;
}

double AccuracyMatrix::at(std::size_t after_task, std::size_t task) const {
  DENTATE_CHECK(after_task < tasks_ && task < tasks_);
  return values_[after_task * tasks_ + task];
}

double AccuracyMatrix::ra() const {
  double sum = 0;
  for (std::size_t t = 0; t < tasks_; ++t) sum += at(tasks_ - 1, t);
  return sum / static_cast<double>(tasks_);
}

double AccuracyMatrix::la() const {
  double sum = 0;
  for (std::size_t t = 0; t < tasks_; ++t) sum += at(t, t);
  return sum / static_cast<double>(tasks_);
}

}  // namespace dentate::measure
