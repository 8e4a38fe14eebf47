#include "engine/net/network.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/net/inhibition.h"
#include "engine/net/rate.h"
#include "engine/spec/shape.h"
#include "engine/spec/spelling.h"
#include "engine/spec/templates.h"

namespace dentate::net {
namespace {

spec::NetworkSpec twoLayers() { return spec::layeredNetwork(2, 1, 2, 2); }

Parameters initial(const Plan& plan, data::Random& random) {
  auto made = emptyParameters(plan, /*replicas=*/1).replica(0);
  initialise(plan, spec::RuleSpec{}, random, made);
  return made;
}

Plan plan(const spec::NetworkSpec& network, spec::Condition condition = spec::Condition::Lr) {
  return makePlan(network, condition, 0.01).value();
}

TEST(Inhibition, TakesTheKthLargestOfEveryRow) {
  const auto z = at::tensor({4.0F, 1.0F, 3.0F, -2.0F, 5.0F, 5.0F, 0.0F, 5.0F}).reshape({2, 4});
  const auto& kind = spec::kindOf(spec::Inhibition::LearnedM);
  EXPECT_TRUE(inhibiting(z, kind, 2).equal(at::tensor({3.0F, 5.0F}).reshape({2, 1})));
  EXPECT_TRUE(inhibiting(z, kind, 4).equal(at::tensor({-2.0F, 0.0F}).reshape({2, 1})));
}

TEST(Network, ComputesTheFormulasOfTheModel) {
  const auto p = plan(twoLayers());
  // x^ = (3, 4) / 5; h = relu(W1 x^) = relu(1, -0.2) = (1, 0), already of norm 1; z = W2 h.
  const std::vector<at::Tensor> weights{at::tensor({1.0F, 0.5F, 1.0F, -1.0F}).reshape({2, 2}),
                                        at::tensor({2.0F, 7.0F, -3.0F, 7.0F}).reshape({2, 2})};
  const auto trace =
      forward(p, {weights, {}, at::zeros({3})}, at::tensor({3.0F, 4.0F}).reshape({1, 2}));
  EXPECT_TRUE(at::allclose(trace.activity[1], at::tensor({1.0F, 0.0F}).reshape({1, 2})));
  EXPECT_TRUE(at::allclose(trace.net_input[2], at::tensor({2.0F, -3.0F}).reshape({1, 2})));
  EXPECT_FLOAT_EQ(activeFraction(p, trace)[1].item<float>(), 0.5F);
}

TEST(Network, ABiasSendsOneAndItsPathBeginsAtZero) {
  auto network = twoLayers();
  network.layers.push_back({"bias", spec::LayerRole::Bias, 1});
  network.paths.push_back({"bias", "category", /*alpha0=*/0.25});
  const auto p = plan(network);
  data::Random random(1, "weights"), same(1, "weights");
  auto made = initial(p, random);
  EXPECT_TRUE(made.weights[2].equal(at::zeros({2, 1})));
  EXPECT_FLOAT_EQ(made.alpha[2].item<float>(), 0.25F);
  const auto plain = plan(twoLayers());
  const auto without = initial(plain, same);
  EXPECT_TRUE(made.weights[1].equal(without.weights[1])) << "a bias takes no random numbers";

  const auto x = at::tensor({3.0F, 4.0F, 0.0F, 0.0F}).reshape({2, 2});
  made.weights[2].copy_(at::tensor({0.5F, -2.0F}).reshape({2, 1}));
  const auto off = forward(p, made, x).net_input[2] - forward(plain, without, x).net_input[2];
  EXPECT_TRUE(at::allclose(off, at::tensor({0.5F, -2.0F, 0.5F, -2.0F}).reshape({2, 2})));
}

TEST(Network, SilentLayerSendsZerosAndNoNaN) {
  const auto p = plan(twoLayers());
  const std::vector<at::Tensor> weights{at::zeros({2, 2}) - 1.0F, at::zeros({2, 2}) + 1.0F};
  const auto trace =
      forward(p, {weights, {}, at::zeros({3})}, at::tensor({1.0F, 1.0F}).reshape({1, 2}));
  EXPECT_TRUE(trace.net_input[2].equal(at::zeros({1, 2})));
}

// z = (5, 3, 2, -1), k = 2: I = 2, so that two are active, by what is left of them.
TEST(Network, KWinnersTakeAllInEveryCondition) {
  auto network = spec::layeredNetwork(1, 1, 4, 1);
  network.layers[1].inhibition = spec::valueNamed<spec::Inhibition>("k_wta").value();
  network.layers[1].k_max = network.layers[1].k_target = 0.5;
  const std::vector<at::Tensor> weights{at::tensor({5.0F, 3.0F, 2.0F, -1.0F}).reshape({4, 1}),
                                        at::zeros({1, 4})};
  const auto x = at::tensor({2.0F}).reshape({1, 1});
  for (const auto condition :
       {spec::Condition::Baseline, spec::Condition::S, spec::Condition::Lr, spec::Condition::SLr}) {
    const auto p = plan(network, condition);
    EXPECT_EQ(p.firstM(1, 0.01), 1.0);
    EXPECT_FALSE(p.learnsAnyM());
    const auto trace = forward(p, {weights, {}, at::tensor({0.0F, 1.0F, 0.0F})}, x);
    EXPECT_TRUE(trace.activity[1].equal(at::tensor({3.0F, 1.0F, 0.0F, 0.0F}).reshape({1, 4})));
    EXPECT_EQ(trace.taken_off[1].item<float>(), 2.0F);
  }
}

// With m = 1/2 the same layer keeps 4, 2, 1, and -2 stays silent.
TEST(Network, KWinnersWithLearnedMOnlyWhereTheConditionLearnsM) {
  auto network = spec::layeredNetwork(1, 1, 4, 1);
  network.layers[1].inhibition = spec::valueNamed<spec::Inhibition>("k_wta_learned_m").value();
  network.layers[1].k_max = network.layers[1].k_target = 0.5;
  const std::vector<at::Tensor> weights{at::tensor({5.0F, 3.0F, 2.0F, -1.0F}).reshape({4, 1}),
                                        at::zeros({1, 4})};
  const auto x = at::tensor({2.0F}).reshape({1, 1});
  const Parameters parameters{weights, {}, at::tensor({0.0F, 0.5F, 0.0F})};
  const auto learned = plan(network, spec::Condition::S);
  EXPECT_EQ(learned.firstM(1, 0.01), 0.01);
  EXPECT_TRUE(forward(learned, parameters, x)
                  .activity[1]
                  .equal(at::tensor({4.0F, 2.0F, 1.0F, 0.0F}).reshape({1, 4})));
  EXPECT_TRUE(forward(plan(network, spec::Condition::Lr), parameters, x)
                  .activity[1]
                  .equal(at::tensor({5.0F, 3.0F, 2.0F, 0.0F}).reshape({1, 4})));
}

// k goes from 3 to 1 over two meta-steps: by what the parameters have learned.
TEST(Network, AnnealsByTheMetaStepsOfItsParameters) {
  auto network = spec::layeredNetwork(1, 1, 4, 1);
  auto& layer = network.layers[1];
  layer.inhibition = spec::valueNamed<spec::Inhibition>("k_wta").value();
  layer.k_max = 0.75;
  layer.k_target = 0.25;
  layer.k_steps = 2;
  const auto p = plan(network);
  Parameters parameters{{at::tensor({5.0F, 3.0F, 2.0F, 1.0F}).reshape({4, 1}), at::zeros({1, 4})},
                        {},
                        at::tensor({0.0F, 1.0F, 0.0F})};
  for (const std::int64_t winners : {3, 2, 1, 1}) {
    const auto trace = forward(p, parameters, at::tensor({2.0F}).reshape({1, 1}));
    EXPECT_EQ(trace.activity[1].gt(0).sum().item<std::int64_t>(), winners);
    ++parameters.steps;
  }
}

TEST(Network, IsInhibitedOnlyWhereTheConditionLearnsM) {
  const auto network = twoLayers();
  EXPECT_EQ(plan(network, spec::Condition::Baseline).rank(1, 0), 0);
  EXPECT_EQ(plan(network, spec::Condition::Lr).rank(1, 0), 0);
  EXPECT_EQ(plan(network, spec::Condition::S).rank(1, 0), 1);
  EXPECT_EQ(plan(network, spec::Condition::SLr).rank(1, 0), 1);
}

TEST(Network, LayersOfKindNoneAreNeverInhibited) {
  auto network = twoLayers();
  network.layers[1].inhibition = spec::Inhibition::None;
  EXPECT_EQ(plan(network, spec::Condition::SLr).rank(1, 0), 0);
}

// One convolutional layer of two channels, kernel 2, stride 1, over 2 × 2 × 2 images.
spec::NetworkSpec oneConvolution(std::int64_t padding = 0) {
  auto network = spec::convolutionalNetwork({.inputs = 8,
                                             .input_channels = 2,
                                             .convolutional_layers = 1,
                                             .channels = 2,
                                             .dense_layers = 0,
                                             .categories = 2});
  network.layers[1].kernel = 2;
  network.layers[1].stride = 1;
  network.layers[1].padding = padding;
  spec::fitUnits(network);
  return network;
}

TEST(Convolution, NormalisesOverChannelsAtEveryPixelAndInhibitsOverAllOfTheLayer) {
  const auto p = plan(oneConvolution(), spec::Condition::SLr);
  // Pixels (3, 4), (0, 2), (0, 0), (5, 12): normalised (.6, .8), (0, 1), (0, 0), (5/13, 12/13).
  const auto x = at::tensor({3.F, 0.F, 0.F, 5.F, 4.F, 2.F, 0.F, 12.F}).reshape({1, 8});
  // The first channel sums the first plane and takes the corner of the second; the second channel
  // takes away the last pixel of the second plane.
  const auto kernels = at::tensor({1.F, 1.F, 1.F, 1.F, 1.F, 0.F, 0.F, 0.F,  //
                                   0.F, 0.F, 0.F, 0.F, 0.F, 0.F, 0.F, -1.F})
                           .reshape({2, 2, 2, 2});
  const float z0 = 0.6F + 5 / 13.F + 0.8F, z1 = -12 / 13.F;
  const auto trace = forward(p, {{kernels, at::zeros({2, 2})}, {}, at::zeros({3}) + 0.5F}, x);
  // I is the largest of both channels together: half of it is taken from either.
  EXPECT_TRUE(
      at::allclose(trace.net_input[1], at::tensor({z0 - z0 / 2, z1 - z0 / 2}).reshape({1, 2})));
}

TEST(Convolution, ADenseLayerTakesMapsAsOneListOfLengthOne) {
  const auto p = plan(oneConvolution(1));  // 2 × 3 × 3
  data::Random random(4, "weights");
  const auto made = initial(p, random);
  const auto x = at::tensor({.1F, .2F, .3F, .4F, .5F, .6F, .7F, .8F}).reshape({1, 8});
  const auto trace = forward(p, made, x);
  const auto list = trace.activity[1] / trace.activity[1].norm();
  ASSERT_EQ(list.size(1), 18);
  EXPECT_TRUE(at::allclose(trace.net_input[2], list.matmul(made.weights[1].t())));
}

TEST(Convolution, BeginsWithTheFanInOfItsKernel) {
  const auto p = plan(spec::convolutionalNetwork({.channels = 64, .categories = 10}));
  data::Random random(5, "weights");
  const auto made = initial(p, random);
  EXPECT_EQ(made.weights[1].sizes(), (std::vector<std::int64_t>{64, 64, 3, 3}));
  EXPECT_TRUE(made.weights[1].is_contiguous());
  EXPECT_NEAR(made.weights[1].std().item<double>(), std::sqrt(2.0 / (64 * 9)), 0.0005);
  EXPECT_TRUE(made.clone().weights[1].equal(made.weights[1]));
}

TEST(Convolution, ASilencedChannelIsAChannelWithoutWeights) {
  const auto p = plan(oneConvolution(1));
  data::Random random(4, "weights");
  const auto made = initial(p, random);
  const auto x = at::tensor({.1F, .2F, .3F, .4F, .5F, .6F, .7F, .8F}).reshape({1, 8});
  Lesions lesions{std::vector<std::vector<std::uint8_t>>(3), {}};
  lesions.units[1].assign(18, 0);
  std::fill_n(lesions.units[1].begin(), 9, std::uint8_t{1});
  auto without = made.clone();
  without.weights[0].select(0, 0).zero_();
  EXPECT_TRUE(
      at::allclose(forward(p, made, x, lesions).net_input[2], forward(p, without, x).net_input[2]));
}

TEST(Convolution, CarriesBackByTheTransposeOfWhatItSends) {
  auto network = oneConvolution();
  network.layers[0].units = 2 * 6 * 5;
  network.layers[0].height = 6;
  network.layers[1].kernel = 3;
  network.layers[1].stride = 2;
  network.layers[1].padding = 1;
  spec::fitUnits(network);
  const auto p = plan(network);
  data::Random random(4, "weights");
  const auto made = initial(p, random);
  auto x = at::zeros({1, 60}), r = at::zeros({18});
  for (std::int64_t i = 0; i < 60; ++i) x[0][i] = random.normal();
  for (std::int64_t i = 0; i < 18; ++i) r[i] = random.normal();
  // <W x, r> = <x, W^T r>; the forward pass takes x divided by its norm over channels.
  const auto norm = x.view({1, 2, 30}).norm(2, {1}, /*keepdim=*/true);
  const auto sent = (x.view({1, 2, 30}) / norm).flatten();
  const auto z = forward(p, made, x).net_input[1];
  EXPECT_NEAR(z.flatten().dot(r).item<float>(),
              sent.dot(carriedBack(p, 0, made.weights[0], r)).item<float>(), 1e-4);
}

class Lesioned : public ::testing::Test {
 protected:
  Lesioned() : p(plan(spec::splitNetwork(6, 1, 4, 3, 0))) {
    data::Random random(1, "weights");
    parameters = initial(p, random);
    x = at::tensor({.1F, .2F, .3F, .4F, .5F, .6F}).reshape({1, 6});
  }
  at::Tensor logits(const Lesions& lesions) const {
    return forward(p, parameters, x, lesions).net_input.back();
  }
  Plan p;
  Parameters parameters;
  at::Tensor x;
};

TEST_F(Lesioned, PathwayOutLeavesTheOtherPathwayAlone) {
  const auto large = logits(lesionPathway(p, spec::Pathway::Small));
  const auto small = logits(lesionPathway(p, spec::Pathway::Large));
  EXPECT_FALSE(large.equal(small));
  EXPECT_TRUE(at::allclose(large + small, logits({})));  // outputs are sums over their paths
}

TEST_F(Lesioned, PathOutAndItsSourceSilencedAreTheSame) {
  Lesions path_out;
  for (const auto& path : p.network.paths) path_out.paths.push_back(path.from == "large" ? 1 : 0);
  EXPECT_TRUE(logits(path_out).equal(logits(lesionPathway(p, spec::Pathway::Large))));
}

TEST_F(Lesioned, SingleUnitsAreSilenced) {
  const std::size_t large = 2;
  ASSERT_EQ(p.network.layers[large].name, "large");
  Lesions half{std::vector<std::vector<std::uint8_t>>(p.network.layers.size()), {}};
  half.units[large].assign(20, 1);
  std::fill_n(half.units[large].begin(), 10, std::uint8_t{0});
  const auto trace = forward(p, parameters, x, half);
  EXPECT_EQ(trace.activity[large].narrow(1, 10, 10).abs().sum().item<float>(), 0.0F);
  EXPECT_GT(trace.activity[large].narrow(1, 0, 10).abs().sum().item<float>(), 0.0F);
}

TEST(Parameters, BeginAsTheRuleSays) {
  auto network = spec::layeredNetwork(400, 1, 300, 10);
  network.paths[1].alpha0 = 0.5;
  const auto p = plan(network, spec::Condition::SLr);
  data::Random random(5, "weights");
  const auto made = initial(p, random);
  EXPECT_FLOAT_EQ(made.alpha[0].item<float>(), 0.01F);
  EXPECT_FLOAT_EQ(made.alpha[1].item<float>(), 0.5F);
  EXPECT_FLOAT_EQ(made.m[1].item<float>(), 0.01F);
  EXPECT_FLOAT_EQ(made.m[2].item<float>(), 0.0F);
  // Kaiming: standard deviation sqrt(2 / 400), here over 120,000 draws.
  EXPECT_NEAR(made.weights[0].std().item<double>(), std::sqrt(2.0 / 400), 0.0005);
  EXPECT_NEAR(made.weights[0].mean().item<double>(), 0.0, 0.001);
}

// The kernels read whole rows: weights source by source, zeros up to a multiple of 16.
TEST(Parameters, LieSourceBySourceWithZerosBehind) {
  const auto p = plan(spec::layeredNetwork(3, 1, 18, 2));
  data::Random random(5, "weights");
  const auto made = initial(p, random).clone();
  const auto& w = made.weights[0];
  EXPECT_EQ(w.stride(0), 1);
  EXPECT_EQ(w.stride(1), 32);
  const float* first = w.const_data_ptr<float>();
  for (int source = 0; source < 3; ++source)
    for (int unit = 18; unit < 32; ++unit) EXPECT_EQ(first[source * 32 + unit], 0.0F);
}

TEST(Rate, IsAlpha0AtFirstAndItsSlopeIsThatOfTheForm) {
  constexpr auto kRelu = spec::AlphaForm::Relu, kSoftplus = spec::AlphaForm::Softplus;
  for (const double rate : {1e-6, 0.01, 0.15, 1.0, 10.0, 50.0})
    for (const auto form : {kRelu, kSoftplus})
      EXPECT_NEAR(rateOf(form, alphaOf(form, rate)), rate, 1e-12 * std::max(1.0, rate));
  for (const double alpha : {-30.0, -4.6, -0.1, 0.0, 0.3, 40.0}) {
    const double h = 1e-5;
    const double slope = (rateOf(kSoftplus, alpha + h) - rateOf(kSoftplus, alpha - h)) / (2 * h);
    EXPECT_NEAR(slopeOf(kSoftplus, alpha), slope, 1e-9);
    EXPECT_GT(rateOf(kSoftplus, alpha), 0);
    EXPECT_FALSE(absorbed(kSoftplus, alpha));
    EXPECT_EQ(absorbed(kRelu, alpha), alpha <= 0);
  }
  auto p = plan(twoLayers());
  p.alpha = kSoftplus;
  p.network.paths[1].alpha0 = 0.2;
  spec::RuleSpec rule;
  rule.alpha0 = 0.05;
  data::Random random(5, "weights");
  auto made = emptyParameters(p, 1).replica(0);
  initialise(p, rule, random, made);
  EXPECT_NEAR(made.alpha[0].item<double>(), std::log(std::expm1(0.05)), 1e-6);
  EXPECT_NEAR(rateOf(kSoftplus, made.alpha[1].item<double>()), 0.2, 1e-7);
}

TEST(Parameters, SameSeedSameNumbers) {
  const auto p = plan(twoLayers());
  data::Random a(9, "weights"), b(9, "weights"), c(10, "weights");
  const auto first = initial(p, a).weights[0];
  EXPECT_TRUE(first.equal(initial(p, b).weights[0]));
  EXPECT_FALSE(first.equal(initial(p, c).weights[0]));
}

}  // namespace
}  // namespace dentate::net
