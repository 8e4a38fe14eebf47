// What the lesion lab has set, with its own undo. The session keeps it, so that a command reaches it
// whether or not the panel is in sight. No drawing.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/link/command.h"
#include "engine/link/snapshot.h"
#include "ui/kept.h"
#include "ui/lesion_dials.h"
#include "ui/pending.h"

namespace dentate::ui {

class LesionDesk {
 public:
  // Once a frame, before all else: takes in what the run has done.
  void follow(const link::Snapshot& now);

  [[nodiscard]] const LesionSetup& setup() const { return setup_; }
  // Whether the dials are those for the rest of learning, not for tests.
  [[nodiscard]] bool forLearning() const { return learning_; }
  void setForLearning(bool learning) { learning_ = learning; }
  [[nodiscard]] const LesionDials& dials() const {
    return learning_ ? setup_.learning : setup_.at_test;
  }
  // What the networks are to be tested with, besides the lesions in force.
  [[nodiscard]] std::vector<spec::Lesion> asked() const;
  [[nodiscard]] bool anyLesion() const;

  // Changes the setup, or the dials, as one step that can be undone.
  template <class Change>
  void edit(const link::Emit& emit, const Change& change) {
    const LesionSetup before = setup_;
    change(setup_);
    commit(before, emit);
  }
  template <class Change>
  void editDials(const link::Emit& emit, const Change& change) {
    const LesionSetup before = setup_;
    change(learning_ ? setup_.learning : setup_.at_test);
    commit(before, emit);
  }
  void undoAll(const link::Emit& emit);

  // A slider: all between its press and its release is one step.
  void beginDrag() { before_drag_ = setup_; }
  void drag(const LesionRow& row, double share);
  void endDrag(const link::Emit& emit) { commit(before_drag_, emit); }

  // Those at test, from one sitting to the next.
  [[nodiscard]] KeptLesions kept() const;
  void recall(KeptLesions kept) { recalled_ = std::move(kept); }

  [[nodiscard]] bool canUndo() const { return !past_.empty(); }
  void undo(const link::Emit& emit) { goBack(past_, future_, emit); }
  void redo(const link::Emit& emit) { goBack(future_, past_, emit); }

 private:
  void takeRecalled();
  void commit(const LesionSetup& before, const link::Emit& emit);
  void send(const LesionSetup& before, const link::Emit& emit);
  void goBack(std::vector<LesionSetup>& from, std::vector<LesionSetup>& to, const link::Emit& emit);

  LesionSetup setup_;
  bool learning_ = false;
  Pending<LesionDials> pending_;  // of those for the rest of learning
  LesionSetup before_drag_;
  std::vector<LesionSetup> past_, future_;
  std::uint64_t run_ = 0;
  std::shared_ptr<const spec::ExperimentSpec> spec_;
  std::optional<KeptLesions> recalled_;  // until there is a network
};

}  // namespace dentate::ui
