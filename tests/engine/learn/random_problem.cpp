#include "tests/engine/learn/random_problem.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/ones.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "engine/learn/autograd_step.h"

namespace dentate::test {
namespace {

constexpr std::int64_t kCategories = 5, kItems = 23;
constexpr int kMetaSteps = 2;

class Drawing {
 public:
  Drawing(std::uint64_t seed, std::uint64_t draw)
      : random_(seed, "random problem", draw), forms_(seed, "form of alpha", draw) {}

  RandomProblem problem() {
    RandomProblem made;
    const auto batch = between(1, 7), replay = between(0, 6);
    made.rule = rule();
    made.rule.batch = batch;
    made.rule.replay = replay;
    made.plan = *net::makePlan(network(), made.rule.condition, made.rule.k_fraction);
    if (forms_.uniform() < 0.3) made.plan.alpha = spec::AlphaForm::Softplus;
    made.lesions = lesions(made.plan);
    const auto replicas = between(1, 3);
    made.start = net::emptyParameters(made.plan, replicas);
    for (std::int64_t r = 0; r < replicas; ++r) {
      auto one = made.start.replica(r);
      net::initialise(made.plan, made.rule, random_, one);
      spread(one.alpha, -0.1, 0.5);
      if (made.plan.alpha == spec::AlphaForm::Softplus) one.alpha.abs_().add_(0.01).expm1_().log_();
      spread(one.m, -0.3, 0.8);
    }
    made.start.steps = between(0, 3);
    for (int step = 0; step < kMetaSteps; ++step) {
      made.steps.emplace_back();
      for (std::int64_t r = 0; r < replicas; ++r)
        made.steps.back().push_back({samples(made.plan, batch), samples(made.plan, replay)});
    }
    return made;
  }

