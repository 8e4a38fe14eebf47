// The lesion lab: silence part of the networks and see what they still know.
#pragma once
#include <memory>

#include "ui/lesion_controls.h"
#include "ui/lesion_curves.h"
#include "ui/panel.h"

namespace dentate::ui {

class LesionPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Lesion lab";
  void draw(const PanelContext& context) override;

 private:
  void watch(const PanelContext& context);
  void drawAnswers(const PanelContext& context);
  void drawThisLesion(const PanelContext& context);

  LesionControls controls_;
  LesionCurvesView curves_;
  std::shared_ptr<const link::LesionView> view_;  // the newest answer of this run
};

}  // namespace dentate::ui
