#include "engine/run/record.h"

#include <algorithm>
#include <tuple>

namespace dentate::run {

void Record::add(const std::vector<link::MetricPoint>& points) {
  for (const auto& point : points) {
    if (const auto* step = std::get_if<link::StepPoint>(&point)) steps.push_back(*step);
    if (const auto* tested = std::get_if<link::AccuracyPoint>(&point)) accuracy.push_back(*tested);
    if (const auto* found = std::get_if<link::SparsityPoint>(&point)) sparsity.push_back(*found);
  }
}

void Record::sort() {
  std::stable_sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) {
    return std::tie(a.replica, a.step) < std::tie(b.replica, b.step);
  });
  std::stable_sort(sparsity.begin(), sparsity.end(), [](const auto& a, const auto& b) {
    return std::tie(a.replica, a.after_task) < std::tie(b.replica, b.after_task);
  });
  std::stable_sort(accuracy.begin(), accuracy.end(), [](const auto& a, const auto& b) {
    return std::tie(a.replica, a.after_task, a.task) < std::tie(b.replica, b.after_task, b.task);
  });
}

std::vector<link::MetricPoint> Record::measured() const {
  std::vector<link::MetricPoint> all(steps.begin(), steps.end());
  all.insert(all.end(), accuracy.begin(), accuracy.end());
  all.insert(all.end(), sparsity.begin(), sparsity.end());
  return all;
}

}  // namespace dentate::run
