// The list of commands of the laboratory; see ui/actions.h.
#include <algorithm>
#include <array>

#include "engine/spec/spelling.h"
#include "ui/comparison_bar.h"
#include "ui/experiment_panel.h"
#include "ui/format.h"
#include "ui/heads.h"
#include "ui/laboratory.h"
#include "ui/lesion_panel.h"
#include "ui/runs_panel.h"
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
  addPresetActions(out);
  add("Save experiment as…", "", 0, true, [this] { files_.askSave(session_); });
  add("Save run", "Ctrl+S", ImGuiMod_Ctrl | ImGuiKey_S, now.step > 0,
      [this] { session_.guard.saveShown(*now_, emit_, session_.output); });
  const auto unsaved = [this](const link::RunEntry& run) {
    return run.live() && session_.guard.unsavedSteps(run) > 0;
  };
  if (now.runs.size() > 1)
    add("Save all runs", "Ctrl+Shift+S", ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_S,
        std::any_of(now.runs.begin(), now.runs.end(), unsaved),
        [this] { session_.guard.saveAll(*now_, emit_, session_.output); });
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
    sendRates({*now_, histories_, look_, emit_, session_});
  };
  add("Undo", "Ctrl+Z", ImGuiMod_Ctrl | ImGuiKey_Z, session_.draft.canUndo() && !session_.own_undo,
      [edit] { edit(&Draft::undo); })
      .separated = true;
  add("Redo", "Ctrl+Y", ImGuiMod_Ctrl | ImGuiKey_Y, session_.draft.canRedo() && !session_.own_undo,
      [edit] { edit(&Draft::redo); });
  addLearningActions(out);
  addLesionActions(out);
  addCompareActions(out);
  addRunEditActions(out);
  add("Quit", "Ctrl+Q", ImGuiMod_Ctrl | ImGuiKey_Q, true, [this] {
    session_.guard.wishQuit();
  }).separated = true;
}

void Laboratory::addLearningActions(std::vector<Action>& out) {
  const Draft& draft = session_.draft;
  const auto add = [&](const char* name, std::string why_not, std::function<void()> run) {
    out.push_back({Menu::Experiment, name, "", 0, std::move(run), why_not.empty()});
    out.back().why_not = std::move(why_not);
  };
  add("Restart with these values", whyNotRestart(*now_, draft),
      [this] { session_.guard.wish(link::Load{session_.draft.spec()}); });
  out.back().separated = true;
  const bool same = now_->spec && now_->phase != link::Phase::Failed && *now_->spec == draft.spec();
  add("Learn this network", same ? "The run learns this network already" : draft.whyNotLearn(),
      [this] {
        session_.guard.wishLearn(session_.draft.spec());
        session_.live_architecture = true;
      });
}

void Laboratory::addLesionActions(std::vector<Action>& out) {
  const auto add = [&](const char* name, const char* why_not, std::function<void()> run) {
    out.push_back({Menu::Experiment, name, "", 0, std::move(run), why_not[0] == '\0'});
    out.back().why_not = why_not;
  };
  add("Undo all lesions", session_.lesions.anyLesion() ? "" : "No part of the network is lesioned",
      [this] { session_.lesions.undoAll(emit_); });
  out.back().separated = true;
  const bool can = now_->spec != nullptr && now_->phase != link::Phase::Loading;
  add("Test every part", can ? "" : "There is no network to be lesioned yet", [this] {
    session_.lesion_curves_asked = true;
    session_.panel_asked = LesionPanel::kTitle;
  });
}

// For a lecture, where the Experiment panel is not open.
void Laboratory::addPresetActions(std::vector<Action>& out) {
  for (const Preset& preset : presets_.all) {
    out.push_back({Menu::Experiment, preset.spec.name, "", 0,
                   [this, &preset] { session_.guard.wishPreset(preset.spec, preset.file); }});
    out.back().checked = session_.draft.file() == preset.file;
    out.back().group = "Open preset: ";
    out.back().submenu = "Presets";
  }
}

void Laboratory::addCompareActions(std::vector<Action>& out) {
  const auto add = [&](std::string name, const char* shortcut, ImGuiKeyChord chord, bool enabled,
                       std::function<void()> run) -> Action& {
    out.push_back({Menu::Experiment, std::move(name), shortcut, chord, std::move(run), enabled,
                   false, false});
    return out.back();
  };
  add("Branch here", "Ctrl+B", ImGuiMod_Ctrl | ImGuiKey_B, now_->spec != nullptr, [this] {
    emit_(link::Branch{});
    session_.panel_asked = RunsPanel::kTitle;
  }).separated = true;
  add("Open saved run…", "Ctrl+Shift+O", ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_O, true,
      [this] { session_.saved_run_asked = true; });
  const auto shown = shownRuns(*now_, session_.comparison);
  Action& difference = add("Plots show differences", "", 0, shown.size() > 1, [this] {
    session_.comparison.difference = !session_.comparison.difference;
  });
  difference.checked = session_.comparison.difference;
  for (const auto& run : now_->runs) {
    if (!run.live() || now_->runs.size() < 2) continue;
    Action& action = add(run.name, "", 0, run.run != now_->run,
                         [this, number = run.run] { emit_(link::SelectRun{number}); });
    action.group = "Show the run ";
    action.submenu = "Show the run";
    action.checked = run.run == now_->run;
  }
}

