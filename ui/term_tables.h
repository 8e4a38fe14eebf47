// The tables behind ui/terms.h, by what they are about. Internal to it.
#pragma once
#include <span>

#include "ui/terms.h"

namespace dentate::ui {

// Learning rules by the names that files give them, and the values that they read.
[[nodiscard]] std::span<const Term> termsOfRules();

}  // namespace dentate::ui
