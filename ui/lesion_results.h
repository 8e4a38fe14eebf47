// What a lesion does, intact beside lesioned: accuracies, what is lost, active fractions.
#pragma once
#include "engine/link/view.h"
#include "ui/panel.h"

namespace dentate::ui {

// `view` is of the run at hand. Takes the width that is there.
void drawLesionResults(const PanelContext& context, const link::LesionView& view);

// "mean ± SEM, n = 10 · 200 of 1 000 test images so far"
[[nodiscard]] std::string lesionNote(const link::LesionView& view);

}  // namespace dentate::ui
