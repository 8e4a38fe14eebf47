#include "engine/learn/registry.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/learn/c_maml.h"
#include "engine/learn/er.h"
#include "engine/learn/la_maml.h"
#include "engine/learn/mer.h"
#include "engine/learn/meta_cls.h"
#include "engine/learn/oml.h"
#include "engine/learn/sgd.h"
#include "engine/learn/sparse_maml.h"
#include "engine/learn/sync.h"
#include "engine/spec/check.h"

namespace dentate::learn {
namespace {

// One line a rule.
constexpr std::array kRules{
    &kMetaCls, &kLaMaml, &kCMaml, &kSync, &kEr, &kMer, &kOml, &kSparseMaml, &kSgd,
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
      if (kRules[i]->traits.name == kRules[j]->traits.name) return false;
  return true;
}
static_assert(unique(), "two rules of one name");

std::vector<const RuleEntry*> allRules() {
  std::vector<const RuleEntry*> all(kRules.begin(), kRules.end());
  for (const auto* const more : furtherRules()) {
    const auto same = [&](const auto* one) { return one->traits.name == more->traits.name; };
    DENTATE_CHECK(std::ranges::none_of(all, same));
    all.push_back(more);
  }
  return all;
}

const RuleEntry* ruleNamed(std::string_view name) {
  for (const auto* const entry : allRules())
    if (entry->traits.name == name) return entry;
  return nullptr;
}

}  // namespace

std::vector<std::string> ruleNames() {
  std::vector<std::string> names;
  for (const auto* const entry : allRules()) names.emplace_back(entry->traits.name);
  return names;
}

std::vector<spec::RuleTraits> ruleTraits() {
  std::vector<spec::RuleTraits> traits;
  for (const auto* const entry : allRules()) traits.push_back(entry->traits);
  return traits;
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
  if (const auto* const entry = ruleNamed(rule.name)) {
    if (auto refused = spec::checkRule(entry->traits, rule)) return *std::move(refused);
    return entry->make(plan, rule, body);
  }
  std::string known;
  for (const auto& name : ruleNames()) known += (known.empty() ? "" : ", ") + name;
  return spec::Error{spec::Error::Kind::Config, "rule.name",
                     "no rule has this name; there are " + known + ", got \"" + rule.name + "\""};
}

std::vector<net::Extra> extraOf(const net::Plan& plan, const spec::RuleSpec& rule) {
  const auto* const entry = ruleNamed(rule.name);
  return entry != nullptr && entry->extra != nullptr ? entry->extra(plan, rule)
                                                     : std::vector<net::Extra>();
}

}  // namespace dentate::learn
