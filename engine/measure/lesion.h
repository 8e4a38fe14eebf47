// Lesions of one network: which units a lesion (engine/spec/lesion.h) takes in it.
#pragma once
#include <span>
#include <vector>

#include "engine/net/network.h"
#include "engine/spec/lesion.h"

namespace dentate::measure {

// Mean activity of every unit, by layer; an empty layer is not known.
using MeanActivity = std::vector<std::vector<double>>;

// Whether any of them takes units in the order of their activity.
[[nodiscard]] bool needsActivity(std::span<const spec::Lesion> lesions);

// Several lesions of one part add up. Units of a layer whose activity is needed and not known are
// taken in the order of their numbers.
[[nodiscard]] net::Lesions lesionsOf(const net::Plan& plan, std::span<const spec::Lesion> lesions,
                                     const MeanActivity& activity = {});

}  // namespace dentate::measure
