// The bench's statistics, and the order in which candidates are measured.
#include "tests/bench/interleave.h"

#include <gtest/gtest.h>

namespace dentate::bench {
namespace {

TEST(Spread, IsMedianAndQuartilesBetweenTheNearestValues) {
  const auto odd = spread({5, 1, 3, 2, 4});
  EXPECT_EQ(odd.median, 3);
  EXPECT_EQ(odd.low, 2);
  EXPECT_EQ(odd.high, 4);
  const auto even = spread({4, 1, 2, 3});
  EXPECT_EQ(even.median, 2.5);
  EXPECT_EQ(even.low, 1.75);
  EXPECT_EQ(even.high, 3.25);
}

TEST(Spread, OfRatiosIsTakenPairByPair) {
  // A machine that is half as fast in the second slice of each: the ratio is 3 all the same.
  const auto found = spreadOfRatios({30, 15, 60}, {10, 5, 20});
  EXPECT_EQ(found.low, 3);
  EXPECT_EQ(found.median, 3);
  EXPECT_EQ(found.high, 3);
}

TEST(Interleaved, TakesTurnsAndDoesNotCountTheFirst) {
  std::string order;
  double slow = 100;  // the first slice of all; later ones take a second for their units
  const auto candidate = [&](char name, double units) {
    return Candidate{std::string(1, name), [&order, &slow, name, units](double) {
                       order += name;
                       const double seconds = order.size() <= 2 ? slow : 1;
                       return Slice{units, seconds};
                     }};
  };
  const auto rates = interleaved({candidate('a', 10), candidate('b', 20)}, {0.1, 3});
  EXPECT_EQ(order, "abababab");
  EXPECT_EQ(rates, (Rates{{10, 10, 10}, {20, 20, 20}}));
}

TEST(OnOneThread, WorksUntilTheTimeIsOver) {
  int calls = 0;
  double sum = 0;
  const auto work = [&] {
    ++calls;
    for (int i = 0; i < 100'000; ++i) sum += 1e-9 * i;
    return 2.0;
  };
  const auto slice = onOneThread(work)(0.01);
  EXPECT_GT(sum, 0);
  EXPECT_EQ(slice.units, 2.0 * calls);
  EXPECT_GE(slice.seconds, 0.01);
}

TEST(OnThreads, SumsTheUnitsOfAll) {
  const auto once = [] { return 1.0; };
  const auto slice = onThreads({once, once})(0.0);  // each works once, whatever the time
  EXPECT_EQ(slice.units, 2);
}

}  // namespace
}  // namespace dentate::bench