 private:
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low +
           static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(high - low + 1)));
  }
  bool happens(double share) { return random_.uniform() < share; }
  template <std::size_t N>
  double oneOf(const double (&values)[N]) {
    return values[random_.below(N)];
  }
  void spread(at::Tensor& values, double low, double high) {
    for (std::int64_t i = 0; i < values.size(0); ++i)
      values[i].fill_(low + (high - low) * random_.uniform());
  }

  spec::RuleSpec rule() {
    spec::RuleSpec made;
    made.condition = static_cast<spec::Condition>(between(0, 3));
    made.update = happens(0.5) ? spec::Update::Synchronous : spec::Update::Asynchronous;
    made.alpha_lr = 0.02;
    made.m_lr = 0.05;
    made.weight_lr = 0.1;
    made.clip_norm = oneOf({0.01, 0.3, 2.0, 100.0});
    made.k_fraction = oneOf({0.01, 0.1, 0.4});
    return made;
  }

  void layer(spec::NetworkSpec& to, spec::LayerRole role, std::int64_t units) {
    spec::LayerSpec made;
    made.name = std::to_string(to.layers.size());
    made.role = role;
    made.units = units;
    if (role == spec::LayerRole::Hidden) {
      const auto kinds = static_cast<std::int64_t>(spec::inhibitionKinds().size());
      made.inhibition = static_cast<spec::Inhibition>(between(0, kinds - 1));
      made.k_max = oneOf({0.3, 0.6, 1.0});
      made.k_target = made.k_max * oneOf({0.2, 0.5, 1.0});
      made.k_steps = between(0, 5);
    }
    to.layers.push_back(made);
  }
  void connect(spec::NetworkSpec& to, std::size_t from, std::size_t target) {
    spec::PathSpec made;
    made.from = std::to_string(from);
    made.to = std::to_string(target);
    const bool there = std::any_of(to.paths.begin(), to.paths.end(), [&](const auto& path) {
      return path.from == made.from && path.to == made.to;
    });
    made.frozen = happens(0.12);
    if (!there) to.paths.push_back(made);
  }

  // Layer 0 is the input; every layer is fed from one before it and feeds one after it.
  spec::NetworkSpec network() {
    spec::NetworkSpec made;
    layer(made, spec::LayerRole::Input, between(5, 30));
    const auto hidden = static_cast<std::size_t>(between(1, 6));
    for (std::size_t l = 0; l < hidden; ++l) layer(made, spec::LayerRole::Hidden, between(1, 40));
    const auto heads = between(0, 2);  // category, item, both
    if (heads != 1) layer(made, spec::LayerRole::Category, kCategories);
    if (heads != 0) layer(made, spec::LayerRole::Item, kItems);
    const auto layers = made.layers.size();
    for (std::size_t l = 1; l < layers; ++l)
      for (auto paths = between(1, 3); paths > 0; --paths)
        connect(made, random_.below(std::min(l, hidden + 1)), l);
    for (std::size_t l = 0; l <= hidden; ++l)
      connect(made, l, l + 1 + random_.below(layers - l - 1));
    if (!happens(0.25)) return made;
    layer(made, spec::LayerRole::Bias, 1);
    connect(made, layers, 1 + random_.below(layers - 1));
    connect(made, layers, 1 + random_.below(layers - 1));
    return made;
  }

  net::Lesions lesions(const net::Plan& plan) {
    net::Lesions made;
    if (happens(0.5)) return made;
    made.units.resize(plan.network.layers.size());
    for (std::size_t l = 0; l < made.units.size(); ++l) {
      if (spec::isOutput(plan.network.layers[l].role) || happens(0.6)) continue;
      for (std::int64_t u = 0; u < plan.network.layers[l].units; ++u)
        made.units[l].push_back(happens(0.3) ? 1 : 0);
    }
    for (std::size_t p = 0; p < plan.network.paths.size(); ++p)
      made.paths.push_back(happens(0.1) ? 1 : 0);
    for (std::size_t p = 0; p < plan.network.paths.size(); ++p)
      made.still.push_back(happens(0.1) ? 1 : 0);
    made.sources.resize(plan.network.paths.size());
    for (std::size_t p = 0; p < made.sources.size(); ++p) {
      if (happens(0.7)) continue;
      for (std::int64_t u = 0; u < plan.network.layers[plan.graph.source[p]].units; ++u)
        made.sources[p].push_back(happens(0.5) ? 1 : 0);
    }
    return made;
  }

  OwnedSamples samples(const net::Plan& plan, std::int64_t count) {
    OwnedSamples made;
    made.count = count;
    const auto has = [&](spec::LayerRole role) {
      const auto& layers = plan.network.layers;
      return std::any_of(layers.begin(), layers.end(),
                         [&](const auto& layer) { return layer.role == role; });
    };
    for (std::int64_t i = 0; i < count * plan.network.layers[plan.graph.input].units; ++i)
      made.x.push_back(happens(0.4) ? 0.0F : static_cast<float>(random_.uniform()));
    for (std::int64_t i = 0; i < count; ++i) {
      if (has(spec::LayerRole::Category))
        made.category.push_back(static_cast<std::int32_t>(random_.below(kCategories)));
      if (has(spec::LayerRole::Item))
        made.item.push_back(static_cast<std::int32_t>(random_.below(kItems)));
    }
    return made;
  }

  data::Random random_;
  data::Random forms_;  // of its own: all else is drawn as it is without
};

std::vector<double> numbers(const at::Tensor& of) {
  if (!of.defined()) return {};
  const auto flat = of.to(at::kCPU, at::kDouble).contiguous();
  return {flat.const_data_ptr<double>(), flat.const_data_ptr<double>() + flat.numel()};
}

at::Tensor exact(const at::Tensor& of) { return of.to(at::kCPU, at::kDouble); }

