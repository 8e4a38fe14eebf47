// What can be done with a plot: its menu on right click, the same by request from the command
// palette, and the size of exported pictures.
#pragma once
#include "ui/plot.h"
#include "ui/plot_export.h"

namespace dentate::ui {

// Writes what is asked of a plot, and says in the log where.
void exportFiles(const PanelContext& context, const PlotFiles& files, ExportKind kind);

// The part of the menu that matrices and bars have: their export, by right click, key and command.
// After what it is of; `hovered`: the pointer is over that.
void drawExportMenu(const PanelContext& context, const PlotFiles& files, bool hovered);

// Opens and draws the menu and the dialog where they are asked for. After the plot.
void drawPlotMenu(const PanelContext& context, const PlotContent& content, PlotView& view);
// Does what is asked of this plot.
void answerRequest(const PanelContext& context, const PlotContent& content, PlotView& view);

}  // namespace dentate::ui
