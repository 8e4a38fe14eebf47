#include "engine/run/experiment.h"

#include <cmath>
#include <set>
#include <utility>

#include "engine/run/caught.h"

namespace dentate::run {
namespace {

using spec::Error;
using spec::Pathway;

// Pathways that are left out in turn at the end of a dual task, to tell item memory from category
// knowledge.
std::set<Pathway> pathwaysOf(const spec::ExperimentSpec& spec) {
  std::set<Pathway> found;
  if (spec.stream.labels != spec::Labels::Dual) return found;
  const auto& network = spec.network;
  for (const auto& layer : network.layers) found.insert(layer.pathway);
  for (const auto& path : network.paths) found.insert(path.pathway);
  found.erase(Pathway::None);
  return found;
}

// Tests of a replica after a task that is not the last.
std::int64_t testsAfterTask(const spec::ExperimentSpec& spec) {
  switch (spec.evaluate) {
    case spec::Evaluate::Matrix:
      return spec.stream.tasks;
    case spec::Evaluate::Diagonal:
      return 1;
    case spec::Evaluate::Final:
      break;
  }
  return 0;
}

// The matrix that RA, LA and BTI are read from.
const measure::AccuracyMatrix& leading(const spec::ExperimentSpec& spec, const Tally& tally) {
  return spec.stream.labels == spec::Labels::Item ? tally.item : tally.category;
}

}  // namespace

spec::Result<std::unique_ptr<Experiment>> Experiment::make(
    std::shared_ptr<const Setting> setting, const std::vector<std::size_t>& replicas) {
  return guarded("network", [&]() -> spec::Result<std::unique_ptr<Experiment>> {
    std::unique_ptr<Experiment> made(new Experiment(setting));
    const auto tasks = static_cast<std::size_t>(setting->spec.stream.tasks);
    for (const auto index : replicas) {
      auto replica = Replica::make(setting, index);
      if (!replica) return replica.error();
      made->replicas_.push_back(std::move(replica).value());
      made->tallies_.push_back(
          {measure::AccuracyMatrix(tasks), measure::AccuracyMatrix(tasks), {}});
    }
    return made;
  });
}

Experiment::State Experiment::state() const {
  State out{{}, tallies_, waiting_};
  for (const auto& replica : replicas_) out.replicas.push_back(replica->state());
  return out;
}

void Experiment::restore(const State& state) {
  DENTATE_CHECK(state.replicas.size() == replicas_.size());
  for (std::size_t r = 0; r < replicas_.size(); ++r) replicas_[r]->restore(state.replicas[r]);
  tallies_ = state.tallies;
  waiting_ = state.waiting;
}

std::vector<link::MetricPoint> Experiment::begin() const {
  std::vector<link::MetricPoint> points;
  for (const auto& replica : replicas_) points.emplace_back(replica->point());
  return points;
}

spec::Result<std::vector<link::MetricPoint>> Experiment::advance() {
  DENTATE_CHECK(!finished());
  return guarded("meta-step " + std::to_string(stepsDone()), [this] {
    return testing() ? spec::Result<std::vector<link::MetricPoint>>(testNext()) : stepAll();
  });
}

spec::Result<std::vector<link::MetricPoint>> Experiment::stepAll() {
  std::vector<link::MetricPoint> points;
  for (const auto& replica : replicas_) {
    auto point = replica->step();
    if (!std::isfinite(point.meta_loss))
      return Error{Error::Kind::Numeric,
                   spec::nameOf(setting_->spec, setting_->variant(replica->index())) +
                       ", meta-step " + std::to_string(point.step),
                   "the loss is no longer a finite number; lower alpha0 or the rates"};
    points.emplace_back(std::move(point));
  }
  const auto done = stepsDone();
  const auto in_task = spec::stepsPerTask(setting_->spec);
  if (done % in_task == 0) queueTests(done / in_task - 1);
  return points;
}

void Experiment::queueTests(std::int64_t after_task) {
  const auto tasks = setting_->spec.stream.tasks;
  const bool end = after_task == tasks - 1;
  const bool whole_row = end || setting_->spec.evaluate == spec::Evaluate::Matrix;
  const bool diagonal = setting_->spec.evaluate == spec::Evaluate::Diagonal;
  for (std::size_t r = 0; r < replicas_.size(); ++r) {
    for (std::int64_t t = 0; t < tasks; ++t)
      if (whole_row || (diagonal && t == after_task))
        waiting_.push_back({r, after_task, t, Pathway::None});
    if (!end) continue;
    for (const auto pathway : pathwaysOf(setting_->spec))
      for (std::int64_t t = 0; t < tasks; ++t) waiting_.push_back({r, after_task, t, pathway});
  }
}

std::vector<link::MetricPoint> Experiment::testNext() {
  const auto next = waiting_.front();
  waiting_.pop_front();
  const auto& replica = *replicas_[next.replica];
  auto& tally = tallies_[next.replica];
  const auto measured = replica.test(next.task, next.lesion);
  if (next.after_task == setting_->spec.stream.tasks - 1) tally.at_end[next.lesion].add(measured);

  std::vector<link::MetricPoint> points;
  if (next.lesion == Pathway::None) {
    const auto row = static_cast<std::size_t>(next.after_task);
    const auto column = static_cast<std::size_t>(next.task);
    tally.category.set(row, column, measured.category);
    tally.item.set(row, column, measured.item);
    points.emplace_back(link::AccuracyPoint{0, replica.index(), replica.stepsDone(),
                                            next.after_task, next.task, measured.category,
                                            measured.item});
  }
  if (waiting_.empty() && finished()) {
    for (std::size_t r = 0; r < replicas_.size(); ++r) {
      const auto& matrix = leading(setting_->spec, tallies_[r]);
      points.emplace_back(
          link::SummaryPoint{0, replicas_[r]->index(), matrix.ra(), matrix.la(), matrix.bti()});
    }
  }
  return points;
}

bool Experiment::finished() const {
  return waiting_.empty() && stepsDone() == spec::totalSteps(setting_->spec);
}

std::int64_t Experiment::stepsDone() const { return replicas_.front()->stepsDone(); }

std::int64_t Experiment::workInAll(const spec::ExperimentSpec& spec) {
  const auto tasks = spec.stream.tasks;
  const auto pathways = static_cast<std::int64_t>(pathwaysOf(spec).size());
  const auto before_end = (tasks - 1) * testsAfterTask(spec);
  return spec::totalSteps(spec) + before_end + tasks + pathways * tasks;
}

std::int64_t Experiment::testsLeft() const {
  const auto& spec = setting_->spec;
  const auto tasks = spec.stream.tasks;
  const auto tasks_to_learn = tasks - stepsDone() / spec::stepsPerTask(spec);
  auto left = static_cast<std::int64_t>(waiting_.size());
  if (tasks_to_learn == 0) return left;
  const auto all = workInAll(spec) - spec::totalSteps(spec);
  const auto tested = (tasks - tasks_to_learn) * testsAfterTask(spec);
  left += (all - tested) * static_cast<std::int64_t>(replicas_.size());
  return left;
}

void Experiment::setRates(double alpha_lr, double m_lr) {
  for (const auto& replica : replicas_) replica->setRates(alpha_lr, m_lr);
}

ReplicaSummary Experiment::summary(std::size_t place) const {
  const auto& spec = setting_->spec;
  const auto& tally = tallies_[place];
  const auto& matrix = leading(spec, tally);
  const auto now = replicas_[place]->point();
  ReplicaSummary out;
  const auto which = setting_->variant(replicas_[place]->index());
  out.condition = which.condition;
  out.alpha0 = which.alpha0;
  out.seed = which.seed;
  out.finished = finished();
  out.ra = matrix.ra();
  out.la = matrix.la();
  out.bti = matrix.bti();
  out.alpha.assign(now.alpha.begin(), now.alpha.end());
  for (std::size_t l = 0; l < spec.network.layers.size(); ++l)
    if (spec.network.layers[l].role == spec::LayerRole::Hidden) out.m.push_back(now.m[l]);
  for (const auto& [lesion, sums] : tally.at_end) {
    const auto n = static_cast<double>(sums.tests);
    if (spec.stream.labels == spec::Labels::Dual) {
      out.category_accuracy[lesion] = sums.category / n;
      out.item_accuracy[lesion] = sums.item / n;
    }
    if (lesion != Pathway::None) continue;
    for (std::size_t l = 0; l < spec.network.layers.size(); ++l)
      if (spec.network.layers[l].role == spec::LayerRole::Hidden)
        out.active_fraction.push_back(sums.active_fraction[l] / n);
  }
  return out;
}

}  // namespace dentate::run
