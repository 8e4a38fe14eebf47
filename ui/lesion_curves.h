// Accuracy over lesion size of every part: asked for at one press, of every live run that is compared,
// and drawn while it comes.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/link/view.h"
#include "ui/lesion_dials.h"
#include "ui/lesion_size_plot.h"
#include "ui/panel.h"
#include "ui/plot.h"

namespace dentate::ui {

class LesionCurvesView {
 public:
  // Once a frame, drawn or not: takes in what has come, and says what is asked for.
  void follow(const PanelContext& context);
  // Asks for the curves of every part anew, in that order of units.
  void ask(const PanelContext& context, const LesionSetup& setup);
  // `setup` gives the order of units that a press asks for. The snapshot has a spec.
  void draw(const PanelContext& context, const LesionSetup& setup);

 private:
  void drawPress(const PanelContext& context, const LesionSetup& setup);
  [[nodiscard]] bool drawProgress(const PanelContext& context);
  void drawPlots(const PanelContext& context);
  void drawPlotOf(const PanelContext& context, std::size_t head, ImVec2 size);

  std::optional<link::LesionCurvesRequest> request_;  // none: not asked for, cancelled, or void
  std::uint64_t presses_ = 0;
  TestedRuns runs_;  // of this frame
  CurveParts parts_ = CurveParts::Layers;
  std::array<PlotView, 2> views_;  // by head
};

}  // namespace dentate::ui
