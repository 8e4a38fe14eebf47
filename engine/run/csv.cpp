#include "engine/run/csv.h"

#include "engine/spec/graph.h"
#include "engine/spec/replicas.h"
#include "engine/spec/spelling.h"

namespace dentate::run {

void appendAccuracy(std::string& row, double accuracy) {
  if (accuracy >= 0) append(row, accuracy);
}

std::string cell(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string replicaHead(const spec::ExperimentSpec& spec) {
  return std::string("replica,condition") +
         (spec.replicas.inhibitions.empty() ? "" : ",inhibition") +
         (spec.replicas.corrections.empty() ? "" : ",corrections") + ",alpha0,seed";
}

std::string accuracyHead(const spec::ExperimentSpec& spec) {
  return olderAccuracyHead(spec) + (spec.stream.labels == spec::Labels::Category
                                        ? ""
                                        : ",item_in_memory,item_outside,in_memory");
}

std::string olderAccuracyHead(const spec::ExperimentSpec& spec) {
  return replicaHead(spec) + ",after_task,task,category,item";
}

std::string metricsHead(const spec::ExperimentSpec& spec) {
  const auto& network = spec.network;
  std::string text = replicaHead(spec) + ",step,task,meta_loss,work";
  for (const char* what : {"active_fraction_", "m_"})
    for (const auto& layer : network.layers)
      if (layer.role == spec::LayerRole::Hidden) text += "," + cell(what + layer.name);
  for (const auto& path : network.paths) text += "," + cell("alpha_" + spec::pathName(path));
  return text;
}

std::string sparsityHead(const spec::ExperimentSpec& spec) {
  std::string text = replicaHead(spec) + ",after_task";
  for (const char* what : {"dead_units_", "unit_variance_"})
    for (const auto& layer : spec.network.layers)
      if (layer.role == spec::LayerRole::Hidden) text += "," + cell(what + layer.name);
  for (const char* what : {"hoyer_", "near_zero_"})
    for (const auto& path : spec.network.paths) text += "," + cell(what + spec::pathName(path));
  return text;
}

std::vector<std::string> replicaCells(const spec::ExperimentSpec& spec) {
  std::vector<std::string> all;
  for (std::size_t r = 0; r < static_cast<std::size_t>(spec::replicaCount(spec)); ++r) {
    const auto which = spec::variantOf(spec, r);
    std::string cells = std::to_string(r) + "," + std::string(spec::spell(which.condition)) + ",";
    if (which.inhibition) cells += std::string(spec::spell(*which.inhibition)) + ",";
    if (which.corrections) cells += std::string(spec::spell(*which.corrections)) + ",";
    append(cells, which.alpha0);
    all.push_back(cells + "," + std::to_string(which.seed));
  }
  return all;
}

}  // namespace dentate::run
