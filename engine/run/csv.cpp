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

std::string metricsHead(const spec::NetworkSpec& network) {
  std::string text = "replica,condition,alpha0,seed,step,task,meta_loss,work";
  for (const char* what : {"active_fraction_", "m_"})
    for (const auto& layer : network.layers)
      if (layer.role == spec::LayerRole::Hidden) text += "," + cell(what + layer.name);
  for (const auto& path : network.paths) text += "," + cell("alpha_" + spec::pathName(path));
  return text;
}

std::vector<std::string> replicaCells(const spec::ExperimentSpec& spec) {
  std::vector<std::string> all;
  for (std::size_t r = 0; r < static_cast<std::size_t>(spec::replicaCount(spec)); ++r) {
    const auto which = spec::variantOf(spec, r);
    std::string cells = std::to_string(r) + "," + std::string(spec::spell(which.condition)) + ",";
    append(cells, which.alpha0);
    all.push_back(cells + "," + std::to_string(which.seed));
  }
  return all;
}

}  // namespace dentate::run
