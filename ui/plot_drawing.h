// The strokes of a plot: boundaries, bands and curves. Between
// ImPlot::SetupFinish and ImPlot::EndPlot.
#pragma once
#include <optional>
#include <vector>

#include "ui/plot.h"

namespace dentate::ui {

// The content while it is drawn, with what depends on the view.
struct DrawnPlot {
  const PanelContext& context;
  const PlotContent& content;
  PlotView& view;
  bool crowded = false;  // more labels than there is height for
};

// Whether a curve is called so, in whatever condition.
[[nodiscard]] bool isCalled(const PlotCurve& curve, const std::string& name);
// The smoothed curve where that is asked for, else the raw one.
[[nodiscard]] Trace shownTrace(const DrawnPlot& plot, std::size_t curve);
void drawBoundaries(const DrawnPlot& plot);
// Draws a curve and returns where it ends; none where nothing of it is known.
std::optional<ImVec2> drawCurve(const DrawnPlot& plot, std::size_t index);
// The same of a curve that is not drawn.
std::optional<ImVec2> endOf(const DrawnPlot& plot, std::size_t index);

}  // namespace dentate::ui
