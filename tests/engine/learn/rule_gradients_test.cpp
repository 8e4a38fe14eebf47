// What each rule changes in a meta-step, in double, against the model written out in loops and its
// difference quotients; and which rules are meta-cls under another name.
#include <ATen/TensorOperators.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <ostream>
#include <tuple>

#include "engine/learn/registry.h"
#include "engine/learn/sparse_maml.h"
#include "tests/engine/learn/plain_problem.h"
#include "tests/engine/learn/random_problem.h"

namespace dentate::test {
namespace {

using spec::Condition;

OwnedSamples owned(const std::vector<PlainSample>& of) {
  OwnedSamples made;
  made.count = static_cast<std::int64_t>(of.size());
  for (const auto& sample : of) {
    for (const double x : sample.x) made.x.push_back(static_cast<float>(x));
    made.category.push_back(static_cast<std::int32_t>(sample.category));
    made.item.push_back(static_cast<std::int32_t>(sample.item));
  }
  return made;
}

std::vector<double> numbers(const at::Tensor& of) {
  const auto flat = of.contiguous();
  return {flat.const_data_ptr<double>(), flat.const_data_ptr<double>() + flat.numel()};
}

// One meta-step by the rule of this name, and what it took away from each number.
struct Step {
  net::Parameters after;
  std::vector<Vector> weights, extra;
  learn::StepReport report;
};

enum class Layers { Dense, Convolutional };
void PrintTo(Layers layers, std::ostream* out) {
  *out << (layers == Layers::Dense ? "dense" : "convolutional");
}

class RuleSteps : public testing::Test {
 protected:
  void make(const char* name, Condition condition, std::int64_t order,
            Layers layers = Layers::Dense) {
    made_ = layers == Layers::Dense ? problem(condition, order)
                                    : convolutionalProblem(condition, order);
    made_.rule.name = name;
    made_.rule.weight_lr = 1;
    made_.rule.update = spec::Update::Synchronous;
  }
  // Numbers of every weight, of both signs, zero among them not.
  std::vector<Vector> drawn(double low, double high) {
    data::Random random(3, "rates");
    std::vector<Vector> all;
    for (const auto& w : made_.plain.weights) {
      all.emplace_back();
      for (std::size_t i = 0; i < w.size(); ++i)
        all.back().push_back(low + (high - low) * random.uniform());
    }
    return all;
  }
  Step step(const std::vector<Vector>& extra = {}) {
    made_.plan.extra = learn::extraOf(made_.plan, made_.rule);
    auto batch = net::emptyParameters(made_.plan, /*replicas=*/1, at::kDouble);
    auto one = batch.replica(0);
    for (std::size_t p = 0; p < one.weights.size(); ++p)
      one.weights[p].copy_(made_.parameters.weights[p]);
    one.alpha.copy_(made_.parameters.alpha);
    one.m.copy_(made_.parameters.m);
    for (std::size_t p = 0; p < extra.size(); ++p)
      one.extra[p].copy_(tensor(extra[p], one.extra[p].sizes()));
    if (one.extra.size() > extra.size()) one.extra.back().copy_(one.alpha);
    const auto before = one.clone();
    auto rule = learn::makeRule(made_.plan, made_.rule, learn::Body::Autograd).value();
    const auto samples = owned(made_.batch), replay = owned(made_.replay);
    const learn::StepInput input{samples.view(), replay.view()};
    Step out;
    rule->step(batch, {&input, 1}, {&out.report, 1});
    out.after = one;
    for (std::size_t p = 0; p < one.weights.size(); ++p)
      out.weights.push_back(numbers(before.weights[p] - one.weights[p]));
    for (std::size_t p = 0; p < extra.size(); ++p)
      out.extra.push_back(numbers(before.extra[p] - one.extra[p]));
    return out;
  }
  // A few numbers of a path, as a difference quotient takes its time.
  template <class Check>
  void some(std::size_t path, const Check& check) const {
    const std::size_t apart = spec::convolves(made_.plan.network) ? 41 : 5;
    for (std::size_t i = 0; i < made_.plain.weights[path].size(); i += apart) check(i);
  }
  // Whether a path leads into an output.
  [[nodiscard]] bool last(std::size_t path) const {
    return spec::isOutput(made_.plan.network.layers[made_.plan.graph.target[path]].role);
  }
  [[nodiscard]] std::size_t paths() const { return made_.plain.weights.size(); }

