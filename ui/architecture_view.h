// What part of the canvas the node editor shows. Apart, since the editor's public functions show all
// of its content or what is selected, and blow a single node up to the whole panel.
#pragma once
#include "imgui.h"

namespace ax::NodeEditor {
struct EditorContext;
}

namespace dentate::ui {

// Shows this rectangle of the canvas, at once, as large as it fits.
void showCanvas(ax::NodeEditor::EditorContext* editor, ImVec2 low, ImVec2 high);

}  // namespace dentate::ui
