// The way of one replica through the experiment, in units that workers take in hand: it is begun,
// learns a task, is tested after it, and so on to its end. Internal to engine/run.
//
// A course is in the hand of one worker, but for parts of tests, which change nothing and may be in
// several hands; what the experiment calls from under its lock is marked so.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/link/metric.h"
#include "engine/run/replica.h"
#include "engine/run/streams.h"
#include "engine/run/summary.h"
#include "engine/spec/lesion.h"

namespace dentate::run {

// How far replicas are to go: to this many meta-steps, and through the tests that follow them.
struct Until {
  std::int64_t step = 0;
  bool tests = true;
};

// In force together; null: none.
using LesionList = std::shared_ptr<const std::vector<spec::Lesion>>;

// What was measured, in the layers and paths of a snapshot.
void showSparsity(const measure::Sparsity& sparsity, link::Snapshot& in);

class Course {
 public:
  Course(std::shared_ptr<const Setting> setting, std::size_t index);

  // --- By the worker that has it in hand.

  // Makes the network.
  void begin(Streams& streams);
  // The lesions in force from the next meta-step on, found by its activity now.
  void follow(const LesionList& lesions);
  // Meta-steps up to `step`, one at least, while not `over` and the numbers are finite.
  void learn(learn::Rule& rule, std::int64_t step, const std::function<bool()>& over);
  // Takes down the meta-step that its replica has done; false where the numbers left the finite
  // range: it fails as it is put.
  bool note();
  [[nodiscard]] Replica& inHand() { return *replica_; }
  [[nodiscard]] measure::Counts test(std::int64_t part, TestBench& with) const;

  // --- Under the experiment's lock.

  [[nodiscard]] std::size_t index() const { return index_; }  // of the replica
  [[nodiscard]] bool begun() const { return begun_; }
  [[nodiscard]] bool finished() const;
  [[nodiscard]] bool ended() const { return finished() || failure_; }
  [[nodiscard]] bool testing() const { return !tests_.empty(); }
  [[nodiscard]] std::int64_t stepsDone() const { return steps_; }
  // Who has learned less, or as much and is not tested yet, has the lower rank.
  [[nodiscard]] std::int64_t rank() const;
  [[nodiscard]] bool reached(const Until& until) const;
  // Whether there is something to take in hand now, on the way to `until`.
  [[nodiscard]] bool waits(const Until& until) const;
  void take() { taken_ = true; }
  [[nodiscard]] bool taken() const { return taken_; }
  [[nodiscard]] std::int64_t takePart() { return parts_taken_++; }
  void put();  // begun, or learned; it fails where note() found it to
  // Gives whether a test is complete with it.
  bool putPart(std::int64_t part, const measure::Counts& counts);
  void fail(spec::Error why);  // it takes no part any more
  // Its state is copied at the next end of a task, once the tests there are done.
  void wantTaskEnd() { wants_task_end_ = true; }
  void forgetTaskEnd();
  [[nodiscard]] bool wantsTaskEnd() const { return wants_task_end_; }
  // Lets go of the network of a course that has ended; its summary stays, and where `keep` its last
  // state until it is taken.
  void close(bool keep);

  // --- While no worker has it in hand.

  struct State {
    std::int64_t steps = 0;                 // meta-steps done
    std::optional<Replica::State> replica;  // none: not begun, or let go of
    LesionList lesions;
    std::vector<Test> tests;
    std::vector<measure::Counts> counts;
    std::int64_t parts = 0;  // of the tests, done
    Tally tally;
    spec::Status failure;
    std::optional<ReplicaSummary> closed;  // its network was let go of
  };
  [[nodiscard]] State state() const;  // tensors are copied
  void restore(const State& state, Streams& streams);
  // As wantTaskEnd() asked for it; none: it is not there yet.
  [[nodiscard]] const std::optional<State>& taskEnd() const { return task_end_; }
  // Tests done since.
  [[nodiscard]] std::int64_t testsSince() const { return tests_since_; }
  // That close() kept; once.
  [[nodiscard]] std::optional<State> takeLast() { return std::exchange(last_, std::nullopt); }
  // Appends what was measured since the last call, in order; under the lock as well.
  void takePoints(std::vector<link::MetricPoint>& to);
  [[nodiscard]] const Replica& replica() const { return *replica_; }
  [[nodiscard]] const spec::Status& failure() const { return failure_; }
  // As of the last tests; empty before.
  [[nodiscard]] const measure::Sparsity& sparsity() const { return tally_.sparsity; }
  // As far as it has come. It must have begun.
  [[nodiscard]] ReplicaSummary summary() const;

 private:
  void conclude();  // the tests, now that all parts are done
  void keepTaskEnd();
  void measureSparsity(std::int64_t after_task);

  std::shared_ptr<const Setting> setting_;
  std::size_t index_;
  std::unique_ptr<Replica> replica_;
  LesionList followed_;  // that the replica's lesions were found for
  bool begun_ = false, taken_ = false;
  std::int64_t steps_ = 0;               // meta-steps done, as of the last put()
  std::vector<Test> tests_;              // after the task just learned; empty: none to come
  std::vector<measure::Counts> counts_;  // by test
  std::int64_t parts_taken_ = 0, parts_done_ = 0;
  Tally tally_;
  std::vector<link::MetricPoint> points_;
  spec::Status lost_;  // why it will fail, found by the worker that has it in hand
  spec::Status failure_;
  std::optional<ReplicaSummary> closed_;
  std::optional<State> last_;
  bool wants_task_end_ = false;
  std::optional<State> task_end_;
  std::int64_t tests_since_ = 0;
};

}  // namespace dentate::run
