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

 private:
  PlotView m_, loss_{.smooth = true}, accuracy_;
};

// Which networks: those that the person chose to see, or all of the run, as a file has them.
enum class Groups { Shown, All };

// The curves' content, apart from how they are drawn. Empty curves where nothing is known yet.
[[nodiscard]] PlotContent activeFractionContent(const PanelContext& context,
                                                Groups groups = Groups::Shown);
[[nodiscard]] PlotContent alphaContent(const PanelContext& context, Groups groups = Groups::Shown);
[[nodiscard]] PlotContent inhibitionContent(const PanelContext& context,
                                            Groups groups = Groups::Shown);
[[nodiscard]] PlotContent lossContent(const PanelContext& context, Groups groups = Groups::Shown);
[[nodiscard]] PlotContent accuracyContent(const PanelContext& context,
                                          Groups groups = Groups::Shown);

}  // namespace dentate::ui
