#include "ui/runs_panel.h"

#include <algorithm>
#include <optional>

#include "imgui_stdlib.h"
#include "ui/architecture_rows.h"
#include "ui/comparison_bar.h"
#include "ui/format.h"
#include "ui/heads.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

const link::RunEntry* entryOf(const link::Snapshot& now, std::uint64_t run) {
  for (const auto& entry : now.runs)
    if (entry.run == run) return &entry;
  return nullptr;
}

bool hasBranches(const link::Snapshot& now) {
  return std::count_if(now.runs.begin(), now.runs.end(),
                       [](const auto& run) { return run.live(); }) > 1;
}

// "from main at task 2.4", "saved in out/dual-2026", "loaded".
std::string originOf(const link::Snapshot& now, const link::RunEntry& run) {
  if (!run.live()) return "saved in " + run.folder;
  if (run.from == 0) return "as it was loaded";
  const auto* const origin = entryOf(now, run.from);
  const double task =
      static_cast<double>(run.from_step) / static_cast<double>(spec::stepsPerTask(*run.spec));
  return "from " + (origin ? origin->name : "a run that was dropped") + " at task " + tidy(task);
}

// Accuracy on all tasks learned so far, of the networks like the one in the diagram.
std::string accuracyOf(const PanelContext& context, const link::RunEntry& run) {
  const auto& now = context.now;
  const auto group = groupLike(*run.spec, spec::cellVariant(*now.spec, shownCell(now)));
  const Head head = shownHead(run.spec->network, context.session.comparison);
  const Moments ra = context.histories.of(run.run).soFar(head, group).ra;
  if (ra.n == 0) return "";
  return ", " + number(ra.mean) + (ra.n > 1 ? " ± " + number(ra.sem()) : "") + " " +
         accuracyTerm(head);
}

std::string progressOf(const link::RunEntry& run) {
  if (run.sent < 1) return "reading, " + std::to_string(static_cast<int>(100 * run.sent)) + " %";
  const auto all = spec::totalSteps(*run.spec);
  const std::string broken_off = !run.live() && run.step < all ? "not finished, " : "";
  return broken_off + count(run.step) + " of " + count(all) + " meta-steps";
}

}  // namespace

const char* whyNotDrop(const link::Snapshot& now, const link::RunEntry& run) {
  return run.live() && !hasBranches(now) ? "The only run that learns cannot be dropped" : "";
}

void RunsPanel::draw(const PanelContext& context) {
  const bool focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows);
  in_front_ = focused ? in_front_ + 1 : 0;
  if (ImGui::IsWindowHovered(ImGuiHoveredFlags_RootAndChildWindows)) {
    context.session.own_undo = true;
    context.session.run_edits.takeKeys(context.emit);
  }

  panelTitle(context, kTitle, Notes{"branch, change one, and see them part", "branch and compare"},
             "branch");
  drawButtons(context);
  if (context.now.runs.empty()) return emptyPanel(context.look, "Runs appear here.");
  if (ImGui::BeginChild("runs", {0, 0})) {
    for (const auto& run : context.now.runs) {
      if (!run.spec) continue;
      ImGui::PushID(static_cast<int>(run.run));
      drawRun(context, run);
      ImGui::PopID();
    }
    if (hasBranches(context.now)) drawChanges(context);
  }
  ImGui::EndChild();
}

void RunsPanel::drawButtons(const PanelContext& context) const {
  Comparison& comparison = context.session.comparison;
  ImGui::BeginDisabled(!context.now.spec || context.now.phase == link::Phase::Loading);
  if (ImGui::Button("Branch here###branch")) context.emit(link::Branch{});
  ImGui::EndDisabled();
  tip("Copies the run with all that it has learned; both go on from the same numbers (Ctrl+B)");
  ImGui::SameLine();
  if (ImGui::Button("Open saved run…###open")) context.session.saved_run_asked = true;
  tip("Shows the curves of a saved run beside these (Ctrl+Shift+O)");
  drawUndo(context);
  const auto shown = shownRuns(context.now, comparison);
  if (shown.size() < 2) return;
  const float room = ImGui::GetContentRegionAvail().x - ImGui::GetFrameHeight() -
                     ImGui::GetStyle().ItemInnerSpacing.x;
  const std::string words = "Plots show the difference to " + shown.front().entry->name;
  const std::string label = cutMiddle(textInk(context.look, 0), words, room);
  ImGui::Checkbox((label + "###difference").c_str(), &comparison.difference);
  tip("Of every other run, minus the first that is shown; the error is that of two independent "
      "groups of networks");
}

void RunsPanel::drawUndo(const PanelContext& context) {
  RunEdits& edits = context.session.run_edits;
  const auto button = [](const char* icon, const char* id, const RunEdits::Edit* edit,
                         const char* verb, const char* keys) {
    ImGui::SameLine();
    ImGui::BeginDisabled(edit == nullptr);
    const bool pressed = ImGui::Button((std::string(icon) + id).c_str());
    ImGui::EndDisabled();
    if (edit != nullptr) tip((verb + edit->what + " (" + keys + " over this panel)").c_str());
    return pressed;
  };
  const auto *const back = edits.toUndo(), *const again = edits.toRedo();
  if (back == nullptr && again == nullptr) return;
  if (button(icon::kUndo, "###undo", back, "Undo: ", "Ctrl+Z")) edits.undo(context.emit);
  if (button(icon::kRedo, "###redo", again, "Redo: ", "Ctrl+Y")) edits.redo(context.emit);
}

