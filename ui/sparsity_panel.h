// How sparse the networks are once they have learned a task: dead units and unit variance by layer,
// sparsity of the weights by path.
#pragma once
#include <array>

#include "ui/panel.h"
#include "ui/plot.h"

namespace dentate::ui {

// A curve a layer or a path and a line, over the tasks learned.
[[nodiscard]] PlotContent sparsityContent(const PanelContext& context, Sparsity which,
                                          bool all_groups = false);

class SparsityPanel final : public Panel {
 public:
  static constexpr const char* kTitle = "Sparsity";
  void draw(const PanelContext& context) override;

 private:
  std::array<PlotView, 4> views_;
};

}  // namespace dentate::ui