  Problem made_;
};

// --- The family of look-ahead rules.

class Orders : public RuleSteps, public testing::WithParamInterface<std::tuple<int, Layers>> {
 protected:
  void make(const char* name, Condition condition) {
    RuleSteps::make(name, condition, order(), std::get<Layers>(GetParam()));
  }
  // The meta-loss, with what first order holds still held at the parameters of the problem.
  Function metaLoss() {
    plain_.emplace(made_.plan, made_.batch, made_.replay);
    if (order() == 2) return [this](const PlainParameters& p) { return plain_->secondOrder(p); };
    plain_->hold(made_.plain);
    return [this](const PlainParameters& p) { return plain_->firstOrder(p); };
  }
  static int order() { return std::get<int>(GetParam()); }
  static constexpr double kTolerance = 1e-5;

 private:
  std::optional<PlainMetaLoss> plain_;
};
INSTANTIATE_TEST_SUITE_P(Of, Orders,
                         testing::Combine(testing::Values(1, 2),
                                          testing::Values(Layers::Dense, Layers::Convolutional)));

TEST_P(Orders, CMamlStepsDownTheMetaLossAndLeavesAlpha) {
  make("c-maml", Condition::Baseline);
  const auto meta_loss = metaLoss();
  const auto step = this->step();
  for (std::size_t p = 0; p < paths(); ++p)
    some(p, [&](std::size_t i) {
      EXPECT_NEAR(step.weights[p][i], slopeOfWeight(meta_loss, made_.plain, p, i), kTolerance);
    });
  EXPECT_TRUE(step.after.alpha.equal(made_.parameters.alpha));
}

TEST_P(Orders, SyncLearnsARateOfEveryWeight) {
  make("sync", Condition::Lr);
  made_.rule.alpha_per = spec::AlphaPer::Weight;
  const auto a = drawn(-0.1, 0.4);
  made_.plain.rates = a;
  for (auto& path : made_.plain.rates)
    for (double& rate : path) rate = std::max(rate, 0.0);
  const auto meta_loss = metaLoss();
  const auto step = this->step(a);
  EXPECT_NEAR(step.report.meta_loss, meta_loss(made_.plain), 1e-9);
  for (std::size_t p = 0; p < paths(); ++p) {
    some(p, [&](std::size_t i) {
      const double slope = slopeOf(meta_loss, made_.plain, &PlainParameters::rates, p, i);
      EXPECT_NEAR(step.extra[p][i] / made_.rule.alpha_lr, a[p][i] > 0 ? slope : 0, kTolerance);
      EXPECT_NEAR(step.weights[p][i], slopeOfWeight(meta_loss, made_.plain, p, i), kTolerance);
    });
  }
}

TEST_P(Orders, LaMamlStepsByTheNewRateOfEveryWeightAndShowsTheirMean) {
  make("la-maml", Condition::Lr);
  made_.rule.update = spec::Update::Asynchronous;
  made_.rule.alpha_per = spec::AlphaPer::Weight;
  const auto a = drawn(-0.1, 0.4);
  made_.plain.rates = a;
  for (auto& path : made_.plain.rates)
    for (double& rate : path) rate = std::max(rate, 0.0);
  const auto meta_loss = metaLoss();
  const auto step = this->step(a);
  for (std::size_t p = 0; p < paths(); ++p) {
    double mean = 0;
    for (std::size_t i = 0; i < a[p].size(); ++i)
      mean += std::max(a[p][i] - step.extra[p][i], 0.0) / static_cast<double>(a[p].size());
    EXPECT_NEAR(step.after.alpha[static_cast<std::int64_t>(p)].item<double>(), mean, 1e-12);
    some(p, [&](std::size_t i) {
      const double rate = std::max(a[p][i] - step.extra[p][i], 0.0);
      const double slope = slopeOfWeight(meta_loss, made_.plain, p, i);
      EXPECT_NEAR(step.weights[p][i], rate * slope, kTolerance);
    });
  }
}

TEST_P(Orders, SparseMamlTakesTheGradientOfTheMaskStraightThroughToTheScores) {
  make("sparse-maml", Condition::Baseline);
  const auto scores = drawn(-0.5, 0.5);
  made_.plain.rates = scores;
  const auto alpha = [&](std::size_t p) { return std::max(made_.plain.alpha[p], 0.0); };
  for (std::size_t p = 0; p < paths(); ++p)
    for (double& rate : made_.plain.rates[p]) rate = rate >= 0 ? alpha(p) : 0;
  const auto meta_loss = metaLoss();
  const auto step = this->step(scores);
  for (std::size_t p = 0; p < paths(); ++p) {
    double moving = 0;
    for (std::size_t i = 0; i < scores[p].size(); ++i)
      moving += scores[p][i] - step.extra[p][i] >= 0 ? 1 : 0;
    EXPECT_NEAR(step.after.alpha[static_cast<std::int64_t>(p)].item<double>(),
                alpha(p) * moving / static_cast<double>(scores[p].size()), 1e-12);
    some(p, [&](std::size_t i) {
      const double slope = slopeOf(meta_loss, made_.plain, &PlainParameters::rates, p, i);
      EXPECT_NEAR(step.extra[p][i] / made_.rule.alpha_lr, alpha(p) * slope, kTolerance);
      EXPECT_NEAR(step.weights[p][i], slopeOfWeight(meta_loss, made_.plain, p, i), kTolerance);
    });
  }
}

TEST_P(Orders, OmlLearnsTheRepresentationForThePredictionNetworkThatMovesAtOnce) {
  make("oml", Condition::Baseline);
  made_.plain.rates = made_.plain.weights;
  for (std::size_t p = 0; p < paths(); ++p)
    for (double& rate : made_.plain.rates[p]) rate = last(p) ? made_.plain.alpha[p] : 0;
  const auto meta_loss = metaLoss();
  const auto step = this->step();
  auto fast = made_.plain.weights;
  const PlainNetwork network(made_.plan);
  for (const auto& sample : made_.batch) {
    const auto g = network.gradient(fast, made_.plain.m, sample);
    for (std::size_t p = 0; p < paths(); ++p)
      for (std::size_t i = 0; i < fast[p].size() && last(p); ++i)
        fast[p][i] -= made_.plain.alpha[p] * g[p][i];
  }
  for (std::size_t p = 0; p < paths(); ++p)
    some(p, [&](std::size_t i) {
      const double wanted = last(p) ? made_.plain.weights[p][i] - fast[p][i]
                                    : slopeOfWeight(meta_loss, made_.plain, p, i);
      EXPECT_NEAR(step.weights[p][i], wanted, kTolerance) << "path " << p;
    });
}

TEST_F(RuleSteps, OmlRefusesAPredictionNetworkThatIsAll) {
  make("oml", Condition::Baseline, 1);
  made_.rule.prediction_depth = 3;  // input to h1 to large to category
  const auto rule = learn::makeRule(made_.plan, made_.rule);
  ASSERT_FALSE(rule.ok());
  EXPECT_EQ(rule.error().where, "rule.prediction_depth");
  made_.rule.prediction_depth = 2;  // leaves input to h1
  EXPECT_TRUE(learn::makeRule(made_.plan, made_.rule).ok());
}

// With a rate a path they are meta-cls.
TEST_F(RuleSteps, WithARateAPathTheFamilyIsMetaCls) {
  const struct {
    const char* name;
    Condition condition;
    spec::Update update;
  } kCases[] = {{"la-maml", Condition::Lr, spec::Update::Asynchronous},
                {"la-maml", Condition::SLr, spec::Update::Asynchronous},
                {"sync", Condition::Lr, spec::Update::Synchronous},
                {"c-maml", Condition::S, spec::Update::Synchronous}};
  for (const auto& [name, condition, update] : kCases) {
    make(name, condition, 2);
    made_.rule.update = update;
    const auto ours = step();
    made_.rule.name = "meta-cls";
    const auto theirs = step();
    EXPECT_EQ(ours.weights, theirs.weights) << name;
    EXPECT_TRUE(ours.after.alpha.equal(theirs.after.alpha)) << name;
    EXPECT_TRUE(ours.after.m.equal(theirs.after.m)) << name;
  }
}

// --- The rules without a look-ahead.

class PlainRules : public RuleSteps, public testing::WithParamInterface<Layers> {
 protected:
  void make(const char* name) {
    RuleSteps::make(name, Condition::Baseline, 1, GetParam());
    made_.rule.update = spec::Update::Asynchronous;
  }
  // Steps by alpha_p down the mean gradient of these.
  void descend(std::vector<Vector>& weights, const std::vector<PlainSample>& of) const {
    const PlainNetwork network(made_.plan);
    auto next = weights;
    for (const auto& sample : of) {
      const auto g = network.gradient(weights, made_.plain.m, sample);
      for (std::size_t p = 0; p < paths(); ++p)
        for (std::size_t i = 0; i < g[p].size(); ++i)
          next[p][i] -=
              std::max(made_.plain.alpha[p], 0.0) * g[p][i] / static_cast<double>(of.size());
    }
    weights = next;
  }
  void expectStep(const std::vector<Vector>& wanted) {
    const auto step = this->step();
    for (std::size_t p = 0; p < paths(); ++p)
      for (std::size_t i = 0; i < wanted[p].size(); ++i)
        EXPECT_NEAR(made_.plain.weights[p][i] - step.weights[p][i], wanted[p][i], 1e-7)
            << "weight " << i << " of path " << p;
  }
  [[nodiscard]] std::vector<PlainSample> all() const {
    auto samples = made_.replay;
    samples.insert(samples.end(), made_.batch.begin(), made_.batch.end());
    return samples;
  }
};

INSTANTIATE_TEST_SUITE_P(Of, PlainRules, testing::Values(Layers::Dense, Layers::Convolutional));

TEST_P(PlainRules, ErStepsDownTheGradientOfReplayAndBatch) {
  make("er");
  auto wanted = made_.plain.weights;
  descend(wanted, all());
  expectStep(wanted);
}

TEST_P(PlainRules, SgdStepsDownTheGradientOfTheBatchAlone) {
  make("sgd");
  auto wanted = made_.plain.weights;
  descend(wanted, made_.batch);
  expectStep(wanted);
}

TEST_P(PlainRules, TheirStepIsClipped) {
  for (const char* const name : {"er", "sgd"}) {
    make(name);
    for (double& alpha : made_.plain.alpha) alpha = 0.5;
    made_.parameters.alpha.fill_(0.5);
    made_.rule.clip_norm = 0.01;
    const auto step = this->step();
    double squares = 0;
    for (const auto& path : step.weights)
      for (const double change : path) squares += change * change;
    EXPECT_NEAR(std::sqrt(squares), 0.5 * 0.01, 1e-7) << name;
  }
}

TEST_P(PlainRules, MerIsReptileWithinAndAcrossBatches) {
  make("mer");
  made_.rule.reptile_within = 0.3;
  made_.rule.reptile_across = 0.6;
  const auto share = [&](std::vector<Vector>& now, const std::vector<Vector>& before, double of) {
    for (std::size_t p = 0; p < now.size(); ++p)
      for (std::size_t i = 0; i < now[p].size(); ++i)
        now[p][i] = before[p][i] + of * (now[p][i] - before[p][i]);
  };
  auto wanted = made_.plain.weights;
  for (const auto& sample : made_.batch) {
    const auto before = wanted;
    for (const auto& one : made_.replay) descend(wanted, {one});
    descend(wanted, {sample});
    share(wanted, before, 0.3);
  }
  share(wanted, made_.plain.weights, 0.6);
  expectStep(wanted);
}

}  // namespace
}  // namespace dentate::test
