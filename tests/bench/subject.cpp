#include "tests/bench/subject.h"

#include "engine/data/dataset.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/templates.h"

namespace dentate::bench {

spec::Result<spec::ExperimentSpec> experimentOf(const std::string& config) {
  const bool wider = config == "two-layer-250";
  auto spec = spec::loadExperiment("configs/" + (wider ? "two-layer" : config) + ".json");
  if (spec && wider) spec->network = spec::layeredNetwork(784, 2, 250, 10);
  return spec;
}

spec::Result<std::shared_ptr<const Subject>> makeSubject(const spec::ExperimentSpec& spec) {
  auto plan = net::makePlan(spec.network, spec.rule.condition, spec.rule.k_fraction);
  if (!plan) return plan.error();
  auto dataset = data::loadDataset(spec.data, "assets");
  if (!dataset) return dataset.error();
  auto stream = data::planStream(*dataset, spec.stream);
  if (!stream) return stream.error();
  return std::make_shared<const Subject>(
      Subject{spec, std::move(stream).value(), std::move(plan).value()});
}

}  // namespace dentate::bench
