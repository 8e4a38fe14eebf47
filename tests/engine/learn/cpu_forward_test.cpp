// The forward pass by the CPU kernels against net::forward in double, on networks drawn at random.
#include "engine/net/cpu_forward.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/argmax.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/learn/loss.h"
#include "engine/spec/templates.h"
#include "tests/engine/learn/random_problem.h"

namespace dentate::test {
namespace {

using net::CpuForward;

constexpr double kAgreement = 1e-5;  // of a logit; activity is below 1

// [samples, inputs], two pixels in five of them black.
std::vector<float> images(std::int64_t samples, std::int64_t inputs, std::uint64_t seed) {
  data::Random random(seed, "images");
  std::vector<float> x(static_cast<std::size_t>(samples * inputs));
  for (auto& pixel : x)
    pixel = random.uniform() < 0.4 ? 0.0F : static_cast<float>(random.uniform());
  return x;
}

net::Trace exactTrace(const net::Plan& plan, const net::Parameters& parameters,
                      const std::vector<float>& x, const net::Lesions& lesions) {
  std::vector<at::Tensor> weights;
  for (const auto& w : parameters.weights) weights.push_back(w.to(at::kDouble));
  const auto inputs = plan.network.layers[plan.graph.input].units;
  const auto samples = static_cast<std::int64_t>(x.size()) / inputs;
  const auto on = learn::tensorsOf({samples, x, {}, {}}, inputs);
  return net::forward(plan, {weights, {}, parameters.m.to(at::kDouble), parameters.steps},
                      on.x.to(at::kDouble), lesions);
}

struct Compared {
  double gap = 0;            // largest, of a logit
  bool active_same = true;   // but for units that rounding decides about
  bool answers_same = true;  // likewise
};

// Units of a hidden layer with a > 0, for certain and at most.
struct Bounds {
  std::int64_t low = 0, high = 0;
};
Bounds activeIn(const at::Tensor& net_input, const at::Tensor& activity, std::int64_t first,
                std::int64_t rows) {
  constexpr double kRounding = 1e-5;
  Bounds found;
  for (auto r = first; r < first + rows; ++r)
    for (std::int64_t u = 0; u < activity.size(1); ++u) {
      const double z = net_input.const_data_ptr<double>()[r * activity.size(1) + u];
      const double a = activity.const_data_ptr<double>()[r * activity.size(1) + u];
      found.low += a > kRounding ? 1 : 0;
      found.high += a > 0 || (z != 0 && std::abs(z) < kRounding) ? 1 : 0;
    }
  return found;
}

// One row of an output.
void compareLogits(const CpuForward& forward, std::size_t layer, std::int64_t row,
                   const at::Tensor& exact, Compared& to) {
  const auto ours = forward.values(layer, row);
  const auto* const logits = exact.const_data_ptr<double>();
  for (std::size_t u = 0; u < ours.size(); ++u)
    to.gap = std::max(to.gap, std::abs(static_cast<double>(ours[u]) - logits[u]));
  const auto* const best = std::max_element(logits, logits + ours.size());
  const auto others = [&](const double* const logit) {
    return logit != best && *logit != *best && *best - *logit < 2 * kAgreement;
  };
  for (const auto* logit = logits; logit < logits + ours.size(); ++logit)
    if (others(logit)) return;  // rounding decides
  for (std::int32_t label = 0; label < static_cast<std::int32_t>(ours.size()); ++label)
    to.answers_same =
        to.answers_same && forward.answers(layer, row, label) == (label == best - logits);
}

Compared compare(CpuForward& forward, const net::Plan& plan, const net::Trace& exact,
                 const std::vector<float>& x) {
  Compared made;
  const auto inputs = plan.network.layers[plan.graph.input].units;
  const auto samples = static_cast<std::int64_t>(x.size()) / inputs;
  for (std::int64_t first = 0; first < samples; first += CpuForward::kRows) {
    const auto rows = std::min(CpuForward::kRows, samples - first);
    for (std::int64_t r = 0; r < rows; ++r)
      std::copy_n(x.data() + (first + r) * inputs, inputs, forward.input(r).data());
    forward.run(rows);
    for (std::size_t l = 0; l < plan.network.layers.size(); ++l) {
      const auto role = plan.network.layers[l].role;
      if (role == spec::LayerRole::Hidden) {
        const auto bounds = activeIn(exact.net_input[l], exact.activity[l], first, rows);
        const auto active = forward.active(l);
        made.active_same = made.active_same && active >= bounds.low && active <= bounds.high;
      }
      if (!spec::isOutput(role)) continue;
      for (std::int64_t r = 0; r < rows; ++r)
        compareLogits(forward, l, r, exact.net_input[l].select(0, first + r), made);
    }
  }
  return made;
}

void expectAgreement(const net::Plan& plan, const net::Parameters& parameters,
                     const net::Lesions& lesions, const std::vector<float>& x) {
  const auto exact = exactTrace(plan, parameters, x, lesions);
  for (const auto* const kernels : net::runnableKernels()) {
    SCOPED_TRACE(kernels->name);
    CpuForward forward(plan, *kernels);
    forward.begin(parameters, lesions);
    const auto compared = compare(forward, plan, exact, x);
    EXPECT_LE(compared.gap, kAgreement);
    EXPECT_TRUE(compared.active_same);
    EXPECT_TRUE(compared.answers_same);
  }
}

TEST(CpuForward, AgreesWithTensorsOnRandomNetworks) {
  constexpr std::int64_t kSamples[] = {1, 4, 5, 23, 50, 51, 112};
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const auto problem = randomProblem(seed, 0);
    const auto inputs = problem.plan.network.layers[problem.plan.graph.input].units;
    expectAgreement(problem.plan, problem.start.replica(0), problem.lesions,
                    images(kSamples[seed % std::size(kSamples)], inputs, seed));
  }
}

// Wider than a panel of columns, and sparse enough for the rows of a block to go apart.
TEST(CpuForward, AgreesWithTensorsOnWideAndSparseLayers) {
  const auto plan =
      net::makePlan(spec::layeredNetwork(100, 2, 531, 700), spec::Condition::SLr, 0.05).value();
  auto parameters = net::emptyParameters(plan, 1).replica(0);
  data::Random random(3, "weights");
  net::initialise(plan, spec::RuleSpec{}, random, parameters);
  parameters.m.fill_(0.9);
  expectAgreement(plan, parameters, {}, images(57, 100, 3));
}

TEST(CpuForward, KeepsNothingOfTheNetworkBefore) {
  const auto problem = randomProblem(/*seed=*/5, 0);
  const auto& plan = problem.plan;
  const auto x = images(13, plan.network.layers[plan.graph.input].units, 1);
  auto lesions = net::Lesions{};
  lesions.units.resize(plan.network.layers.size());
  lesions.paths.assign(plan.network.paths.size(), 1);
  for (std::size_t l = 0; l < lesions.units.size(); ++l)
    lesions.units[l].assign(static_cast<std::size_t>(plan.network.layers[l].units), 1);
  CpuForward forward(plan);
  const auto parameters = problem.start.replica(0);
  for (const auto& silenced : {net::Lesions{}, lesions, net::Lesions{}}) {
    forward.begin(parameters, silenced);
    const auto compared = compare(forward, plan, exactTrace(plan, parameters, x, silenced), x);
    EXPECT_LE(compared.gap, kAgreement);
    EXPECT_TRUE(compared.active_same);
  }
}

TEST(CpuForward, AnswersTheFirstClassWhereTheNetworkIsSilent) {
  const auto plan =
      net::makePlan(spec::layeredNetwork(6, 1, 7, 70), spec::Condition::Baseline, 0.01).value();
  const auto batch = net::emptyParameters(plan, 1);
  CpuForward forward(plan);
  forward.begin(batch.replica(0));
  std::fill_n(forward.input(0).data(), 6, 0.5F);
  forward.run(1);
  EXPECT_EQ(forward.active(1), 0);
  EXPECT_TRUE(forward.answers(2, 0, 0));
  EXPECT_FALSE(forward.answers(2, 0, 1));
  EXPECT_FALSE(forward.answers(2, 0, 69));
}

TEST(CpuForward, TakesFloatsInRowsOfSourcesAlone) {
  const auto plan =
      net::makePlan(spec::layeredNetwork(6, 1, 7, 3), spec::Condition::Baseline, 0.01).value();
  const auto batch = net::emptyParameters(plan, 1);
  EXPECT_TRUE(CpuForward::takes(batch.replica(0)));
  EXPECT_FALSE(CpuForward::takes(net::emptyParameters(plan, 1, at::kDouble).replica(0)));
  auto plain = batch.replica(0);
  plain.weights[0] = plain.weights[0].contiguous();
  EXPECT_FALSE(CpuForward::takes(plain));
}

}  // namespace
}  // namespace dentate::test
