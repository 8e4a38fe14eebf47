// Experiments whose network convolves.
#include <gtest/gtest.h>

#include "tests/engine/run/advancing.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

TEST(Convolution, LearnsATinyProblem) {
  auto spec = test::smallConvolutionalExperiment();
  spec.stream.tasks = 1;
  spec.stream.samples_per_task = 500;
  spec.stream.test_samples = 500;
  spec.rule.alpha0 = 0.1;
  Experiment e(test::setting(spec), {}, {0});
  (void)test::advanceToEnd(e);
  const auto summary = e.summaries().at(0);
  EXPECT_GT(summary.ra, 0.3);  // chance is 0.1
  ASSERT_EQ(summary.active_fraction.size(), 3U);
  for (const double active : summary.active_fraction) {
    EXPECT_GT(active, 0);
    EXPECT_LT(active, 1);
  }
}

TEST(Convolution, RefusesImagesOfAnotherShapeThanItsInput) {
  auto spec = test::smallConvolutionalExperiment();
  spec.network.layers[0].height = 14;
  spec::fitUnits(spec.network);
  const auto refused = makeSetting(spec, "assets");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().where, "network.layers[0].height");
}

}  // namespace
}  // namespace dentate::run
