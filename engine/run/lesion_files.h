// What a saved run says of its lesions. Internal to engine/run.
#pragma once
#include <string>

#include "engine/run/record.h"
#include "engine/spec/experiment.h"

namespace dentate::run {

// lesions.json: "in_force", each change as an entry of "changes" (the meta-step from which on, and
// what was in force from there), and what the curves of lesions.csv were asked for with.
[[nodiscard]] std::string lesionsJson(const spec::ExperimentSpec& spec, const Record& record);

// The first line of lesions.csv.
[[nodiscard]] std::string lesionsHead(const spec::ExperimentSpec& spec);
// lesions.csv: a row a part, share and replica. Accuracies in [0, 1], empty without that output;
// `step` is the number of meta-steps that the network had done.
[[nodiscard]] std::string lesionsCsv(const spec::ExperimentSpec& spec,
                                     const link::LesionCurves& curves);

}  // namespace dentate::run
