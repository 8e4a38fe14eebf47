#include "engine/run/course.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/spec/check.h"

namespace dentate::run {
namespace {

using spec::Error;
using spec::Pathway;

// The matrix that RA, LA and BTI are read from.
const measure::AccuracyMatrix& leading(const spec::ExperimentSpec& spec, const Tally& tally) {
  return spec.stream.labels == spec::Labels::Item ? tally.item : tally.category;
}

}  // namespace

void showSparsity(const measure::Sparsity& sparsity, link::Snapshot& in) {
  for (std::size_t l = 0; l < std::min(sparsity.dead.size(), in.layers.size()); ++l) {
    in.layers[l].dead = static_cast<double>(sparsity.dead[l]);
    in.layers[l].variance = static_cast<double>(sparsity.variance[l]);
  }
  for (std::size_t p = 0; p < std::min(sparsity.hoyer.size(), in.paths.size()); ++p) {
    in.paths[p].hoyer = static_cast<double>(sparsity.hoyer[p]);
    in.paths[p].near_zero = static_cast<double>(sparsity.near_zero[p]);
  }
}

Course::Course(std::shared_ptr<const Setting> setting, std::size_t index)
    : setting_(std::move(setting)), index_(index) {
  const auto tasks = static_cast<std::size_t>(setting_->spec.stream.tasks);
  tally_ = {measure::AccuracyMatrix(tasks), measure::AccuracyMatrix(tasks), {}};
}

void Course::begin(Streams& streams) {
  const auto seed = setting_->seed(index_);
  replica_ = std::make_unique<Replica>(setting_, index_, streams.of(seed));
  points_.emplace_back(replica_->point());
}

void Course::follow(const LesionList& lesions) {
  if (lesions == followed_) return;
  followed_ = lesions;
  replica_->setLesions(lesions ? std::span(*lesions) : std::span<const spec::Lesion>());
}

void Course::learn(learn::Rule& rule, std::int64_t step, const std::function<bool()>& over) {
  do replica_->step(rule);
  while (note() && replica_->stepsDone() < step && !over());
}

bool Course::note() {
  if (std::isfinite(replica_->lastLoss())) {
    points_.emplace_back(replica_->point());
    return true;
  }
  lost_ = Error{Error::Kind::Numeric,
                spec::nameOf(setting_->spec, setting_->variant(index_)) + ", meta-step " +
                    std::to_string(replica_->stepsDone()),
                "the loss is no longer a finite number; lower alpha0 or the rates"};
  return false;
}

measure::Counts Course::test(std::int64_t part, TestBench& with) const {
  const auto parts = partsOfTest(setting_->spec);
  const auto& test = tests_[static_cast<std::size_t>(part / parts)];
  auto counts = replica_->test(test, part % parts, with);
  const auto newest = steps_ / spec::stepsPerTask(setting_->spec) - 1;
  if (test == Test{newest, Pathway::None} && part % parts == 0)
    counts.sparsity = replica_->sparsity(newest, with);
  return counts;
}

bool Course::finished() const {
  return begun_ && tests_.empty() && steps_ == spec::totalSteps(setting_->spec);
}

std::int64_t Course::rank() const { return begun_ ? 2 * steps_ + (testing() ? 0 : 1) : -1; }

bool Course::reached(const Until& until) const {
  if (ended()) return true;
  if (!begun_ || steps_ < until.step) return false;
  return steps_ > until.step || !until.tests || !testing();
}

bool Course::waits(const Until& until) const {
  if (taken_ || reached(until)) return false;
  const auto parts = static_cast<std::int64_t>(tests_.size()) * partsOfTest(setting_->spec);
  return !testing() || parts_taken_ < parts;
}

void Course::put() {
  begun_ = true;
  taken_ = false;
  if (lost_) fail(*lost_);
  const auto before = std::exchange(steps_, replica_->stepsDone());
  const auto in_task = spec::stepsPerTask(setting_->spec);
  if (steps_ == before || steps_ % in_task != 0) return;
  tests_ = testsAfter(setting_->spec, steps_ / in_task - 1);
  counts_.assign(tests_.size(), {});
  parts_taken_ = parts_done_ = 0;
  if (tests_.empty()) keepTaskEnd();
}

void Course::keepTaskEnd() {
  if (!wants_task_end_ || task_end_) return;
  task_end_ = state();
  tests_since_ = 0;
}

void Course::forgetTaskEnd() {
  wants_task_end_ = false;
  task_end_.reset();
}

bool Course::putPart(std::int64_t part, const measure::Counts& counts) {
  const auto parts = partsOfTest(setting_->spec);
  auto& sum = counts_[static_cast<std::size_t>(part / parts)];
  sum.add(counts);
  const bool complete = sum.samples == testSamples(setting_->spec);
  if (complete && task_end_) ++tests_since_;
  if (++parts_done_ == static_cast<std::int64_t>(tests_.size()) * parts) conclude();
  return complete;
}

void Course::conclude() {
  const auto& spec = setting_->spec;
  const auto after_task = steps_ / spec::stepsPerTask(spec) - 1;
  const bool end = after_task == spec.stream.tasks - 1;
  for (std::size_t t = 0; t < tests_.size(); ++t) {
    const auto measured = measure::evaluationOf(setting_->plan(index_), counts_[t]);
    const auto& [task, lesion] = tests_[t];
    if (end) tally_.at_end[lesion].add(measured);
    if (lesion != Pathway::None) continue;
    const auto row = static_cast<std::size_t>(after_task), column = static_cast<std::size_t>(task);
    tally_.category.set(row, column, measured.category);
    tally_.item.set(row, column, measured.item);
    const auto& items = measured.items;
    points_.emplace_back(link::AccuracyPoint{0, index_, steps_, after_task, task, measured.category,
                                             measured.item, items.inMemory(), items.outsideMemory(),
                                             items.held, items.outside});
  }
  measureSparsity(after_task);
  tests_.clear();
  counts_.clear();
  keepTaskEnd();
  if (!end) return;
  const auto& matrix = leading(spec, tally_);
  points_.emplace_back(link::SummaryPoint{0, index_, matrix.ra(), matrix.la(), matrix.bti()});
}

void Course::measureSparsity(std::int64_t after_task) {
  measure::UsedUnits used;
  auto& sparsity = tally_.sparsity = {};
  for (std::size_t t = 0; t < tests_.size(); ++t) {
    if (tests_[t].lesion == Pathway::None) measure::unite(used, counts_[t].used);
    if (counts_[t].sparsity) sparsity = *counts_[t].sparsity;
  }
  // Of a checkpoint that is older than these measures they may be missing.
  if (sparsity.hoyer.empty()) return;
  sparsity.dead = measure::deadUnits(used, replica_->lesions());
  points_.emplace_back(link::SparsityPoint{0, index_, steps_, after_task, sparsity.dead,
                                           sparsity.variance, sparsity.hoyer, sparsity.near_zero});
}

void Course::fail(Error why) {
  taken_ = false;
  if (!failure_) failure_ = std::move(why);
}

void Course::close(bool keep) {
  if (!replica_ || parts_taken_ != parts_done_) return;
  closed_ = summary();
  if (keep) last_ = state();
  replica_.reset();
}

Course::State Course::state() const {
  State out{steps_, std::nullopt, followed_, tests_, counts_, tests_.empty() ? 0 : parts_done_,
            tally_, failure_,     closed_};
  if (replica_) out.replica = replica_->state();
  return out;
}

void Course::restore(const State& state, Streams& streams) {
  *this = Course(setting_, index_);
  failure_ = state.failure;
  tally_ = state.tally;
  closed_ = state.closed;
  if (closed_) {
    begun_ = true;
    steps_ = state.steps;
  }
  if (closed_ || !state.replica) return;
  begin(streams);
  points_.clear();
  replica_->restore(*state.replica);
  followed_ = state.lesions;
  put();
  tests_ = state.tests;
  counts_ = state.counts;
  parts_taken_ = parts_done_ = state.parts;
}

void Course::takePoints(std::vector<link::MetricPoint>& to) {
  std::move(points_.begin(), points_.end(), std::back_inserter(to));
  points_.clear();
}

ReplicaSummary Course::summary() const {
  if (closed_) return *closed_;
  const auto& spec = setting_->spec;
  const auto& matrix = leading(spec, tally_);
  const auto now = replica_->point();
  const auto hidden = [&](std::size_t l) {
    return spec.network.layers[l].role == spec::LayerRole::Hidden;
  };
  ReplicaSummary out;
  const auto which = setting_->variant(index_);
  out.condition = which.condition;
  out.inhibition = which.inhibition;
  out.corrections = which.corrections;
  out.alpha0 = which.alpha0;
  out.seed = which.seed;
  out.finished = finished();
  out.steps = steps_;
  out.failure = failure_;
  out.ra = matrix.ra();
  out.la = matrix.la();
  out.bti = matrix.bti();
  out.alpha.assign(now.alpha.begin(), now.alpha.end());
  for (std::size_t l = 0; l < spec.network.layers.size(); ++l)
    if (hidden(l)) out.m.push_back(now.m[l]);
  out.sparsity = tally_.sparsity;
  for (const auto& [lesion, sums] : tally_.at_end) {
    const auto n = static_cast<double>(sums.tests);
    if (spec.stream.labels == spec::Labels::Dual) {
      out.category_accuracy[lesion] = sums.category / n;
      out.item_accuracy[lesion] = sums.item / n;
    }
    if (spec.stream.labels != spec::Labels::Category) out.items[lesion] = sums.items;
    if (lesion != Pathway::None) continue;
    for (std::size_t l = 0; l < spec.network.layers.size(); ++l)
      if (hidden(l)) out.active_fraction.push_back(sums.active_fraction[l] / n);
  }
  return out;
}

}  // namespace dentate::run
