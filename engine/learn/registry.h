// The learning rules and their bodies by name.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/learn/rule.h"
#include "engine/spec/result.h"

namespace dentate::learn {

[[nodiscard]] std::vector<std::string> ruleNames();
[[nodiscard]] std::vector<std::string> bodyNames();
[[nodiscard]] std::optional<Body> bodyNamed(std::string_view name);

// Refuses a name that no rule has, with the names there are. `plan` outlives the rule.
spec::Result<std::unique_ptr<Rule>> makeRule(const net::Plan& plan, const spec::RuleSpec& rule,
                                             Body body = Body::Auto);

}  // namespace dentate::learn