void keepChange(const net::ParameterBatch& before, const net::ParameterBatch& after,
                Outcome& outcome) {
  for (std::int64_t r = 0; r < after.replicas(); ++r) {
    const auto from = before.replica(r), to = after.replica(r);
    outcome.alpha.push_back(exact(to.alpha));
    outcome.m.push_back(exact(to.m));
    outcome.weights.emplace_back();
    outcome.weight_change.emplace_back();
    for (std::size_t p = 0; p < to.weights.size(); ++p) {
      outcome.weights.back().push_back(exact(to.weights[p]));
      outcome.weight_change.back().push_back(exact(to.weights[p]) - exact(from.weights[p]));
    }
  }
}

learn::StepReport plain(const learn::TensorReport& of) {
  const auto active = numbers(of.active_fraction);
  learn::StepReport made;
  made.meta_loss = of.meta_loss.item<double>();
  made.weight_grad_norms = numbers(of.weight_grad_norms);
  made.alpha_grad = numbers(of.alpha_grad);
  made.m_grad = numbers(of.m_grad);
  made.active_fraction.assign(active.begin(), active.end());
  made.batch_correct = of.batch_correct.item<double>();
  return made;
}

learn::TensorSamples inDouble(const OwnedSamples& of, std::int64_t inputs) {
  auto made = learn::tensorsOf(of.view(), inputs);
  made.x = made.x.to(at::kDouble);
  return made;
}

double norm(const std::vector<double>& of) {
  double squares = 0;
  for (const double v : of) squares += v * v;
  return std::sqrt(squares);
}

// Infinite where the sizes or what is a number differ.
double relative(const std::vector<double>& ours, const std::vector<double>& exact) {
  if (ours.size() != exact.size()) return INFINITY;
  auto difference = ours;
  for (std::size_t i = 0; i < ours.size(); ++i) difference[i] -= exact[i];
  const double error = norm(difference) / std::max(norm(exact), 1e-3);
  return std::isnan(error) ? INFINITY : error;
}

double largestGap(const at::Tensor& ours, const at::Tensor& exact) {
  const double gap = (ours - exact).abs().max().item<double>();
  return std::isnan(gap) ? INFINITY : gap;
}

void compare(const learn::StepReport& ours, const learn::StepReport& exact, Distance& worst) {
  const auto raise = [](double& to, double by) { to = std::max(to, by); };
  raise(worst.loss, relative({ours.meta_loss}, {exact.meta_loss}));
  raise(worst.gradients, relative(ours.weight_grad_norms, exact.weight_grad_norms));
  raise(worst.gradients, relative(ours.alpha_grad, exact.alpha_grad));
  raise(worst.gradients, relative(ours.m_grad, exact.m_grad));
  raise(worst.correct, std::abs(ours.batch_correct - exact.batch_correct));
  for (std::size_t l = 0; l < exact.active_fraction.size(); ++l)
    raise(worst.active, std::abs(static_cast<double>(ours.active_fraction.at(l)) -
                                 static_cast<double>(exact.active_fraction[l])));
}

}  // namespace

RandomProblem randomProblem(std::uint64_t seed, std::uint64_t draw) {
  return Drawing(seed, draw).problem();
}

net::ParameterBatch copyOf(const net::Plan& plan, const net::ParameterBatch& from,
                           at::TensorOptions options) {
  auto made = net::emptyParameters(plan, from.replicas(), options);
  for (std::size_t p = 0; p < made.weights.size(); ++p) made.weights[p].copy_(from.weights[p]);
  made.alpha.copy_(from.alpha);
  made.m.copy_(from.m);
  made.steps = from.steps;
  return made;
}

Outcome outcomeOf(const RandomProblem& problem, learn::Rule& rule,
                  const net::ParameterBatch& start) {
  auto moving = copyOf(problem.plan, start, start.alpha.options());
  rule.setLesions({&problem.lesions, 1});
  Outcome made;
  for (const auto& step : problem.steps) {
    std::vector<learn::StepInput> inputs;
    for (const auto& each : step) inputs.push_back({each.batch.view(), each.replay.view()});
    made.reports.emplace_back(inputs.size());
    rule.step(moving, inputs, made.reports.back());
  }
  keepChange(start, moving, made);
  return made;
}

