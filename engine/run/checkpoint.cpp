#include "engine/run/checkpoint.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/run/fields.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/spelling.h"

namespace dentate::run {
namespace {

using json = nlohmann::json;
constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

json valueOf(const spec::Lesion& lesion) {
  return {{"layer", lesion.part == spec::LesionPart::Layer},
          {"index", lesion.index},
          {"share", lesion.share},
          {"order", spec::spell(lesion.order)},
          {"seed", lesion.seed},
          {"plasticity", lesion.plasticity}};
}

spec::Lesion lesionOf(const Fields& from, const spec::NetworkSpec& network) {
  const auto order = spec::valueNamed<spec::LesionOrder>(from.text("order"));
  from.require(order.has_value());
  const spec::Lesion made{from.flag("layer") ? spec::LesionPart::Layer : spec::LesionPart::Path,
                          static_cast<std::size_t>(from.whole("index", 0, kMost)),
                          from.number("share"),
                          order.value_or(spec::LesionOrder::Random),
                          static_cast<std::uint64_t>(from.whole("seed", 0, kMost)),
                          from.flag("plasticity")};
  from.require(!spec::checkLesion(network, made));
  return made;
}

// Lesions that went on from one regime to the next are the same list, and are so again when read.
json valueOf(const RegimeByStep& regimes) {
  auto out = json::array();
  LesionList before;
  for (const auto& [step, regime] : regimes) {
    json value{{"step", step},
               {"alpha_lr", regime.rates.alpha_lr},
               {"m_lr", regime.rates.m_lr},
               {"goes_on", regime.lesions == before},
               {"lesions", json::array()}};
    if (regime.lesions && regime.lesions != before)
      for (const auto& lesion : *regime.lesions) value["lesions"].push_back(valueOf(lesion));
    before = regime.lesions;
    out.push_back(std::move(value));
  }
  return out;
}

RegimeByStep regimesOf(const Fields& from, const spec::ExperimentSpec& spec) {
  RegimeByStep out;
  LesionList before;
  for (const auto& each : from.objects("regimes")) {
    auto changed = spec;
    changed.rule.alpha_lr = each.number("alpha_lr");
    changed.rule.m_lr = each.number("m_lr");
    from.require(!spec::checkExperiment(changed));
    if (!each.flag("goes_on")) {
      std::vector<spec::Lesion> lesions;
      for (const auto& lesion : each.objects("lesions"))
        lesions.push_back(lesionOf(lesion, spec.network));
      before = lesions.empty()
                   ? nullptr
                   : std::make_shared<const std::vector<spec::Lesion>>(std::move(lesions));
    }
    out[each.whole("step", 0, spec::totalSteps(spec))] = {
        {changed.rule.alpha_lr, changed.rule.m_lr}, before};
  }
  from.require(out.contains(0));
  return out;
}

std::vector<Change> changesOf(const Fields& from) {
  std::vector<Change> out;
  for (const auto& each : from.objects("changes"))
    out.push_back({each.whole("step", 0, kMost), each.text("what")});
  return out;
}

Checkpoint checkpointOf(const Fields& from, spec::ExperimentSpec spec) {
  Checkpoint out;
  out.head = {static_cast<std::uint64_t>(from.whole("run", 0, kMost)), from.text("name"),
              static_cast<std::uint64_t>(from.whole("from", 0, kMost)),
              from.whole("from_step", 0, kMost), changesOf(from)};
  out.state.regimes = regimesOf(from, spec);
  out.state.done = {from.whole("steps", 0, kMost), from.whole("tests", 0, kMost)};
  out.spec = std::move(spec);
  return out;
}

}  // namespace

std::string textOf(const Checkpoint& checkpoint) {
  const auto& head = checkpoint.head;
  json out{{"run", head.run},
           {"name", head.name},
           {"from", head.from},
           {"from_step", head.from_step},
           {"changes", json::array()},
           {"experiment", spec::writeExperiment(checkpoint.spec)},
           {"regimes", valueOf(checkpoint.state.regimes)},
           {"steps", checkpoint.state.done.steps},
           {"tests", checkpoint.state.done.tests}};
  for (const auto& change : head.changes)
    out["changes"].push_back({{"step", change.step}, {"what", change.what}});
  return out.dump();
}

spec::Result<Checkpoint> checkpointOf(const std::string& text) {
  auto read = Document::ofText(text);
  const auto fields = read.root();
  auto spec = spec::parseExperiment(fields.text("experiment"), "the checkpoint");
  if (spec) {
    auto made = checkpointOf(fields, *std::move(spec));
    if (read.good()) return made;
  }
  return spec::Error{spec::Error::Kind::Io, "", "the checkpoint is damaged"};
}

}  // namespace dentate::run
