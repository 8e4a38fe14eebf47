// The docked layout of a workspace: which panels are open and where. The default is rebuilt to fit
// whenever the window or the scale changes, until the person moves something; then it is theirs.
//
// Beside the workspaces of the program there are the person's own: a name for a layout, made from
// that of another workspace, whose default it goes back to.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ui/look.h"
#include "ui/registry.h"

namespace dentate::ui {

struct SavedLayout {
  std::string ini;                      // ImGui's; empty: the default
  std::set<std::string> open;           // titles of open panels
  Workspace base = Workspace::Lecture;  // whose default it is
};
// Titles of the panels whose tab is in front of others, by the workspace's name.
using FrontTabs = std::map<std::string, std::set<std::string>>;
using SavedLayouts = std::map<std::string, SavedLayout>;  // by the workspace's name

class Workspaces {
 public:
  // `start` is a name among `layouts` or of a workspace of the program; else it is the first one.
  explicit Workspaces(const std::string& start, SavedLayouts layouts = {});

  [[nodiscard]] const std::string& name() const { return name_; }
  // The workspace of the program that this one is or was made from.
  [[nodiscard]] Workspace current() const { return base_; }
  [[nodiscard]] bool isOwn() const { return !workspaceNamed(name_); }
  [[nodiscard]] std::vector<std::string> own() const;
  [[nodiscard]] bool isOpen(const std::string& title) const { return open_.contains(title); }
  void setOpen(const std::string& title, bool open);

  // Take effect in the next prepare().
  void switchTo(const std::string& name) { wanted_ = name; }
  void switchTo(Workspace workspace) { wanted_ = workspaceName(workspace); }
  void resetLayout() { reset_ = true; }

  // Why a workspace of the person's own cannot have that name; none where it can.
  [[nodiscard]] std::optional<std::string> problemWith(const std::string& name) const;
  // What is seen now, as a workspace of the person's own; that is then the current one.
  void saveAs(const std::string& name);
  // The current one, which is the person's own.
  void rename(const std::string& name);
  void remove();
  // What was removed last; it can be brought back.
  [[nodiscard]] const std::optional<std::pair<std::string, SavedLayout>>& removed() const {
    return removed_;
  }
  void bringBack();

  [[nodiscard]] SavedLayouts layouts() const;
  [[nodiscard]] const FrontTabs& fronts() const { return fronts_; }
  void recallFronts(FrontTabs fronts) { fronts_ = std::move(fronts); }

  // While a layout is made its panels appear; none of them is to take the focus, which would bring it
  // to the front.
  [[nodiscard]] bool isSettling() const { return bring_front_ > 0; }

  // Before ImGui::NewFrame: loads the layout of a workspace that was switched to.
  void prepare();
  // Draws the dock space into the work area of the main viewport.
  void draw(const Look& look);

 private:
  void build(const Look& look, ImVec2 size);
  void noticeMoves(ImGuiID root);
  void followFronts();
  void bringFronts(const std::set<std::string>& front);
  void keepCurrent();
  [[nodiscard]] Workspace baseOf(const std::string& name) const;
  [[nodiscard]] SavedLayout currentLayout() const;

  std::string name_, wanted_;
  Workspace base_ = Workspace::Lecture;
  bool reset_ = false, started_ = false, moved_ = false, rebuild_ = true;
  bool chosen_ = false;  // the open panels are the person's choice
  bool gone_ = false;    // the current one was removed: its layout is not kept
  std::set<std::string> open_;
  SavedLayouts saved_;  // of workspaces that the person arranged, and of all own ones
  std::optional<std::pair<std::string, SavedLayout>> removed_;
  FrontTabs fronts_;
  int bring_front_ = 0;             // frames in which they are brought there
  std::vector<std::string> asked_;  // panels opened in those frames: they stay in front
  ImVec2 built_size_ = {0, 0};
  float built_scale_ = 0;
};

}  // namespace dentate::ui
