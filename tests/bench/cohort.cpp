#include "tests/bench/cohort.h"

#include <ATen/TensorOperators.h>

#include <algorithm>

#include "tests/bench/yardstick.h"

namespace dentate::bench {
namespace {

net::ParameterBatch empty(const net::Plan& plan, std::int64_t replicas, bool plain) {
  return plain ? plainParameters(plan, replicas) : net::emptyParameters(plan, replicas);
}

void copy(const net::ParameterBatch& from, net::ParameterBatch& to) {
  for (std::int64_t r = 0; r < from.replicas(); ++r) to.replica(r).copyFrom(from.replica(r));
}

}  // namespace

Feed::Feed(std::shared_ptr<const Subject> subject, std::uint64_t seed)
    : subject_(std::move(subject)),
      stream_(subject_->stream, seed),
      memory_(subject_->spec.rule, data::Random(seed, "replay")) {}

learn::Samples Feed::gather(std::span<const data::Sample> of, Buffer& to) const {
  const auto size = stream_.imageSize();
  const auto labels = subject_->spec.stream.labels;
  to.pixels.resize(size);
  to.x.resize(of.size() * size);
  to.category.clear();
  to.item.clear();
  for (std::size_t i = 0; i < of.size(); ++i) {
    stream_.pixels(of[i], to.pixels);
    data::toUnit(to.pixels, std::span(to.x).subspan(i * size, size));
    if (labels != spec::Labels::Item) to.category.push_back(of[i].category);
    if (labels != spec::Labels::Category) to.item.push_back(stream_.item(of[i]));
  }
  return {static_cast<std::int64_t>(of.size()), to.x, to.category, to.item};
}

learn::StepInput Feed::next() {
  const auto& spec = subject_->spec;
  if (step_ == spec::totalSteps(spec)) step_ = 0;
  const auto a_task = spec::stepsPerTask(spec);
  if (step_ % a_task == 0) memory_.beginTask();
  const auto of_task = stream_.samples(static_cast<std::size_t>(step_ / a_task));
  const auto size = static_cast<std::size_t>(spec.rule.batch);
  const auto first = static_cast<std::size_t>(step_ % a_task) * size;
  const auto batch = of_task.subspan(first, std::min(size, of_task.size() - first));
  ++step_;
  const learn::StepInput input{gather(batch, batch_),
                               gather(memory_.draw(spec.rule.replay), replay_)};
  for (const auto& sample : batch) memory_.offer(sample);
  return input;
}

Cohort::Cohort(std::shared_ptr<const Subject> subject, std::uint64_t first, Turns turns)
    : subject_(std::move(subject)), turns_(turns) {
  const auto size = turns.together ? turns.replicas : 1;
  for (std::int64_t r = 0; r < turns.replicas; ++r) {
    const auto seed = first + static_cast<std::uint64_t>(r);
    feeds_.emplace_back(subject_, seed);
    if (r % size == 0) {
      groups_.push_back(empty(subject_->plan, size, turns.plain));
      begin_.push_back(empty(subject_->plan, size, turns.plain));
    }
    auto untrained = net::emptyParameters(subject_->plan, 1).replica(0);
    data::Random random(seed, "weights");
    net::initialise(subject_->plan, subject_->spec.rule, random, untrained);
    begin_.back().replica(r % size).copyFrom(untrained);
  }
  inputs_.resize(static_cast<std::size_t>(size));
  reports_.resize(static_cast<std::size_t>(size));
  beginHere();
}

void Cohort::restart() {
  for (std::size_t g = 0; g < groups_.size(); ++g) copy(begin_[g], groups_[g]);
  for (auto& feed : feeds_) feed.rewind();
  steps_.assign(groups_.size(), 0);
}

void Cohort::beginHere() {
  restart();
  work_ = 0;
  counted_ = 0;
}

void Cohort::train(learn::Rule& rule) {
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (std::int64_t s = 0; s < spec::totalSteps(subject_->spec); ++s) step(rule, g);
  for (std::size_t g = 0; g < groups_.size(); ++g) copy(groups_[g], begin_[g]);
  beginHere();
}

void Cohort::beginAs(const Cohort& other) {
  std::vector<net::Parameters> theirs;
  for (const auto& group : other.begin_)
    for (std::int64_t r = 0; r < group.replicas(); ++r) theirs.push_back(group.replica(r));
  auto from = theirs.begin();
  for (const auto& group : begin_)
    for (std::int64_t r = 0; r < group.replicas(); ++r) group.replica(r).copyFrom(*from++);
  feeds_ = other.feeds_;
  beginHere();
}

void Cohort::step(learn::Rule& rule, std::size_t group) {
  for (std::size_t i = 0; i < inputs_.size(); ++i)
    inputs_[i] = feeds_[group * inputs_.size() + i].next();
  rule.step(groups_[group], inputs_, reports_);
  for (const auto& report : reports_) work_ += report.work;
  counted_ += static_cast<std::int64_t>(reports_.size());
  ++steps_[group];
}

bool Cohort::roundOver() const {
  return std::all_of(steps_.begin(), steps_.end(), [](auto done) { return done >= kRound; });
}

std::int64_t Cohort::learn(learn::Rule& rule) {
  if (roundOver()) restart();
  for (std::int64_t i = 0; i < turns_.steps; ++i) step(rule, next_);
  next_ = (next_ + 1) % groups_.size();
  return turns_.steps * static_cast<std::int64_t>(inputs_.size());
}

double Cohort::work() const { return counted_ == 0 ? 1 : work_ / static_cast<double>(counted_); }

}  // namespace dentate::bench
