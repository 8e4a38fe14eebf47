#include <gtest/gtest.h>

#include "engine/learn/registry.h"
#include "engine/run/experiment.h"
#include "engine/spec/experiment_json.h"
#include "tests/engine/run/same_record.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

// Under every rule, at an α of their own.
TEST(Biases, AreLearned) {
  auto spec = test::smallBiasedExperiment();
  spec.replicas.seeds = 1;
  for (const auto& traits : learn::ruleTraits()) {
    SCOPED_TRACE(traits.name);
    Experiment e(test::setting(spec::setKeys(spec, spec::choosing(traits, spec)).value()));
    const auto record = test::recordOf(e.advance({.until = e.end()}));
    const auto& parameters = e.replica(0).parameters();
    for (const std::size_t path : {3U, 4U})
      EXPECT_GT(parameters.weights[path].abs().max().item<float>(), 0) << path;
    EXPECT_EQ(record.steps.back().active_fraction[4], 0) << "not of the bias";
  }
}

}  // namespace
}  // namespace dentate::run
