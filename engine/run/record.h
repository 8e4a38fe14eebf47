// The complete record of a run in memory: every metric point, and what it came to.
#pragma once
#include <vector>

#include "engine/link/metric.h"
#include "engine/run/summary.h"

namespace dentate::run {

struct Record {
  std::vector<link::StepPoint> steps;         // by replica, then by meta-step, once sorted
  std::vector<link::AccuracyPoint> accuracy;  // likewise
  std::vector<ReplicaSummary> summaries;      // by replica

  void add(const std::vector<link::MetricPoint>& points);
  void sort();  // the same order, however many threads measured
};

}  // namespace dentate::run
