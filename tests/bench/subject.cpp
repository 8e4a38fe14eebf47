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

double denseMultiplyAdds(const net::Plan& plan, std::int64_t replay, std::int64_t batch) {
  const auto samples = static_cast<double>(replay + batch), steps = static_cast<double>(batch);
  double sum = 0;
  for (std::size_t p = 0; p < plan.network.paths.size(); ++p) {
    const auto source = plan.graph.source[p], target = plan.graph.target[p];
    const double weights = static_cast<double>(plan.network.layers[source].units) *
                           static_cast<double>(plan.network.layers[target].units);
    sum += source == plan.graph.input ? 2 * samples * weights
                                      : (3 * samples * steps + 2 * steps) * weights;
  }
  return sum;
}

}  // namespace dentate::bench
