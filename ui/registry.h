// All panels: one line each. A new panel is one pair of files and one line in registry.cpp.
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "ui/panel.h"

namespace dentate::ui {

// Those that come with the program; the person's own are made from one of them, see ui/workspace.
enum class Workspace { Lecture, Lab, Architect };
inline constexpr std::array kWorkspaces{Workspace::Lecture, Workspace::Lab, Workspace::Architect};

// Where a panel stands in a workspace's default layout; the places of one workspace are those that
// ui/workspace splits it into. Panels of one place become tabs, in the registry's order.
enum class Place {
  Hidden,  // opened from the View menu
  Left,
  Strip,  // above the centre
  Centre,
  BelowLeft,
  BelowRight,  // below the centre, side by side
  RightUpper,
  RightLower,
  Bottom,
};

struct PanelEntry {
  const char* title;  // of its window; also its id in saved layouts
  std::unique_ptr<Panel> (*make)();
  Place lecture, lab, architect;
  const char* about;  // for F1: what it shows

  [[nodiscard]] Place placeIn(Workspace workspace) const {
    return workspace == Workspace::Lecture ? lecture
           : workspace == Workspace::Lab   ? lab
                                           : architect;
  }
};

[[nodiscard]] std::span<const PanelEntry> panelRegistry();
[[nodiscard]] const char* workspaceName(Workspace workspace);
// None where that is the name of no workspace of the program.
[[nodiscard]] std::optional<Workspace> workspaceNamed(std::string_view name);

}  // namespace dentate::ui
