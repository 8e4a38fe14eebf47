#include "engine/learn/registry.h"

namespace dentate::learn {

std::span<const RuleEntry* const> furtherRules() { return {}; }

}  // namespace dentate::learn
