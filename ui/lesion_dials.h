// The lesion lab's values: how far each part is lesioned, and what the answers say in words. Values
// and pure functions; no ImGui.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/link/view.h"
#include "engine/spec/experiment.h"
#include "engine/spec/lesion.h"

namespace dentate::ui {

// Of one network.
struct LesionDials {
  std::vector<double> share;              // by layer: of its units that are silenced, [0, 1]
  std::vector<double> cut;                // by path: of its source's units that it is cut for
  std::vector<std::uint8_t> still_layer;  // by layer: no path into it learns any more
  std::vector<std::uint8_t> still_path;   // by path
  [[nodiscard]] bool none() const;
  bool operator==(const LesionDials&) const = default;
};

[[nodiscard]] LesionDials noLesions(const spec::NetworkSpec& network);
[[nodiscard]] LesionDials dialsOf(const spec::NetworkSpec& network,
                                  const std::vector<spec::Lesion>& lesions);

// All that the panel's controls say.
struct LesionSetup {
  LesionDials at_test;   // nothing is changed: the networks are tested with and without
  LesionDials learning;  // in force for the rest of learning
  spec::LesionOrder order = spec::LesionOrder::Random;
  std::uint64_t seed = 0;
  bool operator==(const LesionSetup&) const = default;
};

// `dials` is one of the setup's.
[[nodiscard]] std::vector<spec::Lesion> lesionsOf(const LesionSetup& setup,
                                                  const LesionDials& dials);

// A line of controls: a layer, a path, or a pathway that stands for all its layers.
struct LesionRow {
  enum class Kind { Pathway, Layer, Path };
  Kind kind = Kind::Layer;
  std::string id, name;            // id: stable, unique
  std::vector<std::size_t> parts;  // layers, or the path
};

// Pathways of several layers, hidden layers, paths.
[[nodiscard]] std::vector<LesionRow> lesionRows(const spec::NetworkSpec& network);
// Of a pathway the mean over its layers.
[[nodiscard]] double shareOf(const LesionDials& dials, const LesionRow& row);
void setShare(LesionDials& dials, const LesionRow& row, double share);
[[nodiscard]] bool isStill(const LesionDials& dials, const LesionRow& row);
void setStill(LesionDials& dials, const LesionRow& row, bool still);

// "Item memory loses 63 % of its accuracy, category knowledge 4 %: index .59 [.51, .66], n = 10."
[[nodiscard]] std::string effectsInWords(const link::LesionEffects& effects);

}  // namespace dentate::ui
