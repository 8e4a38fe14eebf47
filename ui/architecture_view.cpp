#define IMGUI_DEFINE_MATH_OPERATORS  // the editor's own header needs them, before imgui.h
#include "ui/architecture_view.h"

#include <imgui_node_editor_internal.h>

namespace dentate::ui {

void showCanvas(ax::NodeEditor::EditorContext* editor, ImVec2 low, ImVec2 high) {
  reinterpret_cast<ax::NodeEditor::Detail::EditorContext*>(editor)->NavigateTo(
      ImRect(low, high), /*zoomIn=*/true, /*duration=*/0);
}

}  // namespace dentate::ui
