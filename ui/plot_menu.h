// What can be done with a plot: its menu on right click, the same by request from the command
// palette, and the size of exported pictures.
#pragma once
#include "ui/plot.h"

namespace dentate::ui {

// Opens and draws the menu and the dialog where they are asked for. After the plot.
void drawPlotMenu(const PanelContext& context, const PlotContent& content, PlotView& view);
// Does what is asked of this plot.
void answerRequest(const PanelContext& context, const PlotContent& content, PlotView& view);

}  // namespace dentate::ui
