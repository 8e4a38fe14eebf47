// What a lesion does, as files: bars of accuracy and of active fractions, intact beside lesioned.
#pragma once
#include "engine/link/view.h"
#include "ui/plot_export.h"

namespace dentate::ui {

// CSV: columns measure, part, state, mean, sem, n. What it is given must outlive the result.
[[nodiscard]] PlotFiles lesionFiles(const spec::NetworkSpec& network, const link::LesionView& view);

}  // namespace dentate::ui
