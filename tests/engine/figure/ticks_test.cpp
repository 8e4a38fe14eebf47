#include "engine/figure/ticks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace dentate::figure {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

std::vector<std::string> labels(const std::vector<Tick>& marks) {
  std::vector<std::string> found;
  for (const Tick& mark : marks)
    if (!mark.label.empty()) found.push_back(mark.label);
  return found;
}
using Labels = std::vector<std::string>;

Axis logAxis() { return {.label = "", .log = true, .low = {}, .high = {}}; }

TEST(Ticks, StandAtRoundNumbers) {
  EXPECT_EQ(labels(ticks({0, 1}, false, 5)), (Labels{"0", "0.2", "0.4", "0.6", "0.8", "1.0"}));
  EXPECT_EQ(labels(ticks({-1, 1}, false, 5)), (Labels{"−1.0", "−0.5", "0", "0.5", "1.0"}));
  EXPECT_EQ(labels(ticks({0, 799}, false, 4)), (Labels{"0", "200", "400", "600"}));
  EXPECT_EQ(labels(ticks({3, 17}, false, 4)), (Labels{"5", "10", "15"}));
}

TEST(Ticks, LogAxesHavePowersOfTenWithMinorMarks) {
  const auto marks = ticks({0.0001, 0.5}, true, 8);
  EXPECT_EQ(labels(marks), (Labels{"0.0001", "0.001", "0.01", "0.1"}));
  EXPECT_EQ(marks.size(), 4U + 8U * 3U + 4U);  // 0.2 to 0.5 after the last power
  EXPECT_EQ(labels(ticks({1e-12, 1}, true, 4)), (Labels{"10⁻¹²", "10⁻⁸", "0.0001", "1"}));
}

TEST(Ticks, NarrowLogAxesHaveMoreLabels) {
  EXPECT_EQ(labels(ticks({0.01, 0.06}, true, 6)), (Labels{"0.01", "0.02", "0.05"}));
  EXPECT_GE(labels(ticks({2.1, 2.9}, true, 5)).size(), 2U);  // no power of ten, no 2, no 5
}

TEST(Ticks, StayFewAndFiniteOnAnyRange) {
  for (const Range range : {Range{0, 1e300}, Range{-1e299, 1e299}, Range{1e-300, 2e-300},
                            Range{1, 1 + 1e-12}, Range{-5, -4.999}, Range{1e15, 1e15 + 1}})
    for (const std::size_t most : {0U, 1U, 2U, 7U}) {
      const auto marks = ticks(range, false, most);
      EXPECT_LE(marks.size(), std::max<std::size_t>(most, 2) + 1);
    }
  EXPECT_LE(ticks({1e-290, 1e290}, true, 5).size(), 7U);
}

TEST(TickLabel, IsWrittenAsInAPaper) {
  EXPECT_EQ(tickLabel(0.25, 0.05), "0.25");
  EXPECT_EQ(tickLabel(0.3, 0.1), "0.3");
  EXPECT_EQ(tickLabel(-3, 1), "−3");
  EXPECT_EQ(tickLabel(12000, 1000), "12\u2009000");
  EXPECT_EQ(tickLabel(2e-5, 1e-5), "2×10⁻⁵");
  EXPECT_EQ(tickLabel(1e6, 1e6), "10⁶");
  EXPECT_EQ(tickLabel(2.5e6, 5e5), "2.5×10⁶");
  EXPECT_EQ(tickLabel(-1e-18, 0.1), "0");
}

TEST(RangeOf, CoversTheValuesAndStartsAtZeroWhereThatIsNear) {
  const std::vector<double> shares{0.2, 0.6};
  EXPECT_EQ(rangeOf({}, shares, 0.05).low, 0.0);
  EXPECT_NEAR(rangeOf({}, shares, 0.05).high, 0.62, 1e-12);
  const std::vector<double> high{0.9, 1.0};
  EXPECT_NEAR(rangeOf({}, high, 0.05).low, 0.895, 1e-12);
  EXPECT_EQ(rangeOf({}, high, 0).low, 0.9);
}

TEST(RangeOf, KeepsTheEndsThatAreSet) {
  const std::vector<double> values{0.2, 0.6};
  const Range both = rangeOf({.label = "", .log = false, .low = 0.3, .high = 0.4}, values, 0.05);
  EXPECT_EQ(both.low, 0.3);
  EXPECT_EQ(both.high, 0.4);
  const Range top = rangeOf({.label = "", .log = false, .low = {}, .high = 1.0}, values, 0.05);
  EXPECT_EQ(top.high, 1.0);
}

TEST(RangeOf, IsUsableWhateverTheValues) {
  for (const bool log : {false, true})
    for (const std::vector<double>& values : {std::vector<double>{},
                                              {kNan},
                                              {kInf, -kInf},
                                              {0.0},
                                              {-1.0, -2.0},
                                              {5.0},
                                              {5.0, 5.0},
                                              {1e308, -1e308},
                                              {kNan, 3.0},
                                              {1e-320},
                                              {0, 0, 0}})
      for (const auto& end : {std::optional<double>{}, std::optional<double>{kNan},
                              std::optional<double>{-1.0}, std::optional<double>{1e9}}) {
        const Axis axis{.label = "", .log = log, .low = end, .high = end};
        const Range range = rangeOf(axis, values, 0.05);
        EXPECT_TRUE(std::isfinite(range.low) && std::isfinite(range.high));
        EXPECT_LT(range.low, range.high);
        EXPECT_TRUE(!log || range.low > 0);
      }
}

TEST(RangeOf, LogLeavesOutWhatHasNoPlace) {
  const std::vector<double> values{-5, 0, 0.01, 1, kNan};
  const Range range = rangeOf(logAxis(), values, 0);
  EXPECT_DOUBLE_EQ(range.low, 0.01);
  EXPECT_DOUBLE_EQ(range.high, 1);
}

TEST(Spread, LeavesLabelsThatHaveRoom) {
  const std::vector<double> wanted{10, 50, 30};
  EXPECT_EQ(spread(wanted, 10, 0, 100), wanted);
}

TEST(Spread, MovesNeighboursApartAsLittleAsCanBe) {
  const auto placed = spread(std::vector<double>{50, 50}, 10, 0, 100);
  EXPECT_DOUBLE_EQ(placed[0], 45);
  EXPECT_DOUBLE_EQ(placed[1], 55);
  const auto three = spread(std::vector<double>{90, 52, 50}, 10, 0, 100);
  EXPECT_DOUBLE_EQ(three[0], 90);
  EXPECT_DOUBLE_EQ(three[1], 56);
  EXPECT_DOUBLE_EQ(three[2], 46);
}

TEST(Spread, KeepsGapAndEdgesForMany) {
  std::vector<double> wanted;
  for (int i = 0; i < 9; ++i) wanted.push_back(95 + 0.1 * i);
  const auto placed = spread(wanted, 10, 0, 100);
  for (std::size_t i = 1; i < placed.size(); ++i) EXPECT_GE(placed[i] - placed[i - 1], 10 - 1e-9);
  EXPECT_GE(placed.front(), 0);
  EXPECT_LE(placed.back(), 100 + 1e-9);
  wanted.assign(40, 50);  // no room for 40: the gap shrinks to 100 / 39
  const auto crowded = spread(wanted, 10, 0, 100);
  EXPECT_NEAR(crowded.front(), 0, 1e-9);
  EXPECT_NEAR(crowded.back(), 100, 1e-9);
  EXPECT_TRUE(spread({}, 10, 0, 100).empty());
}

}  // namespace
}  // namespace dentate::figure
