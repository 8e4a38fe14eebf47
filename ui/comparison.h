// Which groups of networks the plots show. Values and pure functions; no ImGui.
#pragma once
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/link/snapshot.h"
#include "engine/spec/replicas.h"

namespace dentate::ui {

// What the person chose, for all plots: conditions left out, and the alpha0 shown where there are
// several (not set, or not of this run: the one of spec::shownAlpha0).
struct Comparison {
  std::set<spec::Condition> hidden;
  std::optional<double> alpha0;
};

// The networks of one condition at the chosen alpha0.
struct ShownGroup {
  std::size_t group = 0;  // in the history
  spec::Condition condition = spec::Condition::SLr;
  std::string label;  // the condition; empty where the run has one only
};

// By condition, in the order of the experiment; never empty.
[[nodiscard]] std::vector<ShownGroup> shownGroups(const spec::ExperimentSpec& spec,
                                                  const Comparison& comparison);
// Of every condition and alpha0, whatever is chosen; labelled by what differs.
[[nodiscard]] std::vector<ShownGroup> allGroups(const spec::ExperimentSpec& spec);
// Place of the chosen alpha0 in spec::alpha0sOf.
[[nodiscard]] std::size_t chosenAlpha0(const spec::ExperimentSpec& spec,
                                       const Comparison& comparison);

// Of the network that the diagram shows. The snapshot has a spec.
[[nodiscard]] std::size_t shownCell(const link::Snapshot& now);
[[nodiscard]] spec::Condition shownCondition(const link::Snapshot& now);

// "seed 3", "s+lr, α₀ .01, seed 3": what tells a network from the others.
[[nodiscard]] std::string networkName(const spec::ExperimentSpec& spec,
                                      const spec::Variant& variant);
// "40 networks: 4 conditions × 10 seeds".
[[nodiscard]] std::string networksInWords(const spec::ExperimentSpec& spec);
// "s+lr", "baseline, s, lr, s+lr".
[[nodiscard]] std::string conditionsInWords(const spec::ExperimentSpec& spec);

// Whether every word of `filter` is a condition's whole name or the beginning of another word of the
// network's name: "lr 3" finds "lr, seed 3" and not "s+lr, seed 3".
[[nodiscard]] bool isFound(const spec::ExperimentSpec& spec, const spec::Variant& variant,
                           std::string_view filter);

}  // namespace dentate::ui
