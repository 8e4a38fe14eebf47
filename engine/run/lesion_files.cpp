#include "engine/run/lesion_files.h"

#include <nlohmann/json.hpp>

#include "engine/run/csv.h"
#include "engine/spec/graph.h"
#include "engine/spec/spelling.h"

namespace dentate::run {
namespace {

using json = nlohmann::ordered_json;

json valueOf(const spec::NetworkSpec& network, const spec::Lesion& lesion) {
  const bool layer = lesion.part == spec::LesionPart::Layer;
  json out;
  if (layer) {
    out["layer"] = network.layers[lesion.index].name;
  } else {
    out["path"] = spec::pathName(network.paths[lesion.index]);
  }
  out["what"] = lesion.plasticity ? "plasticity" : "activity";
  if (lesion.plasticity) return out;
  out["share"] = lesion.share;
  out["order"] = spec::spell(lesion.order);
  if (lesion.order == spec::LesionOrder::Random) out["order_seed"] = lesion.seed;
  return out;
}

json valuesOf(const spec::NetworkSpec& network, const std::vector<spec::Lesion>& lesions) {
  auto out = json::array();
  for (const auto& lesion : lesions) out.push_back(valueOf(network, lesion));
  return out;
}

}  // namespace

std::string lesionsJson(const spec::ExperimentSpec& spec, const Record& record) {
  json root;
  root["in_force"] = record.lesions.empty() ? json::array()
                                            : valuesOf(spec.network, record.lesions.back().lesions);
  root["changes"] = json::array();
  for (const auto& event : record.lesions)
    root["changes"].push_back(
        {{"step", event.step}, {"lesions", valuesOf(spec.network, event.lesions)}});
  if (record.lesion_curves) {
    const auto& request = record.lesion_curves->request;
    auto& curves = root["curves"];
    curves["order"] = spec::spell(request.order);
    if (request.order == spec::LesionOrder::Random) curves["order_seed"] = request.seed;
    curves["samples"] = request.samples;
    curves["complete"] = record.lesion_curves->complete();
  }
  return root.dump(2) + "\n";
}

std::string lesionsHead(const spec::ExperimentSpec& spec) {
  return "part,share," + replicaHead(spec) + ",category,item,step";
}

std::string lesionsCsv(const spec::ExperimentSpec& spec, const link::LesionCurves& curves) {
  std::string text = lesionsHead(spec) + "\n";
  const auto replica_cells = replicaCells(spec);
  for (const auto& curve : curves.curves) {
    for (std::size_t s = 0; s < curve.shares.size(); ++s) {
      for (std::size_t r = 0; r < curves.replicas.size(); ++r) {
        if (std::isnan(curve.category[r][s]) && std::isnan(curve.item[r][s])) continue;
        append(text += cell(curve.part) + ",", curve.shares[s]);
        text += "," + replica_cells[curves.replicas[r]];
        appendAccuracy(text += ',', curve.category[r][s]);
        appendAccuracy(text += ',', curve.item[r][s]);
        text += "," + std::to_string(curves.steps[r]) + "\n";
      }
    }
  }
  return text;
}

}  // namespace dentate::run
