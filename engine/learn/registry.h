// The learning rules and their bodies by name.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/learn/rule.h"
#include "engine/spec/result.h"

namespace dentate::learn {

[[nodiscard]] std::vector<std::string> ruleNames();
[[nodiscard]] std::vector<spec::RuleTraits> ruleTraits();  // in the same order
[[nodiscard]] std::vector<std::string> bodyNames();
[[nodiscard]] std::optional<Body> bodyNamed(std::string_view name);

// Refuses a name that no rule has, with the names there are, and what the rule does not take. `plan`
// outlives the rule, and has its extras.
spec::Result<std::unique_ptr<Rule>> makeRule(const net::Plan& plan, const spec::RuleSpec& rule,
                                             Body body = Body::Auto);

// What the rule learns beside weights, alpha and m: Plan::extra of a network that learns by it.
// Empty for a name that no rule has.
[[nodiscard]] std::vector<net::Extra> extraOf(const net::Plan& plan, const spec::RuleSpec& rule);

// Rules that a program has beside those of the registry. The library itself has none: it defines
// this in further_rules.cpp, which is not linked into a program that defines it too.
[[nodiscard]] std::span<const RuleEntry* const> furtherRules();

}  // namespace dentate::learn
