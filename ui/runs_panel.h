// The runs side by side: branches of the one that learns, and saved ones. What differs between them,
// which of them the panels show, and what can be changed in that one alone.
#pragma once
#include <cstdint>
#include <string>

#include "ui/panel.h"

namespace dentate::ui {

class RunsPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Runs";
  void draw(const PanelContext& context) override;

 private:
  void drawButtons(const PanelContext& context) const;
  static void drawUndo(const PanelContext& context);
  void drawRun(const PanelContext& context, const link::RunEntry& run);
  void drawMenu(const PanelContext& context, const link::RunEntry& run);
  void drawChanges(const PanelContext& context) const;

  std::string name_;  // being edited
  int in_front_ = 0;  // frames
};

// Why it has to stay; empty: it can be dropped.
[[nodiscard]] const char* whyNotDrop(const link::Snapshot& now, const link::RunEntry& run);

}  // namespace dentate::ui
