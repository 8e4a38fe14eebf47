#include "ui/menu_bar.h"

#include <algorithm>
#include <string_view>

#include "ui/format.h"
#include "ui/icons.h"
#include "ui/log_panel.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

void drawItem(const Action& action) {
  if (action.separated) ImGui::Separator();
  if (ImGui::MenuItem(action.name.c_str(), action.shortcut, action.checked, action.enabled))
    action.run();
  if (!action.enabled && !action.why_not.empty() &&
      ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip | ImGuiHoveredFlags_AllowWhenDisabled))
    ImGui::SetTooltip("%s", action.why_not.c_str());
}

// Actions of one submenu stand side by side in the list.
void drawMenu(const char* name, Menu menu, const std::vector<Action>& actions) {
  if (!ImGui::BeginMenu(name)) return;
  std::string_view submenu;
  bool open = true;  // of the submenu, or of the menu itself
  for (const Action& action : actions) {
    if (action.menu != menu) continue;
    if (submenu != action.submenu) {
      if (!submenu.empty() && open) ImGui::EndMenu();
      submenu = action.submenu;
      open = submenu.empty() || ImGui::BeginMenu(action.submenu);
    }
    if (open) drawItem(action);
  }
  if (!submenu.empty() && open) ImGui::EndMenu();
  ImGui::EndMenu();
}

std::string unsavedInWords(const PanelContext& context) {
  const auto& runs = context.now.runs;
  std::string names;
  for (const auto& run : runs)
    if (run.live() && context.session.guard.unsavedSteps(run) > 0)
      names += (names.empty() ? "" : ", ") + run.name;
  if (runs.size() < 2) return "This run is not saved. Ctrl+S saves it.";
  return "Not saved: " + names + ". Ctrl+S saves the run in the panels, Ctrl+Shift+S all of them.";
}

void drawTitle(const PanelContext& context, float left, float right) {
  const Look& look = context.look;
  const std::string title = experimentTitle(context.now, context.session.draft);
  const bool unsaved = context.session.guard.unsavedSteps(context.now) > 0;
  const Ink ink = textInk(look, look.text());
  const float centre = ImGui::GetWindowPos().x + ImGui::GetWindowWidth() / 2;
  const float half = std::min(centre - left, right - centre) - look.px(24);
  if (half < look.px(60)) return;
  const std::string shown = cut(ink, title, 2 * half);
  const float width = widthOf(ink, shown);
  const float y = ImGui::GetWindowPos().y + (ImGui::GetWindowHeight() - ink.size) / 2;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  put(list, ink, {centre, y}, shown, 0.5F);
  if (!unsaved) return;
  const ImVec2 dot{centre + width / 2 + look.px(14), y + ink.size / 2};
  list.AddCircleFilled(dot, look.px(4), look.accent());
  if (ImGui::IsMouseHoveringRect({dot.x - look.px(10), dot.y - look.px(10)},
                                 {dot.x + look.px(10), dot.y + look.px(10)}))
    ImGui::SetTooltip("%s", unsavedInWords(context).c_str());
}

// Those of the program, and the current one where it is the person's own. Where all have no room right
// of `from` the current one stands alone, and the others are in the View menu.
float drawWorkspaces(const PanelContext& context, Workspaces& workspaces, float from) {
  const Look& look = context.look;
  std::vector<std::string> names;
  if (workspaces.isOwn()) names.push_back(workspaces.name());
  for (const Workspace workspace : kWorkspaces) names.emplace_back(workspaceName(workspace));
  const Ink ink = textInk(look, look.text());
  const float pad = look.px(8), gap = look.px(8);
  std::vector<float> widths;
  const auto measure = [&] {
    widths.clear();
    float whole = look.px(12);
    for (std::string& name : names) {
      name = cut(ink, name, look.px(160));
      widths.push_back(std::max(look.px(80), widthOf(ink, name) + 2 * pad));
      whole += widths.back() + gap;
    }
    return ImGui::GetWindowPos().x + ImGui::GetWindowWidth() - whole;
  };
  float left = measure();
  if (left < from) {
    names = {workspaces.name()};
    left = measure();
  }
  if (left < from) return ImGui::GetWindowPos().x + ImGui::GetWindowWidth();
  const float top = ImGui::GetWindowPos().y + (ImGui::GetWindowHeight() - look.px(28)) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {pad, look.px(2)});
  float x = left;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool own = workspaces.isOwn() && i == 0;
    const bool chosen = own || names[i] == workspaces.name();
    ImGui::SetCursorScreenPos({x, top});
    ImGui::PushStyleColor(ImGuiCol_Button, chosen ? look.accent() : look.panel());
    if (chosen) ImGui::PushStyleColor(ImGuiCol_Text, IM_COL32(255, 255, 255, 255));
    const std::string label = own ? names[i] + "###own_workspace" : names[i];
    if (ImGui::Button(label.c_str(), {widths[i], look.px(28)}) && !own)
      workspaces.switchTo(names[i]);
    ImGui::PopStyleColor(chosen ? 2 : 1);
    x += widths[i] + gap;
  }
  ImGui::PopStyleVar();
  return left;
}

}  // namespace

std::string experimentTitle(const link::Snapshot& now, const Draft& draft) {
  const spec::ExperimentSpec& spec = now.spec ? *now.spec : draft.spec();
  const auto kinds = spec.replicas.inhibitions.size(), quirks = spec.replicas.corrections.size();
  return spec.name + " · " + conditionsInWords(spec) + " · " +
         (kinds > 1 ? std::to_string(kinds) + " inhibitions · " : "") +
         (quirks > 1 ? std::to_string(quirks) + " corrections · " : "") +
         plural(spec::replicaCount(spec), "network", "networks");
}

void drawMenuBar(const PanelContext& context, const std::vector<Action>& actions,
                 Workspaces& workspaces) {
  const Look& look = context.look;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {look.px(8), look.px(13)});
  const bool open = ImGui::BeginMainMenuBar();
  ImGui::PopStyleVar();
  if (!open) return;
  ImGui::SetCursorPosX(look.px(20));
  ImGui::PushFont(look.fonts.bold, kTitleSize);
  ImGui::TextUnformatted("Dentate");
  ImGui::PopFont();
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + look.px(8));
  drawMenu("Experiment", Menu::Experiment, actions);
  drawMenu("View", Menu::View, actions);
  drawMenu("Plot", Menu::Plot, actions);
  drawMenu("Help", Menu::Help, actions);
  if (const auto errors = context.session.log.unreadErrors(); errors > 0) {
    const std::string text = std::string(icon::kWarning) + " " +
                             plural(static_cast<std::int64_t>(errors), "error", "errors") +
                             "###errors";
    ImGui::PushStyleColor(ImGuiCol_Text, pack(look.warning));
    if (ImGui::MenuItem(text.c_str())) workspaces.setOpen(LogPanel::kTitle, true);
    ImGui::PopStyleColor();
  }
  const float left = ImGui::GetCursorScreenPos().x;
  drawTitle(context, left, drawWorkspaces(context, workspaces, left));
  ImGui::EndMainMenuBar();
}

}  // namespace dentate::ui
