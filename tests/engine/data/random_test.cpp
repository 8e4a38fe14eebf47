#include "engine/data/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <vector>

namespace dentate::data {
namespace {

TEST(Random, GivesTheSameNumbersEverywhere) {
  // Worked out apart from this code: SplitMix64 over (7, "stream samples", 3), then MT19937-64.
  Random random(7, "stream samples", 3);
  std::array<std::uint64_t, 4> drawn{};
  for (auto& value : drawn) value = random.below(1000);
  EXPECT_EQ(drawn, (std::array<std::uint64_t, 4>{957, 790, 58, 776}));
}

TEST(Random, DrawsApartForEachSeedPurposeAndNumber) {
  std::set<std::uint64_t> firsts;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    for (const char* purpose : {"", "a", "b", "ab", "ba"})
      for (std::uint64_t number = 0; number < 20; ++number)
        firsts.insert(Random(seed, purpose, number).below(~std::uint64_t{0}));
  EXPECT_EQ(firsts.size(), 20U * 5U * 20U);
}

TEST(Random, BelowStaysInRangeAndIsEven) {
  Random random(1, "test");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(random.below(1), 0U);
  std::array<int, 7> seen{};
  constexpr int kDraws = 70'000;
  for (int i = 0; i < kDraws; ++i) ++seen.at(random.below(7));
  // 10,000 expected each, standard deviation 93; five of them.
  for (const int count : seen) EXPECT_NEAR(count, 10'000, 465);
}

TEST(Random, BelowIsEvenWhereAPlainRemainderWouldNotBe) {
  // n = 3 * 2^62: a plain remainder would give the first third twice as often as the others.
  Random random(2, "test");
  const std::uint64_t third = std::uint64_t{1} << 62U;
  int low = 0;
  for (int i = 0; i < 30'000; ++i) low += random.below(3 * third) < third ? 1 : 0;
  EXPECT_NEAR(low, 10'000, 410);  // five standard deviations of 82
}

TEST(Random, UniformLiesInTheUnitInterval) {
  Random random(3, "test");
  double sum = 0;
  for (int i = 0; i < 100'000; ++i) {
    const double u = random.uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
  }
  EXPECT_NEAR(sum / 100'000, 0.5, 0.005);
}

TEST(Random, NormalHasItsMoments) {
  Random random(4, "test");
  constexpr int kDraws = 200'000;
  double sum = 0;
  double squares = 0;
  double fourths = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    fourths += x * x * x * x;
  }
  EXPECT_NEAR(sum / kDraws, 0.0, 0.012);  // five standard errors each
  EXPECT_NEAR(squares / kDraws, 1.0, 0.016);
  EXPECT_NEAR(fourths / kDraws, 3.0, 0.11);
}

TEST(Random, ShuffleKeepsTheValuesAndReachesEveryOrder) {
  std::set<std::vector<int>> orders;
  Random random(5, "test");
  for (int i = 0; i < 600; ++i) {
    std::vector<int> values{1, 2, 3, 4};
    random.shuffle(std::span(values));
    orders.insert(values);
    std::sort(values.begin(), values.end());
    ASSERT_EQ(values, (std::vector<int>{1, 2, 3, 4}));
  }
  EXPECT_EQ(orders.size(), 24U);
  std::vector<int> none;
  random.shuffle(std::span(none));
  EXPECT_TRUE(none.empty());
}

TEST(Random, GoesOnFromAStateAsIfNeverInterrupted) {
  Random random(6, "test");
  for (int i = 0; i < 1'001; ++i) (void)random.normal();  // odd: a second value is kept
  auto restored = Random::restore(random.state());
  ASSERT_TRUE(restored.has_value());
  EXPECT_EQ(*restored, random);
  for (int i = 0; i < 1'000; ++i) ASSERT_EQ(restored->normal(), random.normal());
  EXPECT_EQ(*restored, random);
  (void)random.below(10);
  EXPECT_NE(*restored, random);
}

TEST(Random, KeptSecondValueBelongsToTheState) {
  Random kept(8, "test");
  (void)kept.normal();
  Random used = kept;
  (void)used.normal();
  EXPECT_NE(kept, used);
  EXPECT_NE(kept.state(), used.state());
}

TEST(Random, RefusesATextThatIsNoState) {
  const std::string good = Random(0, "test").state();
  EXPECT_TRUE(Random::restore(good).has_value());
  EXPECT_FALSE(Random::restore("").has_value());
  EXPECT_FALSE(Random::restore("once upon a time").has_value());
  EXPECT_FALSE(Random::restore(good.substr(0, good.size() / 2)).has_value());
  EXPECT_FALSE(Random::restore(good + " 1").has_value());
}

}  // namespace
}  // namespace dentate::data
