#include "engine/spec/rule_traits.h"

#include <algorithm>

#include "engine/spec/corrections.h"
#include "engine/spec/replicas.h"
#include "engine/spec/spelling.h"
#include "engine/spec/words.h"

namespace dentate::spec {
namespace {

bool fits(Learned what, bool learned) {
  return what == Learned::ByCondition || learned == (what == Learned::Always);
}

std::vector<Condition> conditionsTaken(const RuleTraits& traits) {
  std::vector<Condition> all;
  for (const auto& entry : kSpellings<Condition>)
    if (traits.takes(entry.value)) all.push_back(entry.value);
  return all;
}

Error refuse(const char* key, const RuleTraits& traits, const std::string& expected,
             const std::string& got) {
  return {Error::Kind::Config, key,
          "expected " + expected + ", which is what the rule " + jsonString(traits.name) +
              " takes, got " + got};
}

// Nearest to `wanted` of those that it takes.
Condition nearest(const RuleTraits& traits, Condition wanted) {
  const auto all = conditionsTaken(traits);
  const auto off = [&](Condition one) {
    return (learnsAlpha(one) != learnsAlpha(wanted)) + (learnsM(one) != learnsM(wanted));
  };
  return *std::ranges::min_element(all, {}, off);
}

}  // namespace

bool RuleTraits::takes(Condition condition) const {
  return fits(alpha, learnsAlpha(condition)) && fits(m, learnsM(condition));
}

Status checkRule(const RuleTraits& traits, const RuleSpec& rule) {
  if (!traits.takes(rule.condition)) {
    std::vector<std::string> words;
    for (const auto condition : conditionsTaken(traits))
      words.push_back(jsonString(spell(condition)));
    return refuse("rule.condition", traits, listed(words, "or"), jsonString(spell(rule.condition)));
  }
  if (rule.order > traits.highest_order)
    return refuse("rule.order", traits, std::to_string(traits.highest_order),
                  std::to_string(rule.order));
  if (traits.update && rule.update != *traits.update)
    return refuse("rule.update", traits, jsonString(spell(*traits.update)),
                  jsonString(spell(rule.update)));
  const bool a_weight = traits.reads("rule.alpha_per") && rule.alpha_per == AlphaPer::Weight;
  if (rule.alpha != AlphaForm::Relu && (!traits.alpha_a_path || a_weight))
    return refuse("rule.alpha", traits,
                  jsonString(spell(AlphaForm::Relu)) + (a_weight ? " with an alpha a weight" : ""),
                  jsonString(spell(rule.alpha)));
  return {};
}

std::vector<std::string> choosing(const RuleTraits& traits, const ExperimentSpec& spec) {
  std::vector<std::string> out{"rule.name=" + std::string(traits.name)};
  const auto& rule = spec.rule;
  const auto condition = nearest(traits, rule.condition);
  if (condition != rule.condition) out.push_back("rule.condition=" + std::string(spell(condition)));
  const auto conditions = conditionsOf(spec);
  if (!std::ranges::all_of(conditions, [&](Condition c) { return traits.takes(c); }))
    out.emplace_back("replicas.conditions=[]");
  if (rule.order > traits.highest_order)
    out.push_back("rule.order=" + std::to_string(traits.highest_order));
  if (traits.update && rule.update != *traits.update)
    out.push_back("rule.update=" + std::string(spell(*traits.update)));
  if (!traits.alpha_a_path && rule.alpha != AlphaForm::Relu) out.emplace_back("rule.alpha=relu");
  const auto softplus = [&](Corrections c) {
    return corrected(rule, c).alpha == AlphaForm::Softplus;
  };
  if (!traits.alpha_a_path && std::ranges::any_of(spec.replicas.corrections, softplus))
    out.emplace_back("replicas.corrections=[]");
  return out;
}

}  // namespace dentate::spec
