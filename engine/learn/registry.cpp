#include "engine/learn/registry.h"

#include <array>
#include <string_view>

#include "engine/learn/meta_cls.h"

namespace dentate::learn {
namespace {

struct Entry {
  std::string_view name;
  RuleMaker make;
};

// One line a rule.
constexpr std::array kRules{
    Entry{"meta-cls", &makeMetaCls},
};

struct BodyName {
  std::string_view name;
  Body body;
};
constexpr std::array kBodies{
    BodyName{"auto", Body::Auto},
    BodyName{"cpu", Body::Cpu},
    BodyName{"aten", Body::Aten},
    BodyName{"autograd", Body::Autograd},
};

constexpr bool unique() {
  for (std::size_t i = 0; i < kRules.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (kRules[i].name == kRules[j].name) return false;
  return true;
}
static_assert(unique(), "two rules of one name");

}  // namespace

std::vector<std::string> ruleNames() {
  std::vector<std::string> names;
  for (const auto& entry : kRules) names.emplace_back(entry.name);
  return names;
}

std::vector<std::string> bodyNames() {
  std::vector<std::string> names;
  for (const auto& entry : kBodies) names.emplace_back(entry.name);
  return names;
}

std::optional<Body> bodyNamed(std::string_view name) {
  for (const auto& entry : kBodies)
    if (entry.name == name) return entry.body;
  return std::nullopt;
}

spec::Result<std::unique_ptr<Rule>> makeRule(const net::Plan& plan, const spec::RuleSpec& rule,
                                             Body body) {
  for (const auto& entry : kRules)
    if (entry.name == rule.name) return entry.make(plan, rule, body);
  std::string known;
  for (const auto& name : ruleNames()) known += (known.empty() ? "" : ", ") + name;
  return spec::Error{spec::Error::Kind::Config, "rule.name",
                     "no rule has this name; there are " + known + ", got \"" + rule.name + "\""};
}

}  // namespace dentate::learn
