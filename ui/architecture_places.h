// Where the nodes of a drawn network stand: view state, in design pixels of the canvas, kept by the
// layer's name. Pure geometry; no ImGui.
//
// An edit places what is new and moves nothing else. A network of which little was there before is
// arranged as a whole; one that comes back, by undo, stands where it stood.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/spec/experiment.h"
#include "ui/network_layout.h"

namespace dentate::ui {

// Of a node, and from one to the next, design pixels.
constexpr float kNodeWidth = 156, kNodeHeight = 152;
constexpr float kColumnPitch = 200, kRowPitch = 188;

// By layer: left top of its node, columns by depth, the outputs last. Paths that pass a column keep
// a row of it free. Takes any network, a cyclic one included.
[[nodiscard]] std::vector<Point> arrangedNodes(const spec::NetworkSpec& network);

// Of one network, from one sitting to the next.
struct PlacedNodes {
  std::vector<std::string> paths;  // "h1>h2", in the order of the network
  std::map<std::string, Point> places;
};

class NodePlaces {
 public:
  // Where the nodes of an earlier sitting stood; false, and nothing is done, where that was another
  // network.
  bool restore(const spec::NetworkSpec& network, const PlacedNodes& from);
  // Of the network followed last, in whole design pixels.
  [[nodiscard]] PlacedNodes placed(const spec::NetworkSpec& network) const;
  // Takes in the network of this frame; `anew` where it stands for another one, as a template and a
  // preset do. True where all of it was placed.
  bool follow(const spec::NetworkSpec& network, bool anew = false);
  // Puts all in order.
  void arrange(const spec::NetworkSpec& network);
  // Of a layer that follow() knows.
  [[nodiscard]] Point at(const std::string& layer) const;
  // Number of a layer's node, from 1; it stays with the layer when that is renamed.
  [[nodiscard]] int id(const std::string& layer) const;
  // Moved by hand, or where a layer that is about to be added shall stand.
  void put(const std::string& layer, Point place) { places_[layer] = place; }
  // Several, by layer, as undo does; layers that are not there may come back.
  void move(const std::map<std::string, Point>& places);
  // A free place beside a layer; below all others where there is none.
  [[nodiscard]] Point freeBeside(const std::string& layer) const;
  [[nodiscard]] Point freeNear(Point wish) const;
  // Grows when layers come or go, and whenever places change otherwise than by put().
  [[nodiscard]] int revision() const { return revision_; }

 private:
  using Places = std::map<std::string, Point>;
  void placeNew(const spec::NetworkSpec& network);
  void rename(const std::string& before, const std::string& after);
  void numberNew();
  std::vector<std::string> layers_;  // of the network followed last
  std::map<std::string, int> ids_;
  int last_id_ = 0;
  Places places_;                                    // of these, and of layers that may come back
  std::map<std::vector<std::string>, Places> kept_;  // of networks that were replaced as a whole
  int revision_ = 0;
};

}  // namespace dentate::ui
