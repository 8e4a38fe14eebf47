#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>

#include "engine/spec/check_data.h"
#include "engine/spec/graph.h"
#include "engine/spec/inhibition.h"
#include "engine/spec/items.h"
#include "engine/spec/memory.h"
#include "engine/spec/problems.h"
#include "engine/spec/ranges.h"
#include "engine/spec/replicas.h"
#include "engine/spec/shape.h"

namespace dentate::spec {
namespace {

Error refuse(std::string where, std::string what) {
  return {Error::Kind::Config, std::move(where), std::move(what)};
}

Status checkHead(const ExperimentSpec& spec, LayerRole role, bool wanted) {
  const auto head = layerOf(spec.network, role);
  if (head.has_value() == wanted) return std::nullopt;
  const std::string labels = "labels are " + jsonString(spell(spec.stream.labels));
  const std::string name = jsonString(spell(role));
  if (wanted)
    return refuse("network.layers", "expected a layer of role " + name + ", since the " + labels);
  return refuse(below(below("network.layers", *head), "role"),
                "expected no layer of role " + name + ", since the " + labels);
}

Status checkCategoryHead(const ExperimentSpec& spec) {
  return checkHead(spec, LayerRole::Category, spec.stream.labels != Labels::Item);
}

Status checkItemHead(const ExperimentSpec& spec) {
  if (auto refused = checkHead(spec, LayerRole::Item, spec.stream.labels != Labels::Category))
    return refused;
  const auto item = layerOf(spec.network, LayerRole::Item);
  if (!item) return std::nullopt;
  const auto units = spec.network.layers[*item].units;
  const auto items = streamItems(spec.stream), a_set = spec.stream.samples_per_item;
  if (units >= items) return std::nullopt;
  return refuse(unitsKey(*item),
                "expected at least " + grouped(items) + " item units, one for each " +
                    (a_set > 1 ? "set of " + grouped(a_set) + " images" : "image") + " of " +
                    grouped(spec.stream.tasks) + " tasks × " +
                    grouped(spec.stream.samples_per_task) + " samples, got " + grouped(units));
}

Status checkItemSets(const StreamSpec& stream) {
  const auto a_set = stream.samples_per_item;
  constexpr const char* kKey = "stream.samples_per_item";
  if (a_set > 1 && stream.labels == Labels::Category)
    return refuse(kKey, "expected 1, since the labels are \"category\", got " + grouped(a_set));
  if (a_set <= stream.samples_per_task) return std::nullopt;
  return refuse(kKey, "expected at most the " + grouped(stream.samples_per_task) +
                          " samples of a task, got " + grouped(a_set));
}

// Of a layer whose k_target is above its k_max.
std::string growingK(const LayerSpec& layer) {
  return "expected at most k_max, " + plainNumber(layer.k_max) + ", got " +
         plainNumber(layer.k_target);
}

Status checkWinners(const ExperimentSpec& spec) {
  for (std::size_t l = 0; l < spec.network.layers.size(); ++l) {
    const auto& layer = spec.network.layers[l];
    if (layer.k_target > layer.k_max)
      return refuse(below(below("network.layers", l), "k_target"), growingK(layer));
  }
  return std::nullopt;
}

// Where no condition learns m, kinds that learn it take nothing off, like none.
Status checkInhibitions(const ExperimentSpec& spec) {
  const auto conditions = conditionsOf(spec);
  const auto& kinds = spec.replicas.inhibitions;
  const auto idle = [&](Inhibition kind) {
    return std::none_of(conditions.begin(), conditions.end(),
                        [kind](Condition c) { return inhibits(kind, c); });
  };
  const auto first = std::find_if(kinds.begin(), kinds.end(), idle);
  const auto second =
      first == kinds.end() ? first : std::find_if(std::next(first), kinds.end(), idle);
  if (second == kinds.end()) return std::nullopt;
  return refuse(below("replicas.inhibitions", static_cast<std::size_t>(second - kinds.begin())),
                jsonString(spell(*second)) + " is the same as " + jsonString(spell(*first)) +
                    " here, since no condition learns m: expected condition \"s\" or \"s+lr\", or "
                    "one of the two");
}

// softplus(alpha) is never 0, so no path can begin there.
Status checkAlpha(const ExperimentSpec& spec) {
  const auto all = comparedOf(spec);
  const bool softplus = std::any_of(all.begin(), all.end(), [&](const Compared& each) {
    return ruleOf(spec, each).alpha == AlphaForm::Softplus;
  });
  if (!softplus) return std::nullopt;
  constexpr const char* kWhy = "expected above 0, since softplus(alpha) never is 0, got 0";
  const auto alpha0s = alpha0sOf(spec);
  const auto zero = std::find(alpha0s.begin(), alpha0s.end(), 0.0);
  if (zero != alpha0s.end())
    return refuse(spec.replicas.alpha0.empty()
                      ? "rule.alpha0"
                      : below("replicas.alpha0", static_cast<std::size_t>(zero - alpha0s.begin())),
                  kWhy);
  for (std::size_t p = 0; p < spec.network.paths.size(); ++p)
    if (spec.network.paths[p].alpha0 == 0.0)
      return refuse(below(below("network.paths", p), "alpha0"), kWhy);
  return std::nullopt;
}

Status checkReplicas(const ExperimentSpec& spec) {
  if (replicaCount(spec) <= kMostReplicas) return std::nullopt;
  return refuse("replicas", "expected at most " + grouped(kMostReplicas) + " networks, got " +
                                replicasInWords(spec));
}

Status checkDevice(const ExperimentSpec& spec) {
  if (spec.device != Device::Cuda) return std::nullopt;
  if (convolves(spec.network))
    return refuse(
        "device",
        "expected \"cpu\" or \"auto\", since convolutional layers learn on the CPU alone, "
        "got \"cuda\"");
  if (spec.rule.order == 1) return std::nullopt;
  return refuse("device",
                "expected \"cpu\" or \"auto\", since only the CPU differentiates through the inner "
                "gradient (rule.order 2), got \"cuda\"");
}

// The key that makes most networks.
const char* largestFactor(const ExperimentSpec& spec) {
  const auto& replicas = spec.replicas;
  const auto seeds = static_cast<std::size_t>(replicas.seeds);
  const std::pair<std::size_t, const char*> factors[] = {
      {seeds, "replicas.seeds"},
      {replicas.inhibitions.size(), "replicas.inhibitions"},
      {replicas.corrections.size(), "replicas.corrections"},
      {replicas.alpha0.size(), "replicas.alpha0"},
      {replicas.conditions.size(), "replicas.conditions"}};
  return std::max_element(std::begin(factors), std::end(factors),
                          [](const auto& a, const auto& b) { return a.first < b.first; })
      ->second;
}

// The key that makes most of the need.
std::string largestNeed(const ExperimentSpec& spec, const MemoryNeed& need) {
  const bool several = replicaCount(spec) > 1;
  const bool large_batch = spec.rule.batch > RuleSpec{}.batch;
  const std::pair<double, const char*> needs[] = {
      {need.networks, several ? largestFactor(spec) : "network.layers"},
      {need.working, large_batch ? "rule.batch" : "network.layers"},
      {need.train_images, "stream.samples_per_task"},
      {need.test_images, "stream.test_samples"}};
  return std::max_element(std::begin(needs), std::end(needs))->second;
}

Status checkMemory(const ExperimentSpec& spec, double memory) {
  const MemoryNeed need = memoryNeed(spec, workingThreads(spec));
  if (need.all() <= kMemoryShare * memory) return std::nullopt;
  const auto count = replicaCount(spec);
  const std::string who = count > 1 ? "the " + grouped(count) + " networks need" : "needs";
  return Error{Error::Kind::Resource, largestNeed(spec, need),
               who + " about " + gigabytes(need.all()) + " of memory; this machine has " +
                   gigabytes(memory) + ", of which one experiment may take " +
                   gigabytes(kMemoryShare * memory)};
}

// The layer of most units.
std::size_t largestLayer(const NetworkSpec& network) {
  std::size_t largest = 0;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].units > network.layers[largest].units) largest = i;
  }
  return largest;
}

