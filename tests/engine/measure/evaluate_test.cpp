#include "engine/measure/evaluate.h"

#include <gtest/gtest.h>

#include "engine/data/dataset.h"
#include "engine/data/random.h"
#include "engine/spec/templates.h"

namespace dentate::measure {
namespace {

// Two pixels, one hidden layer of two units, two classes; unit and class i see pixel i alone.
struct Bench {
  net::Plan plan =
      net::makePlan(spec::layeredNetwork(2, 1, 2, 2), spec::Condition::Baseline, 0.01).value();
  net::ParameterBatch batch = net::emptyParameters(plan, 1);
  net::Parameters parameters = batch.replica(0);
  // Pixel 0; pixel 1; pixel 0 above pixel 1.
  std::vector<float> x{1, 0, 0, 1, 1, 0.5F};
  std::vector<std::int32_t> labels{0, 0, 0};  // the second is not what the network says
  Bench() {
    for (auto& w : parameters.weights) {
      w[0][0].fill_(1);
      w[1][1].fill_(1);
    }
  }
  [[nodiscard]] Counts counts(std::size_t first, std::size_t count) const {
    return evaluate(plan, parameters,
                    {static_cast<std::int64_t>(count),
                     std::span(x).subspan(2 * first, 2 * count),
                     std::span(labels).subspan(first, count),
                     {}});
  }
};

TEST(Evaluate, CountsWhatIsRightAndWhoIsActive) {
  const Bench bench;
  const auto counts = bench.counts(0, 3);
  EXPECT_EQ(counts.samples, 3);
  EXPECT_EQ(counts.category, 2);
  EXPECT_EQ(counts.item, 0);
  EXPECT_EQ(counts.active, (std::vector<std::int64_t>{0, 4, 0}));  // 1, 1 and 2 hidden units
  const auto shares = evaluationOf(bench.plan, counts);
  EXPECT_DOUBLE_EQ(shares.category, 2.0 / 3.0);
  EXPECT_EQ(shares.item, -1);
  EXPECT_DOUBLE_EQ(shares.active_fraction[1], 4.0 / 6.0);
}

TEST(Evaluate, PartsAddUpToTheWhole) {
  const Bench bench;
  Counts sum;
  sum.add(bench.counts(2, 1));
  sum.add(bench.counts(0, 2));
  EXPECT_EQ(sum, bench.counts(0, 3));
}

// More samples than a chunk has rows, and an evaluator that has tested another network before.
TEST(Evaluator, CountsTheSameByKernelsAndByTensorsOfImagesAndOfFloats) {
  constexpr std::int64_t kSamples = 2 * net::CpuForward::kRows + 3, kInputs = 9;
  auto plan =
      net::makePlan(spec::layeredNetwork(kInputs, 2, 21, 4), spec::Condition::SLr, 0.1).value();
  data::Random random(7, "evaluator");
  std::vector<std::uint8_t> pixels(kSamples * kInputs);
  for (auto& pixel : pixels) pixel = static_cast<std::uint8_t>(random.below(256));
  std::vector<float> x(pixels.size());
  data::toUnit(pixels, x);
  std::vector<std::int32_t> labels(kSamples);
  for (auto& label : labels) label = static_cast<std::int32_t>(random.below(4));
  Evaluator evaluator(plan);
  for (int network = 0; network < 2; ++network) {
    auto parameters = net::emptyParameters(plan, 1).replica(0);
    net::initialise(plan, spec::RuleSpec{}, random, parameters);
    auto in_tensors = parameters;  // laid out unlike the kernels' weights
    for (auto& w : in_tensors.weights) w = w.contiguous();
    const auto counts = evaluator.count(parameters, learn::Samples{kSamples, x, labels, {}});
    EXPECT_GT(counts.category, kSamples / 10);
    EXPECT_LT(counts.category, kSamples / 2);
    EXPECT_EQ(counts, evaluator.count(parameters, Images{kSamples, pixels, labels, {}}));
    EXPECT_EQ(counts, evaluator.count(in_tensors, learn::Samples{kSamples, x, labels, {}}));
    EXPECT_EQ(counts, evaluator.count(in_tensors, Images{kSamples, pixels, labels, {}}));
  }
}

// The network says 0, 1, 0; the first two are in the replay memory.
TEST(Evaluator, TellsItemsInTheReplayMemoryFromTheOthers) {
  auto network = spec::layeredNetwork(2, 1, 2, 2);
  network.layers.back().role = spec::LayerRole::Item;
  const auto plan = net::makePlan(network, spec::Condition::Baseline, 0.01).value();
  const Bench bench;
  const std::vector<std::uint8_t> pixels{255, 0, 0, 255, 255, 128}, held{1, 1, 0};
  const Images images{3, pixels, {}, bench.labels, held};
  Evaluator evaluator(plan);
  auto in_tensors = bench.parameters;
  for (auto& w : in_tensors.weights) w = w.contiguous();
  const auto counts = evaluator.count(bench.parameters, images);
  EXPECT_EQ(counts, evaluator.count(in_tensors, images));
  EXPECT_EQ(counts.item, 2);
  EXPECT_EQ(evaluationOf(plan, counts).items, (ItemMemory{2, 1, 1, 1}));
  EXPECT_EQ(evaluationOf(plan, counts).items.inMemory(), 0.5);
  EXPECT_EQ(evaluationOf(plan, counts).items.outsideMemory(), 1);
  const auto none = evaluator.count(bench.parameters, Images{3, pixels, {}, bench.labels});
  EXPECT_EQ(evaluationOf(plan, none).items.inMemory(), -1);
}

TEST(Evaluate, LeavesOutWhatIsLesioned) {
  const Bench bench;
  const auto silent = evaluate(bench.plan, bench.parameters, {3, bench.x, bench.labels, {}},
                               {{{}, {1, 0}, {}}, {}});
  EXPECT_EQ(silent.active[1], 2);  // of unit 1, for the last two
  EXPECT_EQ(silent.category, 1);   // the first: all logits are 0, class 0 comes first
}

}  // namespace
}  // namespace dentate::measure
