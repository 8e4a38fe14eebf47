// Accuracy over lesion size of every part: asked for at one press, drawn while it comes, exported.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/link/view.h"
#include "ui/history.h"
#include "ui/lesion_dials.h"
#include "ui/panel.h"
#include "ui/plot.h"

namespace dentate::ui {

enum class CurveParts { Layers, Paths };  // pathways are with the layers

// Curves of one output, over percent. `curves` must outlive its CSV, which is the one below.
[[nodiscard]] PlotContent lesionContent(const spec::NetworkSpec& network,
                                        const link::LesionCurves& curves, CurveParts parts,
                                        Head head, figure::Theme theme);
// Columns part, share, category mean, category sem, item mean, item sem, n.
[[nodiscard]] std::string lesionCurvesCsv(const link::LesionCurves& curves);

class LesionCurvesView {
 public:
  // Once a frame, drawn or not: takes in what has come, and says what is asked for.
  void follow(const PanelContext& context);
  // Asks for the curves of every part anew, in that order of units.
  void ask(const LesionSetup& setup);
  // `setup` gives the order of units that a press asks for. The snapshot has a spec.
  void draw(const PanelContext& context, const LesionSetup& setup);

 private:
  void drawPress(const PanelContext& context, const LesionSetup& setup);
  void drawPlots(const PanelContext& context);
  void drawPlotOf(const PanelContext& context, std::size_t head, ImVec2 size);

  std::optional<link::LesionCurvesRequest> request_;  // none: not asked for, or cancelled
  std::uint64_t presses_ = 0;
  std::uint64_t run_ = 0;  // of the request
  std::shared_ptr<const link::LesionCurves> curves_;
  CurveParts parts_ = CurveParts::Layers;
  std::array<PlotView, 2> views_;  // by head
};

}  // namespace dentate::ui
