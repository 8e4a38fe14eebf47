#include "engine/measure/accuracy.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "engine/measure/statistics.h"

namespace dentate::measure {
namespace {

TEST(AccuracyMatrix, ReadsRaLaAndBti) {
  AccuracyMatrix a(2);
  a.set(0, 0, 0.8);
  a.set(0, 1, 0.1);
  a.set(1, 0, 0.6);
  a.set(1, 1, 0.7);
  EXPECT_DOUBLE_EQ(a.ra(), 0.65);  // (0.6 + 0.7) / 2
  EXPECT_DOUBLE_EQ(a.la(), 0.75);  // (0.8 + 0.7) / 2
  EXPECT_NEAR(a.bti(), -0.10, 1e-12);
}

TEST(AccuracyMatrix, SaysNothingOfWhatWasNotMeasured) {
  AccuracyMatrix a(2);
  EXPECT_TRUE(std::isnan(a.at(1, 0)));
  a.set(0, 0, 0.8);
  a.set(1, 1, 0.7);
  EXPECT_DOUBLE_EQ(a.la(), 0.75);
  EXPECT_TRUE(std::isnan(a.ra()));
}

TEST(Statistics, MeanAndStandardError) {
  const std::array values{1.0, 2.0, 3.0, 6.0};
  const auto [mean, sem] = meanSem(values);
  EXPECT_DOUBLE_EQ(mean, 3.0);
  EXPECT_NEAR(sem, std::sqrt(14.0 / 3.0 / 4.0), 1e-12);  // squares 4 + 1 + 0 + 9 = 14
}

TEST(Statistics, OneValueHasNoError) {
  const std::array values{5.0};
  EXPECT_DOUBLE_EQ(meanSem(values).mean, 5.0);
  EXPECT_DOUBLE_EQ(meanSem(values).sem, 0.0);
  EXPECT_TRUE(std::isnan(meanSem({}).mean));
}

}  // namespace
}  // namespace dentate::measure
