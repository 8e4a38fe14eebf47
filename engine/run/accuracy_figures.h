// Figures of accuracy. Internal to engine/run; each is none where it has nothing to show.
#pragma once
#include <optional>

#include "engine/figure/figure.h"
#include "engine/run/record.h"
#include "engine/spec/experiment.h"

namespace dentate::run {

// Right after learning each task and at the end; of several conditions, each at the end.
[[nodiscard]] std::optional<figure::LinePlot> accuracyByTask(const spec::ExperimentSpec& spec,
                                                             const Record& record);
// A matrix a condition; none where only the last row is measured.
[[nodiscard]] std::optional<figure::Figure> accuracyMatrix(const spec::ExperimentSpec& spec,
                                                           const Record& record);
// RA over a log axis of alpha0, a curve a condition; none with a single alpha0, or one of 0.
[[nodiscard]] std::optional<figure::LinePlot> raOverAlpha0(const spec::ExperimentSpec& spec,
                                                           const Record& record);

}  // namespace dentate::run
