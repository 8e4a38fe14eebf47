// What is kept of the panels from one sitting to the next, by the names of layers: only what the
// network then has comes back. Values; no ImGui.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/link/view.h"
#include "engine/spec/lesion.h"

namespace dentate::ui {

struct KeptUnits {
  using Unit = std::pair<std::string, std::int64_t>;  // layer, place in it
  std::vector<Unit> pinned;
  std::optional<Unit> chosen;
  link::StimulusChoice::Kind kind = link::StimulusChoice::Kind::Newest;
  std::int64_t task = 0, index = 0;
  std::string file;
  int width = 0, height = 0;
  std::vector<std::uint8_t> drawn;  // [height * width]; empty: nothing is drawn
  bool operator==(const KeptUnits&) const = default;
};

// At test: nothing of the run is changed by them.
struct KeptLesions {
  std::map<std::string, double> layers;  // share of the units
  std::map<std::string, double> paths;   // "h1>h2": share of the source's units it is cut for
  spec::LesionOrder order = spec::LesionOrder::Random;
  std::uint64_t seed = 0;
  bool operator==(const KeptLesions&) const = default;
};

}  // namespace dentate::ui
