#include "engine/measure/dissociation.h"

#include <cmath>
#include <limits>
#include <vector>

#include "engine/spec/check.h"

namespace dentate::measure {
namespace {

struct Losses {
  std::vector<double> category, item, index;  // by replica
};

Losses lossesOf(std::span<const LesionAccuracy> replicas) {
  Losses losses;
  for (const auto& r : replicas) {
    losses.category.push_back(relativeLoss(r.category_intact, r.category_lesioned));
    losses.item.push_back(relativeLoss(r.item_intact, r.item_lesioned));
    losses.index.push_back(dissociationIndex(r));
  }
  return losses;
}

}  // namespace

double relativeLoss(double intact, double lesioned) {
  if (!(intact > 0) || !(lesioned >= 0)) return std::numeric_limits<double>::quiet_NaN();
  return (intact - lesioned) / intact;
}

double dissociationIndex(const LesionAccuracy& replica) {
  return relativeLoss(replica.item_intact, replica.item_lesioned) -
         relativeLoss(replica.category_intact, replica.category_lesioned);
}

Dissociation dissociation(std::span<const LesionAccuracy> replicas, std::uint64_t seed) {
  const Losses losses = lossesOf(replicas);
  return {estimate(losses.category, seed), estimate(losses.item, seed),
          estimate(losses.index, seed)};
}

Dissociation dissociationDifference(std::span<const LesionAccuracy> first,
                                    std::span<const LesionAccuracy> second, std::uint64_t seed) {
  DENTATE_CHECK(first.size() == second.size());
  const Losses a = lossesOf(first), b = lossesOf(second);
  return {pairedDifference(a.category, b.category, seed), pairedDifference(a.item, b.item, seed),
          pairedDifference(a.index, b.index, seed)};
}

}  // namespace dentate::measure
