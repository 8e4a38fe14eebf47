// One plot of accuracy over lesion size, with labels at the ends of its curves.
#pragma once
#include "engine/figure/figure.h"
#include "ui/panel.h"

namespace dentate::ui {

// Gives whether the pointer is over it.
bool drawLesionPlot(const PanelContext& context, const figure::LinePlot& plot, ImVec2 size);

}  // namespace dentate::ui
