// Changes of runs that can be taken back: renamed, dropped, switched in their inhibition or rates.
// Each is the commands that made it and those that undo it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/link/command.h"
#include "engine/link/snapshot.h"

namespace dentate::ui {

class RunEdits {
 public:
  struct Edit {
    std::string what;  // "rename main"
    std::uint64_t run = 0;
    link::Command made, back;
    bool of_shown = false;  // both act on the shown run: it is shown before they are sent
  };
  // Sends what makes it. No-one can redo what was undone before.
  void make(Edit edit, const link::Emit& emit);
  // Once a frame: a run that is gone for good has nothing to be undone.
  void follow(const link::Snapshot& now);
  [[nodiscard]] const Edit* toUndo() const { return past_.empty() ? nullptr : &past_.back(); }
  [[nodiscard]] const Edit* toRedo() const { return future_.empty() ? nullptr : &future_.back(); }
  void undo(const link::Emit& emit) { step(past_, future_, &Edit::back, emit); }
  void redo(const link::Emit& emit) { step(future_, past_, &Edit::made, emit); }
  // Ctrl+Z and Ctrl+Y, while a panel of runs is under the pointer.
  void takeKeys(const link::Emit& emit);

 private:
  void step(std::vector<Edit>& from, std::vector<Edit>& to, link::Command Edit::*command,
            const link::Emit& emit);
  std::vector<Edit> past_, future_;
  std::uint64_t shown_ = 0;  // run
};

// Each is made at once, and can be undone.
void renameRun(const link::RunEntry& run, const std::string& name, RunEdits& edits,
               const link::Emit& emit);
void dropRun(const link::RunEntry& run, RunEdits& edits, const link::Emit& emit);

}  // namespace dentate::ui