std::string asSentence(std::string what) {
  what[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(what[0])));
  return what;
}

}  // namespace

std::vector<Problem> networkProblems(const ExperimentSpec& spec, double memory) {
  std::vector<Problem> problems = networkProblems(spec.network);
  const std::tuple<Status, LayerRole> fits[] = {{checkInput(spec), LayerRole::Input},
                                                {checkCategories(spec), LayerRole::Category},
                                                {checkCategoryHead(spec), LayerRole::Category},
                                                {checkItemHead(spec), LayerRole::Item}};
  for (const auto& [refused, role] : fits) {
    if (refused) problems.push_back({layerOf(spec.network, role), {}, asSentence(refused->what)});
  }
  for (std::size_t l = 0; l < spec.network.layers.size(); ++l) {
    const auto& layer = spec.network.layers[l];
    if (layer.k_target > layer.k_max) problems.push_back({l, {}, "k_target: " + growingK(layer)});
  }
  const auto need = checkMemory(spec, memory);
  if (need && !spec.network.layers.empty()) {
    const bool of_network = need->where.starts_with("network");
    problems.push_back({of_network ? std::optional(largestLayer(spec.network)) : std::nullopt,
                        {},
                        asSentence(need->what)});
  }
  return problems;
}

Status checkExperiment(const ExperimentSpec& spec) {
  return checkExperiment(spec, machineMemory());
}

Status checkExperiment(const ExperimentSpec& spec, double memory) {
  if (const auto problem = misfit(spec, ""))
    return Error{Error::Kind::Config, problem->path, problem->what};
  if (const auto graph = makeGraph(spec.network); !graph) return graph.error();
  if (auto refused = checkWinners(spec)) return refused;
  if (auto refused = checkInhibitions(spec)) return refused;
  if (auto refused = checkReplicas(spec)) return refused;
  if (auto refused = checkAlpha(spec)) return refused;
  if (auto refused = checkItemSets(spec.stream)) return refused;
  if (auto refused = checkCategoryHead(spec)) return refused;
  if (auto refused = checkItemHead(spec)) return refused;
  if (auto refused = checkData(spec)) return refused;
  if (auto refused = checkDevice(spec)) return refused;
  return checkMemory(spec, memory);
}

}  // namespace dentate::spec
