// The list of commands of the laboratory; see ui/actions.h.
#include "ui/experiment_panel.h"
#include "ui/laboratory.h"
#include "ui/theme.h"
#include "ui/transport_panel.h"

namespace dentate::ui {

void Laboratory::addRunActions(const PanelContext& context, std::vector<Action>& out) {
  const link::Snapshot& now = context.now;
  const bool can_run = canRun(now.phase);
  const auto add = [&](const char* name, const char* shortcut, ImGuiKeyChord chord, bool enabled,
                       std::function<void()> run) -> Action& {
    out.push_back({Menu::Experiment, name, shortcut, chord, std::move(run), enabled, false, false});
    return out.back();
  };
  add("Open…", "Ctrl+O", ImGuiMod_Ctrl | ImGuiKey_O, true, [this] { files_.askOpen(session_); });
  add("Save experiment as…", "", 0, true, [this] { files_.askSave(session_); });
  add("Save run", "Ctrl+S", ImGuiMod_Ctrl | ImGuiKey_S, now.step > 0,
      [this] { session_.guard.save(*now_, emit_, session_.output); });
  const bool moving = isMoving(now.phase);
  const bool over = now.phase == link::Phase::Finished;
  const char* play = over ? "Again" : moving ? "Pause" : "Play";
  add(play, "Space", ImGuiKey_Space, can_run || over, [this, moving, over] {
    if (over)
      session_.guard.wishAgain();
    else if (moving)
      emit_(link::Pause{});
    else
      emit_(link::Play{});
  }).separated = true;
  add("One meta-step", ".", ImGuiKey_Period, can_run, [this] { emit_(link::StepMeta{}); });
  add("To the end of the task", "Shift+.", ImGuiMod_Shift | ImGuiKey_Period, can_run,
      [this] { emit_(link::StepTask{}); });
  add("Reset", "", 0, now.spec && now.step > 0, [this] { session_.guard.wish(link::Reset{}); });
  const auto edit = [this](bool (Draft::*change)()) {
    (session_.draft.*change)();
    sendRates({*now_, history_, look_, emit_, session_});
  };
  add("Undo", "Ctrl+Z", ImGuiMod_Ctrl | ImGuiKey_Z, session_.draft.canUndo() && !session_.own_undo,
      [edit] { edit(&Draft::undo); })
      .separated = true;
  add("Redo", "Ctrl+Y", ImGuiMod_Ctrl | ImGuiKey_Y, session_.draft.canRedo() && !session_.own_undo,
      [edit] { edit(&Draft::redo); });
  add("Quit", "Ctrl+Q", ImGuiMod_Ctrl | ImGuiKey_Q, true, [this] {
    session_.guard.wishQuit();
  }).separated = true;
}

void Laboratory::addViewActions(std::vector<Action>& out) {
  const auto add = [&](std::string name, const char* shortcut, ImGuiKeyChord chord, bool checked,
                       std::function<void()> run) -> Action& {
    out.push_back(
        {Menu::View, std::move(name), shortcut, chord, std::move(run), true, checked, false});
    return out.back();
  };
  for (const PanelEntry& entry : panelRegistry()) {
    const bool open = workspaces_.isOpen(entry.title);
    add(entry.title, "", 0, open, [this, &entry, open] {
      workspaces_.setOpen(entry.title, !open);
    }).group = open ? "Hide panel: " : "Show panel: ";
  }
  add("Reset layout", "", 0, false, [this] { workspaces_.resetLayout(); }).separated = true;
  const auto several = now_->variants.size() > 1;
  add("Choose the network shown…", "Ctrl+K", ImGuiMod_Ctrl | ImGuiKey_K, false, [this] {
    session_.network_asked = true;
  }).enabled = several;
  add("Full screen", "F11", ImGuiKey_F11, false, [this] { window_.toggleFullScreen(); });
  for (const auto workspace : {Workspace::Lecture, Workspace::Lab})
    add(std::string("Workspace: ") + workspaceName(workspace), "", 0,
        workspaces_.current() == workspace, [this, workspace] { workspaces_.switchTo(workspace); })
        .separated = workspace == Workspace::Lecture;
  for (const auto theme : {figure::Theme::Dark, figure::Theme::Light, figure::Theme::Projector})
    add("Theme: " + std::string(themeName(theme)), "", 0, settings_.theme == theme, [this, theme] {
      setTheme(theme);
    }).separated = theme == figure::Theme::Dark;
  for (const int percent : {100, 125, 150, 200, 250})
    add("Scale: " + std::to_string(percent) + " %", "", 0, settings_.scale == percent,
        [this, percent] { setScale(percent); })
        .separated = percent == 100;
}

std::vector<Action> Laboratory::actions(const PanelContext& context) {
  std::vector<Action> out;
  addRunActions(context, out);
  addViewActions(out);
  const PanelEntry* panel =
      hovered_panel_ < panels_.size() ? &panelRegistry()[hovered_panel_] : nullptr;
  out.push_back({Menu::Help, "Explain what is under the pointer", "F1", ImGuiKey_F1,
                 [this, panel, pointed = session_.pointed] { explain_.ask(pointed, panel); }, true,
                 false, false});
  out.push_back({Menu::Help, "All commands", "Ctrl+P", ImGuiMod_Ctrl | ImGuiKey_P,
                 [this] { palette_.ask(); }, true, false, false});
  out.push_back({Menu::Help, "Terms", "", 0, [this] { explain_.askTerms(); }, true, false, false});
  out.push_back({Menu::Help, "Export the plot last pointed at", "Ctrl+E",
                 ImGuiMod_Ctrl | ImGuiKey_E, [this] { session_.export_asked = true; }, true, false,
                 false});
  return out;
}

}  // namespace dentate::ui
