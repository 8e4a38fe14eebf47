// The docked layout of a workspace: which panels are open and where. The default is rebuilt to fit
// whenever the window or the scale changes, until the person moves something; then it is theirs.
#pragma once
#include <map>
#include <set>
#include <string>

#include "ui/look.h"
#include "ui/registry.h"

namespace dentate::ui {

struct SavedLayout {
  std::string ini;             // ImGui's; empty: the default
  std::set<std::string> open;  // titles of open panels
};

class Workspaces {
 public:
  explicit Workspaces(Workspace start) : current_(start), wanted_(start) {}

  [[nodiscard]] Workspace current() const { return current_; }
  [[nodiscard]] bool isOpen(const std::string& title) const { return open_.contains(title); }
  void setOpen(const std::string& title, bool open);

  // Take effect in the next prepare().
  void switchTo(Workspace workspace) { wanted_ = workspace; }
  void resetLayout() { reset_ = true; }

  void restore(std::map<Workspace, SavedLayout> layouts) { saved_ = std::move(layouts); }
  [[nodiscard]] std::map<Workspace, SavedLayout> layouts() const;

  // Before ImGui::NewFrame: loads the layout of a workspace that was switched to.
  void prepare();
  // Draws the dock space into the work area of the main viewport.
  void draw(const Look& look);

 private:
  void build(const Look& look, ImVec2 size);
  void noticeMoves(ImGuiID root);
  SavedLayout currentLayout() const;

  Workspace current_;
  Workspace wanted_;
  bool reset_ = false, started_ = false, moved_ = false, rebuild_ = true;
  bool chosen_ = false;  // the open panels are the person's choice
  std::set<std::string> open_;
  std::map<Workspace, SavedLayout> saved_;  // of workspaces that the person arranged
  ImVec2 built_size_ = {0, 0};
  float built_scale_ = 0;
};

}  // namespace dentate::ui
