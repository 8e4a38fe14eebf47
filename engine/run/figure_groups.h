// The groups of replicas that a figure compares. Internal to engine/run.
#pragma once
#include <string>
#include <vector>

#include "engine/figure/figure.h"
#include "engine/spec/replicas.h"

namespace dentate::run {

// The replicas of one condition and inhibition, at one alpha0.
struct Group {
  spec::Compared compared;
  std::size_t cell = 0;
  std::string label;  // spec::nameOf
  figure::Style style;
};

// One a condition and inhibition. Of several alpha0 the one that spec::shownAlpha0 chooses.
[[nodiscard]] std::vector<Group> groupsOf(const spec::ExperimentSpec& spec);

// An empty plot over the tasks; its note says what is shown: "s+lr, mean ± SEM, n = 5",
// "s+lr, seed 0", "alpha0 0.01, mean ± SEM, n = 5 each". `spread`: what stands beside the mean,
// " ± SEM" or nothing.
[[nodiscard]] figure::LinePlot plotOf(const spec::ExperimentSpec& spec, std::string title,
                                      std::string y);
[[nodiscard]] std::string note(const spec::ExperimentSpec& spec, const char* spread);

}  // namespace dentate::run
