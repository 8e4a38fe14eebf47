// The line of tools above the canvas: edit or live, what can be added, templates, undo, order.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "engine/spec/experiment.h"
#include "ui/panel.h"

namespace dentate::ui {

// A network by template, and the labels that its outputs ask for; none where any will do.
struct Template {
  spec::NetworkSpec network;
  std::optional<spec::Labels> labels;
};

struct ToolsInput {
  const PanelContext& context;
  bool live = false;
  std::string why_not_live;  // empty: the run's network is the draft's
};

class ArchitectureTools {
 public:
  struct Wish {
    std::optional<bool> live;
    std::optional<spec::LayerRole> add;
    std::optional<Template> chosen;
    bool arrange = false, fit = false;
    float zoom = 1;
  };
  Wish draw(const ToolsInput& input);

 private:
  void drawMode(const ToolsInput& input, Wish& wish);
  void drawAdd(Wish& wish);
  void drawTemplates(const ToolsInput& input, Wish& wish);
  void drawShapes(const ToolsInput& input, Wish& wish);
  void drawView(const ToolsInput& input, Wish& wish);

  int layers_ = 2, units_ = 200, ratio_ = 5, channels_ = 32;  // of the templates
  bool items_ = false;                                        // an item output too
};

}  // namespace dentate::ui
