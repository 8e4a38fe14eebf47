// The strip beside the canvas: properties of what is selected, what the network costs, and how it
// differs from its preset. Edits go to the draft, one step of undo each.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ui/architecture_canvas.h"
#include "ui/architecture_facts.h"
#include "ui/plot.h"

namespace dentate::ui {

struct SideInput {
  const CanvasInput& canvas;
  const Picked& selection;
  const NetworkFacts& facts;
  const std::vector<std::string>& differences;  // from the preset
};

class ArchitectureSide {
 public:
  // Fills the current window. What is to be selected or done with the selection comes back.
  struct Wish {
    std::optional<Picked> select;
    CanvasAct act = CanvasAct::None;
  };
  Wish draw(const SideInput& input);

 private:
  // A text field while it is typed in: what it says, and the layer or path that it is of.
  struct Field {
    std::string text;
    Ends of;
    bool active = false;
  };
  bool field(const char* id, Field& field, const Ends& of, const std::string& shown);
  void drawLayer(const SideInput& input, const spec::LayerSpec& layer, Wish& wish);
  void drawLayerNumbers(const SideInput& input, const spec::LayerSpec& layer);
  void drawInhibition(const SideInput& input, const spec::LayerSpec& layer);
  void drawKind(const SideInput& input, const spec::LayerSpec& layer);
  void drawNumber(const SideInput& input, const spec::LayerSpec& layer, const char* name,
                  std::int64_t spec::LayerSpec::*number);
  void drawPathsOf(const SideInput& input, const spec::LayerSpec& layer, Wish& wish);
  void drawPath(const SideInput& input, const spec::PathSpec& path, Wish& wish);
  void drawAlpha0(const SideInput& input, const spec::PathSpec& path);
  void drawWhole(const SideInput& input, Wish& wish);
  void drawLive(const SideInput& input);
  void refuse(const Ends& of, std::string why);

  Field name_, alpha0_, k_max_, k_target_, k_steps_;
  std::map<std::string, Field> numbers_;  // by name
  Ends refused_of_;                       // what was typed last and not taken, and why
  std::string refused_;
  PlotView plot_;
};

// What is said of the network as a whole, below the selection.
void drawNetworkFacts(const SideInput& input);
void drawDifferences(const SideInput& input);

// Labels that fit the outputs of a network; those of the stream where it has none.
[[nodiscard]] spec::Labels labelsFor(const spec::ExperimentSpec& spec);

}  // namespace dentate::ui
