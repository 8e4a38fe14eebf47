// Asks for the name of a workspace: of a new one, which keeps the layout that is seen, or of the
// current one. Why a name cannot be stands below it.
#pragma once
#include <string>

#include "ui/look.h"
#include "ui/workspace.h"

namespace dentate::ui {

class WorkspacePopup {
 public:
  static constexpr const char* kSaveTitle = "Save workspace as";
  static constexpr const char* kRenameTitle = "Rename workspace";
  void askSave() { begin(Mode::Save, ""); }
  void askRename(const Workspaces& workspaces) { begin(Mode::Rename, workspaces.name()); }
  void draw(const Look& look, Workspaces& workspaces);

 private:
  enum class Mode { None, Save, Rename };
  void begin(Mode mode, std::string name);
  bool drawContent(const Look& look, Workspaces& workspaces);  // true: it is done with

  Mode mode_ = Mode::None;
  bool opening_ = false;
  std::string name_, error_;
};

}  // namespace dentate::ui
