// The networks of an experiment: which condition, inhibition, corrections, alpha0 and seed each has.
//
//   compared = (condition × inhibitions + inhibition) × corrections + correction
//   replica = (compared × alpha0s + alpha0) × seeds + seed
//
// counted from 0, seed innermost. The networks of one of those compared at one alpha0 are a cell;
// they differ in seed only. All that is random
// in a network is seeded by its seed alone, so that networks of one seed see the same samples from
// the same initial weights in every cell (paired comparisons).
#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/spec/experiment.h"

namespace dentate::spec {

inline constexpr std::int64_t kMostReplicas = 10'000;

// What is compared: a condition, what inhibits every hidden layer (none: each as it says), and which
// quirks of the published program are corrected (none: those of the rule).
struct Compared {
  Condition condition = Condition::SLr;
  std::optional<Inhibition> inhibition = std::nullopt;
  std::optional<Corrections> corrections = std::nullopt;
  auto operator<=>(const Compared&) const = default;
};

struct Variant {
  Condition condition = Condition::SLr;
  double alpha0 = 0;
  std::uint64_t seed = 0;
  std::optional<Inhibition> inhibition = std::nullopt;
  std::optional<Corrections> corrections = std::nullopt;
  [[nodiscard]] Compared compared() const { return {condition, inhibition, corrections}; }
  bool operator==(const Variant&) const = default;
};

// The lists of the experiment, or the rule's own value as a list of one.
[[nodiscard]] std::vector<Condition> conditionsOf(const ExperimentSpec& spec);
[[nodiscard]] std::vector<double> alpha0sOf(const ExperimentSpec& spec);
// Conditions × inhibitions × corrections, in the order of the replicas; never empty.
[[nodiscard]] std::vector<Compared> comparedOf(const ExperimentSpec& spec);
// What tells it from the others: "s+lr", "k-WTA", "s+lr, k-WTA". Of one alone the condition.
[[nodiscard]] std::string nameOf(const ExperimentSpec& spec, const Compared& compared);
// The kind that inhibits a layer in networks of that kind; None for input and outputs.
[[nodiscard]] Inhibition inhibitionOf(const LayerSpec& layer, const Compared& compared);
// The rule that they learn by, but for alpha0.
[[nodiscard]] RuleSpec ruleOf(const ExperimentSpec& spec, const Compared& compared);
// The network that they have.
[[nodiscard]] NetworkSpec networkOf(const ExperimentSpec& spec, const Compared& compared);

[[nodiscard]] std::int64_t replicaCount(const ExperimentSpec& spec);
// `replica` < replicaCount(spec).
[[nodiscard]] Variant variantOf(const ExperimentSpec& spec, std::size_t replica);

// Cells by place in comparedOf() × alpha0s + alpha0.
[[nodiscard]] std::size_t cellCount(const ExperimentSpec& spec);
[[nodiscard]] std::size_t cellOf(const ExperimentSpec& spec, std::size_t replica);
// What it compares, and its alpha0; the seed is the first.
[[nodiscard]] Variant cellVariant(const ExperimentSpec& spec, std::size_t cell);
// Place in alpha0sOf() of the one to show where one has to stand for all: the rule's own if it is
// among them, else the middle one of the list.
[[nodiscard]] std::size_t shownAlpha0(const ExperimentSpec& spec);

// The network to show where one has to stand for all: of the rule's own condition if it is among
// the conditions, else of the last, of the first inhibition and corrections, at the alpha0 above, with
// the first seed.
[[nodiscard]] std::size_t shownReplica(const ExperimentSpec& spec);

// What tells a network from the others: "seed 3", "s+lr, alpha0 0.01, seed 3".
[[nodiscard]] std::string nameOf(const ExperimentSpec& spec, const Variant& variant);
// "1 network", "40 networks: 4 conditions × 10 seeds".
[[nodiscard]] std::string replicasInWords(const ExperimentSpec& spec);

}  // namespace dentate::spec
