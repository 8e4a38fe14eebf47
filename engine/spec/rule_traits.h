// What a learning rule takes, said before it is made: for checks, and for whoever offers a choice.
// The rules themselves are those of engine/learn/registry.h.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/spec/experiment.h"
#include "engine/spec/result.h"

namespace dentate::spec {

enum class Learned { Never, ByCondition, Always };

struct RuleTraits {
  std::string_view name;
  Learned alpha = Learned::ByCondition, m = Learned::ByCondition;
  std::optional<Update> update = std::nullopt;  // the only one that it takes; none: either
  std::int64_t highest_order = 2;
  bool alpha_a_path = false;  // it has an alpha for every path, of either form
  // Keys that it reads and not every rule does, two at most; an empty one is none.
  std::string_view own_key = {}, other_key = {};
  [[nodiscard]] bool takes(Condition condition) const;
  [[nodiscard]] bool reads(std::string_view key) const {
    return key == own_key || key == other_key;
  }
};

// Refuses a condition, an order, an update or a form of alpha that the rule does not take, at its key.
[[nodiscard]] Status checkRule(const RuleTraits& traits, const RuleSpec& rule);

// What choosing this rule sets, "key=value": its name, and whatever the experiment has that the rule
// does not take.
[[nodiscard]] std::vector<std::string> choosing(const RuleTraits& traits,
                                                const ExperimentSpec& spec);

}  // namespace dentate::spec
