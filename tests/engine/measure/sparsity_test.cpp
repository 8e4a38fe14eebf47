#include "engine/measure/sparsity.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/var.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/measure/evaluate.h"
#include "engine/spec/shape.h"
#include "engine/spec/templates.h"

namespace dentate::measure {
namespace {

net::Plan plan() {
  return net::makePlan(spec::layeredNetwork(2, 1, 3, 2), spec::Condition::Lr, 0.01).value();
}

net::Parameters parametersOf(const net::Plan& plan, const std::vector<float>& first) {
  auto made = net::emptyParameters(plan, 1).replica(0);
  made.weights[0].copy_(at::tensor(first).reshape({3, 2}));
  made.weights[1].fill_(1.0F);
  return made;
}

// Of 3, 4 and four zeros: |w|_1 / |w|_2 = 7 / 5; of all ones 0; 0.01 is 1/400 of the largest.
TEST(Sparsity, OfWeightsByHandWorkedNumbers) {
  const auto p = plan();
  Sparsity found;
  addWeights(parametersOf(p, {3, 0, 0, 4, 0, 0}), found);
  ASSERT_EQ(found.hoyer.size(), 2U);
  EXPECT_NEAR(found.hoyer[0], (std::sqrt(6.0) - 1.4) / (std::sqrt(6.0) - 1), 1e-6);
  EXPECT_NEAR(found.hoyer[1], 0, 1e-6);
  EXPECT_NEAR(found.near_zero[0], 4.0 / 6, 1e-6);
  EXPECT_EQ(found.near_zero[1], 0);
  Sparsity other;
  addWeights(parametersOf(p, {1, 0.0101F, -0.0099F, 0, 0, 0}), other);
  EXPECT_NEAR(other.near_zero[0], 4.0 / 6, 1e-6);
  addWeights(parametersOf(p, {0, 0, 0, 0, 0, 0}), other);
  EXPECT_TRUE(std::isnan(other.hoyer[2]));
}

TEST(Sparsity, OneWeightAloneIsAsSparseAsCanBe) {
  Sparsity found;
  addWeights(parametersOf(plan(), {0, 0, -2, 0, 0, 0}), found);
  EXPECT_FLOAT_EQ(found.hoyer[0], 1);
}

// Units h0 = x0^, h1 = x1^, h2 never: x^ is (1, 0), (0, 1) and (0.6, 0.8).
TEST(Sparsity, DeadUnitsAndVarianceOfAHandWorkedLayer) {
  const auto p = plan();
  const auto parameters = parametersOf(p, {1, 0, 0, 1, -1, -1});
  const std::vector<std::uint8_t> pixels{200, 0, 0, 100, 60, 80};
  const std::vector<std::int32_t> labels{0, 0, 0};
  Evaluator evaluator(p);
  const auto counts = evaluator.count(parameters, Images{3, pixels, labels, {}});
  EXPECT_EQ(counts.used[1], (std::vector<std::uint8_t>{1, 1, 0}));
  EXPECT_EQ(deadUnits(counts.used, {}), (std::vector<float>{0, 1, 0}));
  net::Lesions lesions;
  lesions.units = {{}, {0, 0, 1}, {}};
  EXPECT_EQ(deadUnits(counts.used, lesions)[1], 0) << "what is lesioned is not dead";
  const auto sparsity = evaluator.sparsity(parameters, Images{3, pixels, labels, {}});
  const auto a = at::tensor({1.0, 0.0, 0.6}), b = at::tensor({0.0, 1.0, 0.8});
  const double expected =
      (a.var(/*unbiased=*/false) + b.var(/*unbiased=*/false)).item<double>() / 3;
  EXPECT_NEAR(sparsity.variance[1], expected, 1e-6);
  EXPECT_EQ(sparsity.hoyer.size(), 2U);
}

// A kernel of one weight over images of two pixels: each unit is its pixel's sign times the weight.
TEST(Sparsity, OfANetworkThatConvolves) {
  auto network = spec::convolutionalNetwork({.inputs = 4,
                                             .input_channels = 1,
                                             .convolutional_layers = 1,
                                             .channels = 2,
                                             .dense_layers = 0,
                                             .categories = 2});
  network.layers[1].kernel = network.layers[1].stride = 1;
  network.layers[1].padding = 0;
  spec::fitUnits(network);
  const auto p = net::makePlan(network, spec::Condition::Lr, 0.01).value();
  auto parameters = net::emptyParameters(p, 1).replica(0);
  parameters.weights[0].copy_(at::tensor({3.0F, -1.0F}).reshape({2, 1, 1, 1}));
  parameters.weights[1].fill_(1.0F);
  const std::vector<std::uint8_t> pixels{200, 0, 0, 0, 100, 80, 0, 0};
  const std::vector<std::int32_t> labels{0, 0};
  Evaluator evaluator(p);
  const auto counts = evaluator.count(parameters, Images{2, pixels, labels, {}});
  EXPECT_EQ(deadUnits(counts.used, {})[1], 6) << "two pixels and a channel";
  const auto sparsity = evaluator.sparsity(parameters, Images{2, pixels, labels, {}});
  EXPECT_NEAR(sparsity.variance[1], 2.25 / 8, 1e-6);  // one unit, 0 and 3; seven stand still
  EXPECT_NEAR(sparsity.hoyer[0], (std::sqrt(2.0) - 4 / std::sqrt(10.0)) / (std::sqrt(2.0) - 1),
              1e-6);
  EXPECT_EQ(sparsity.near_zero[0], 0);
}

TEST(Sparsity, PartsOfATestUnite) {
  Counts all;
  Counts one{
      .samples = 2, .active = {0, 1, 0}, .used = {{}, {1, 0, 0}, {}}, .sparsity = std::nullopt};
  Counts other{.samples = 1,
               .active = {0, 1, 0},
               .used = {{}, {0, 1, 0}, {}},
               .sparsity = Sparsity{{}, {0, 1, 0}, {1}, {2}}};
  all.add(one);
  all.add(other);
  EXPECT_EQ(all.used[1], (std::vector<std::uint8_t>{1, 1, 0}));
  EXPECT_EQ(all.sparsity, other.sparsity);
}

}  // namespace
}  // namespace dentate::measure
