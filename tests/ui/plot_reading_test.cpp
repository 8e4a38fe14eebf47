#include "ui/plot_reading.h"

#include <gtest/gtest.h>

#include "ui/plot_legend.h"

namespace dentate::ui {
namespace {

// Three curves of three positions, every second meta-step.
class PlotReadingTest : public testing::Test {
 protected:
  PlotReadingTest() : numbers{std::vector<Moments>(3), std::vector<Moments>(3), {}} {
    const double first[] = {0.1, 0.2, 0.9}, second[] = {0.4, 0.5, 0.6};
    for (std::size_t i = 0; i < 3; ++i) {
      numbers[0][i].add(first[i]);
      if (i > 0) numbers[1][i].add(second[i]);
    }
    for (const char* name : {"h1", "h2", "h3"}) {
      const auto& own = numbers[content.curves.size()];
      content.curves.push_back({name, {}, {own.data(), own.size(), 2}});
    }
  }
  std::vector<std::size_t> curvesAt(double step) const {
    std::vector<std::size_t> out;
    for (const Reading& reading : readingsAt(content, view, step)) out.push_back(reading.curve);
    return out;
  }
  std::vector<Moments> numbers[3];
  PlotContent content;
  PlotView view;
};

TEST_F(PlotReadingTest, TheHighestComesFirst) {
  EXPECT_EQ(curvesAt(2), (std::vector<std::size_t>{1, 0}));  // .5, .2
  EXPECT_EQ(curvesAt(4), (std::vector<std::size_t>{0, 1}));  // .9, .6
}

TEST_F(PlotReadingTest, TheNearestPositionIsRead) {
  const auto readings = readingsAt(content, view, 2.9);
  ASSERT_EQ(readings.size(), 2U);
  EXPECT_EQ(readings[0].step, 2);
  EXPECT_FLOAT_EQ(readings[0].value.mean, 0.5F);
}

TEST_F(PlotReadingTest, WhatIsNotKnownOrLeftOutIsNotRead) {
  EXPECT_EQ(curvesAt(0), (std::vector<std::size_t>{0}));  // h2 begins later
  EXPECT_TRUE(curvesAt(6).empty());
  EXPECT_TRUE(curvesAt(-2).empty());
  view.hidden = {"h1"};
  EXPECT_EQ(curvesAt(4), (std::vector<std::size_t>{1}));
}

TEST_F(PlotReadingTest, OfCurvesWithPlacesOfTheirOwnTheNearestIsRead) {
  const std::vector<double> places{0, 10, 100};
  for (auto& curve : content.curves) curve.trace.places = places.data();
  const auto readings = readingsAt(content, view, 54);
  ASSERT_EQ(readings.size(), 2U);
  EXPECT_EQ(readings[0].step, 10);
  EXPECT_EQ(readingsAt(content, view, 56)[0].step, 100);
  EXPECT_EQ(readingsAt(content, view, 900)[0].step, 100);
  EXPECT_EQ(readingsAt(content, view, -5)[0].step, 0);
}

TEST_F(PlotReadingTest, CurvesOfOneLabelGoAndComeTogether) {
  toggleCurves(content, {0, 1}, view);
  EXPECT_EQ(view.hidden, (std::set<std::string>{"h1", "h2"}));
  EXPECT_TRUE(view.fit);
  toggleCurves(content, {0, 1}, view);
  EXPECT_TRUE(view.hidden.empty());
  view.hidden = {"h1"};  // one of two is shown: both go
  toggleCurves(content, {0, 1}, view);
  EXPECT_EQ(view.hidden.size(), 2U);
}

}  // namespace
}  // namespace dentate::ui
