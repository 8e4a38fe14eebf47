// The node editor: layers as nodes, paths as links, drawn from a network each frame. What the person
// does there comes back as a wish; the canvas keeps view state only (selection, places, zoom).
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/architecture_edits.h"
#include "ui/architecture_nodes.h"
#include "ui/architecture_places.h"

namespace ax::NodeEditor {
struct EditorContext;
}

namespace dentate::ui {

enum class CanvasAct { None, Copy, Cut, Paste, Duplicate, Delete, SelectAll, AddLayer };

// What was done by hand in this frame.
struct CanvasWish {
  std::optional<Ends> connect;  // a path was drawn
  // A path was drawn into the open: from this layer to a new one, or to it from a new one.
  std::string grow_from, grow_to;
  CanvasAct act = CanvasAct::None;
  Point at;  // where it was done, design pixels of the canvas; for Paste, AddLayer and growing
};

class ArchitectureCanvas {
 public:
  ArchitectureCanvas();
  ~ArchitectureCanvas();
  ArchitectureCanvas(const ArchitectureCanvas&) = delete;
  ArchitectureCanvas& operator=(const ArchitectureCanvas&) = delete;

  // Fills `size` of the current window. `anew`: the network stands for another one.
  CanvasWish draw(const CanvasInput& input, ImVec2 size, bool anew);

  [[nodiscard]] const Picked& selection() const { return selection_; }
  void select(Picked picked);  // from the next frame on
  void arrange() { arrange_ = true; }
  void fit() { fit_ = true; }
  void zoom(float factor) { zoom_ = factor; }
  // Shows all where the layer would stand out of view.
  void reveal(std::string layer) { reveal_ = std::move(layer); }
  // Of what is shown; where a new node may stand.
  [[nodiscard]] Point middle() const;
  [[nodiscard]] NodePlaces& places() { return places_; }
  // Where the pins of a layer stand on screen; of the last frame, for tests.
  [[nodiscard]] std::optional<ImVec2> pin(const std::string& layer, bool out) const;

 private:
  struct Pins {
    ImVec2 in, out;    // on screen; of the canvas while it is drawn
    ImVec2 low, high;  // of the node, of the canvas
  };
  void setStyle(const Look& look) const;
  void place(const CanvasInput& input, bool anew);
  void drawNodes(const CanvasInput& input);
  void drawLinks(const CanvasInput& input);
  void mark(std::size_t path, const Pins& from, const Pins& to);
  void takePlaces(const CanvasInput& input);
  void takeSelection(const CanvasInput& input);
  void takeNewPath(const CanvasInput& input, CanvasWish& wish) const;
  void drawMenus(const CanvasInput& input, CanvasWish& wish);
  void drawChips(const CanvasInput& input, ImVec2 low, ImVec2 high) const;
  void drawHover(const CanvasInput& input) const;
  void followSize(ImVec2 size);
  void navigate(const CanvasInput& input, ImVec2 size);
  [[nodiscard]] std::optional<std::size_t> layerOfPin(const CanvasInput& input,
                                                      std::uintptr_t pin) const;

  struct Mark {  // of a path's link, on screen
    std::size_t path = 0;
    ImVec2 number;       // middle of what stands on it
    ImVec2 reason;       // of the text beside it: middle of its lower edge
    bool below = false;  // of its upper edge
  };

  std::unique_ptr<ax::NodeEditor::EditorContext, void (*)(ax::NodeEditor::EditorContext*)> editor_;
  NodePlaces places_;
  ImageTexture stimulus_;
  Picked selection_;
  std::optional<Picked> select_;  // to be selected
  int placed_ = -1;               // places_.revision() that the nodes stand at
  float scale_ = 0;               // of these
  bool arrange_ = false, fit_ = true;
  float zoom_ = 1, pixel_ = 1;           // wanted; pixels a canvas pixel of the last frame
  ImVec2 size_;                          // of the panel's canvas, last frame
  bool fitted_ = false, fresh_ = false;  // all is shown; since the last frame only
  ImVec2 fitted_low_;                    // view_low_ then
  ImVec2 view_low_, view_high_;          // what is shown, of the canvas
  std::vector<Mark> marks_;
  std::string reveal_;
  std::map<std::string, Pins> pins_;
  std::optional<std::size_t> hovered_layer_, hovered_path_;
  Point menu_at_;
};

}  // namespace dentate::ui
