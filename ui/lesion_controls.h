// The controls of the lesion lab: which part, how much of it, in which order, at test or for the
// rest of learning, and back again.
#pragma once
#include <memory>
#include <vector>

#include "ui/lesion_dials.h"
#include "ui/panel.h"

namespace dentate::ui {

class LesionControls {
 public:
  // The snapshot has a spec.
  void draw(const PanelContext& context);
  // Ctrl+Z and Ctrl+Y, while the panel is under the pointer.
  static void takeKeys(const PanelContext& context);

 private:
  static void drawScope(const PanelContext& context);
  static void drawOrder(const PanelContext& context);
  static void drawUndo(const PanelContext& context);
  static void drawInForce(const PanelContext& context);
  void drawRows(const PanelContext& context);

  std::shared_ptr<const spec::ExperimentSpec> spec_;  // that the rows are of
  std::vector<LesionRow> rows_;
};

}  // namespace dentate::ui
