// What every rule of the registry must do, and those that tests add: a new rule is tested on arrival.
#include <ATen/TensorOperators.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "engine/learn/registry.h"
#include "engine/run/experiment.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/inhibition.h"
#include "engine/spec/spelling.h"
#include "tests/engine/learn/plain_problem.h"
#include "tests/engine/learn/random_problem.h"
#include "tests/engine/run/going_on.h"

namespace dentate::spec {
void PrintTo(const RuleTraits& traits, std::ostream* out) { *out << traits.name; }
}  // namespace dentate::spec

namespace dentate::test {
namespace {

using spec::RuleTraits;

// `spec` as the rule takes it, with any rates a weight; of inhibitions to compare those that then do
// something.
spec::ExperimentSpec fitted(spec::ExperimentSpec spec, const RuleTraits& traits) {
  auto inhibitions = std::exchange(spec.replicas.inhibitions, {});
  spec = spec::setKeys(spec, spec::choosing(traits, spec)).value();
  spec.rule.alpha_per = spec::AlphaPer::Weight;
  std::erase_if(inhibitions, [&](auto kind) { return !spec::inhibits(kind, spec.rule.condition); });
  spec.replicas.inhibitions = inhibitions;
  return spec;
}

class EachRule : public testing::TestWithParam<RuleTraits> {};
INSTANTIATE_TEST_SUITE_P(Of, EachRule, testing::ValuesIn(learn::ruleTraits()), [](const auto& one) {
  std::string name(one.param.name);
  std::erase(name, '-');
  return name;
});

TEST(RuleRegistry, HasTheRulesOfTheLibraryAndThoseOfTheProgram) {
  const auto names = learn::ruleNames();
  EXPECT_EQ(names.front(), spec::RuleSpec{}.name);
  EXPECT_EQ(names.back(), "toy");
}

TEST_P(EachRule, RefusesAtItsKeyWhatItDoesNotTake) {
  const auto good = fitted(smallExperiment(), GetParam());
  ASSERT_NE(setting(good), nullptr);
  const auto refusedAt = [&](const spec::ExperimentSpec& spec) {
    const auto made = run::makeSetting(spec, "assets");
    return made.ok() ? std::string() : made.error().where;
  };
  for (const auto& [condition, text] : spec::kSpellings<spec::Condition>) {
    auto spec = good;
    spec.rule.condition = condition;
    EXPECT_EQ(refusedAt(spec), GetParam().takes(condition) ? "" : "rule.condition") << text;
    spec = good;
    spec.replicas.conditions = {good.rule.condition};
    if (condition != good.rule.condition) spec.replicas.conditions.push_back(condition);
    EXPECT_EQ(refusedAt(spec), GetParam().takes(condition) ? "" : "replicas.conditions") << text;
  }
  for (const auto& [update, text] : spec::kSpellings<spec::Update>) {
    auto spec = good;
    spec.rule.update = update;
    const bool takes = GetParam().update.value_or(update) == update;
    EXPECT_EQ(refusedAt(spec), takes ? "" : "rule.update") << text;
  }
  auto spec = good;
  spec.rule.order = 2;
  EXPECT_EQ(refusedAt(spec), GetParam().highest_order == 2 ? "" : "rule.order");
  spec = fitted(smallConvolutionalExperiment(), GetParam());
  EXPECT_EQ(refusedAt(spec), "");
  spec.device = spec::Device::Cuda;
  EXPECT_EQ(refusedAt(spec), "device");
}

// At rates near zero, and with nothing replayed, the weights of every path go down the slope of the
// loss on the batch, whatever else the rule learns.
TEST_P(EachRule, GoesDownTheSlopeOfTheLoss) {
  auto made = problem(spec::Condition::Baseline, 1);
  auto spec = smallExperiment();
  spec.rule = made.rule;
  made.rule = fitted(spec, GetParam()).rule;
  made.plan = *net::makePlan(made.plan.network, made.rule.condition, 0.25);
  made.plan.extra = learn::extraOf(made.plan, made.rule);
  made.rule.alpha_lr = made.rule.m_lr = 0;
  auto batch = net::emptyParameters(made.plan, /*replicas=*/1, at::kDouble);
  auto theta = batch.replica(0);
  constexpr double kRate = 1e-7;
  for (std::size_t i = 0; i < theta.extra.size(); ++i)
    theta.extra[i].fill_(made.plan.extra[i].start.value_or(kRate));
  theta.alpha.fill_(kRate);
  std::fill(made.plain.m.begin(), made.plain.m.end(), 0.1);
  theta.m.fill_(0.1);
  for (std::size_t p = 0; p < theta.weights.size(); ++p)
    theta.weights[p].copy_(made.parameters.weights[p]);
  const auto before = theta.clone();

  OwnedSamples samples;
  samples.count = static_cast<std::int64_t>(made.batch.size());
  for (const auto& sample : made.batch) {
    for (const double x : sample.x) samples.x.push_back(static_cast<float>(x));
    samples.category.push_back(static_cast<std::int32_t>(sample.category));
    samples.item.push_back(static_cast<std::int32_t>(sample.item));
  }
  const learn::StepInput input{samples.view(), {}};
  learn::StepReport report;
  auto rule = learn::makeRule(made.plan, made.rule, learn::Body::Autograd).value();
  rule->step(batch, {&input, 1}, {&report, 1});

  const PlainNetwork network(made.plan);
  std::vector<Vector> slope;
  for (const auto& sample : made.batch) {
    const auto g = network.gradient(made.plain.weights, made.plain.m, sample);
    if (slope.empty()) slope = g;
    for (std::size_t p = 0; p < g.size() && &sample != &made.batch.front(); ++p)
      for (std::size_t i = 0; i < g[p].size(); ++i) slope[p][i] += g[p][i];
  }
  for (std::size_t p = 0; p < slope.size(); ++p) {
    const auto down = (before.weights[p] - theta.weights[p]).contiguous();
    const auto up = tensor(slope[p], down.sizes());
    const double length = down.norm().item<double>() * up.norm().item<double>();
    if (p == 2 || p == 3)  // into a layer that is silent for all of these samples
      EXPECT_EQ(length, 0) << "path " << p;
    else
      EXPECT_GT((down * up).sum().item<double>() / length, 0.9999) << "path " << p;
  }
  EXPECT_GT(report.meta_loss, 0);
  EXPECT_EQ(report.weight_grad_norms.size(), slope.size());
  EXPECT_EQ(report.active_fraction.size(), made.plan.network.layers.size());
}

// Learns images of ten digits by heart.
void learnsATinyProblem(const spec::ExperimentSpec& small, const RuleTraits& traits) {
  auto spec = fitted(small, traits);
  spec.stream.tasks = 1;
  spec.stream.samples_per_task = 400;
  spec.stream.test_samples = 200;
  spec.replicas.seeds = 1;
  spec.rule.alpha0 = 0.15;
  spec.rule.weight_lr = 0.15;
  run::Experiment experiment(setting(spec));
  const auto record = recordOf(advanceToEnd(experiment));
  const auto mean = [&](std::size_t first, std::size_t count) {
    double sum = 0;
    for (std::size_t i = first; i < first + count; ++i) sum += record.steps[i].meta_loss;
    return sum / static_cast<double>(count);
  };
  EXPECT_LT(mean(record.steps.size() - 10, 10), 0.9 * mean(1, 10));
  EXPECT_GT(experiment.summaries().at(0).ra, 0.3);  // chance is 0.1
}

TEST_P(EachRule, LearnsATinyProblem) { learnsATinyProblem(smallExperiment(), GetParam()); }

TEST_P(EachRule, LearnsATinyProblemByConvolution) {
  learnsATinyProblem(smallConvolutionalExperiment(), GetParam());
}

void expectSameNetworks(const run::Experiment& a, const run::Experiment& b) {
  for (std::size_t r = 0; r < a.size(); ++r) {
    const auto &one = a.replica(r).parameters(), &other = b.replica(r).parameters();
    for (std::size_t p = 0; p < one.weights.size(); ++p)
      EXPECT_TRUE(one.weights[p].equal(other.weights[p]));
    EXPECT_TRUE(one.alpha.equal(other.alpha));
    EXPECT_TRUE(one.m.equal(other.m));
    ASSERT_EQ(one.extra.size(), other.extra.size());
    for (std::size_t i = 0; i < one.extra.size(); ++i)
      EXPECT_TRUE(one.extra[i].equal(other.extra[i]));
  }
}

TEST_P(EachRule, GivesTheSameBitsForTheSameSeedOnAnyThreads) {
  const auto shared = setting(fitted(smallExperiment(), GetParam()));
  run::Experiment alone(shared, {.threads = 1}), together(shared, {.threads = 2, .block = 1});
  expectSameRecord(recordOf(advanceToEnd(alone)), recordOf(advanceToEnd(together)));
  expectSameNetworks(alone, together);
}

// At every order and with either kind of rates, on networks of every kind.
TEST_P(EachRule, GoesOnAndBranchesInTheSameBits) {
  const auto& traits = GetParam();
  const std::vector<spec::Lesion> lesioned{
      {spec::LesionPart::Layer, 1, 0.4, spec::LesionOrder::MostActive},
      {spec::LesionPart::Path, 0, 1, {}, 0, /*plasticity=*/true}};
  const struct {
    const char* name;
    spec::ExperimentSpec spec;
    std::vector<std::size_t> stops;
    std::int64_t seeds;
    std::vector<spec::Lesion> lesions = {};
  } kNetworks[] = {{"dense", smallExperiment(), {1, 2, 3}, 2},
                   {"two pathways, lesioned", smallDualExperiment(), {3}, 1, lesioned},
                   {"every inhibition", smallInhibitionLab(), {2}, 1},
                   {"convolutional", smallConvolutionalExperiment(), {1}, 1}};
  for (const auto& [name, small, stops, seeds, lesions] : kNetworks)
    for (std::int64_t order = 1; order <= traits.highest_order; ++order)
      for (const auto per : {spec::AlphaPer::Path, spec::AlphaPer::Weight}) {
        if (per == spec::AlphaPer::Weight && !traits.reads("rule.alpha_per")) continue;
        SCOPED_TRACE(std::string(name) + ", order " + std::to_string(order) + ", alpha per " +
                     std::string(spec::spell(per)));
        auto spec = cutShort(fitted(small, traits));
        spec.replicas.seeds = seeds;
        spec.rule.order = order;
        spec.rule.alpha_per = per;
        spec.rule.as_published = order == 1;
        expectGoesOn(spec, stops, lesions);
      }
}

TEST_P(EachRule, ASilencedOrStilledPathKeepsItsWeights) {
  const auto shared = setting(fitted(smallExperiment(), GetParam()));
  run::Experiment experiment(shared);
  experiment.setLesions({{spec::LesionPart::Path, 0, 1, {}, 0, /*plasticity=*/true}});
  experiment.begin();
  const auto before = experiment.replica(0).parameters().clone();
  advanceToEnd(experiment);
  const auto& after = experiment.replica(0).parameters();
  EXPECT_TRUE(after.weights[0].equal(before.weights[0]));
  EXPECT_FALSE(after.weights[1].equal(before.weights[1]));
}

TEST_P(EachRule, HasAnExperimentOfItsOwn) {
  if (GetParam().name == "toy") GTEST_SKIP() << "a rule of the tests";
  const std::filesystem::path file = "configs/rules/" + std::string(GetParam().name) + ".json";
  const auto spec = spec::loadExperiment(file);
  ASSERT_TRUE(spec.ok()) << spec.error().text();
  EXPECT_EQ(spec->rule.name, GetParam().name);
  EXPECT_FALSE(spec::checkRule(GetParam(), spec->rule));
}

}  // namespace
}  // namespace dentate::test
