// The strokes of a plot: boundaries, bands, curves, and labels at their ends. Between
// ImPlot::SetupFinish and ImPlot::EndPlot.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ui/plot.h"

namespace dentate::ui {

// The content while it is drawn, with what depends on the view.
struct DrawnPlot {
  const PanelContext& context;
  const PlotContent& content;
  PlotView& view;
  std::vector<std::vector<Moments>> smooth;  // by curve; empty where it is not asked for
  // More labels than there is height for: those of one layer are one, at the last of its curves and
  // without a value.
  bool crowded = false;
};

struct EndLabel {
  std::string label, value;
  ImVec2 end;
  figure::Color color;
  std::string layer;  // what remains of the label where there is no room for all
};

// The smoothed curve where that is asked for, else the raw one.
[[nodiscard]] Trace shownTrace(const DrawnPlot& plot, std::size_t curve);
void drawBoundaries(const DrawnPlot& plot);
// Draws a curve and returns where it ends; none where nothing of it is known.
std::optional<ImVec2> drawCurve(const DrawnPlot& plot, std::size_t index);
// Beside the ends where there is room in the plot, else in the margin; the values always there.
// `right` is the margin's right end.
void drawEndLabels(const DrawnPlot& plot, const std::vector<EndLabel>& labels, float right);

}  // namespace dentate::ui
