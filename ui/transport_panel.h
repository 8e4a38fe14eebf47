// Run, pause, step, reset; speed; progress with the time that is left; device.
#pragma once
#include <string>
#include <vector>

#include "ui/panel.h"
#include "ui/pending.h"

namespace dentate::ui {

// The speed slider: t in [0, 1] to meta-steps a second, 1 at the left, 0 (no limit) at the right.
[[nodiscard]] double speedAt(float t);
[[nodiscard]] float speedPosition(double meta_steps_per_second);
// "1 step/s", "37 steps/s", "full".
[[nodiscard]] std::string speedText(double meta_steps_per_second);

[[nodiscard]] inline bool isMoving(link::Phase phase) {
  return phase == link::Phase::Running || phase == link::Phase::Evaluating;
}
// Whether there is something to run.
[[nodiscard]] bool canRun(link::Phase phase);

// Why there is nothing to run; empty: there is.
[[nodiscard]] std::string whyNotRun(const link::Snapshot& now, const Draft& draft);
// That the edited experiment waits while another one is loaded, and why; empty: it does not.
[[nodiscard]] std::string whatWaits(const link::Snapshot& now, const Draft& draft);

// Where on the progress bar tasks end, as shares of it: their tests included, but for the last, whose
// tests have a stretch of their own. Empty where there are too many to be told apart.
[[nodiscard]] std::vector<double> taskEnds(const link::Snapshot& now);

class TransportPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Transport";
  void draw(const PanelContext& context) override;

 private:
  void drawButtons(const PanelContext& context);
  void drawSpeed(const PanelContext& context, float width);
  void drawProgress(const PanelContext& context, float width) const;
  void drawSpeedNow(const PanelContext& context) const;
  void drawWork(const PanelContext& context) const;
  void drawDevice(const PanelContext& context, float width) const;
  void drawHint(const PanelContext& context) const;
  Pending<float> speed_;       // position of the slider
  float speed_sent_ = -1;      // position of the last SetSpeed; -1 none
  double speed_sent_at_ = -1;  // s of ImGui's clock
  Pending<bool> playing_;
};

}  // namespace dentate::ui
