// k-winners-take-all: the largest net input that does not win is taken off all of them, so that at
// most k units are active.
//
//   a = max(z - I, 0),   I = (k+1)-th largest of z,   k annealed (annealedK)
//
// Fewer than k are active where net inputs are equal at the threshold. A negative I lifts the net
// inputs: k units are active even where less than k have a positive one. With k = units nothing is
// taken off. Nothing is learned, so it stands in every condition.
// Source the schedule: Makhzani & Frey 2013, arXiv:1312.5663 (k-sparse autoencoders).
#pragma once
#include "engine/spec/inhibition.h"

namespace dentate::spec {

// In [2, units], or 0 where all units win.
[[nodiscard]] inline std::int64_t kWtaRank(const LayerSpec& layer, double /*k_fraction*/,
                                           std::int64_t done) {
  const auto k = annealedK(layer, done);
  return k < layer.units ? k + 1 : 0;
}

inline constexpr InhibitionKind kKWta{
    .name = "k_wta",
    .words = "k-WTA",
    .about =
        "k-winners-take-all: the largest net input of the losers is taken off every unit, so "
        "that k are active; k falls from k_max to k_target. Learns nothing, so it is there in "
        "every condition.",
    .anneals = true,
    .rank = &kWtaRank,
};

}  // namespace dentate::spec