Outcome exactOutcome(const RandomProblem& problem, double noise, std::uint64_t draw) {
  const auto inputs = problem.plan.network.layers[problem.plan.graph.input].units;
  auto start = copyOf(problem.plan, problem.start, at::kDouble);
  data::Random random(draw, "noise");
  if (noise != 0)
    for (auto& w : start.weights) {
      auto off = at::ones(w.sizes(), at::kDouble);
      auto* const first = off.mutable_data_ptr<double>();
      for (std::int64_t i = 0; i < off.numel(); ++i) first[i] += noise * random.normal();
      w.mul_(off);
    }
  auto moving = copyOf(problem.plan, start, at::kDouble);
  learn::AutogradStep rule(problem.plan, problem.rule);
  rule.setLesions(problem.lesions);
  Outcome made;
  for (const auto& step : problem.steps) {
    made.reports.emplace_back();
    for (std::size_t r = 0; r < step.size(); ++r) {
      auto one = moving.replica(static_cast<std::int64_t>(r));
      made.reports.back().push_back(
          plain(rule.step(one, inDouble(step[r].batch, inputs), inDouble(step[r].replay, inputs))));
    }
    ++moving.steps;
  }
  keepChange(start, moving, made);
  return made;
}

Distance distance(const Outcome& ours, const Outcome& exact, double rounding) {
  Distance worst;
  for (std::size_t r = 0; r < exact.weight_change.size(); ++r) {
    double all = 0;
    for (const auto& change : exact.weight_change[r]) all += change.pow(2).sum().item<double>();
    for (std::size_t p = 0; p < exact.weight_change[r].size(); ++p) {
      const auto& change = exact.weight_change[r][p];
      const double stored = kMetaSteps * rounding * exact.weights[r][p].norm().item<double>();
      // A path that hardly moves is held to a hundredth of what the network moves by.
      const double scale = std::max({change.norm().item<double>(), 0.01 * std::sqrt(all), 1e-9});
      const double off = (ours.weight_change[r][p] - change).norm().item<double>();
      const double share = std::isnan(off) ? INFINITY : (off - stored) / scale;
      worst.weight_change = std::max(worst.weight_change, share);
    }
    worst.alpha = std::max(worst.alpha, largestGap(ours.alpha[r], exact.alpha[r]));
    worst.m = std::max(worst.m, largestGap(ours.m[r], exact.m[r]));
  }
  for (std::size_t s = 0; s < exact.reports.size(); ++s)
    for (std::size_t r = 0; r < exact.reports[s].size(); ++r)
      compare(ours.reports[s][r], exact.reports[s][r], worst);
  return worst;
}

bool roundingDecides(const RandomProblem& problem, const Outcome& exact) {
  constexpr double kNoise = 2e-6;   // some thirty roundings of a float
  constexpr double kSteep = 1e-3;   // what they may move
  constexpr double kSmooth = 1e-5;  // far above what curvature makes of the noise
  for (std::uint64_t direction = 0; direction < 2; ++direction) {
    auto middle = exactOutcome(problem, kNoise, direction);
    const auto back = exactOutcome(problem, -kNoise, direction);
    for (const auto& side : {std::cref(middle), std::cref(back)}) {
      const auto off = distance(side, exact);
      if (off.active > 0 || off.correct > 0) return true;
      if (off.weight_change > kSteep || off.gradients > kSteep) return true;
    }
    for (std::size_t r = 0; r < middle.weight_change.size(); ++r)
      for (std::size_t p = 0; p < middle.weight_change[r].size(); ++p)
        middle.weight_change[r][p].add_(back.weight_change[r][p]).mul_(0.5);
    if (distance(middle, exact).weight_change > kSmooth) return true;
  }
  return false;
}

}  // namespace dentate::test
