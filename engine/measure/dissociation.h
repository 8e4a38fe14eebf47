// What a lesion does to two kinds of memory: which image it was (item), and of which kind (category).
//
//   loss  = (intact - lesioned) / intact                 relative, by replica, for item and category
//   index = item loss - category loss                    by replica
// Positive: the lesion takes items and spares categories. Losses are at most 1, and negative where
// the lesion helps. No loss is defined where nothing was known intact (accuracy 0) or where an
// accuracy was not measured (negative or NaN): NaN, and the replica is left out of what needs it.
// Over replicas: mean, SEM and 95 % bootstrap interval (statistics.h).
// Thread any; no state.
#pragma once
#include <cstdint>
#include <span>

#include "engine/measure/statistics.h"

namespace dentate::measure {

// Accuracies of one replica, [0, 1]; -1 without that output, as in measure::Evaluation.
struct LesionAccuracy {
  double category_intact = -1, category_lesioned = -1;
  double item_intact = -1, item_lesioned = -1;
};

[[nodiscard]] double relativeLoss(double intact, double lesioned);
[[nodiscard]] double dissociationIndex(const LesionAccuracy& replica);

struct Dissociation {
  Estimate category_loss, item_loss, index;
};

// `seed` draws the bootstrap samples; the same seed gives the same interval.
[[nodiscard]] Dissociation dissociation(std::span<const LesionAccuracy> replicas,
                                        std::uint64_t seed);

// How much more `first` (say, of the large path) does than `second` (of the small path), replica by
// replica: entry i of both is the same replica. For each measure, replicas that have it in both.
[[nodiscard]] Dissociation dissociationDifference(std::span<const LesionAccuracy> first,
                                                  std::span<const LesionAccuracy> second,
                                                  std::uint64_t seed);

}  // namespace dentate::measure
