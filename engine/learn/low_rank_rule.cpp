#include "engine/learn/low_rank_rule.h"

#include <algorithm>
#include <utility>

#include "engine/learn/low_rank_step.h"
#include "engine/spec/check.h"

namespace dentate::learn {
namespace {

net::Descent descentOf(const net::Plan& plan, const spec::RuleSpec& rule) {
  const auto& paths = plan.network.paths;
  const bool plastic =
      std::any_of(paths.begin(), paths.end(), [](const auto& path) { return !path.frozen; });
  return {.learns_alpha = spec::learnsAlpha(rule.condition) && plastic,
          .learns_m = spec::learnsM(rule.condition) && plan.learnsAnyM(),
          .own_rate = rule.update == spec::Update::Asynchronous,
          .weight_lr = rule.weight_lr,
          .alpha_lr = rule.alpha_lr,
          .m_lr = rule.m_lr,
          .clip_norm = rule.clip_norm};
}

// Views, no copies.
net::ParameterBatch only(const net::ParameterBatch& batch, std::int64_t replica) {
  const auto one = [replica](const at::Tensor& of) { return of.narrow(0, replica, 1); };
  net::ParameterBatch made{{}, one(batch.alpha), one(batch.m), batch.steps, {}};
  for (const auto& w : batch.weights) made.weights.push_back(one(w));
  return made;
}

}  // namespace

LowRankRule::LowRankRule(const net::Plan& plan, const spec::RuleSpec& rule,
                         std::unique_ptr<net::Primitives> body, Takes takes)
    : plan_(plan),
      descent_(descentOf(plan, rule)),
      body_(std::move(body)),
      takes_(takes),
      not_learned_(std::max(plan.network.paths.size(), plan.network.layers.size())) {}

void LowRankRule::setRates(double alpha_lr, double m_lr) {
  descent_.alpha_lr = alpha_lr;
  descent_.m_lr = m_lr;
}

void LowRankRule::step(net::ParameterBatch& parameters, std::span<const StepInput> inputs,
                       std::span<StepReport> reports) {
  DENTATE_CHECK(static_cast<std::int64_t>(inputs.size()) == parameters.replicas());
  DENTATE_CHECK(inputs.size() == reports.size());
  if (takes_ == Takes::AllReplicas || inputs.size() == 1) {
    stepTogether(parameters, inputs, reports);
  } else {
    for (std::size_t r = 0; r < inputs.size(); ++r) {
      auto one = only(parameters, static_cast<std::int64_t>(r));
      stepTogether(one, inputs.subspan(r, 1), reports.subspan(r, 1));
    }
  }
  ++parameters.steps;
}

void LowRankRule::stepTogether(net::ParameterBatch& parameters, std::span<const StepInput> inputs,
                               std::span<StepReport> reports) {
  take(inputs);
  body_->begin(parameters, samples_);
  const auto steps = inputs.front().batch.count;
  body_->perform(descent_, [this, steps] { lowRankStep(plan_, steps, descent_, *body_); });
  give(reports);
}

void LowRankRule::take(std::span<const StepInput> inputs) {
  samples_.resize(inputs.size());
  for (std::size_t r = 0; r < inputs.size(); ++r) {
    const auto& [batch, replay] = inputs[r];
    samples_[r] = {replay.count,    batch.count,    replay.x,    batch.x,
                   replay.category, batch.category, replay.item, batch.item};
  }
}

void LowRankRule::give(std::span<StepReport> reports) {
  const auto paths = plan_.network.paths.size(), layers = plan_.network.layers.size();
  const std::span<double> unwanted(not_learned_);
  measured_.resize(reports.size());
  for (std::size_t r = 0; r < reports.size(); ++r) {
    auto& report = reports[r];
    report.weight_grad_norms.resize(paths);
    report.alpha_grad.resize(descent_.learns_alpha ? paths : 0);
    report.m_grad.resize(descent_.learns_m ? layers : 0);
    report.active_fraction.resize(layers);
    report.alpha.resize(paths);
    report.m.resize(layers);
    auto& to = measured_[r];
    to.weight_grad_norms = report.weight_grad_norms;
    to.alpha_grad = descent_.learns_alpha ? std::span(report.alpha_grad) : unwanted.first(paths);
    to.m_grad = descent_.learns_m ? std::span(report.m_grad) : unwanted.first(layers);
    to.active_fraction = report.active_fraction;
    to.alpha = report.alpha;
    to.m = report.m;
  }
  body_->report(measured_);
  for (std::size_t r = 0; r < reports.size(); ++r) {
    reports[r].meta_loss = measured_[r].loss;
    reports[r].batch_correct = measured_[r].correct;
    reports[r].work = measured_[r].work;
  }
}

}  // namespace dentate::learn
