// What a run came to, as a table on the output.
#pragma once
#include "engine/run/record.h"
#include "engine/spec/experiment.h"

namespace dentate::app {

// Means ± SEM over seeds, "–" where nothing was measured. Networks of one condition and alpha0 give
// one row a number; of several, one row a condition and alpha0. There is at least one summary.
void printSummary(const spec::ExperimentSpec& spec, const run::Record& record);

}  // namespace dentate::app
