// Rules that the tests have beside those of the registry.
#include <array>

#include "engine/learn/registry.h"
#include "tests/engine/learn/toy_rule.h"

namespace dentate::learn {
namespace {

// One line a rule.
constexpr std::array kFurther{
    &test::kToy,
};

}  // namespace

std::span<const RuleEntry* const> furtherRules() { return kFurther; }

}  // namespace dentate::learn
