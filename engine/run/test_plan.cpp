#include "engine/run/test_plan.h"

#include <set>

namespace dentate::run {
namespace {

using spec::Pathway;

std::set<Pathway> pathwaysOf(const spec::ExperimentSpec& spec) {
  std::set<Pathway> found;
  if (spec.stream.labels != spec::Labels::Dual) return found;
  for (const auto& layer : spec.network.layers) found.insert(layer.pathway);
  for (const auto& path : spec.network.paths) found.insert(path.pathway);
  found.erase(Pathway::None);
  return found;
}

}  // namespace

std::vector<Test> testsAfter(const spec::ExperimentSpec& spec, std::int64_t task) {
  const auto tasks = spec.stream.tasks;
  const bool end = task == tasks - 1;
  std::vector<Test> tests;
  if (!end && spec.evaluate == spec::Evaluate::Diagonal) return {{task, Pathway::None}};
  if (!end && spec.evaluate == spec::Evaluate::Final) return {};
  for (std::int64_t t = 0; t < tasks; ++t) tests.push_back({t, Pathway::None});
  if (!end) return tests;
  for (const auto pathway : pathwaysOf(spec))
    for (std::int64_t t = 0; t < tasks; ++t) tests.push_back({t, pathway});
  return tests;
}

std::int64_t testsInAll(const spec::ExperimentSpec& spec) {
  std::int64_t tests = 0;
  for (std::int64_t t = 0; t < spec.stream.tasks; ++t)
    tests += static_cast<std::int64_t>(testsAfter(spec, t).size());
  return tests;
}

std::int64_t workInAll(const spec::ExperimentSpec& spec) {
  return spec::totalSteps(spec) + testsInAll(spec);
}

std::int64_t testSamples(const spec::ExperimentSpec& spec) {
  return spec.stream.labels == spec::Labels::Category ? spec.stream.test_samples
                                                      : spec.stream.samples_per_task;
}

std::int64_t partsOfTest(const spec::ExperimentSpec& spec) {
  return (testSamples(spec) + kPartSamples - 1) / kPartSamples;
}

}  // namespace dentate::run
