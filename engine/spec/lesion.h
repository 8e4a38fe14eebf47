// A lesion as a value: what part of a network is silenced, how much of it, and in which order.
//
// Of a layer of n units, round(share n) are silenced; of a convolutional layer of n channels, so many
// channels with all of their units. A path is cut at its source: so many of the source's units or
// channels send nothing over this path, but over all others. A larger share takes the units of a
// smaller one and more, so that a slider moves through nested lesions.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::spec {

enum class LesionPart { Layer, Path };
enum class LesionOrder { Random, MostActive, LeastActive };  // whose turn comes first

struct Lesion {
  LesionPart part = LesionPart::Layer;
  std::size_t index = 0;  // in NetworkSpec::layers or ::paths
  double share = 1;       // of the units or channels of the layer, or of the path's source, [0, 1]
  LesionOrder order = LesionOrder::Random;
  std::uint64_t seed = 0;  // of the random order; the same in all networks
  // Activity stays: the path, or every path into the layer, does not learn any more (alpha = 0).
  bool plasticity = false;
  bool operator==(const Lesion&) const = default;
};

// Refuses: a part that the network does not have, an input or output layer whose units would be
// silenced, a share out of range.
Status checkLesion(const NetworkSpec& network, const Lesion& lesion);

// "h4_large: 60 % of its units, most active first", "h1 → h2 cut", "h1 → h2: cut for 60 % of h1, at
// random", "h1 → h2: no plasticity".
[[nodiscard]] std::string nameOf(const NetworkSpec& network, const Lesion& lesion);

}  // namespace dentate::spec
