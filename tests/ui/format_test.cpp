#include "ui/format.h"

#include <gtest/gtest.h>

#include <cmath>

namespace dentate::ui {
namespace {

TEST(Format, NumbersHaveThreeSignificantDigitsAndNoLeadingZero) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(0.107), ".107");
  EXPECT_EQ(number(0.0742), ".0742");
  EXPECT_EQ(number(1), "1.00");
  EXPECT_EQ(number(12.34), "12.3");
  EXPECT_EQ(number(214.2), "214");
  EXPECT_EQ(number(-0.074), "−.0740");
  EXPECT_EQ(number(0.000025), "2.50e−5");
  EXPECT_EQ(number(NAN), "–");
}

TEST(Format, RoundingNeverGivesAFourthDigit) {
  EXPECT_EQ(number(0.99999), "1.00");
  EXPECT_EQ(number(9.9996), "10.0");
  EXPECT_EQ(number(99.96), "100");
  EXPECT_EQ(number(999.6), "1\u2009000");
}

TEST(Format, ThousandsAreSetOffByThinSpaces) {
  EXPECT_EQ(count(999), "999");
  EXPECT_EQ(count(1000), "1\u2009000");
  EXPECT_EQ(count(1234567), "1\u2009234\u2009567");
}

TEST(Format, SharesArePercent) {
  EXPECT_EQ(percent(0.132), "13.2\u2009%");
  EXPECT_EQ(percent(1), "100\u2009%");
  EXPECT_EQ(percent(0), "0\u2009%");
  EXPECT_EQ(wholePercent(0.132), "13\u2009%");
  EXPECT_EQ(wholePercent(0.001), "under 1\u2009%");
}

TEST(Format, BriefKeepsFourDecimals) {
  EXPECT_EQ(brief(0.00169), ".0017");
  EXPECT_EQ(brief(-0.00805), "−.0080");
  EXPECT_EQ(brief(0.212), ".212");
  EXPECT_EQ(brief(0.0000446), "4e−5");
}

TEST(Format, TidyDropsTrailingZeros) {
  EXPECT_EQ(tidy(0.2), ".2");
  EXPECT_EQ(tidy(1.5), "1.5");
  EXPECT_EQ(tidy(20), "20");
}

TEST(Format, EditableReadsBackAsTheSameValue) {
  for (const double value : {0.0002, 0.1, 1.0 / 3, 5e-9, 20.0})
    EXPECT_EQ(std::stod(editable(value)), value);
  EXPECT_EQ(editable(0.0002), "0.0002");
}

TEST(Format, NamesAreCutInTheMiddleByWholeSigns) {
  EXPECT_EQ(elided("large path lesioned", 9), "larg…oned");
  EXPECT_EQ(elided("α₀ α₀ α₀", 4), "α₀…₀");
  EXPECT_EQ(elided("main", 4), "main");
  EXPECT_EQ(elided("main", 1), "…");
}

TEST(Format, OfNamesThatBeginAlikeTheRestTells) {
  EXPECT_EQ(tellingPart("without the large path", {"main", "without the small path"}),
            "…large path");
  EXPECT_EQ(tellingPart("main", {"main", "maintained"}), "main");
  EXPECT_EQ(tellingPart("large path 90 %", {"large path 50 %", "large"}), "…90 %");
  EXPECT_EQ(tellingPart("main", {}), "main");
}

TEST(Format, DurationsSayAbout) {
  EXPECT_EQ(duration(12.2), "about 12 s");
  EXPECT_EQ(duration(240), "about 4 min");
  EXPECT_EQ(duration(-1), "");
}

}  // namespace
}  // namespace dentate::ui
