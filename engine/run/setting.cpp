#include "engine/run/setting.h"

#include <utility>

#include "engine/data/dataset.h"
#include "engine/learn/registry.h"
#include "engine/run/device.h"
#include "engine/spec/check_data.h"
#include "engine/spec/graph.h"

namespace dentate::run {
namespace {

using spec::Error;

// What only the loaded data can tell: sizes of images, number of classes.
spec::Status checkFit(const spec::NetworkSpec& network, const data::StreamPlan& stream) {
  const auto& dataset = *stream.dataset;
  const auto pixels = static_cast<std::int64_t>(dataset.train.imageSize());
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const auto& layer = network.layers[l];
    const auto place = "network.layers[" + std::to_string(l) + "].units";
    if (layer.role == spec::LayerRole::Input && layer.units != pixels)
      return Error{Error::Kind::Config, place,
                   "an input unit for every pixel of " + dataset.name + " is needed, " +
                       std::to_string(pixels) + "; got " + std::to_string(layer.units)};
    if (layer.role == spec::LayerRole::Category && layer.units < stream.categories)
      return Error{Error::Kind::Config, place,
                   "a unit for every category of " + dataset.name + " is needed, at least " +
                       std::to_string(stream.categories) + "; got " + std::to_string(layer.units)};
  }
  return spec::checkImage(
      network, {dataset.train.channels, dataset.train.height, dataset.train.width}, dataset.name);
}

// Whether there is a rule that learns this condition, where the experiment wants it to.
spec::Status checkRule(const spec::ExperimentSpec& spec, const net::Plan& plan,
                       const spec::RuleSpec& rule) {
  const bool batch = spec.device == spec::Device::Cuda;
  const auto made = learn::makeRule(plan, rule, batch ? learn::Body::Aten : learn::Body::Auto);
  if (made) return {};
  auto refused = made.error();
  if (refused.where == "rule.condition" && !spec.replicas.conditions.empty())
    refused.where = "replicas.conditions";
  if (refused.where == "rule.alpha" && !spec.replicas.corrections.empty())
    refused.where = "replicas.corrections";
  return refused;
}

// Checks the spec, and that there is a rule for it.
spec::Result<std::vector<net::Plan>> makePlans(const spec::ExperimentSpec& spec) {
  if (auto wrong = spec::checkExperiment(spec)) return *wrong;
  std::vector<net::Plan> plans;
  for (const auto& compared : spec::comparedOf(spec)) {
    const auto rule = spec::ruleOf(spec, compared);
    auto plan = net::makePlan(spec::networkOf(spec, compared), rule.condition, rule.k_fraction);
    if (!plan) return plan.error();
    plan->extra = learn::extraOf(*plan, rule);
    plan->alpha = rule.alpha;
    if (auto refused = checkRule(spec, *plan, rule)) return *refused;
    plans.push_back(std::move(plan).value());
  }
  return plans;
}

}  // namespace

spec::RuleSpec Setting::rule(std::size_t replica) const {
  const auto which = variant(replica);
  auto own = spec::ruleOf(spec, which.compared());
  own.alpha0 = which.alpha0;
  return own;
}

spec::Result<std::shared_ptr<const Setting>> makeSetting(const spec::ExperimentSpec& spec,
                                                         const std::filesystem::path& assets) {
  auto plans = makePlans(spec);
  if (!plans) return plans.error();
  const auto device = batchDevice(spec.device);
  if (!device) return device.error();
  auto dataset = data::loadDataset(spec.data, assets);
  if (!dataset) return dataset.error();
  auto stream = data::planStream(*dataset, spec.stream);
  if (!stream) return stream.error();
  if (auto wrong = checkFit(spec.network, **stream)) return *wrong;
  std::shared_ptr<const data::TestSets> tests;
  if (spec.stream.labels == spec::Labels::Category)
    tests = std::make_shared<const data::TestSets>(*stream);
  return std::make_shared<const Setting>(Setting{spec, std::move(stream).value(), std::move(tests),
                                                 std::move(plans).value(), *device});
}

spec::Result<std::shared_ptr<const Setting>> inhibitedOtherwise(const Setting& setting,
                                                                const spec::ExperimentSpec& spec) {
  auto plans = makePlans(spec);
  if (!plans) return plans.error();
  return std::make_shared<const Setting>(
      Setting{spec, setting.stream, setting.tests, std::move(plans).value(), setting.batch_device});
}

}  // namespace dentate::run
