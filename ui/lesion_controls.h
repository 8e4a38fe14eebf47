// The controls of the lesion lab: which part, how much of it, in which order, at test or for the
// rest of learning, and back again.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "ui/lesion_dials.h"
#include "ui/panel.h"
#include "ui/pending.h"

namespace dentate::ui {

class LesionControls {
 public:
  // Once a frame, before all else: takes in what the run has done. The snapshot has a spec.
  void follow(const PanelContext& context);
  void draw(const PanelContext& context);
  // Ctrl+Z and Ctrl+Y, while the panel is under the pointer.
  void takeKeys(const PanelContext& context);

  // What the networks are to be tested with, besides the lesions in force.
  [[nodiscard]] std::vector<spec::Lesion> asked() const;
  [[nodiscard]] const LesionSetup& setup() const { return setup_; }
  // Whether they are for the rest of learning, not for tests.
  [[nodiscard]] bool forLearning() const { return learning_; }

 private:
  void drawScope(const PanelContext& context);
  void drawOrder(const PanelContext& context);
  void drawUndo(const PanelContext& context);
  void drawRows(const PanelContext& context);
  void drawRow(const PanelContext& context, const LesionRow& row);
  void drawShare(const PanelContext& context, const LesionRow& row, float width);
  void drawInForce(const PanelContext& context) const;

  [[nodiscard]] LesionDials& dials() { return learning_ ? setup_.learning : setup_.at_test; }
  // Changes the setup as one step that can be undone.
  template <class Change>
  void edit(const PanelContext& context, const Change& change) {
    const LesionSetup before = setup_;
    change();
    commit(context, before);
  }
  void commit(const PanelContext& context, const LesionSetup& before);
  void send(const PanelContext& context, const LesionSetup& before);
  void goBack(const PanelContext& context, std::vector<LesionSetup>& from,
              std::vector<LesionSetup>& to);

  LesionSetup setup_;
  bool learning_ = false;         // the controls are for the rest of learning, not for tests
  Pending<LesionDials> pending_;  // of those for the rest of learning
  LesionSetup before_drag_;
  std::vector<LesionSetup> past_, future_;
  std::uint64_t run_ = 0;
  std::shared_ptr<const spec::ExperimentSpec> spec_;  // that the rows are of
  std::vector<LesionRow> rows_;
};

}  // namespace dentate::ui
