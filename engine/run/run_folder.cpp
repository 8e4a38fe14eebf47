#include "engine/run/run_folder.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "engine/figure/export.h"
#include "engine/run/config_file.h"
#include "engine/run/csv.h"
#include "engine/run/figures.h"
#include "engine/run/lesion_files.h"
#include "engine/run/whole_file.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/graph.h"
#include "engine/spec/spelling.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;
using spec::LayerRole;

std::string metricsCsv(const spec::ExperimentSpec& spec, const Record& record) {
  const auto& network = spec.network;
  const auto hidden = [&](std::size_t l) { return network.layers[l].role == LayerRole::Hidden; };
  std::string text = metricsHead(spec) + "\n";
  const auto replica_cells = replicaCells(spec);
  for (const auto& point : record.steps) {
    text += replica_cells[point.replica] + "," + std::to_string(point.step) + "," +
            std::to_string(point.task) + ",";
    append(text, point.meta_loss);
    append(text += ',', point.work);
    for (const auto* values : {&point.active_fraction, &point.m})
      for (std::size_t l = 0; l < network.layers.size(); ++l)
        if (hidden(l)) append(text += ',', (*values)[l]);
    for (const float alpha : point.alpha) append(text += ',', alpha);
    text += '\n';
  }
  return text;
}

std::string accuracyCsv(const spec::ExperimentSpec& spec, const Record& record) {
  std::string text = accuracyHead(spec) + "\n";
  const auto replica_cells = replicaCells(spec);
  for (const auto& point : record.accuracy) {
    text += replica_cells[point.replica] + "," + std::to_string(point.after_task) + "," +
            std::to_string(point.task) + ",";
    appendAccuracy(text, point.category);
    appendAccuracy(text += ',', point.item);
    if (spec.stream.labels != spec::Labels::Category) {
      appendAccuracy(text += ',', point.item_in_memory);
      appendAccuracy(text += ',', point.item_outside);
      text += "," + std::to_string(point.in_memory);
    }
    text += '\n';
  }
  return text;
}

std::string sparsityCsv(const spec::ExperimentSpec& spec, const Record& record) {
  const auto& layers = spec.network.layers;
  std::string text = sparsityHead(spec) + "\n";
  const auto replica_cells = replicaCells(spec);
  for (const auto& point : record.sparsity) {
    text += replica_cells[point.replica] + "," + std::to_string(point.after_task);
    for (const auto* by_layer : {&point.dead, &point.variance})
      for (std::size_t l = 0; l < layers.size(); ++l)
        if (layers[l].role == LayerRole::Hidden) append(text += ',', (*by_layer)[l]);
    for (const auto* by_path : {&point.hoyer, &point.near_zero})
      for (const float value : *by_path) append(text += ',', value);
    text += '\n';
  }
  return text;
}

// Of the hidden layers.
json hiddenOf(const spec::NetworkSpec& network, const std::vector<float>& by_layer) {
  auto out = json::array();
  for (std::size_t l = 0; l < std::min(by_layer.size(), network.layers.size()); ++l)
    if (network.layers[l].role == LayerRole::Hidden) out.push_back(by_layer[l]);
  return out;
}

std::string without(spec::Pathway lesion) {
  return lesion == spec::Pathway::None ? "intact" : "lesion_" + std::string(spec::spell(lesion));
}

json byPathway(const std::map<spec::Pathway, double>& accuracy) {
  json out;
  for (const auto& [lesion, value] : accuracy) out[without(lesion)] = value;
  return out;
}

// Item accuracy where the replay memory holds the item, or does not; null where there is none such.
json byPathway(const std::map<spec::Pathway, measure::ItemMemory>& items,
               double (measure::ItemMemory::*of)() const) {
  json out;
  for (const auto& [lesion, found] : items) {
    const double share = (found.*of)();
    out[without(lesion)] = share < 0 ? json() : json(share);
  }
  return out;
}

}  // namespace

