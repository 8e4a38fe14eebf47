#include "engine/run/live_run.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "engine/spec/graph.h"
#include "engine/spec/lesion.h"
#include "engine/spec/spelling.h"

namespace dentate::run {
namespace {

using spec::Error;
using Points = std::vector<link::MetricPoint>;

void label(Points& points, std::uint64_t run) {
  for (auto& point : points) std::visit([run](auto& p) { p.run = run; }, point);
}

// m of every layer as a network has it that learns by `next` from now on: of layers that are inhibited
// otherwise, the first of the new kind, unless both learn it.
void adapt(Experiment::State& state, const Setting& before, const Setting& next) {
  for (std::size_t r = 0; r < state.courses.size(); ++r) {
    auto& replica = state.courses[r].replica;
    if (!replica) continue;
    const auto &was = before.plan(r), &is = next.plan(r);
    for (std::size_t l = 0; l < is.inhibition.size(); ++l)
      if (was.inhibition[l] != is.inhibition[l] && !(was.learns_m[l] != 0 && is.learns_m[l] != 0))
        replica->parameters.m[static_cast<std::int64_t>(l)].fill_(is.firstM(l, next.spec.rule.m0));
  }
}

}  // namespace

LiveRun::LiveRun(std::uint64_t run, std::string name, std::shared_ptr<const Setting> setting,
                 std::size_t threads)
    : run_(run),
      name_(std::move(name)),
      threads_(threads),
      setting_(std::move(setting)),
      spec_(std::make_shared<const spec::ExperimentSpec>(setting_->spec)),
      experiment_(std::make_unique<Experiment>(setting_, Effort{.threads = threads})),
      alpha_lr_(spec_->rule.alpha_lr),
      m_lr_(spec_->rule.m_lr) {}

spec::Result<Points> LiveRun::begin() {
  auto points = recorded(experiment_->begin());
  if (auto failed = experiment_->failure()) return *failed;
  tell(beginningOf(*experiment_, EventKind::Started));
  return points;
}

std::unique_ptr<LiveRun> LiveRun::branch(std::uint64_t run, std::string name) const {
  auto made = std::make_unique<LiveRun>(run, std::move(name), setting_, threads_);
  made->experiment_->restore(experiment_->state());
  made->from_ = run_;
  made->from_step_ = experiment_->stepsDone();
  made->alpha_lr_ = alpha_lr_;
  made->m_lr_ = m_lr_;
  made->lesions_ = lesions_;
  made->lesion_changes_ = lesion_changes_;
  made->record_ = record_;
  made->inherit();
  made->events_ = events_;
  made->losses_.skip(*made->experiment_);
  made->change(EventKind::Branched, "branched off \"" + name_ + "\"");
  return made;
}

void LiveRun::inherit() {
  inherited_ = record_.steps.size() + record_.accuracy.size() + record_.sparsity.size() +
               experiment_->size();
}

std::unique_ptr<LiveRun> LiveRun::restored(const Checkpoint& kept,
                                           std::shared_ptr<const Setting> setting,
                                           const Points& measured, std::size_t threads) {
  const auto& head = kept.head;
  auto made = std::make_unique<LiveRun>(head.run, head.name, std::move(setting), threads);
  made->experiment_->restore(kept.state);
  made->from_ = head.from;
  made->from_step_ = head.from_step;
  const auto& regime = kept.state.regimes.rbegin()->second;
  made->alpha_lr_ = regime.rates.alpha_lr;
  made->m_lr_ = regime.rates.m_lr;
  if (regime.lesions) made->lesions_ = *regime.lesions;
  made->record_.changes = head.changes;
  made->record_.add(measured);
  made->inherit();
  return made;
}

void LiveRun::follow(std::vector<Event> earlier) {
  events_ = std::make_shared<const std::vector<Event>>(std::move(earlier));
  losses_.skip(*experiment_);
  if (experiment_->done().all() > 0) tell(beginningOf(*experiment_, EventKind::Resumed));
}

Checkpoint LiveRun::checkpoint() const { return checkpointOf(experiment_->state()); }

std::optional<Checkpoint> LiveRun::atTaskEnds(bool wanted) {
  auto state = experiment_->atTaskEnds(wanted);
  if (!state) return std::nullopt;
  return checkpointOf(*std::move(state));
}

Checkpoint LiveRun::checkpointOf(Experiment::State state) const {
  return {{run_, name_, from_, from_step_, record_.changes}, *spec_, std::move(state)};
}

spec::Status LiveRun::setRate(const link::SetRate& rate) {
  const bool alpha = rate.which == link::Rate::Alpha;
  auto changed = *spec_;
  (alpha ? changed.rule.alpha_lr : changed.rule.m_lr) = rate.value;
  if (auto wrong = spec::checkExperiment(changed)) return wrong;
  (alpha ? alpha_lr_ : m_lr_) = rate.value;
  experiment_->setRates(alpha_lr_, m_lr_);
  char text[32];
  std::snprintf(text, sizeof text, "%s = %g", alpha ? "alpha_lr" : "m_lr", rate.value);
  tell(EventKind::Rates, text);
  return {};
}

spec::Status LiveRun::setLesions(const std::vector<spec::Lesion>& lesions) {
  for (const auto& lesion : lesions)
    if (auto wrong = spec::checkLesion(spec_->network, lesion)) return wrong;
  experiment_->setLesions(lesions);
  lesions_ = lesions;
  ++lesion_changes_;
  std::string text;
  for (const auto& lesion : lesions)
    text += (text.empty() ? "" : "; ") + spec::nameOf(spec_->network, lesion);
  tell(EventKind::Lesions, text.empty() ? "all undone" : text);
  return {};
}

spec::Result<Points> LiveRun::setInhibition(const link::SetInhibition& inhibition) {
  auto changed = *spec_;
  if (inhibition.layer >= changed.network.layers.size())
    return Error{Error::Kind::Usage, "inhibition", "there is no such layer"};
  if (!changed.replicas.inhibitions.empty())
    return Error{Error::Kind::Usage, "inhibition",
                 "the networks of this run differ in their inhibition (replicas.inhibitions)"};
  auto& layer = changed.network.layers[inhibition.layer];
  if (std::exchange(layer.inhibition, inhibition.kind) == inhibition.kind) return Points();
  auto next = inhibitedOtherwise(*setting_, changed);
  if (!next) return next.error();
  auto points = recorded(experiment_->level());
  auto state = experiment_->state();
  adapt(state, *setting_, **next);
  auto experiment = std::make_unique<Experiment>(*next, Effort{.threads = threads_});
  experiment->restore(state);
  experiment_ = std::move(experiment);
  earlier_.push_back(std::exchange(setting_, std::move(next).value()));
  spec_ = std::make_shared<const spec::ExperimentSpec>(setting_->spec);
  ++lesion_changes_;  // what was found out about the networks is void
  change(EventKind::Inhibition,
         layer.name + ": inhibition " + std::string(spec::spell(inhibition.kind)));
  return points;
}

RunToSave LiveRun::toSave(const link::LesionCurves* curves) const {
  RunToSave out{checkpoint(), record_, events_, experiment_->finished()};
  auto& rule = out.checkpoint.spec.rule;  // what the rates were before is in the state
  rule.alpha_lr = alpha_lr_;
  rule.m_lr = m_lr_;
  out.retuned = out.checkpoint.spec != *spec_;
  out.record.summaries = experiment_->summaries();
  out.record.lesions = experiment_->lesionEvents();
  if (curves != nullptr) out.record.lesion_curves = *curves;
  return out;
}

Points LiveRun::advance(const Round& round) {
  const bool finished = experiment_->finished();
  auto points = recorded(experiment_->advance(round));
  for (auto& lost : losses_.news(*experiment_)) tell(std::move(lost));
  if (!finished && experiment_->finished()) tell(EventKind::Finished, "");
  return points;
}

Points LiveRun::takePoints() { return recorded(experiment_->takePoints()); }

Points LiveRun::recorded(Points points) {
  label(points, run_);
  record_.add(points);
  return points;
}

// Snapshots share them: the list is made anew.
void LiveRun::tell(Event event) {
  auto all = *events_;
  all.push_back(std::move(event));
  events_ = std::make_shared<const std::vector<Event>>(std::move(all));
}

void LiveRun::tell(EventKind kind, const std::string& text) {
  tell({kind, experiment_->stepsDone(), text});
}

void LiveRun::change(EventKind kind, const std::string& what) {
  record_.changes.push_back({experiment_->stepsDone(), what});
  tell(kind, what);
}

bool LiveRun::allSent() const { return unsent_ == inherited_; }

// Steps, then accuracies, then sparsities, then the summaries of networks that have ended.
Points LiveRun::takeUnsent(std::size_t most) {
  const auto steps = record_.steps.size(), tests = record_.accuracy.size();
  const auto measured = steps + tests + record_.sparsity.size();
  Points points;
  const auto summaries =
      unsent_ + most > measured ? experiment_->summaries() : std::vector<ReplicaSummary>();
  for (std::size_t i = 0; i < most && !allSent(); ++i, ++unsent_) {
    if (unsent_ < steps) {
      points.emplace_back(record_.steps[unsent_]);
    } else if (unsent_ < steps + tests) {
      points.emplace_back(record_.accuracy[unsent_ - steps]);
    } else if (unsent_ < measured) {
      points.emplace_back(record_.sparsity[unsent_ - steps - tests]);
    } else if (const auto r = unsent_ - measured; experiment_->hasFinished(r)) {
      const auto& own = summaries[r];
      points.emplace_back(link::SummaryPoint{run_, r, own.ra, own.la, own.bti});
    }
  }
  label(points, run_);
  return points;
}

link::RunEntry LiveRun::entry() const {
  link::RunEntry out;
  out.run = run_;
  out.name = name_;
  out.from = from_;
  out.from_step = from_step_;
  out.step = experiment_->stepsDone();
  out.spec = spec_;
  out.alpha_lr = alpha_lr_;
  out.m_lr = m_lr_;
  out.lesions = lesions_;
  out.failed = experiment_->failed();
  out.events = events_;
  out.saved_step = saved_step_;
  if (inherited_ > 0) out.sent = static_cast<double>(unsent_) / static_cast<double>(inherited_);
  return out;
}

}  // namespace dentate::run
