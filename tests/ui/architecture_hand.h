// What a hand does in the Architecture panel before and between a test's own moves.
#pragma once
#include <string>

#include "imgui.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/architecture_panel.h"

namespace dentate::tests {

inline ui::Draft& draftOf(GuiBench& bench) { return bench.laboratory().session().draft; }
inline const spec::NetworkSpec& networkOf(GuiBench& bench) { return draftOf(bench).spec().network; }

// Opens the panel from the View menu and gives it most of the window.
inline void openPanel(ImGuiTestContext* ctx, GuiBench& bench) {
  IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == link::Phase::Ready; }));
  ctx->MenuClick("//##MainMenuBar/View/Architecture");
  ctx->Yield(3);
  ImGui::DockBuilderDockWindow("Architecture", 0);  // a window of its own
  ctx->Yield(3);
  ctx->WindowMove("//Architecture", {20, 40});
  ctx->WindowResize("//Architecture", {1060, 640});
  ctx->SetRef("//Architecture");
  ctx->Yield(3);
}

// A value of a list among the properties of what is selected.
inline void choose(ImGuiTestContext* ctx, const char* field, const char* value) {
  ctx->ItemClick(ctx->GetID(field, ctx->WindowInfo("//Architecture/properties").ID));
  ctx->Yield(2);
  ctx->ItemClick((std::string("//##Combo_00/") + value).c_str());
  ctx->Yield(2);
}

inline const ui::ArchitecturePanel& panelOf(GuiBench& bench) {
  return *dynamic_cast<const ui::ArchitecturePanel*>(
      bench.laboratory().panel(ui::ArchitecturePanel::kTitle));
}

inline void dragMouse(ImGuiTestContext* ctx, ImVec2 from, ImVec2 to) {
  ctx->MouseMoveToPos(from);
  ctx->MouseDown();
  ctx->MouseMoveToPos({(from.x + to.x) / 2, (from.y + to.y) / 2});
  ctx->Yield(2);
  ctx->MouseMoveToPos(to);
  ctx->Yield(2);
  ctx->MouseUp();
  ctx->Yield(3);
}

// As a hand does: from the right pin of a layer to the left one of another.
inline void drawPath(ImGuiTestContext* ctx, GuiBench& bench, const char* from, const char* to) {
  const auto begin = panelOf(bench).canvas().pin(from, /*out=*/true);
  const auto end = panelOf(bench).canvas().pin(to, /*out=*/false);
  IM_CHECK(begin && end);
  dragMouse(ctx, *begin, *end);
}

}  // namespace dentate::tests
