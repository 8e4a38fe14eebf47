#include "engine/run/run_folder.h"

#include <charconv>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "engine/figure/export.h"
#include "engine/run/figures.h"
#include "engine/spec/experiment_json.h"
#include "engine/spec/replicas.h"
#include "engine/spec/spelling.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;
using spec::Error;
using spec::LayerRole;

Error cannotWrite(const fs::path& file, const std::string& why) {
  return {Error::Kind::Io, file.string(), "cannot be written: " + why};
}

spec::Status writeText(const fs::path& file, const std::string& text) {
  const fs::path part = file.string() + ".part";
  {
    std::ofstream out(part, std::ios::binary);
    out << text;
    out.flush();
    if (!out) {
      std::error_code ignored;
      fs::remove(part, ignored);
      return cannotWrite(file, "no permission, or the disk is full");
    }
  }
  std::error_code bad;
  fs::rename(part, file, bad);
  if (bad) return cannotWrite(file, bad.message());
  return {};
}

// The shortest text that reads back as the same number; empty where there is none.
template <class Number>
void append(std::string& row, Number value) {
  if (std::isnan(value)) return;
  char text[32];
  const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
  row.append(text, end);
}

// A header cell as RFC 4180 has it: quoted where it holds a comma or a quote.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string pathName(const spec::PathSpec& path) { return path.from + ">" + path.to; }

// The first cells of a row, by replica.
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

std::string metricsCsv(const spec::ExperimentSpec& spec, const Record& record) {
  const auto& network = spec.network;
  std::string text = "replica,condition,alpha0,seed,step,task,meta_loss,work";
  const auto hidden = [&](std::size_t l) { return network.layers[l].role == LayerRole::Hidden; };
  for (const char* what : {"active_fraction_", "m_"})
    for (std::size_t l = 0; l < network.layers.size(); ++l)
      if (hidden(l)) text += "," + cell(what + network.layers[l].name);
  for (const auto& path : network.paths) text += "," + cell("alpha_" + pathName(path));
  text += '\n';
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
  std::string text = "replica,condition,alpha0,seed,after_task,task,category,item\n";
  const auto shown = [](double accuracy) { return accuracy < 0 ? std::nan("") : accuracy; };
  const auto replica_cells = replicaCells(spec);
  for (const auto& point : record.accuracy) {
    text += replica_cells[point.replica] + "," + std::to_string(point.after_task) + "," +
            std::to_string(point.task) + ",";
    append(text, shown(point.category));
    append(text += ',', shown(point.item));
    text += '\n';
  }
  return text;
}

json byPathway(const std::map<spec::Pathway, double>& accuracy) {
  json out;
  for (const auto& [lesion, value] : accuracy)
    out[lesion == spec::Pathway::None ? "intact" : "lesion_" + std::string(spec::spell(lesion))] =
        value;
  return out;
}

}  // namespace

std::string summaryJson(const spec::ExperimentSpec& spec, const Record& record) {
  json root;
  root["name"] = spec.name;
  json& fields = root["fields"];
  for (const auto& layer : spec.network.layers)
    if (layer.role == LayerRole::Hidden) fields["layers"].push_back(layer.name);
  for (const auto& path : spec.network.paths) fields["paths"].push_back(pathName(path));
  root["replicas"] = json::array();
  for (const auto& s : record.summaries) {
    json one;
    one["condition"] = spec::spell(s.condition);
    one["alpha0"] = s.alpha0;
    one["seed"] = s.seed;
    one["finished"] = s.finished;
    one["ra"] = s.ra;
    one["la"] = s.la;
    one["bti"] = s.bti;
    one["active_fraction"] = s.active_fraction;
    one["alpha"] = s.alpha;
    one["m"] = s.m;
    if (!s.category_accuracy.empty()) one["category_accuracy"] = byPathway(s.category_accuracy);
    if (!s.item_accuracy.empty()) one["item_accuracy"] = byPathway(s.item_accuracy);
    root["replicas"].push_back(std::move(one));
  }
  return root.dump(2) + "\n";
}

spec::Status checkRunFolder(const fs::path& folder) {
  std::error_code bad;
  fs::create_directories(folder, bad);
  if (bad) return cannotWrite(folder, bad.message());
  const auto probe = folder / ".probe";
  if (auto failed = writeText(probe, "")) return cannotWrite(folder, "no permission");
  fs::remove(probe, bad);
  return {};
}

spec::Status writeRunFolder(const fs::path& folder, const spec::ExperimentSpec& spec,
                            const Record& record) {
  if (auto failed = checkRunFolder(folder)) return failed;
  const std::pair<const char*, std::string> files[] = {{"config.json", spec::writeExperiment(spec)},
                                                       {"metrics.csv", metricsCsv(spec, record)},
                                                       {"accuracy.csv", accuracyCsv(spec, record)},
                                                       {"summary.json", summaryJson(spec, record)}};
  for (const auto& [name, text] : files)
    if (auto failed = writeText(folder / name, text)) return failed;
  for (const auto& name : figureNames()) {  // of an earlier run
    std::error_code missing;
    for (const char* format : {".png", ".svg"}) fs::remove(folder / (name + format), missing);
  }
  for (const auto& figure : figuresOf(spec, record)) {
    if (auto failed = figure::writePng(figure, folder / (figure.name + ".png"))) return failed;
    if (auto failed = figure::writeSvg(figure, folder / (figure.name + ".svg"))) return failed;
  }
  return {};
}

}  // namespace dentate::run