// Rename, drop, and back again.
void Laboratory::addRunEditActions(std::vector<Action>& out) {
  const auto add = [&](std::string name, const char* group, const char* submenu,
                       std::function<void()> run) -> Action& {
    out.push_back({Menu::Experiment, std::move(name), "", 0, std::move(run), true, false, false,
                   group, submenu});
    return out.back();
  };
  for (const auto& run : now_->runs)
    add(run.name, "Rename the run ", "Rename the run", [this, number = run.run] {
      session_.run_menu_asked = number;
      session_.panel_asked = RunsPanel::kTitle;
    });
  for (const auto& run : now_->runs) {
    const auto lost = run.live() ? session_.guard.unsavedSteps(run) : 0;
    const std::string name =
        run.name + (lost > 0 ? ", and lose " + plural(lost, "meta-step", "meta-steps") : "");
    Action& action = add(name, run.live() ? "Drop the run " : "Close the run ", "Drop the run",
                         [this, run] { dropRun(run, session_.run_edits, emit_); });
    action.why_not = whyNotDrop(*now_, run);
    action.enabled = action.why_not.empty();
  }
  if (const auto* const edit = session_.run_edits.toUndo())
    add("Undo: " + edit->what, "", "", [this] { session_.run_edits.undo(emit_); });
  if (const auto* const edit = session_.run_edits.toRedo())
    add("Redo: " + edit->what, "", "", [this] { session_.run_edits.redo(emit_); });
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
  // One that is open may lie behind another's tab.
  for (const PanelEntry& entry : panelRegistry()) {
    Action& action =
        add(entry.title, "", 0, false, [this, &entry] { session_.panel_asked = entry.title; });
    action.group = "Go to panel: ";
    action.submenu = "Go to panel";
  }
  add("Reset layout", "", 0, false, [this] { workspaces_.resetLayout(); }).separated = true;
  const auto several = now_->variants.size() > 1;
  add("Choose the network shown…", "Ctrl+K", ImGuiMod_Ctrl | ImGuiKey_K, false, [this] {
    session_.network_asked = true;
  }).enabled = several;
  add("Full screen", "F11", ImGuiKey_F11, false, [this] { window_.toggleFullScreen(); });
  addWorkspaceActions(out);
  for (const auto theme : {figure::Theme::Dark, figure::Theme::Light, figure::Theme::Projector}) {
    Action& action = add(std::string(themeName(theme)), "", 0, settings_.theme == theme,
                         [this, theme] { setTheme(theme); });
    action.group = "Theme, colours: ";
    action.submenu = "Theme";
  }
  for (const int percent : {100, 125, 150, 200, 250}) {
    Action& action = add(std::to_string(percent) + " %", "", 0, settings_.scale == percent,
                         [this, percent] { setScale(percent); });
    action.group = "Text size, zoom: ";
    action.submenu = "Text size";
  }
}

void Laboratory::addWorkspaceActions(std::vector<Action>& out) {
  const auto add = [&](std::string name, const char* group, std::function<void()> run) -> Action& {
    out.push_back({Menu::View, std::move(name), "", 0, std::move(run), true, false, false, group,
                   "Workspace"});
    return out.back();
  };
  std::vector<std::string> names;
  for (const auto workspace : kWorkspaces) names.emplace_back(workspaceName(workspace));
  for (auto& own : workspaces_.own()) names.push_back(std::move(own));
  for (std::size_t i = 0; i < names.size(); ++i) {
    Action& action =
        add(names[i], "Workspace: ", [this, name = names[i]] { workspaces_.switchTo(name); });
    action.checked = workspaces_.name() == names[i];
    action.separated = i == kWorkspaces.size();
  }
  add("Save workspace as…", "", [this] { workspace_popup_.askSave(); }).separated = true;
  add("Rename this workspace…", "", [this] { workspace_popup_.askRename(workspaces_); }).enabled =
      workspaces_.isOwn();
  add("Delete this workspace", "", [this] { workspaces_.remove(); }).enabled = workspaces_.isOwn();
  if (const auto& removed = workspaces_.removed())
    add("Bring back " + removed->first, "", [this] { workspaces_.bringBack(); });
}

