// What the curves of a plot say at one moment: the table on hover, and the card of a pinned moment.
#pragma once
#include <cstddef>
#include <vector>

#include "ui/plot_drawing.h"

namespace dentate::ui {

struct Reading {
  std::size_t curve = 0;  // place in the content
  Moments value;
  double step = 0;  // meta-steps; the known position nearest to the one asked for
};

// Of every curve that the view shows and that has a value there, the highest first.
[[nodiscard]] std::vector<Reading> readingsAt(const PlotContent& content, const PlotView& view,
                                              double step);

// The table of all values at the pointer, and a line there. Inside the plot, which is hovered.
void drawHoverTable(const DrawnPlot& plot);
// The line of the pinned moment and, beside it, as many of its values as fit. Inside the plot.
void drawPin(const DrawnPlot& plot);
// Whether a moment of the run that is shown is pinned.
[[nodiscard]] bool isPinned(const PanelContext& context);
// Pins the moment under the pointer; the one that is pinned there is let go.
void togglePin(const DrawnPlot& plot, double step);

}  // namespace dentate::ui