void RunsPanel::drawRun(const PanelContext& context, const link::RunEntry& run) {
  const Look& look = context.look;
  const auto& now = context.now;
  const bool shown = run.run == now.run;
  ImGui::Separator();
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  runToggle(context, run, right - ImGui::GetCursorPosX() - look.px(72));
  ImGui::SameLine(right - look.px(28));
  // Not while the panel comes to the front: that closes popups.
  const bool asked = context.session.run_menu_asked == run.run && in_front_ > 2;
  if (asked) context.session.run_menu_asked = 0;
  if (ImGui::SmallButton("…###menu") || asked) {
    name_ = run.name;
    ImGui::OpenPopup("menu");
  }
  tip("Rename, save, drop");
  drawMenu(context, run);
  ImGui::PushStyleColor(ImGuiCol_Text, look.quiet());
  ImGui::TextWrapped("%s; %s%s", originOf(now, run).c_str(), progressOf(run).c_str(),
                     accuracyOf(context, run).c_str());
  ImGui::PopStyleColor();
  if (const auto changes = changesInWords(now, run); !changes.empty())
    ImGui::TextWrapped("%s", changes.c_str());
  if (!run.live() || !hasBranches(now)) return;
  if (shown) {
    ImGui::PushStyleColor(ImGuiCol_Text, look.accent());
    ImGui::TextUnformatted("in the panels");
    ImGui::PopStyleColor();
  } else if (ImGui::SmallButton("Show in the panels###select")) {
    context.emit(link::SelectRun{run.run});
  }
  tip("Network, units, lesions and all other panels show one run");
}

void RunsPanel::drawMenu(const PanelContext& context, const link::RunEntry& run) {
  if (!ImGui::BeginPopup("menu")) return;
  ImGui::SetNextItemWidth(context.look.px(220));
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  const bool entered = ImGui::InputText(
      "##name", &name_, ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  ImGui::SameLine();
  if (ImGui::Button("Rename###rename") || entered) {
    renameRun(run, name_, context.session.run_edits, context.emit);
    ImGui::CloseCurrentPopup();
  }
  if (run.live() && run.step > 0 && ImGui::MenuItem("Save###save"))
    context.session.guard.save(run, context.emit, context.session.output);
  const auto lost = run.live() ? context.session.guard.unsavedSteps(run) : 0;
  std::string drop = run.live() ? "Drop" : "Close";
  if (lost > 0) drop += ", and lose " + plural(lost, "meta-step", "meta-steps");
  const char* const why_not = whyNotDrop(context.now, run);
  ImGui::BeginDisabled(why_not[0] != '\0');
  if (ImGui::MenuItem((drop + "###drop").c_str()))
    dropRun(run, context.session.run_edits, context.emit);
  ImGui::EndDisabled();
  if (why_not[0] != '\0' && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
    ImGui::SetTooltip("%s", why_not);
  ImGui::EndPopup();
}

// In the shown run alone. Lesions have a panel of their own, rates are among the experiment's values.
void RunsPanel::drawChanges(const PanelContext& context) const {
  const auto& now = context.now;
  const auto* const run = entryOf(now, now.run);
  if (run == nullptr) return;
  ImGui::Separator();
  ImGui::TextWrapped("Change %s alone, from now on:", run->name.c_str());
  bool learns = now.alpha_lr > 0;
  const double rate = now.spec->rule.alpha_lr;
  ImGui::BeginDisabled(rate <= 0);
  RunEdits& edits = context.session.run_edits;
  if (ImGui::Checkbox("α is learned", &learns))
    edits.make({learns ? "α is learned" : "α is not learned", run->run,
                link::SetRate{link::Rate::Alpha, learns ? rate : 0},
                link::SetRate{link::Rate::Alpha, now.alpha_lr}, /*of_shown=*/true},
               context.emit);
  ImGui::EndDisabled();
  tip("Without it every path keeps the learning rate that it has now (η for α is 0)");
  const auto& layers = now.spec->network.layers;
  // Where networks are compared by their inhibition, there is none to be changed.
  for (std::size_t l = 0; now.spec->replicas.inhibitions.empty() && l < layers.size(); ++l) {
    if (layers[l].role != spec::LayerRole::Hidden) continue;
    ImGui::SetNextItemWidth(context.look.px(150));
    if (const auto kind =
            inhibitionChoice((layers[l].name + "###inhibition_" + layers[l].name).c_str(),
                             layers[l].inhibition, shownCondition(now)))
      edits.make({"inhibition of " + layers[l].name, run->run, link::SetInhibition{l, *kind},
                  link::SetInhibition{l, layers[l].inhibition}, /*of_shown=*/true},
                 context.emit);
    termTip(context, "inhibition",
            "A layer whose m is learned from now on begins with the m of the experiment.");
  }
  ImGui::TextDisabled("Lesions: in the Lesion lab.");
}

}  // namespace dentate::ui
