// The learning rules by name.
#pragma once
#include <string>
#include <vector>

#include "engine/learn/rule.h"
#include "engine/spec/result.h"

namespace dentate::learn {

[[nodiscard]] std::vector<std::string> ruleNames();

// Refuses a name that no rule has, with the names there are. `plan` outlives the rule.
spec::Result<std::unique_ptr<Rule>> makeRule(const net::Plan& plan, const spec::RuleSpec& rule,
                                             Body body = Body::Auto);

}  // namespace dentate::learn
