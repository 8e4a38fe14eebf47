// What a hand does in the Architecture panel before and between a test's own moves.
#pragma once
#include <string>

#include "imgui.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"

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

}  // namespace dentate::tests
