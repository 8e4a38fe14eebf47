// k-winners-take-all with a learned multiplier: how hard the losers are held down is learned.
//
//   z <- z - m I,   I = (k+1)-th largest of z,   k annealed as in k_wta.h
//
// m begins at the rule's m0, as that of learned_m does, so the layer begins nearly uninhibited: at
// m = 1 it is k-winners-take-all, below more than k units are active. As m is learned, it is there in
// conditions s and s+lr alone.
#pragma once
#include "engine/spec/k_wta.h"

namespace dentate::spec {

inline constexpr InhibitionKind kKWtaLearnedM{
    .name = "k_wta_learned_m",
    .words = "k-WTA + m",
    .about =
        "As k-WTA, but m times the threshold is taken off, and m is learned from m₀ on; at "
        "m = 1 just k units are active. There in conditions s and s+lr.",
    .learns_m = true,
    .anneals = true,
    .rank = &kWtaRank,
};

}  // namespace dentate::spec
