#include "ui/run_edits.h"

#include <algorithm>
#include <utility>

#include "imgui.h"

namespace dentate::ui {
namespace {

bool isThere(const link::Snapshot& now, std::uint64_t run) {
  const auto same = [=](const auto& entry) { return entry.run == run; };
  return std::any_of(now.runs.begin(), now.runs.end(), same) ||
         std::any_of(now.dropped.begin(), now.dropped.end(), same);
}

}  // namespace

void RunEdits::make(Edit edit, const link::Emit& emit) {
  emit(edit.made);
  past_.push_back(std::move(edit));
  future_.clear();
}

void RunEdits::follow(const link::Snapshot& now) {
  shown_ = now.run;
  const auto gone = [&](const Edit& edit) { return !isThere(now, edit.run); };
  std::erase_if(past_, gone);
  std::erase_if(future_, gone);
}

void RunEdits::step(std::vector<Edit>& from, std::vector<Edit>& to, link::Command Edit::*command,
                    const link::Emit& emit) {
  if (from.empty()) return;
  Edit edit = std::move(from.back());
  from.pop_back();
  if (edit.of_shown && edit.run != shown_) emit(link::SelectRun{edit.run});
  emit(edit.*command);
  to.push_back(std::move(edit));
}

void RunEdits::takeKeys(const link::Emit& emit) {
  if (ImGui::GetIO().WantTextInput) return;
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Z)) undo(emit);
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Y)) redo(emit);
}

void renameRun(const link::RunEntry& run, const std::string& name, RunEdits& edits,
               const link::Emit& emit) {
  if (name == run.name) return;
  edits.make({"rename " + run.name, run.run, link::RenameRun{run.run, name},
              link::RenameRun{run.run, run.name}},
             emit);
}

void dropRun(const link::RunEntry& run, RunEdits& edits, const link::Emit& emit) {
  edits.make({(run.live() ? "drop " : "close ") + run.name, run.run, link::DropRun{run.run},
              link::BringBackRun{run.run}},
             emit);
}

}  // namespace dentate::ui
