// The complete record of a run in memory: every metric point, and what it came to.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/link/lesion_curves.h"
#include "engine/link/metric.h"
#include "engine/run/summary.h"

namespace dentate::run {

struct LesionEvent {
  std::int64_t step = 0;              // meta-steps that no network had done more of
  std::vector<spec::Lesion> lesions;  // in force from then on
};

// What the person changed while it learned, beside lesions; in words.
struct Change {
  std::int64_t step = 0;  // meta-steps that no network had done more of
  std::string what;
};

struct Record {
  std::vector<link::StepPoint> steps;         // by replica, then by meta-step, once sorted
  std::vector<link::AccuracyPoint> accuracy;  // likewise
  std::vector<link::SparsityPoint> sparsity;  // likewise
  std::vector<ReplicaSummary> summaries;      // by replica
  std::vector<LesionEvent> lesions;           // by meta-step; empty: there never were any
  std::optional<link::LesionCurves> lesion_curves;
  std::vector<Change> changes;

  void add(const std::vector<link::MetricPoint>& points);
  void sort();  // the same order, however many threads measured
  [[nodiscard]] std::vector<link::MetricPoint> measured() const;
};

}  // namespace dentate::run
