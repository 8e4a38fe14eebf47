// The figures of a run, from its record.
#pragma once
#include <string>
#include <vector>

#include "engine/figure/figure.h"
#include "engine/run/record.h"
#include "engine/spec/experiment.h"

namespace dentate::run {

// Active fraction by layer, alpha by path, m by layer, meta-loss, accuracy by task, the accuracy
// matrix, dead units and unit variance by layer, sparsity of the weights by path; mean and SEM over replicas. A figure that has nothing to show is left out.
[[nodiscard]] std::vector<figure::Figure> figuresOf(const spec::ExperimentSpec& spec,
                                                    const Record& record);

// The names that figuresOf gives its figures.
[[nodiscard]] std::vector<std::string> figureNames();

}  // namespace dentate::run
