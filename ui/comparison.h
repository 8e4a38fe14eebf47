// Which groups of networks the plots show. Values and pure functions; no ImGui.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/figure/palette.h"
#include "engine/link/snapshot.h"
#include "engine/spec/replicas.h"
#include "ui/history.h"

namespace dentate::ui {

// What the person chose, for all plots: what is compared and left out, and the alpha0 shown where there are
// several (not set, or not of this run: the one of spec::shownAlpha0). Of several runs, those left
// out, and whether the others are shown as their difference to the first. And which output's accuracy
// is shown, where a network has both.
struct Comparison {
  std::set<spec::Compared> hidden;
  std::optional<double> alpha0;
  std::set<std::uint64_t> hidden_runs = {};
  bool difference = false;
  Head head = Head::Category;
};

// A run in the plots: coloured as any other, in a stroke of its own.
struct ShownRun {
  const link::RunEntry* entry = nullptr;  // of the snapshot
  figure::Stroke stroke;
};
// In the order of the snapshot; the run that the panels show is always among them.
[[nodiscard]] std::vector<ShownRun> shownRuns(const link::Snapshot& now,
                                              const Comparison& comparison);
// By its place in the snapshot.
[[nodiscard]] figure::Stroke strokeOf(const link::Snapshot& now, std::uint64_t run);
// The name of a run among other words, cut in the middle where it is long.
[[nodiscard]] std::string nameInNote(const std::string& name);
// The run in the panels or, of one run, the condition in the diagram: what the values at the ends of
// curves are of, where there is no room for all.
[[nodiscard]] std::string featuredName(const link::Snapshot& now, const Comparison& comparison);
// The group of a run whose networks are most like those of that condition, inhibition and alpha0.
[[nodiscard]] std::size_t groupLike(const spec::ExperimentSpec& spec, const spec::Variant& like);
// What tells a run from the one that it left, or from its own experiment: "h3_large: 60 % …; η for α: 0".
[[nodiscard]] std::string changesInWords(const link::Snapshot& now, const link::RunEntry& run);

// The networks of one condition and inhibition at the chosen alpha0.
struct ShownGroup {
  std::size_t group = 0;  // in the history
  spec::Compared compared;
  std::string label;  // spec::nameOf; empty where the run has one only
};

// By spec::comparedOf; never empty.
[[nodiscard]] std::vector<ShownGroup> shownGroups(const spec::ExperimentSpec& spec,
                                                  const Comparison& comparison);
// Of every condition, inhibition and alpha0, whatever is chosen; labelled by what differs.
[[nodiscard]] std::vector<ShownGroup> allGroups(const spec::ExperimentSpec& spec);
// Place of the chosen alpha0 in spec::alpha0sOf.
[[nodiscard]] std::size_t chosenAlpha0(const spec::ExperimentSpec& spec,
                                       const Comparison& comparison);

// Of the network that the diagram shows. The snapshot has a spec.
[[nodiscard]] std::size_t shownCell(const link::Snapshot& now);
[[nodiscard]] spec::Condition shownCondition(const link::Snapshot& now);
[[nodiscard]] spec::Compared shownCompared(const link::Snapshot& now);
// Whether the network that the diagram shows learns m in that layer, and what inhibits it.
[[nodiscard]] bool showsM(const link::Snapshot& now, std::size_t layer);
[[nodiscard]] spec::Inhibition shownInhibition(const link::Snapshot& now, std::size_t layer);

// "active 12 %   m .031", "active 10 %   k 20   2 dead": of a hidden layer of that network.
[[nodiscard]] std::string layerFacts(const link::Snapshot& now, std::size_t layer);

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
