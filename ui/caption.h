// One plain sentence about what is being seen, from the numbers alone: it claims nothing that the
// numbers do not hold. Pure function.
#pragma once
#include <string>

#include "engine/link/snapshot.h"
#include "ui/history.h"

namespace dentate::ui {

// A difference counts where it exceeds this and two standard errors of the difference.
constexpr double kClearDifference = 0.02;

[[nodiscard]] std::string caption(const link::Snapshot& now, const History& history);

}  // namespace dentate::ui
