// The curves of the run: active fraction by layer, alpha by path, and, in one panel, m by layer,
// meta-loss and accuracy.
#pragma once
#include "ui/panel.h"
#include "ui/plot.h"

namespace dentate::ui {

class ActiveFractionPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Active fraction";
  void draw(const PanelContext& context) override;

 private:
  PlotView view_{.smooth = true};  // a meta-batch is ten samples: noisy
};

class AlphaPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Learning rate α";
  void draw(const PanelContext& context) override;

 private:
  PlotView view_;
};

class LivePlotsPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Live plots";
  void draw(const PanelContext& context) override;
  [[nodiscard]] const PlotView& accuracyView() const { return accuracy_; }

 private:
  PlotView m_, loss_{.smooth = true}, accuracy_;
};

}  // namespace dentate::ui
