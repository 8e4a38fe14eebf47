#include "engine/run/summary.h"

namespace dentate::run {

void FinalTests::add(const measure::Evaluation& evaluation) {
  ++tests;
  category += evaluation.category;
  item += evaluation.item;
  active_fraction.resize(evaluation.active_fraction.size());
  for (std::size_t l = 0; l < active_fraction.size(); ++l)
    active_fraction[l] += evaluation.active_fraction[l];
}

}  // namespace dentate::run
