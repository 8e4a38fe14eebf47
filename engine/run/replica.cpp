#include "engine/run/replica.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/softmax.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/learn/loss.h"
#include "engine/net/rate.h"
#include "engine/run/floats.h"

namespace dentate::run {
namespace {

constexpr std::int64_t kStripLearned = 8;  // stimuli of the strip before the newest
constexpr std::int64_t kStripToCome = 4;   // and after it

// [n, size] of 8-bit images, in [0, 1].
at::Tensor tensorOf(std::int64_t n, std::int64_t size, std::span<const std::uint8_t> pixels) {
  auto x = at::empty({n, size});
  data::toUnit(pixels, {x.mutable_data_ptr<float>(), pixels.size()});
  return x;
}

}  // namespace

Replica::Replica(std::shared_ptr<const Setting> setting, std::size_t index,
                 std::shared_ptr<const data::TaskStream> stream)
    : setting_(std::move(setting)),
      index_(index),
      stream_(std::move(stream)),
      batch_parameters_(net::emptyParameters(setting_->plan(index), /*replicas=*/1)),
      parameters_(batch_parameters_.replica(0)),
      memory_(setting_->rule(index), data::Random(setting_->seed(index), "replay")) {
  data::Random random(setting_->seed(index), "weights");
  net::initialise(setting_->plan(index), setting_->rule(index), random, parameters_);
}

Replica::State Replica::state() const {
  return {step_, parameters_.clone(), memory_, last_, lesions_};
}

void Replica::restore(const State& state) {
  parameters_.copyFrom(state.parameters);
  setStep(state.step);
  memory_ = state.memory;
  last_ = state.last;
  lesions_ = state.lesions;
}

std::int64_t Replica::taskOf(std::int64_t step) const {
  return step / spec::stepsPerTask(setting_->spec);
}

std::span<const data::Sample> Replica::batchOf(std::int64_t step) const {
  const auto in_task = stream_->samples(static_cast<std::size_t>(taskOf(step)));
  const auto size = static_cast<std::size_t>(setting_->spec.rule.batch);
  const auto first = static_cast<std::size_t>(step % spec::stepsPerTask(setting_->spec)) * size;
  return in_task.subspan(first, std::min(size, in_task.size() - first));
}

void Replica::gather(std::span<const data::Sample> of, SampleBuffer& to) const {
  const auto size = stream_->imageSize();
  to.pixels.resize(size);
  to.x.resize(of.size() * size);
  to.category.clear();
  to.item.clear();
  const auto kind = setting_->spec.stream.labels;
  for (std::size_t i = 0; i < of.size(); ++i) {
    stream_->pixels(of[i], to.pixels);
    data::toUnit(to.pixels, std::span(to.x).subspan(i * size, size));
    if (kind != spec::Labels::Item) to.category.push_back(of[i].category);
    if (kind != spec::Labels::Category) to.item.push_back(stream_->item(of[i]));
  }
  to.count = static_cast<std::int64_t>(of.size());
}

void Replica::step(learn::Rule& rule) {
  const auto input = prepare();
  rule.step(batch_parameters_, {&input, 1}, {&last_, 1});
  remember();
}

learn::StepInput Replica::prepare() {
  if (step_ % spec::stepsPerTask(setting_->spec) == 0) memory_.beginTask();
  gather(batchOf(step_), learned_);
  gather(memory_.draw(setting_->spec.rule.replay), replayed_);
  return {learned_.samples(), replayed_.samples()};
}

void Replica::conclude(const learn::StepReport& report) {
  last_ = report;
  std::copy(report.alpha.begin(), report.alpha.end(), parameters_.alpha.mutable_data_ptr<float>());
  std::copy(report.m.begin(), report.m.end(), parameters_.m.mutable_data_ptr<float>());
  remember();
}

void Replica::remember() {
  for (const auto& sample : batchOf(step_)) memory_.offer(sample);
  setStep(step_ + 1);
}

void Replica::setStep(std::int64_t step) {
  step_ = parameters_.steps = batch_parameters_.steps = step;
}

link::StepPoint Replica::point() const {
  const auto values = [](const at::Tensor& of) {
    const auto* const first = of.const_data_ptr<float>();
    return std::vector<float>(first, first + of.numel());
  };
  link::StepPoint out;
  out.replica = index_;
  out.step = step_;
  out.task = taskOf(std::max<std::int64_t>(step_ - 1, 0));
  out.alpha = values(parameters_.alpha);
  const auto form = setting_->plan(index_).alpha;
  for (float& alpha : out.alpha)
    if (form == spec::AlphaForm::Softplus)
      alpha = static_cast<float>(net::rateOf(form, static_cast<double>(alpha)));
  out.m = values(parameters_.m);
  out.meta_loss = last_.meta_loss;
  out.work = last_.work;
  out.active_fraction = last_.active_fraction;
  if (out.active_fraction.empty())
    out.active_fraction.assign(setting_->spec.network.layers.size(),
                               std::numeric_limits<float>::quiet_NaN());
  return out;
}

measure::Images Replica::images(const Range& of, TestBench& with) const {
  const auto task = static_cast<std::size_t>(of.task), first = static_cast<std::size_t>(of.first);
  const auto count = static_cast<std::size_t>(of.count);
  const auto size = stream_->imageSize();
  if (setting_->tests)
    return {of.count,
            setting_->tests->pixels(task).subspan(first * size, count * size),
            setting_->tests->categories(task).subspan(first, count),
            {}};
  with.pixels.resize(count * size);
  with.category.clear();
  with.item.clear();
  with.held.assign(count, 0);
  for (const auto& sample : memory_.held()) {
    const auto place = sample.place - of.task * setting_->spec.stream.samples_per_task - of.first;
    if (place >= 0 && place < of.count) with.held[static_cast<std::size_t>(place)] = 1;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto& sample = stream_->samples(task)[first + i];
    stream_->pixels(sample, std::span(with.pixels).subspan(i * size, size));
    with.category.push_back(sample.category);
    with.item.push_back(stream_->item(sample));
  }
  return {of.count, with.pixels, with.category, with.item, with.held};
}

measure::Counts Replica::count(const Range& of, const net::Lesions& lesions,
                               TestBench& with) const {
  const auto& plan = setting_->plan(index_);
  auto& evaluator = with.evaluators.try_emplace(&plan, plan).first->second;
  return evaluator.count(parameters_, images(of, with), lesions);
}

measure::Sparsity Replica::sparsity(std::int64_t task, TestBench& with) const {
  const auto& plan = setting_->plan(index_);
  auto& evaluator = with.evaluators.try_emplace(&plan, plan).first->second;
  const Range of{task, 0, std::min(kPartSamples, testSamples(setting_->spec))};
  return evaluator.sparsity(parameters_, images(of, with), lesions_);
}

measure::Counts Replica::test(const Test& test, std::int64_t part, TestBench& with) const {
  const auto first = part * kPartSamples;
  const Range of{test.task, first, std::min(kPartSamples, testSamples(setting_->spec) - first)};
  if (test.lesion == spec::Pathway::None) return count(of, lesions_, with);
  const auto without = net::lesionPathway(setting_->plan(index_), test.lesion);
  return count(of, net::joined(lesions_, without), with);
}

std::int64_t Replica::taskAtHand() const {
  return std::min(taskOf(step_), setting_->spec.stream.tasks - 1);
}

// Up to this many training images of the task at hand.
measure::MeanActivity Replica::meanActivity() const {
  constexpr std::size_t kImages = 100;
  const auto in_task = stream_->samples(static_cast<std::size_t>(taskAtHand()));
  SampleBuffer shown;
  gather(in_task.first(std::min(kImages, in_task.size())), shown);
  const at::NoGradGuard no_grad;
  const auto x =
      learn::tensorsOf(shown.samples(), static_cast<std::int64_t>(stream_->imageSize())).x;
  const auto trace = net::forward(setting_->plan(index_), parameters_, x);
  measure::MeanActivity means;
  for (const auto& a : trace.activity) {
    means.emplace_back();
    if (!a.defined()) continue;
    const auto mean = floats(a.mean(/*dim=*/0));
    means.back().assign(mean.begin(), mean.end());
  }
  return means;
}

net::Lesions Replica::lesionsFor(std::span<const spec::Lesion> lesions) const {
  const bool by_activity = measure::needsActivity(lesions);
  return measure::lesionsOf(setting_->plan(index_), lesions,
                            by_activity ? meanActivity() : measure::MeanActivity());
}

void Replica::setLesions(std::span<const spec::Lesion> lesions) { lesions_ = lesionsFor(lesions); }

void Replica::show(link::Snapshot& snapshot) const {
  const auto now = point();
  const auto form = setting_->plan(index_).alpha;
  for (std::size_t p = 0; p < now.alpha.size(); ++p) {
    const bool learns = spec::learnsAlpha(setting_->variant(index_).condition);
    const bool own_rate = setting_->spec.rule.update == spec::Update::Asynchronous;
    const bool frozen = !net::learns(setting_->plan(index_), lesions_, p) ||
                        (learns && own_rate && net::absorbed(form, now.alpha[p]));
    snapshot.paths.push_back(
        {.alpha = now.alpha[p], .frozen = frozen, .cut = net::shareCut(lesions_, p)});
  }
  snapshot.layers.resize(now.m.size());
  for (std::size_t l = 0; l < now.m.size(); ++l) {
    snapshot.layers[l].m = now.m[l];
    snapshot.layers[l].active_fraction = now.active_fraction[l];
    snapshot.layers[l].k = setting_->plan(index_).rank(l, step_);
    if (lesions_.silences(l)) snapshot.layers[l].lesioned = lesions_.units[l];
  }
  snapshot.work = last_.work;
  snapshot.batch_accuracy = last_.batch_correct;
  showStrip(snapshot.strip);
  showActivity(snapshot);
}

// The newest stimulus is the last one learned; before the first meta-step, the first to come.
void Replica::showStrip(link::StimulusStrip& strip) const {
  const auto& s = setting_->spec;
  const auto newest_step = std::max<std::int64_t>(step_ - 1, 0);
  const auto task = static_cast<std::size_t>(taskOf(newest_step));
  const auto in_task = stream_->samples(task);
  const auto learned = (newest_step % spec::stepsPerTask(s) + (step_ > 0 ? 1 : 0)) * s.rule.batch;
  const auto count = static_cast<std::int64_t>(in_task.size());
  const auto newest = std::clamp<std::int64_t>(learned - 1, 0, count - 1);
  const auto first = std::max<std::int64_t>(newest - kStripLearned, 0);
  const auto end = std::min(newest + kStripToCome + 1, count);
  strip.width = setting_->stream->dataset->train.width;
  strip.height = setting_->stream->dataset->train.height;
  strip.transform = stream_->transformName(task);
  strip.newest = static_cast<std::size_t>(newest - first);
  const bool items = s.stream.labels != spec::Labels::Category;
  for (auto i = first; i < end; ++i) {
    const auto& sample = in_task[static_cast<std::size_t>(i)];
    link::Stimulus stimulus{std::vector<std::uint8_t>(stream_->imageSize()), sample.category,
                            items ? stream_->item(sample) : -1};
    stream_->pixels(sample, stimulus.pixels);
    strip.stimuli.push_back(std::move(stimulus));
  }
}

void Replica::showActivity(link::Snapshot& snapshot) const {
  const at::NoGradGuard no_grad;
  const auto& newest = snapshot.strip.stimuli[snapshot.strip.newest];
  const auto x = tensorOf(1, static_cast<std::int64_t>(newest.pixels.size()), newest.pixels);
  const auto trace = net::forward(setting_->plan(index_), parameters_, x, lesions_);
  for (std::size_t l = 0; l < snapshot.layers.size(); ++l) {
    const bool output = spec::isOutput(setting_->spec.network.layers[l].role);
    const auto acts = output ? at::softmax(trace.net_input[l], /*dim=*/-1) : trace.activity[l];
    snapshot.layers[l].acts = floats(acts);
  }
}

}  // namespace dentate::run
