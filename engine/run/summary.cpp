#include "engine/run/summary.h"

namespace dentate::run {

void FinalTests::add(const measure::Evaluation& evaluation) {
  ++tests;
  category += evaluation.category;
  item += evaluation.item;
  items.add(evaluation.items);
  active_fraction.resize(evaluation.active_fraction.size());
  for (std::size_t l = 0; l < active_fraction.size(); ++l)
    active_fraction[l] += evaluation.active_fraction[l];
}

std::vector<std::size_t> frozenPaths(const spec::ExperimentSpec& spec,
                                     const ReplicaSummary& summary) {
  const auto rule = spec::ruleOf(spec, summary.compared());
  std::vector<std::size_t> frozen;
  if (rule.alpha != spec::AlphaForm::Relu || !spec::learnsAlpha(rule.condition) ||
      rule.update != spec::Update::Asynchronous)
    return frozen;
  for (std::size_t p = 0; p < summary.alpha.size(); ++p)
    if (summary.alpha[p] <= 0 && !spec.network.paths[p].frozen) frozen.push_back(p);
  return frozen;
}

}  // namespace dentate::run
