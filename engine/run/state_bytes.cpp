#include "engine/run/state_bytes.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>
#include <utility>

#include "engine/run/field_values.h"
#include "engine/run/floats.h"
#include "engine/spec/items.h"
#include "engine/spec/spelling.h"

namespace dentate::run {
namespace {

using json = nlohmann::json;
using Bytes = std::vector<std::uint8_t>;

// --- Numbers side by side.

template <class T>
json packed(const std::vector<T>& values) {
  static_assert(std::is_trivially_copyable_v<T>);
  Bytes bytes(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return json::binary(std::move(bytes));
}

void fill(const at::Tensor& to, const Bytes& bytes, const Fields& from) {
  const auto size = static_cast<std::size_t>(to.numel()) * sizeof(float);
  from.require(bytes.size() == size);
  if (bytes.size() != size) return;
  auto values = at::empty(to.sizes(), at::kFloat);
  if (size > 0) std::memcpy(values.mutable_data_ptr<float>(), bytes.data(), size);
  to.copy_(values);
}

// --- The network and its memory.

json valueOf(const net::Parameters& parameters) {
  json out{{"weights", json::array()},
           {"alpha", packed(floats(parameters.alpha))},
           {"m", packed(floats(parameters.m))}};
  for (const auto& w : parameters.weights) out["weights"].push_back(packed(floats(w)));
  for (const auto& more : parameters.extra) out["extra"].push_back(packed(floats(more)));
  return out;
}

net::Parameters parametersOf(const Fields& from, const net::Plan& plan) {
  auto made = net::emptyParameters(plan, /*replicas=*/1).replica(0);
  const auto weights = from.manyBytes("weights");
  from.require(weights.size() == made.weights.size());
  for (std::size_t p = 0; p < std::min(weights.size(), made.weights.size()); ++p)
    fill(made.weights[p], weights[p], from);
  fill(made.alpha, from.bytes("alpha"), from);
  fill(made.m, from.bytes("m"), from);
  if (made.extra.empty()) return made;
  const auto extra = from.manyBytes("extra");
  from.require(extra.size() == made.extra.size());
  for (std::size_t i = 0; i < std::min(extra.size(), made.extra.size()); ++i)
    fill(made.extra[i], extra[i], from);
  return made;
}

json valueOf(const learn::ReplayMemory::State& memory) {
  return {{"age", memory.age},
          {"random", memory.random.state()},
          {"held", packed(memory.held)},
          {"earlier", packed(memory.earlier)}};
}

std::vector<data::Sample> samplesOf(const Fields& from, const char* key, const Setting& setting) {
  const auto& spec = setting.spec;
  const auto& dataset = *setting.stream->dataset;
  const auto within = [](std::int64_t value, std::int64_t end) {
    return value >= 0 && value < end;
  };
  auto samples = unpacked<data::Sample>(from, key);
  from.require(static_cast<std::int64_t>(samples.size()) <= spec.rule.memory);
  for (const auto& s : samples)
    from.require(within(s.task, spec.stream.tasks) &&
                 within(s.image, static_cast<std::int64_t>(dataset.train.labels.size())) &&
                 within(s.category, setting.stream->categories) &&
                 within(s.place, spec::streamSamples(spec.stream)));
  return samples;
}

learn::ReplayMemory memoryOf(const Fields& from, const Setting& setting, std::size_t replica) {
  const auto rule = setting.rule(replica);
  learn::ReplayMemory made(rule, data::Random(setting.seed(replica), "replay"));
  auto random = data::Random::restore(from.text("random"));
  from.require(random.has_value());
  if (!random) return made;
  made.restore({*std::move(random),
                from.whole("age", 0, spec::totalSteps(setting.spec) * rule.batch),
                samplesOf(from, "held", setting), samplesOf(from, "earlier", setting)});
  return made;
}

json valueOf(const learn::StepReport& last) {
  return {{"loss", last.meta_loss},
          {"weight_norms", last.weight_grad_norms},
          {"alpha_grad", last.alpha_grad},
          {"m_grad", last.m_grad},
          {"correct", last.batch_correct},
          {"work", last.work},
          {"active", packed(last.active_fraction)}};
}

learn::StepReport reportOf(const Fields& from, const spec::NetworkSpec& network) {
  learn::StepReport out;
  out.meta_loss = from.number("loss");
  out.weight_grad_norms = from.numbers("weight_norms", network.paths.size());
  out.alpha_grad = from.numbers("alpha_grad", network.paths.size());
  out.m_grad = from.numbers("m_grad", network.layers.size());
  out.batch_correct = from.number("correct");
  out.work = from.number("work");
  out.active_fraction = unpacked<float>(from, "active");
  from.require(out.active_fraction.empty() || out.active_fraction.size() == network.layers.size());
  return out;
}

json valueOf(const net::Lesions& lesions) {
  json out{
      {"units", json::array()}, {"paths", packed(lesions.paths)}, {"still", packed(lesions.still)}};
  for (const auto& layer : lesions.units) out["units"].push_back(packed(layer));
  return out;
}

net::Lesions lesionsOf(const Fields& from, const spec::NetworkSpec& network) {
  net::Lesions out{from.manyBytes("units"), from.bytes("paths"), from.bytes("still")};
  from.require(out.units.empty() || out.units.size() == network.layers.size());
  for (std::size_t l = 0; l < std::min(out.units.size(), network.layers.size()); ++l)
    from.require(out.units[l].empty() ||
                 out.units[l].size() == static_cast<std::size_t>(network.layers[l].units));
  for (const auto* const paths : {&out.paths, &out.still})
    from.require(paths->empty() || paths->size() == network.paths.size());
  return out;
}

json valueOf(const Replica::State& replica) {
  return {{"step", replica.step},
          {"parameters", valueOf(replica.parameters)},
          {"memory", valueOf(replica.memory.state())},
          {"last", valueOf(replica.last)},
          {"lesions", valueOf(replica.lesions)}};
}

Replica::State replicaOf(const Fields& from, const Setting& setting, std::size_t replica) {
  const auto& plan = setting.plan(replica);
  return {from.whole("step", 0, spec::totalSteps(setting.spec)),
          parametersOf(from.object("parameters"), plan),
          memoryOf(from.object("memory"), setting, replica),
          reportOf(from.object("last"), plan.network),
          lesionsOf(from.object("lesions"), plan.network)};
}

// --- Its tests.

json valueOf(const measure::AccuracyMatrix& matrix) {
  std::vector<double> values;
  for (std::size_t row = 0; row < matrix.tasks(); ++row)
    for (std::size_t column = 0; column < matrix.tasks(); ++column)
      values.push_back(matrix.at(row, column));
  return packed(values);
}

measure::AccuracyMatrix matrixOf(const Fields& from, const char* key, std::size_t tasks) {
  measure::AccuracyMatrix made(tasks);
  const auto values = unpacked<double>(from, key);
  from.require(values.size() == tasks * tasks);
  if (values.size() != tasks * tasks) return made;
  for (std::size_t i = 0; i < values.size(); ++i) made.set(i / tasks, i % tasks, values[i]);
  return made;
}

json valueOf(const measure::Sparsity& s) {
  return {{"dead", packed(s.dead)},
          {"variance", packed(s.variance)},
          {"hoyer", packed(s.hoyer)},
          {"near_zero", packed(s.near_zero)}};
}

json valueOf(const measure::UsedUnits& used) {
  auto out = json::array();
  for (const auto& layer : used) out.push_back(packed(layer));
  return out;
}

json valueOf(const measure::ItemMemory& items) {
  return json::array({items.held, items.held_right, items.outside, items.outside_right});
}

json valueOf(const Tally& tally) {
  json out{{"category", valueOf(tally.category)},
           {"item", valueOf(tally.item)},
           {"at_end", json::array()},
           {"sparsity", valueOf(tally.sparsity)}};
  for (const auto& [lesion, sums] : tally.at_end)
    out["at_end"].push_back({{"without", spec::spell(lesion)},
                             {"tests", sums.tests},
                             {"category", sums.category},
                             {"item", sums.item},
                             {"items", valueOf(sums.items)},
                             {"active", sums.active_fraction}});
  return out;
}

Tally tallyOf(const Fields& from, const spec::ExperimentSpec& spec) {
  const auto tasks = static_cast<std::size_t>(spec.stream.tasks);
  Tally out{matrixOf(from, "category", tasks), matrixOf(from, "item", tasks), {}};
  for (const auto& each : from.objects("at_end"))
    out.at_end[pathwayOf(each)] = {each.whole("tests", 1, spec.stream.tasks),
                                   each.number("category"), each.number("item"), itemsOf(each),
                                   each.numbers("active", spec.network.layers.size())};
  out.sparsity = sparsityOf(from, spec.network).value_or(measure::Sparsity());
  return out;
}

json testsOf(const Course::State& state) {
  auto out = json::array();
  for (std::size_t t = 0; t < state.tests.size(); ++t) {
    out.push_back({{"task", state.tests[t].task},
                   {"without", spec::spell(state.tests[t].lesion)},
                   {"samples", state.counts[t].samples},
                   {"category", state.counts[t].category},
                   {"item", state.counts[t].item},
                   {"held", state.counts[t].held},
                   {"held_item", state.counts[t].held_item},
                   {"active", state.counts[t].active},
                   {"used", valueOf(state.counts[t].used)}});
    if (state.counts[t].sparsity) out.back()["sparsity"] = valueOf(*state.counts[t].sparsity);
  }
  return out;
}

void takeTests(const Fields& from, const spec::ExperimentSpec& spec, Course::State& to) {
  const auto samples = testSamples(spec);
  for (const auto& each : from.objects("tests")) {
    to.tests.push_back({each.whole("task", 0, spec.stream.tasks - 1), pathwayOf(each)});
    const auto ofMemory = [&](const char* key) {
      return each.has(key) ? each.whole(key, 0, samples) : 0;
    };
    measure::Counts counts{each.whole("samples", 0, samples),
                           each.whole("category", 0, samples),
                           each.whole("item", 0, samples),
                           each.wholes("active", std::int64_t{1} << 53),
                           ofMemory("held"),
                           ofMemory("held_item"),
                           usedOf(each, spec.network),
                           sparsityOf(each, spec.network)};
    from.require((counts.samples == 0 && counts.active.empty()) ||
                 counts.active.size() == spec.network.layers.size());
    to.counts.push_back(std::move(counts));
  }
  const auto parts = static_cast<std::int64_t>(to.tests.size()) * partsOfTest(spec);
  to.parts = from.whole("parts", 0, std::max<std::int64_t>(parts - 1, 0));
  for (std::size_t t = 0; t < to.counts.size(); ++t)  // one after the other
    from.require((to.counts[t].samples > 0) ==
                 (to.parts > static_cast<std::int64_t>(t) * partsOfTest(spec)));
  if (!to.replica) return from.require(to.tests.empty());
  const auto in_task = spec::stepsPerTask(spec);
  const auto step = to.replica->step;
  from.require(to.tests.empty() || (step > 0 && step % in_task == 0 &&
                                    to.tests == testsAfter(spec, step / in_task - 1)));
}

// --- What it came to.

json valueOf(const std::map<spec::Pathway, double>& accuracy) {
  auto out = json::array();
  for (const auto& [lesion, value] : accuracy)
    out.push_back({{"without", spec::spell(lesion)}, {"accuracy", value}});
  return out;
}

json valueOf(const std::map<spec::Pathway, measure::ItemMemory>& items) {
  auto out = json::array();
  for (const auto& [lesion, value] : items)
    out.push_back({{"without", spec::spell(lesion)}, {"items", valueOf(value)}});
  return out;
}

json valueOf(const ReplicaSummary& s) {
  return {{"finished", s.finished},
          {"ra", s.ra},
          {"la", s.la},
          {"bti", s.bti},
          {"m", s.m},
          {"active", s.active_fraction},
          {"alpha", s.alpha},
          {"sparsity", valueOf(s.sparsity)},
          {"category", valueOf(s.category_accuracy)},
          {"item", valueOf(s.item_accuracy)},
          {"item_memory", valueOf(s.items)}};
}

ReplicaSummary summaryOf(const Fields& from, const Setting& setting, std::size_t replica) {
  const auto which = setting.variant(replica);
  ReplicaSummary out;
  out.condition = which.condition;
  out.inhibition = which.inhibition;
  out.corrections = which.corrections;
  out.alpha0 = which.alpha0;
  out.seed = which.seed;
  out.finished = from.flag("finished");
  out.ra = from.number("ra");
  out.la = from.number("la");
  out.bti = from.number("bti");
  out.m = from.numbers("m");
  out.active_fraction = from.numbers("active");
  out.alpha = from.numbers("alpha", setting.spec.network.paths.size());
  out.sparsity = sparsityOf(from, setting.spec.network).value_or(measure::Sparsity());
  out.category_accuracy = accuracyOf(from, "category");
  out.item_accuracy = accuracyOf(from, "item");
  out.items = itemsByPathway(from);
  return out;
}

// --- Lesions by the regime that brought them; -1: none.

std::int64_t regimeOf(const LesionList& lesions, const RegimeByStep& regimes) {
  if (!lesions) return -1;
  for (const auto& [step, regime] : regimes)
    if (regime.lesions == lesions) return step;
  return -1;
}

LesionList lesionListOf(std::int64_t regime, const RegimeByStep& regimes) {
  const auto found = regimes.find(regime);
  return found == regimes.end() ? nullptr : found->second.lesions;
}

Course::State stateOf(const Fields& from, const Setting& setting, std::size_t replica,
                      const RegimeByStep& regimes) {
  Course::State out;
  out.steps = from.whole("steps", 0, spec::totalSteps(setting.spec));
  if (from.has("replica")) out.replica = replicaOf(from.object("replica"), setting, replica);
  out.lesions = lesionListOf(from.whole("follows", -1, spec::totalSteps(setting.spec)), regimes);
  out.tally = tallyOf(from.object("tally"), setting.spec);
  takeTests(from, setting.spec, out);
  if (from.has("failure")) {
    const auto failure = from.object("failure");
    out.failure =
        spec::Error{spec::Error::Kind::Numeric, failure.text("where"), failure.text("what")};
  }
  from.require(!out.replica || out.replica->step == out.steps);
  if (from.has("closed")) out.closed = summaryOf(from.object("closed"), setting, replica);
  return out;
}

}  // namespace

std::vector<std::uint8_t> bytesOf(const Course::State& state, const RegimeByStep& regimes) {
  json out{{"steps", state.steps},
           {"follows", regimeOf(state.lesions, regimes)},
           {"tally", valueOf(state.tally)},
           {"tests", testsOf(state)},
           {"parts", state.parts}};
  if (state.replica) out["replica"] = valueOf(*state.replica);
  if (state.failure)
    out["failure"] = {{"where", state.failure->where}, {"what", state.failure->what}};
  if (state.closed) out["closed"] = valueOf(*state.closed);
  return json::to_cbor(out);
}

spec::Result<Course::State> courseOf(std::span<const std::uint8_t> bytes, const Setting& setting,
                                     std::size_t replica, const RegimeByStep& regimes) {
  auto read = Document::ofBytes(bytes);
  auto made = stateOf(read.root(), setting, replica, regimes);
  if (read.good()) return made;
  return spec::Error{spec::Error::Kind::Io, spec::nameOf(setting.spec, setting.variant(replica)),
                     "the state that was kept of this network is damaged"};
}

}  // namespace dentate::run
