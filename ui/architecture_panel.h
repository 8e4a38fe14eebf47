// The network of the draft, to be drawn and watched: a node editor, its tools, the properties of what
// is selected, and what is wrong with it. Edits go to the draft; nothing here touches the run but
// "Learn this network", which the guard grants.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ui/architecture_canvas.h"
#include "ui/architecture_side.h"
#include "ui/architecture_tools.h"

namespace dentate::ui {

class ArchitecturePanel : public Panel {
 public:
  static constexpr const char* kTitle = "Architecture";
  void draw(const PanelContext& context) override;

  [[nodiscard]] const ArchitectureCanvas& canvas() const { return *canvas_; }

 private:
  void takeDraft(const PanelContext& context);
  [[nodiscard]] std::string whyNotLive(const PanelContext& context) const;
  void followTools(const PanelContext& context, const ArchitectureTools::Wish& wish);
  void followCanvas(const PanelContext& context, const CanvasWish& wish);
  void followMoves(const PanelContext& context, bool arranged);
  void runKeys(const PanelContext& context, bool live);
  void act(const PanelContext& context, CanvasAct what, std::optional<Point> at);
  void addLayer(const PanelContext& context, spec::LayerRole role, std::optional<Point> at);
  void grow(const PanelContext& context, const CanvasWish& wish);
  void paste(const PanelContext& context, std::optional<Point> at);
  void drawFoot(const PanelContext& context);

  std::unique_ptr<ArchitectureCanvas> canvas_;  // made with the first frame: it needs ImGui
  ArchitectureTools tools_;
  ArchitectureSide side_;
  Clip clip_;
  std::vector<Point> clip_places_;  // of its layers

  // Of the draft at `revision_`.
  std::uint64_t revision_ = 0;
  spec::NetworkSpec network_;
  std::vector<spec::Problem> problems_;
  std::vector<std::string> differences_;
  spec::NetworkSpec preset_;
  bool anew_ = true;  // the network stands for another one
  // Where the nodes stood before a drag, and in which revision of the draft.
  NodeMove::Places stood_;
  std::uint64_t stood_revision_ = 0;
  bool dragged_ = false;
  MeasuredSpeed speed_;
  NetworkFacts facts_;
};

}  // namespace dentate::ui
