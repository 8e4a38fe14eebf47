#include "engine/run/setting.h"

#include <gtest/gtest.h>

#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

TEST(Setting, RefusesNetworksThatDoNotFitTheData) {
  auto spec = test::smallExperiment();
  spec.network = spec::layeredNetwork(100, 1, 20, 10);
  EXPECT_FALSE(makeSetting(spec, "assets").ok());
  spec.network = spec::layeredNetwork(784, 1, 20, 9);
  EXPECT_FALSE(makeSetting(spec, "assets").ok());
  spec = test::smallExperiment();
  spec.rule.name = "none such";
  EXPECT_FALSE(makeSetting(spec, "assets").ok());
}

}  // namespace
}  // namespace dentate::run
