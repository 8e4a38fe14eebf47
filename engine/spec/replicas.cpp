#include "engine/spec/replicas.h"

#include <algorithm>

#include "engine/spec/corrections.h"
#include "engine/spec/inhibition.h"
#include "engine/spec/spelling.h"
#include "engine/spec/words.h"

namespace dentate::spec {
namespace {

std::size_t alpha0Count(const ExperimentSpec& spec) {
  return std::max<std::size_t>(spec.replicas.alpha0.size(), 1);
}

std::size_t conditionCount(const ExperimentSpec& spec) {
  return std::max<std::size_t>(spec.replicas.conditions.size(), 1);
}

std::size_t inhibitionCount(const ExperimentSpec& spec) {
  return std::max<std::size_t>(spec.replicas.inhibitions.size(), 1);
}

std::size_t correctionCount(const ExperimentSpec& spec) {
  return std::max<std::size_t>(spec.replicas.corrections.size(), 1);
}

}  // namespace

std::vector<Condition> conditionsOf(const ExperimentSpec& spec) {
  if (spec.replicas.conditions.empty()) return {spec.rule.condition};
  return spec.replicas.conditions;
}

std::vector<Compared> comparedOf(const ExperimentSpec& spec) {
  const std::size_t rows = conditionCount(spec) * inhibitionCount(spec) * correctionCount(spec);
  std::vector<Compared> all;
  for (std::size_t row = 0; row < rows; ++row)
    all.push_back(cellVariant(spec, row * alpha0Count(spec)).compared());
  return all;
}

std::string nameOf(const ExperimentSpec& spec, const Compared& compared) {
  std::string words;
  const auto add = [&words](std::string_view part) {
    words += (words.empty() ? "" : ", ") + std::string(part);
  };
  if (conditionCount(spec) > 1) add(spell(compared.condition));
  if (inhibitionCount(spec) > 1 && compared.inhibition) add(kindOf(*compared.inhibition).words);
  if (correctionCount(spec) > 1 && compared.corrections) add(wordsOf(*compared.corrections));
  return words.empty() ? std::string(spell(compared.condition)) : words;
}

Inhibition inhibitionOf(const LayerSpec& layer, const Compared& compared) {
  if (layer.role != LayerRole::Hidden) return Inhibition::None;
  return compared.inhibition.value_or(layer.inhibition);
}

RuleSpec ruleOf(const ExperimentSpec& spec, const Compared& compared) {
  auto rule = compared.corrections ? corrected(spec.rule, *compared.corrections) : spec.rule;
  rule.condition = compared.condition;
  return rule;
}

NetworkSpec networkOf(const ExperimentSpec& spec, const Compared& compared) {
  auto network = spec.network;
  for (auto& layer : network.layers) layer.inhibition = inhibitionOf(layer, compared);
  return network;
}

std::vector<double> alpha0sOf(const ExperimentSpec& spec) {
  if (spec.replicas.alpha0.empty()) return {spec.rule.alpha0};
  return spec.replicas.alpha0;
}

std::int64_t replicaCount(const ExperimentSpec& spec) {
  return static_cast<std::int64_t>(cellCount(spec)) * spec.replicas.seeds;
}

Variant variantOf(const ExperimentSpec& spec, std::size_t replica) {
  Variant out = cellVariant(spec, cellOf(spec, replica));
  out.seed += replica % static_cast<std::size_t>(spec.replicas.seeds);
  return out;
}

std::size_t cellCount(const ExperimentSpec& spec) {
  return conditionCount(spec) * inhibitionCount(spec) * correctionCount(spec) * alpha0Count(spec);
}

std::size_t cellOf(const ExperimentSpec& spec, std::size_t replica) {
  return replica / static_cast<std::size_t>(spec.replicas.seeds);
}

Variant cellVariant(const ExperimentSpec& spec, std::size_t cell) {
  const auto& lists = spec.replicas;
  Variant out{spec.rule.condition, spec.rule.alpha0, static_cast<std::uint64_t>(lists.first_seed)};
  const std::size_t compared = cell / alpha0Count(spec), row = compared / correctionCount(spec);
  if (!lists.conditions.empty()) out.condition = lists.conditions.at(row / inhibitionCount(spec));
  if (!lists.inhibitions.empty()) out.inhibition = lists.inhibitions[row % inhibitionCount(spec)];
  if (!lists.corrections.empty())
    out.corrections = lists.corrections[compared % correctionCount(spec)];
  if (!lists.alpha0.empty()) out.alpha0 = lists.alpha0[cell % alpha0Count(spec)];
  return out;
}

std::size_t shownAlpha0(const ExperimentSpec& spec) {
  const auto& list = spec.replicas.alpha0;
  const auto own = std::find(list.begin(), list.end(), spec.rule.alpha0);
  return own != list.end() ? static_cast<std::size_t>(own - list.begin()) : list.size() / 2;
}

std::size_t shownReplica(const ExperimentSpec& spec) {
  const auto all = conditionsOf(spec);
  const auto own = std::find(all.begin(), all.end(), spec.rule.condition);
  const auto condition =
      own != all.end() ? static_cast<std::size_t>(own - all.begin()) : all.size() - 1;
  const auto rows = inhibitionCount(spec) * correctionCount(spec);
  return (condition * rows * alpha0Count(spec) + shownAlpha0(spec)) *
         static_cast<std::size_t>(spec.replicas.seeds);
}

std::string nameOf(const ExperimentSpec& spec, const Variant& variant) {
  std::string name;
  if (comparedOf(spec).size() > 1) name += nameOf(spec, variant.compared()) + ", ";
  if (alpha0Count(spec) > 1) name += "alpha0 " + plainNumber(variant.alpha0) + ", ";
  return name + "seed " + std::to_string(variant.seed);
}

std::string replicasInWords(const ExperimentSpec& spec) {
  std::vector<std::string> factors;
  const auto factor = [&](std::int64_t count, const char* of_them) {
    if (count > 1) factors.push_back(grouped(count) + " " + of_them);
  };
  factor(static_cast<std::int64_t>(conditionCount(spec)), "conditions");
  factor(static_cast<std::int64_t>(inhibitionCount(spec)), "inhibitions");
  factor(static_cast<std::int64_t>(correctionCount(spec)), "corrections");
  factor(static_cast<std::int64_t>(alpha0Count(spec)), "alpha0");
  factor(spec.replicas.seeds, "seeds");
  const auto count = replicaCount(spec);
  std::string words = grouped(count) + (count == 1 ? " network" : " networks");
  for (std::size_t i = 0; i < factors.size(); ++i) words += (i > 0 ? " × " : ": ") + factors[i];
  return words;
}

}  // namespace dentate::spec
