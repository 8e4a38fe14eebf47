// The curves of one run, gathered from metric points: mean and standard error over replicas by
// meta-step, the accuracy matrix, and the summary.
//
// Voided when the run changes (Load, Reset); points of an older run are dropped. Memory is bounded:
// beyond kMostPositions meta-steps every second one is forgotten and `stride` doubles.
// Thread: the window's; no ImGui.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/link/metric.h"

namespace dentate::ui {

// Mean and spread over replicas, updated one value at a time (Welford).
struct Moments {
  float mean = 0;
  float square_sum = 0;  // of deviations from the mean
  std::uint32_t n = 0;   // 0: nothing known

  void add(double value);
  // Standard error of the mean; 0 with fewer than two replicas.
  [[nodiscard]] double sem() const;
};

// One curve: position i belongs to meta-step i * stride.
struct Trace {
  const Moments* data = nullptr;
  std::size_t size = 0;  // positions known of every replica
  std::int64_t stride = 1;
  [[nodiscard]] const Moments& at(std::size_t i) const { return data[i]; }
  [[nodiscard]] double step(std::size_t i) const {
    return static_cast<double>(static_cast<std::int64_t>(i) * stride);
  }
  [[nodiscard]] bool empty() const { return size == 0; }
  [[nodiscard]] const Moments& last() const { return data[size - 1]; }
};

struct Summary {
  Moments ra, la, bti;
};

enum class Head { Category, Item };  // which output's accuracy

class History {
 public:
  static constexpr std::size_t kMostPositions = 1U << 16U;

  // Takes in the points drained this frame; `run` is that of the newest snapshot.
  void take(std::uint64_t run, const std::vector<link::MetricPoint>& points);

  [[nodiscard]] std::uint64_t run() const { return run_; }
  [[nodiscard]] std::size_t replicas() const { return replicas_; }
  [[nodiscard]] std::size_t positions() const { return complete_; }
  [[nodiscard]] std::int64_t stride() const { return stride_; }

  [[nodiscard]] Trace activeFraction(std::size_t layer) const { return trace(active_, layer); }
  [[nodiscard]] Trace alpha(std::size_t path) const { return trace(alpha_, path); }
  [[nodiscard]] Trace m(std::size_t layer) const { return trace(m_, layer); }
  [[nodiscard]] Trace metaLoss() const { return trace(loss_, 0); }

  // Tasks after which accuracy was measured: rows of the matrix.
  [[nodiscard]] std::size_t measuredTasks() const { return rows_.size(); }
  // Mean over replicas; n = 0 where it was not measured.
  [[nodiscard]] Moments accuracy(std::size_t after, std::size_t task, Head head) const;
  // One replica's entry; none where it was not measured.
  [[nodiscard]] std::optional<double> accuracy(std::size_t after, std::size_t task, Head head,
                                               std::size_t replica) const;
  // At the end of the stream; none before.
  [[nodiscard]] std::optional<Summary> summary() const;
  // Over the tasks learned until now: LA the mean right after each, RA the mean of the last row
  // (no value until that row is measured as a whole).
  [[nodiscard]] Summary soFar(Head head) const;

 private:
  using Curve = std::vector<Moments>;
  struct Entry {
    Moments category, item;
    std::vector<float> by_replica_category, by_replica_item;  // -1: not measured
  };

  void begin(std::uint64_t run);
  void takePoint(const link::StepPoint& point);
  void takePoint(const link::AccuracyPoint& point);
  void takePoint(const link::SummaryPoint& point);
  void thin();
  void countComplete();
  [[nodiscard]] const Entry* entry(std::size_t after, std::size_t task) const;
  [[nodiscard]] Trace trace(const std::vector<Curve>& curves, std::size_t index) const;

  std::uint64_t run_ = 0;
  std::size_t replicas_ = 0;
  std::int64_t stride_ = 1;
  std::size_t complete_ = 0;         // positions that every replica has reached
  std::vector<std::uint32_t> seen_;  // by position: replicas that reached it
  std::vector<Curve> active_, alpha_, m_, loss_;
  std::vector<std::vector<Entry>> rows_;  // [after][task]
  Summary summary_;
};

}  // namespace dentate::ui
