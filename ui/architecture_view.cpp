#define IMGUI_DEFINE_MATH_OPERATORS  // the editor's own header needs them, before imgui.h
#include "ui/architecture_view.h"

#include <imgui_node_editor_internal.h>

namespace dentate::ui {

void showCanvas(ax::NodeEditor::EditorContext* editor, ImVec2 low, ImVec2 high) {
  // The editor adds a twentieth of the longer side on every side; it is taken off before. Of a
  // shorter side nothing may be left, and an empty rectangle is not shown.
  ImRect rect(low, high);
  const float margin = 0.05F / 1.1F * ImMax(rect.GetWidth(), rect.GetHeight());
  rect.Expand({-ImMin(margin, rect.GetWidth() / 2 - 1), -ImMin(margin, rect.GetHeight() / 2 - 1)});
  reinterpret_cast<ax::NodeEditor::Detail::EditorContext*>(editor)->NavigateTo(
      rect, /*zoomIn=*/true, /*duration=*/0);
}

}  // namespace dentate::ui