// Of the plot last pointed at, but for the pinned moment, which is all plots'.
void Laboratory::addPlotActions(std::vector<Action>& out) {
  PlotDesk& desk = session_.plots;
  const auto add = [&](const char* name, const char* shortcut, ImGuiKeyChord chord,
                       std::function<void()> run) -> Action& {
    out.push_back(
        {Menu::Plot, name, shortcut, chord, std::move(run), true, false, false, "Plot: "});
    return out.back();
  };
  add("Pin the present moment", "", 0, [this] {
    session_.plots.pin = PlotDesk::Pin{now_->step, now_->begun};
  }).enabled = now_->spec != nullptr;
  add("Unpin the moment", "Escape", ImGuiKey_Escape, [this] {
    session_.plots.pin.reset();
  }).enabled = desk.pin.has_value();
  constexpr std::array kAsked{std::pair{"Fit", PlotRequest::Fit},
                              std::pair{"Log y axis", PlotRequest::Log},
                              std::pair{"Log x axis", PlotRequest::LogX},
                              std::pair{"Smooth", PlotRequest::Smooth},
                              std::pair{"Show all curves", PlotRequest::ShowAll},
                              std::pair{"Export as CSV", PlotRequest::Csv},
                              std::pair{"Export as PNG", PlotRequest::Png},
                              std::pair{"Export as PNG of another size…", PlotRequest::SizedPng},
                              std::pair{"Export as SVG", PlotRequest::Svg}};
  for (const auto& [name, request] : kAsked) {
    const bool keyed = request == PlotRequest::Png;
    add(name, keyed ? "Ctrl+E" : "", keyed ? ImGuiMod_Ctrl | ImGuiKey_E : 0,
        [this, wish = request] { session_.plots.asked = wish; })
        .separated = request == PlotRequest::Fit || request == PlotRequest::Csv;
  }
}

// Which networks all plots show, where there is a choice.
void Laboratory::addComparisonActions(std::vector<Action>& out) {
  if (!now_->spec) return;
  const auto add = [&](std::string name, const char* group, const char* submenu, bool checked,
                       std::function<void()> run) {
    out.push_back(
        {Menu::Plot, std::move(name), "", 0, std::move(run), true, checked, false, group, submenu});
  };
  const auto compared = spec::comparedOf(*now_->spec);
  for (std::size_t c = 0; compared.size() > 1 && c < compared.size(); ++c) {
    const bool shown = !session_.comparison.hidden.contains(compared[c]);
    add(spec::nameOf(*now_->spec, compared[c]),
        shown ? "Leave out of the plots the condition " : "Show in the plots the condition ",
        "Conditions", shown,
        [this, one = compared[c]] { toggle(session_.comparison, one, *now_->spec); });
  }
  const auto alpha0s = spec::alpha0sOf(*now_->spec);
  const std::size_t chosen = chosenAlpha0(*now_->spec, session_.comparison);
  for (std::size_t i = 0; alpha0s.size() > 1 && i < alpha0s.size(); ++i)
    add("α₀ " + tidy(alpha0s[i]), "Plots of the initial learning rate ", "Initial learning rate",
        i == chosen, [this, alpha0 = alpha0s[i]] { session_.comparison.alpha0 = alpha0; });
  const auto& network = now_->spec->network;
  for (const Head head : kHeads)
    if (hasHead(network, Head::Item) && hasHead(network, head))
      add(nameOf(head),
          head == Head::Category || head == Head::Item ? "Show the accuracy by "
                                                       : "Show the accuracy of items ",
          "Accuracy", shownHead(network, session_.comparison) == head,
          [this, head] { session_.comparison.head = head; });
}

void Laboratory::addHelpActions(std::vector<Action>& out) {
  const PanelEntry* panel =
      hovered_panel_ < panels_.size() ? &panelRegistry()[hovered_panel_] : nullptr;
  const auto add = [&](const char* name, const char* shortcut, ImGuiKeyChord chord,
                       std::function<void()> run) -> Action& {
    out.push_back({Menu::Help, name, shortcut, chord, std::move(run)});
    return out.back();
  };
  add("Explain what is under the pointer", "F1", ImGuiKey_F1,
      [this, panel, pointed = session_.pointed] { explain_.ask(pointed, panel); });
  add("All commands", "Ctrl+P", ImGuiMod_Ctrl | ImGuiKey_P, [this] { palette_.ask(); });
  add("Keyboard", "?", 0, [this] { keyboard_.ask(); }).sign = '?';
  add("Terms", "", 0, [this] { explain_.askTerms(); });
}

std::vector<Action> Laboratory::actions(const PanelContext& context) {
  std::vector<Action> out;
  addRunActions(context, out);
  addViewActions(out);
  addPlotActions(out);
  addComparisonActions(out);
  addHelpActions(out);
  return out;
}

}  // namespace dentate::ui
