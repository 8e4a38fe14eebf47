// Every set of kernels that this processor can run, against loops and numbers worked out by hand.
#include "engine/net/kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/data/random.h"
#include "engine/net/cpu_buffers.h"

namespace dentate::net {
namespace {

class Kernel : public ::testing::TestWithParam<const Kernels*> {
 protected:
  MutableRows rows(std::int64_t count, std::int64_t units) { return memory.rows(count, units); }
  MutableRows random(std::int64_t count, std::int64_t units) {
    const auto made = rows(count, units);
    for (std::int64_t r = 0; r < count; ++r)
      for (std::int64_t u = 0; u < units; ++u)
        made.row(r)[u] = static_cast<float>(generator.normal());
    return made;
  }
  static ConstRows constant(MutableRows of) { return {of.first, of.stride}; }

  const Kernels& k = *GetParam();
  RowMemory memory;
  data::Random generator{3, "kernels"};
};

std::string nameOf(const ::testing::TestParamInfo<const Kernels*>& info) {
  return info.param->name;
}
INSTANTIATE_TEST_SUITE_P(All, Kernel, ::testing::ValuesIn(runnableKernels()), nameOf);

constexpr std::int64_t kColumns = 208;  // of 16 floats 13: tiles of every width

TEST_P(Kernel, CombineSumsTheListedRowsAndThePast) {
  const std::vector<std::int32_t> list{1, 4, 5};
  const auto matrix = random(6, kColumns), by = random(kBlock, 6);
  const auto past_matrix = random(2, kColumns), past_by = random(kBlock, 2);
  for (const std::int64_t count : {std::int64_t{1}, kBlock}) {
    const auto to = random(kBlock, kColumns), before = rows(kBlock, kColumns);
    std::copy(to.first, to.row(kBlock), before.first);
    const Listed listed{constant(by), constant(matrix), {list.data(), 3}};
    const Listed past{constant(past_by), constant(past_matrix), {nullptr, 2}};
    k.combine({to, count, kColumns, listed, past, constant(to)});
    for (std::int64_t r = 0; r < kBlock; ++r)
      for (std::int64_t c = 0; c < kColumns; ++c) {
        double sum = before.row(r)[c];
        for (const auto i : list)
          sum += r < count ? static_cast<double>(by.row(r)[i]) * matrix.row(i)[c] : 0.0;
        for (const int i : {0, 1})
          sum += r < count ? static_cast<double>(past_by.row(r)[i]) * past_matrix.row(i)[c] : 0.0;
        ASSERT_NEAR(to.row(r)[c], sum, 1e-5) << "row " << r << ", column " << c;
      }
  }
}

TEST_P(Kernel, ProjectWritesOnlyTheListedPlaces) {
  for (const std::int32_t count : {1, 3, 5, 9}) {
    std::vector<std::int32_t> list;
    for (std::int32_t n = 0; n < count; ++n) list.push_back(2 * n);
    const auto matrix = random(20, kColumns), left = random(kBlock, kColumns);
    const auto to = rows(kBlock, 20);
    std::fill(to.first, to.row(kBlock), 7.0F);
    k.project(
        {to, kBlock, kColumns, constant(left), constant(matrix), {list.data(), count}, false});
    for (std::int64_t r = 0; r < kBlock; ++r)
      for (std::int32_t i = 0; i < 20; ++i) {
        double sum = 0;
        for (std::int64_t c = 0; c < kColumns; ++c)
          sum += static_cast<double>(left.row(r)[c]) * matrix.row(i)[c];
        const bool listed = i % 2 == 0 && i < 2 * count;
        ASSERT_NEAR(to.row(r)[i], listed ? sum : 7.0, 1e-4) << "row " << r << ", place " << i;
      }
  }
}

TEST_P(Kernel, OuterSumTakesTheMarkedRowsAndGivesTheirSquares) {
  constexpr std::int64_t kRows = 70, kUnits = 19;  // more rows than a word of the mask has bits
  const auto sent = random(kRows, kUnits), delta = random(kRows, kColumns);
  for (std::int64_t r = 0; r < kRows; ++r)
    for (std::int64_t u = 0; u < kUnits; ++u)
      if ((r + u) % 3 != 0 || u == 4) sent.row(r)[u] = 0;
  constexpr std::int64_t kStride = padded(kUnits), kWords = 4;
  std::vector<std::uint32_t> masks(kStride * kWords);
  std::vector<std::int32_t> used(kUnits + kRowFloats);
  const auto count = k.markRows(constant(sent), kRows, kUnits, masks.data(), used.data());
  ASSERT_EQ(count, 18);  // all but unit 4
  EXPECT_EQ(used[3], 3);
  EXPECT_EQ(used[4], 5);
  const auto bits = [&](std::int64_t word, std::int64_t unit) {
    return masks[static_cast<std::size_t>(word * kStride + unit)];
  };
  EXPECT_EQ(bits(0, 0), 0x49249249U);  // rows 0, 3, ... 30
  EXPECT_EQ(bits(2, 0), 0x24U);        // rows 66, 69
  EXPECT_EQ(bits(3, 0), 0U);
  EXPECT_EQ(bits(0, 4), 0U);
  const auto to = rows(kUnits, kColumns), before = random(kUnits, kColumns);
  for (const bool add : {false, true}) {
    std::copy(before.first, before.row(kUnits), to.first);
    OuterSum sum{
        to, {used.data(), count}, kColumns, constant(sent), constant(delta), masks.data(), kStride};
    sum.rows = kRows;
    sum.scale = -0.5F;
    sum.add = add;
    const double given = k.outerSum(sum);
    double squares = 0;
    for (std::int64_t u = 0; u < kUnits; ++u)
      for (std::int64_t c = 0; c < kColumns; ++c) {
        double expected = 0;
        for (std::int64_t r = 0; r < kRows; ++r)
          expected += static_cast<double>(sent.row(r)[u]) * delta.row(r)[c];
        squares += expected * expected;
        const double from = add || u == 4 ? before.row(u)[c] : 0;
        ASSERT_NEAR(to.row(u)[c], from - 0.5 * expected, 1e-4);
      }
    EXPECT_NEAR(given, squares, 1e-4 * squares);
  }
}

TEST_P(Kernel, OuterSumOfOneVectorDoesTheSame) {
  constexpr std::int64_t kRows = 7, kUnits = 11, kNarrow = 16;
  const auto sent = random(kRows, kUnits), delta = random(kRows, kNarrow);
  std::vector<std::uint32_t> masks(padded(kUnits) * 2);
  std::vector<std::int32_t> used(kUnits + kRowFloats);
  const auto count = k.markRows(constant(sent), kRows, kUnits, masks.data(), used.data());
  const auto to = rows(kUnits, kNarrow), before = random(kUnits, kNarrow);
  for (const bool add : {false, true}) {
    std::copy(before.first, before.row(kUnits), to.first);
    OuterSum sum{to,           {used.data(), count}, kNarrow, constant(sent), constant(delta),
                 masks.data(), padded(kUnits)};
    sum.rows = kRows;
    sum.add = add;
    k.outerSum(sum);
    for (std::int64_t u = 0; u < kUnits; ++u)
      for (std::int64_t c = 0; c < kNarrow; ++c) {
        double expected = add ? before.row(u)[c] : 0;
        for (std::int64_t r = 0; r < kRows; ++r)
          expected += static_cast<double>(sent.row(r)[u]) * delta.row(r)[c];
        ASSERT_NEAR(to.row(u)[c], expected, 1e-4);
      }
  }
}

TEST_P(Kernel, SettleAddsTheListedSources) {
  const auto from = random(5, kColumns), to = random(5, kColumns), before = rows(5, kColumns);
  std::copy(to.first, to.row(5), before.first);
  const std::vector<std::int32_t> list{0, 3};
  k.settle({to, constant(from), {list.data(), 2}, kColumns, -0.5F});
  for (std::int64_t u = 0; u < 5; ++u)
    for (std::int64_t c = 0; c < kColumns; ++c) {
      const float added = u % 3 == 0 ? -0.5F * from.row(u)[c] : 0.0F;
      ASSERT_NEAR(to.row(u)[c], before.row(u)[c] + added, 1e-5);
    }
}

TEST_P(Kernel, TransposeTurnsWhatDoesNotFillWholeTiles) {
  constexpr std::int64_t kFrom = 35, kTo = 21;
  const auto from = random(kFrom, kTo), to = rows(kTo, kFrom);
  std::fill(to.first, to.row(kTo), 7.0F);
  k.transpose({to, constant(from), kFrom, kTo});
  for (std::int64_t c = 0; c < kTo; ++c) {
    for (std::int64_t r = 0; r < kFrom; ++r) ASSERT_EQ(to.row(c)[r], from.row(r)[c]);
    EXPECT_EQ(to.row(c)[kFrom], 0.0F);
  }
}

TEST_P(Kernel, TakeInputReadsFromAnyAddress) {
  const auto pixels = random(1, 40);
  const auto to = rows(1, 37), keep = rows(1, 37);
  std::fill_n(keep.first, 37, 1.0F);
  keep.first[2] = 0;
  for (const bool normalise : {false, true}) {
    std::fill(to.first, to.row(1), 7.0F);
    k.takeInput({to.first, pixels.first + 1, 37, keep.first, normalise});
    double squares = 0;
    for (std::int64_t u = 0; u < 37; ++u)
      if (u != 2) squares += std::pow(static_cast<double>(pixels.first[u + 1]), 2);
    for (std::int64_t u = 0; u < 37; ++u)
      EXPECT_NEAR(to.first[u],
                  u == 2 ? 0 : pixels.first[u + 1] / (normalise ? std::sqrt(squares) : 1.0), 1e-6);
    for (std::int64_t u = 37; u < 48; ++u) EXPECT_EQ(to.first[u], 0.0F);
  }
}

TEST_P(Kernel, RectifySubtractsTheScaledKthLargestAndNormalises) {
  const auto row = rows(1, 5);
  // I = the second largest, 4, counted twice: m I = 1; (3, 3, 0, 1, 0) has the norm sqrt 19.
  for (int u = 0; const float z : {4.0F, 4.0F, 1.0F, 2.0F, -3.0F}) row.first[u++] = z;
  Rectified result;
  k.rectify({row, 1, 5, /*rank=*/2, /*m=*/0.25F, nullptr, &result});
  EXPECT_EQ(result.inhibiting, 4.0F);
  EXPECT_FLOAT_EQ(result.norm, std::sqrt(19.0F));
  for (int u = 0; const float a : {3.0F, 3.0F, 0.0F, 1.0F, 0.0F})
    EXPECT_FLOAT_EQ(row.first[u++], a / std::sqrt(19.0F));
}

TEST_P(Kernel, RectifyFindsEveryRank) {
  for (std::int64_t rank = 1; rank <= 30; ++rank) {
    const auto of = rows(kBlock, 30);
    for (std::int64_t r = 0; r < kBlock; ++r)
      for (std::int64_t u = 0; u < 30; ++u)  // 9 ... 0, each three times, in another order
        of.row(r)[u] = static_cast<float>((7 * u + r) % 10);
    Rectified results[kBlock];
    k.rectify({of, kBlock, 30, rank, 0.0F, nullptr, results});
    for (const auto& result : results)
      EXPECT_EQ(result.inhibiting, static_cast<float>(9 - (rank - 1) / 3)) << "rank " << rank;
  }
}

// Beyond the lanes of a vector the bits of the floats are taken in turn.
TEST_P(Kernel, RectifyFindsRanksOfSmallLargeAndNegativeNumbers) {
  constexpr std::int64_t kUnits = 300;
  const auto row = rows(1, kUnits);
  std::vector<float> sorted;
  data::Random random(3, "ranks");
  for (std::int64_t u = 0; u < kUnits; ++u) {
    const auto size = std::pow(10.0, 20 * random.uniform() - 10);
    sorted.push_back(u % 3 == 0 ? 0.0F : static_cast<float>(random.normal() * size));
  }
  const auto values = sorted;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  for (std::int64_t rank = 1; rank <= kUnits; ++rank) {
    std::copy(values.begin(), values.end(), row.first);
    Rectified result;
    k.rectify({row, 1, kUnits, rank, 0.0F, nullptr, &result});
    EXPECT_EQ(result.inhibiting, sorted[static_cast<std::size_t>(rank - 1)]) << "rank " << rank;
  }
}

TEST_P(Kernel, RectifyTakesTheThresholdThatIsGiven) {
  const auto row = rows(1, 2);
  for (int u = 0; const float z : {5.0F, 1.0F}) row.first[u++] = z;
  Rectified result{.norm = 0, .inhibiting = 4};
  k.rectify({row, 1, 2, /*rank=*/1, /*m=*/0.5F, nullptr, &result, /*given=*/true});
  EXPECT_FLOAT_EQ(result.norm, 3.0F);
}

TEST_P(Kernel, NegativeMultiplierLiftsUnitsButNotWhatStandsBehindThem) {
  const auto row = rows(1, 3);
  for (int u = 0; const float z : {-1.0F, 2.0F, -3.0F}) row.first[u++] = z;
  Rectified result;
  k.rectify({row, 1, 3, /*rank=*/1, /*m=*/-1.0F, nullptr, &result});  // z + 2: 1, 4, -1
  EXPECT_FLOAT_EQ(result.norm, std::sqrt(17.0F));
  for (int u = 3; u < 16; ++u) EXPECT_EQ(row.first[u], 0.0F);
}

TEST_P(Kernel, WhatIsNoNumberReachesTheLoss) {
  const auto row = rows(1, 20);
  row.first[7] = std::numeric_limits<float>::quiet_NaN();
  Rectified result;
  k.rectify({row, 1, 20, 0, 0.0F, nullptr, &result});
  EXPECT_TRUE(std::isnan(row.first[7]));
  const std::int32_t label = 0;
  const float scale = 1;
  Delta delta;
  k.lossDelta({row, 1, 20, &label, &scale, &delta});
  EXPECT_TRUE(std::isnan(delta.total));
}

TEST_P(Kernel, LossIsTheCrossEntropyAndDeltaItsGradient) {
  const auto of = rows(kBlock, 17);
  const std::int32_t labels[kBlock] = {0, 1, 2, 3, 16};
  const float scales[kBlock] = {1, 1, 1, 1, 0};  // the last row does not count
  for (std::int64_t r = 0; r < kBlock; ++r)
    for (std::int64_t u = 0; u < 17; ++u)
      of.row(r)[u] = static_cast<float>(r * 20) - 3.0F * static_cast<float>(u);
  Delta results[kBlock];
  k.lossDelta({of, kBlock, 17, labels, scales, results});
  double whole = 0;
  for (int u = 0; u < 17; ++u) whole += std::exp(-3.0 * u);
  for (int r = 0; r < 4; ++r) {
    EXPECT_NEAR(results[r].total, std::log(whole) + 3.0 * r, 1e-5);
    double squares = 0;
    for (int u = 0; u < 17; ++u) {
      const double d = std::exp(-3.0 * u) / whole - (u == r ? 1 : 0);
      EXPECT_NEAR(of.row(r)[u], d, 1e-6);
      squares += d * d;
    }
    EXPECT_NEAR(results[r].size, std::sqrt(squares), 1e-5);
  }
  for (int u = 0; u < 32; ++u) EXPECT_EQ(of.row(4)[u], 0.0F);
}

TEST_P(Kernel, UnrectifyProjectsOutTheActivityItself) {
  const auto sent = rows(1, 3), delta = rows(1, 3);
  for (int u = 0; const float h : {0.6F, 0.0F, 0.8F}) sent.first[u++] = h;
  // A silent unit's dCE/da may be anything, even what is left from another network.
  for (int u = 0; const float d : {1.0F, std::numeric_limits<float>::quiet_NaN(), 2.0F})
    delta.first[u++] = d;
  const Rectified was{.norm = 2, .inhibiting = 0};
  Delta result;
  k.unrectify({delta, constant(sent), 1, 16, &was, &result});
  // <h, d> = 2.2: (1 - 0.6 * 2.2) / 2 = -0.16, (2 - 0.8 * 2.2) / 2 = 0.12.
  EXPECT_NEAR(delta.first[0], -0.16, 1e-6);
  EXPECT_EQ(delta.first[1], 0.0F);
  EXPECT_NEAR(delta.first[2], 0.12, 1e-6);
  EXPECT_NEAR(result.total, -0.04, 1e-6);
  EXPECT_NEAR(result.size, 0.2, 1e-6);
}

TEST_P(Kernel, ListActiveNamesEveryUnitThatAnyRowHas) {
  const auto of = rows(kBlock, 50);
  of.row(0)[0] = of.row(4)[17] = of.row(2)[49] = of.row(3)[17] = 0.5F;
  of.row(0)[60] = 1;  // behind the last unit
  std::vector<std::int32_t> list(50 + kRowFloats);
  ASSERT_EQ(k.listActive(constant(of), kBlock, 50, list.data()), 3);
  EXPECT_EQ((std::vector<std::int32_t>(list.begin(), list.begin() + 3)),
            (std::vector<std::int32_t>{0, 17, 49}));
  EXPECT_EQ(k.listActive(constant(of), 1, 50, list.data()), 1);
}

}  // namespace
}  // namespace dentate::net
