// The bar at the top: menus, the title of the experiment in the middle, workspaces at the right.
#pragma once
#include <string>
#include <vector>

#include "ui/actions.h"
#include "ui/panel.h"
#include "ui/workspace.h"

namespace dentate::ui {

// "Two pathways · s+lr · 5 replicas".
[[nodiscard]] std::string experimentTitle(const link::Snapshot& now, const Draft& draft);

void drawMenuBar(const PanelContext& context, const std::vector<Action>& actions,
                 Workspaces& workspaces);

}  // namespace dentate::ui