std::string summaryJson(const spec::ExperimentSpec& spec, const Record& record) {
  json root;
  root["name"] = spec.name;
  json& fields = root["fields"];
  for (const auto& layer : spec.network.layers)
    if (layer.role == LayerRole::Hidden) fields["layers"].push_back(layer.name);
  for (const auto& path : spec.network.paths) fields["paths"].push_back(spec::pathName(path));
  root["replicas"] = json::array();
  for (const auto& s : record.summaries) {
    json one;
    one["condition"] = spec::spell(s.condition);
    if (s.inhibition) one["inhibition"] = spec::spell(*s.inhibition);
    if (s.corrections) one["corrections"] = spec::spell(*s.corrections);
    one["alpha0"] = s.alpha0;
    one["seed"] = s.seed;
    one["finished"] = s.finished;
    if (s.failure) one["failed"] = {{"step", s.steps}, {"why", s.failure->what}};
    one["ra"] = s.ra;
    one["la"] = s.la;
    one["bti"] = s.bti;
    one["active_fraction"] = s.active_fraction;
    one["alpha"] = s.alpha;
    one["frozen_paths"] = json::array();
    for (const auto p : frozenPaths(spec, s))
      one["frozen_paths"].push_back(spec::pathName(spec.network.paths[p]));
    one["m"] = s.m;
    if (!s.sparsity.hoyer.empty()) {
      one["dead_units"] = hiddenOf(spec.network, s.sparsity.dead);
      one["unit_variance"] = hiddenOf(spec.network, s.sparsity.variance);
      one["weight_hoyer"] = s.sparsity.hoyer;
      one["weight_near_zero"] = s.sparsity.near_zero;
    }
    if (!s.category_accuracy.empty()) one["category_accuracy"] = byPathway(s.category_accuracy);
    if (!s.item_accuracy.empty()) one["item_accuracy"] = byPathway(s.item_accuracy);
    if (!s.items.empty()) {
      one["item_accuracy_in_memory"] = byPathway(s.items, &measure::ItemMemory::inMemory);
      one["item_accuracy_outside"] = byPathway(s.items, &measure::ItemMemory::outsideMemory);
    }
    root["replicas"].push_back(std::move(one));
  }
  for (const auto& change : record.changes)
    root["changes"].push_back({{"step", change.step}, {"what", change.what}});
  return root.dump(2) + "\n";
}

spec::Status checkRunFolder(const fs::path& folder) {
  std::error_code bad;
  fs::create_directories(folder, bad);
  if (bad) return cannotWrite(folder, bad.message());
  const auto probe = folder / ".probe";
  if (auto failed = writeWhole(probe, "")) return cannotWrite(folder, "no permission");
  fs::remove(probe, bad);
  return {};
}

spec::Status writeConfig(const fs::path& folder, const spec::ExperimentSpec& spec) {
  return writeWhole(folder / kConfigFile, spec::writeExperiment(spec));
}

namespace {

// Below the folder, until all that is to be in it is written.
constexpr const char* kStage = ".writing";

spec::Status writeFiles(const fs::path& stage, const spec::ExperimentSpec& spec,
                        const Record& record, Config config) {
  std::vector<std::pair<const char*, std::string>> files{
      {config == Config::Keep ? kAsRunFile : kConfigFile, spec::writeExperiment(spec)},
      {"metrics.csv", metricsCsv(spec, record)},
      {"accuracy.csv", accuracyCsv(spec, record)},
      {"sparsity.csv", sparsityCsv(spec, record)},
      {"summary.json", summaryJson(spec, record)}};
  if (record.lesion_curves)
    files.emplace_back("lesions.csv", lesionsCsv(spec, *record.lesion_curves));
  if (record.lesion_curves || !record.lesions.empty())
    files.emplace_back("lesions.json", lesionsJson(spec, record));
  for (const auto& [name, text] : files)
    if (auto failed = writeWhole(stage / name, text)) return failed;
  for (const auto& figure : figuresOf(spec, record)) {
    if (auto failed = figure::writePng(figure, stage / (figure.name + ".png"))) return failed;
    if (auto failed = figure::writeSvg(figure, stage / (figure.name + ".svg"))) return failed;
  }
  return {};
}

// In place of what an earlier run left; its figures that this one does not have are gone then.
spec::Status putInPlace(const fs::path& stage, const fs::path& folder) {
  std::vector<std::string> names{"lesions.csv", "lesions.json", kAsRunFile};
  for (const auto& figure : figureNames())
    for (const char* format : {".png", ".svg"}) names.push_back(figure + format);
  std::error_code bad;
  for (const auto& name : names)
    if (!fs::exists(stage / name, bad)) fs::remove(folder / name, bad);
  bad.clear();
  for (fs::directory_iterator file(stage, bad), end; !bad && file != end; file.increment(bad)) {
    fs::rename(file->path(), folder / file->path().filename(), bad);
    if (bad) break;
  }
  if (bad) return cannotWrite(folder, bad.message());
  return {};
}

// The error of a file that was to be written there names the place that it is for.
spec::Error placed(spec::Error error, const fs::path& stage, const fs::path& folder) {
  if (error.where.starts_with(stage.string()))
    error.where = folder.string() + error.where.substr(stage.string().size());
  return error;
}

}  // namespace

spec::Status writeRunFolder(const fs::path& folder, const spec::ExperimentSpec& spec,
                            const Record& record, Config config) {
  if (auto failed = checkRunFolder(folder)) return failed;
  const auto stage = folder / kStage;
  std::error_code bad;
  fs::remove_all(stage, bad);  // of a program that died
  fs::create_directory(stage, bad);
  if (bad) return cannotWrite(folder, bad.message());
  auto failed = writeFiles(stage, spec, record, config);
  if (failed) failed = placed(*std::move(failed), stage, folder);
  if (!failed) failed = putInPlace(stage, folder);
  fs::remove_all(stage, bad);
  return failed;
}

}  // namespace dentate::run
