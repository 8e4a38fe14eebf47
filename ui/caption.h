// One plain sentence about what is being seen, from the numbers alone: it claims nothing that the
// numbers do not hold. Pure function.
#pragma once
#include <cstdint>
#include <string>

#include "engine/link/snapshot.h"
#include "ui/history.h"

namespace dentate::ui {

// A difference counts where it exceeds this and two standard errors of the difference. Means are
// taken over the meta-steps of one task's length: those of one meta-batch are noise.
constexpr double kClearDifference = 0.03;

// The task of the stimulus that is shown, from 0; the number of tasks where all are learned. After
// a task's last meta-step, Snapshot::task is the next one already. The spec must be there.
[[nodiscard]] std::int64_t shownTask(const link::Snapshot& now);

// "s+lr, α₀ .01: " where that tells the networks meant from others of the run; else empty.
[[nodiscard]] std::string whose(const link::Snapshot& now);

[[nodiscard]] std::string caption(const link::Snapshot& now, const History& history);
// The same while a lesion at test is set: what the networks know with it, and without.
[[nodiscard]] std::string lesionCaption(const link::Snapshot& now, const link::LesionView& view);

}  // namespace dentate::ui
