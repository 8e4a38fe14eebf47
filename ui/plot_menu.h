// What can be done with a plot: its menu on right click, the same by request from the command
// palette, and the size of exported pictures.
#pragma once
#include "ui/plot.h"
#include "ui/plot_export.h"

namespace dentate::ui {

// Writes what is asked of a plot, and says in the log where.
void exportFiles(const PanelContext& context, const PlotFiles& files, ExportKind kind);

// The part of it that a plot with a drawing of its own has: its export.
class ExportMenu {
 public:
  // After the plot. `hovered`: the pointer is over it.
  void draw(const PanelContext& context, const PlotFiles& files, bool hovered);

 private:
  bool asked_ = false, size_asked_ = false;
};

// Opens and draws the menu and the dialog where they are asked for. After the plot.
void drawPlotMenu(const PanelContext& context, const PlotContent& content, PlotView& view);
// Does what is asked of this plot.
void answerRequest(const PanelContext& context, const PlotContent& content, PlotView& view);

}  // namespace dentate::ui
