// The rows of the experiment panel that choose between the published program and its corrections.
#pragma once
#include "ui/panel.h"

namespace dentate::ui {

// Several to compare; or, where none are, each choice of the rule.
void drawCorrections(const PanelContext& context);

}  // namespace dentate::ui
