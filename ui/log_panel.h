// Errors and notices of this sitting, newest first, with time and place.
#pragma once
#include "ui/panel.h"

namespace dentate::ui {

class LogPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Log";
  void draw(const PanelContext& context) override;
};

}  // namespace dentate::ui
