// The curves of one run, gathered from metric points: mean and standard error over the replicas of a
// group by meta-step, the accuracy matrix, and the summary. Several runs: ui/histories.h.
//
// A group holds the replicas of one condition and alpha0 (a cell, engine/spec/replicas.h), which lie
// side by side. Voided when the run changes (Load, Reset); points of an older run are dropped.
// Memory is bounded: beyond a number of meta-steps every second one is forgotten and `stride`
// doubles.
// Cost: taking a point in costs one update a number of it and no allocation but for growth.
// Thread: the window's; no ImGui.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <vector>

#include "engine/link/metric.h"
#include "engine/link/snapshot.h"

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

// Of the difference between two means; its error is that of independent networks, and none where both
// are one and the same, as before a branch left.
[[nodiscard]] Moments difference(const Moments& a, const Moments& b);

// One curve: position i belongs to meta-step i * stride, or wherever `places` says. It may be the
// difference to another one.
struct Trace {
  const Moments* data = nullptr;
  std::size_t size = 0;  // positions known of every replica
  std::int64_t stride = 1;
  double scale = 1;  // meta-steps of the plot for one of its own; runs may differ in it
  const Moments* less = nullptr;   // is subtracted; null: nothing is
  double less_each = 1;            // positions of it for one of `data`
  const double* places = nullptr;  // of the positions, rising; null: they are evenly spaced
  [[nodiscard]] Moments at(std::size_t i) const {
    if (less == nullptr) return data[i];
    const auto other = static_cast<std::size_t>(static_cast<double>(i) * less_each + 0.5);
    return difference(data[i], less[other]);
  }
  // Meta-steps of the plot, between positions and up to one.
  [[nodiscard]] double pace() const { return static_cast<double>(stride) * scale; }
  [[nodiscard]] double step(std::size_t i) const {
    return places != nullptr ? places[i] : static_cast<double>(i) * pace();
  }
  // The position nearest to a meta-step; none outside of what is known, but for places of its own.
  [[nodiscard]] std::optional<std::size_t> nearest(double step) const;
  [[nodiscard]] bool empty() const { return size == 0; }
  [[nodiscard]] Moments last() const { return at(size - 1); }
  // At the same places the values of `other`, as many as it has.
  [[nodiscard]] Trace with(const std::vector<Moments>& other) const {
    return {other.data(), other.size(), stride, scale, nullptr, 1, places};
  }
};
// As far as both are known; neither is a difference itself.
[[nodiscard]] Trace difference(const Trace& a, const Trace& b);

struct Summary {
  Moments ra, la, bti;  // n = 0 where it is not measured
};

// Whose accuracy: of an output; and of item that of the items which the replay memory holds, and of the
// others.
enum class Head { Category, Item, ItemInMemory, ItemOutside };
inline constexpr std::array kHeads{Head::Category, Head::Item, Head::ItemInMemory,
                                   Head::ItemOutside};

// How sparse networks are once they have learned a task: of a layer, or of a path's weights.
enum class Sparsity { Dead, Variance, Hoyer, NearZero };

class History {
 public:
  static constexpr std::size_t kMostPositions = 1U << 16U;
  // Bound of the moments kept of all groups together: 192 MB.
  static constexpr std::size_t kMostMoments = 1U << 24U;
  static constexpr std::size_t kOneGroup = std::numeric_limits<std::size_t>::max();

  // Takes in the points drained this frame. `run` is that of the newest snapshot, and `seeds` the
  // replicas to a group in it; points of a later run wait for its snapshot.
  void take(std::uint64_t run, std::vector<link::MetricPoint> points,
            std::size_t seeds = kOneGroup);
  // Networks that the others do not wait for any more.
  void setFailed(const std::vector<link::FailedNetwork>& failed);

  [[nodiscard]] std::uint64_t run() const { return run_; }
  [[nodiscard]] std::size_t replicas() const { return replicas_; }
  [[nodiscard]] std::size_t groups() const { return groups_.size(); }
  // Replicas of a group, as far as they are known.
  [[nodiscard]] std::size_t replicasOf(std::size_t group) const;
  [[nodiscard]] std::size_t positions(std::size_t group = 0) const;
  [[nodiscard]] std::int64_t stride() const { return stride_; }

  [[nodiscard]] Trace activeFraction(std::size_t layer, std::size_t group = 0) const;
  [[nodiscard]] Trace alpha(std::size_t path, std::size_t group = 0) const;
  // Networks of a group whose newest alpha of that path is not above 0: under relu they have
  // stopped learning it for good.
  [[nodiscard]] std::size_t stopped(std::size_t path, std::size_t group = 0) const;
  // Of a group, the meta-steps in which networks were lost.
  [[nodiscard]] std::vector<std::int64_t> failedAt(std::size_t group = 0) const;
  [[nodiscard]] Trace m(std::size_t layer, std::size_t group = 0) const;
  [[nodiscard]] Trace metaLoss(std::size_t group = 0) const;

