// The names of the curves at their ends, with their newest values. A press on one leaves its curve
// out or brings it back; what is left out stays there, dimmed.
#pragma once
#include <string>
#include <vector>

#include "ui/plot_drawing.h"

namespace dentate::ui {

struct EndLabel {
  std::string label, value;
  ImVec2 end;
  figure::Color color;
  std::vector<std::size_t> curves = {};  // that it stands for
  bool shown = true;                     // at least one of them is
  ImVec2 low = {0, 0}, high = {0, 0};    // where it was drawn
};

// Whether the labels of all curves do not fit above each other, or beside, in a plot of this size.
[[nodiscard]] bool isCrowded(const PanelContext& context, const PlotContent& content, ImVec2 size);
// Beside the plot, for labels and values.
[[nodiscard]] float legendWidth(const PanelContext& context, const PlotContent& content,
                                bool crowded, float width);

// The label of a curve that ends there. Where the plot is crowded the curves of one layer have one
// label, with the value of the featured one.
void addLabel(const DrawnPlot& plot, std::size_t curve, ImVec2 end, std::vector<EndLabel>& labels);
// Beside the ends where there is room in the plot, else in the margin; the values always there.
// `right` is the margin's right end. Inside the plot.
void drawLabels(const DrawnPlot& plot, std::vector<EndLabel>& labels, float right);
// Takes presses on them, and says on hover what they do. After the plot. True while hovered.
bool pressLabels(const DrawnPlot& plot, const std::vector<EndLabel>& labels);

// Leaves curves out, or brings them back where none of them is shown.
void toggleCurves(const PlotContent& content, const std::vector<std::size_t>& curves,
                  PlotView& view);

}  // namespace dentate::ui
