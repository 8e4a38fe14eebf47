// The legend above plots that compare runs or conditions: each one's dash, to be shown or left out
// by a press, and the alpha0 whose curves are shown where a run has several.
#pragma once
#include <string>

#include "ui/panel.h"

namespace dentate::ui {

// Draws nothing where there is one run with one condition and one alpha0. What is chosen holds for
// all plots.
void drawComparison(const PanelContext& context);
// The same of several runs alone.
void drawRunBar(const PanelContext& context);

// "category" and "item", one of which is on: whose accuracy all panels show. Draws nothing where the
// network has one of them.
void chooseHead(const PanelContext& context);
// Its width, pixels; 0 where it draws nothing.
[[nodiscard]] float headChoiceWidth(const PanelContext& context);

// Shows a condition in all plots or leaves it out; the last one stays.
void toggle(Comparison& comparison, const spec::Compared& compared,
            const spec::ExperimentSpec& spec);

// A button with a line and a name, dimmed where it is off. True where it is pressed.
bool lineToggle(const PanelContext& context, const std::string& name, const figure::Style& style,
                bool on);
// The same of a run, its name cut in the middle to `room`: shows it in all plots or leaves it out.
void runToggle(const PanelContext& context, const link::RunEntry& run, float room);
// A button with a condition's line and name, dimmed where it is off. True where it is pressed.
bool comparedToggle(const PanelContext& context, const spec::Compared& compared, bool on);

}  // namespace dentate::ui