  // Tasks after which accuracy was measured: rows of the matrix.
  [[nodiscard]] std::size_t measuredTasks() const { return rows_.size(); }
  // Mean over the replicas of a group; n = 0 where it was not measured.
  [[nodiscard]] Moments accuracy(std::size_t after, std::size_t task, Head head,
                                 std::size_t group = 0) const;
  // One replica's entry; none where it was not measured.
  [[nodiscard]] std::optional<double> accuracyOf(std::size_t replica, std::size_t after,
                                                 std::size_t task, Head head) const;
  // After k tasks, by k: accuracy on the task learned last, and the mean over all learned until
  // then; over the replicas of which all of it is measured. Nothing is known after 0 tasks.
  // Of items in and outside of the replay memory the mean is over items, as tasks differ in how many
  // they have there.
  [[nodiscard]] const std::vector<Moments>& newest(Head head, std::size_t group = 0) const;
  [[nodiscard]] const std::vector<Moments>& learned(Head head, std::size_t group = 0) const;
  // After k tasks, by k: of a layer or a path, over the replicas of which it is measured. Nothing is
  // known after 0 tasks.
  [[nodiscard]] const std::vector<Moments>& sparsity(Sparsity which, std::size_t part,
                                                     std::size_t group = 0) const;
  // The highest entry of the matrix; 0 where there is none.
  [[nodiscard]] double highest(Head head, std::size_t group = 0) const;
  // Replicas [first, end) of a group.
  [[nodiscard]] std::size_t firstOf(std::size_t group) const;
  [[nodiscard]] std::size_t endOf(std::size_t group) const;
  // At the end of the stream; none before.
  [[nodiscard]] std::optional<Summary> summary(std::size_t group = 0) const;
  // Over the tasks learned until now: LA the mean right after each, RA the mean of the last row
  // (no value until that row is measured as a whole).
  [[nodiscard]] Summary soFar(Head head, std::size_t group = 0) const;

 private:
  struct AccuracyCurves {
    std::vector<Moments> newest, learned;
  };
  // Numbers of a metric point lie in a row: active fractions and m by layer, alpha by path, loss.
  struct Group {
    std::vector<std::vector<Moments>> columns;  // [width_, positions]: a curve lies in one piece
    std::vector<std::uint32_t> seen;            // by position: replicas that reached it
    std::size_t complete = 0;                   // positions that every replica has reached
    Summary summary;
    std::size_t summaries = 0;                             // replicas that have ended
    std::array<AccuracyCurves, kHeads.size()> accuracies;  // by head
    std::array<double, kHeads.size()> highest{};  // by head; of entries, means over its replicas
    // By measure, by layer or path.
    std::array<std::vector<std::vector<Moments>>, 4> sparsities;
  };
  struct Entry {
    using ByReplica = std::vector<float>;
    std::array<ByReplica, kHeads.size()> share;  // by head; -1: not measured, or of no item
    std::array<ByReplica, 2> items;  // how many are in the replay memory, and how many outside
  };
  // What one entry, or several, add to a mean over items.
  struct Sum {
    double right = 0, of = 0;
    bool known = true;  // all were measured
  };

  void begin(std::uint64_t run, std::size_t seeds);
  void takePoint(const link::StepPoint& point);
  void takePoint(const link::AccuracyPoint& point);
  void takePoint(const link::SummaryPoint& point);
  void takePoint(const link::SparsityPoint& point);
  Group& groupOf(std::size_t replica);
  [[nodiscard]] std::size_t mostPositions() const;
  void thin();
  void countComplete();
  void sumAccuracies();
  void sumAccuracy(std::size_t after, Head head, std::size_t group);
  void add(std::size_t replica, std::size_t after, std::size_t task, Head head, Sum& to) const;
  [[nodiscard]] Trace trace(std::size_t group, std::size_t column, bool known) const;

  std::uint64_t run_ = 0;
  std::size_t seeds_ = kOneGroup;  // replicas to a group
  std::size_t replicas_ = 0;
  std::size_t layers_ = 0, paths_ = 0, width_ = 0;  // of a metric point
  std::int64_t stride_ = 1;
  std::vector<Group> groups_;
  std::vector<std::vector<Entry>> rows_;    // [after][task]
  std::set<std::size_t> new_rows_;          // of which points came since they were summed
  std::vector<std::vector<bool>> stopped_;  // [replica][path]
  std::vector<link::FailedNetwork> failed_;
  std::vector<link::MetricPoint> early_;  // of a run whose snapshot has not come
};

}  // namespace dentate::ui
