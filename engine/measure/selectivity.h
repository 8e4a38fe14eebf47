// What single units respond to, and how sparse activity and weights are.
//
//   selectivity   (a_max - a_rest) / (a_max + a_rest), a_max the mean activity for the category that
//                 the unit prefers, a_rest the mean over the other categories
//   Treves-Rolls  (sum r / n)^2 / (sum r^2 / n)   1 / n: one of n active; 1: all alike
//   Hoyer         (sqrt n - sum |w| / sqrt(sum w^2)) / (sqrt n - 1)   0: all alike; 1: one of n
// Source Morcos, Barrett, Rabinowitz & Botvinick 2018, arXiv:1803.06959 (selectivity);
//        Treves & Rolls 1991, Network 2:371, Rolls & Tovee 1995, J Neurophysiol 73:713;
//        Hoyer 2004, J Mach Learn Res 5:1457.
// What is not defined is NaN; each says where.
// Thread any; no state.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/measure/matrix.h"

namespace dentate::measure {

struct Selectivity {
  float index = 0;  // [0, 1] of activities that are not negative; NaN for a unit that is
                    // silent, or with fewer than two categories
  std::int32_t preferred = -1;  // category, the first of equal ones; -1 where the index is NaN
};

// `means` is [categories, units], the mean activities that measure::meanPatterns gives, of
// categories, tasks or anything else; a row with NaN is left out for the units where it is NaN.
// Gives [units].
[[nodiscard]] std::vector<Selectivity> selectivity(const Rows& means);

// Of one pattern over units (population sparseness) or of one unit over stimuli (lifetime
// sparseness); activities are not negative. NaN where all are 0.
[[nodiscard]] double trevesRolls(std::span<const float> activities);

// Population sparseness: the mean of the above over the patterns that are not silent, [patterns,
// units]. NaN where all are.
[[nodiscard]] double populationSparseness(const Rows& patterns);

// Sparsity of a weight matrix as one vector of all its weights. NaN of fewer than two weights, or
// where all are 0.
[[nodiscard]] double hoyerSparsity(const Rows& weights);

// Share of the weights with |w| < share_of_largest max |w|, [0, 1]. NaN where all are 0.
[[nodiscard]] double shareOfSmall(const Rows& weights, double share_of_largest = 0.01);

// Units that are active (a > 0) in none of the patterns, [patterns, units], in order. Without
// patterns, all of them.
[[nodiscard]] std::vector<std::int32_t> deadUnits(const Rows& patterns);

}  // namespace dentate::measure
