#include "engine/run/saved_lesions.h"

#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/run/csv.h"
#include "engine/run/lesion_files.h"
#include "engine/run/lesion_parts.h"
#include "engine/run/saved_table.h"
#include "engine/spec/replicas.h"
#include "engine/spec/spelling.h"

namespace dentate::run {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostRows = 1'000'000;

struct Row {
  double share = 0;
  std::size_t replica = 0;
  double category = 0, item = 0;
};

struct Table {
  std::map<std::string, std::vector<Row>> rows;  // by part
  std::map<std::size_t, std::int64_t> steps;     // by replica
  std::int64_t count = 0;
};

struct Asked {
  link::LesionCurvesRequest request;
  bool complete = false;
};

spec::Result<Asked> readAsked(const fs::path& file) {
  const auto wrong =
      unreadable(file, "does not say in which order the units of lesions.csv were silenced");
  std::ifstream in(file);
  const auto root = nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
  if (!root.is_object() || !root.contains("curves") || !root["curves"].is_object()) return wrong;
  const auto& curves = root["curves"];
  if (!curves.contains("order") || !curves["order"].is_string()) return wrong;
  const auto order = spec::valueNamed<spec::LesionOrder>(curves["order"].get<std::string>());
  if (!order) return wrong;
  Asked out;
  out.request.order = *order;
  if (curves.contains("order_seed") && curves["order_seed"].is_number_unsigned())
    out.request.seed = curves["order_seed"].get<std::uint64_t>();
  if (curves.contains("samples") && curves["samples"].is_number_integer())
    out.request.samples = curves["samples"].get<std::int64_t>();
  out.complete = curves.contains("complete") && curves["complete"] == true;
  return out;
}

spec::Result<Table> readTable(const fs::path& file, const spec::ExperimentSpec& spec,
                              const std::set<std::string>& parts) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  if (!in || !std::getline(in, line)) return unreadable(file, "cannot be read");
  if (line != lesionsHead(spec))
    return unreadable(file, "its columns are not those of the network in config.json");
  const auto accuracy = [](double value) { return value >= 0 && value <= 1 ? value : -1; };
  Table out;
  for (std::size_t number = 2; std::getline(in, line); ++number) {
    Cells cells(line);
    const auto part = cells.text();
    Row row;
    row.share = cells.number();
    row.replica = static_cast<std::size_t>(cells.index(spec::replicaCount(spec)));
    cells.skipVariant(spec);
    row.category = accuracy(cells.number());
    row.item = accuracy(cells.number());
    const auto step = cells.index(spec::totalSteps(spec) + 1);
    if (!cells.good() || !parts.contains(part) || !(row.share >= 0 && row.share <= 1) ||
        number > kMostRows)
      return unreadable(file, "line " + std::to_string(number) + " is not a test of this network");
    out.rows[part].push_back(row);
    out.steps[row.replica] = step;
    ++out.count;
  }
  if (in.bad()) return unreadable(file, "cannot be read to its end");
  return out;
}

// The shares that were tested of a part, and by replica what was measured at each.
void fill(link::LesionCurve& curve, const std::vector<Row>& rows, const Table& table) {
  std::set<double> shares;
  for (const auto& row : rows) shares.insert(row.share);
  curve.shares.assign(shares.begin(), shares.end());
  for (auto* values : {&curve.category, &curve.item})
    values->assign(table.steps.size(),
                   std::vector<double>(shares.size(), std::numeric_limits<double>::quiet_NaN()));
  for (const auto& row : rows) {
    const auto at = static_cast<std::size_t>(std::distance(shares.begin(), shares.find(row.share)));
    const auto place =
        static_cast<std::size_t>(std::distance(table.steps.begin(), table.steps.find(row.replica)));
    curve.category[place][at] = row.category;
    curve.item[place][at] = row.item;
  }
}

}  // namespace

spec::Result<std::optional<link::LesionCurves>> readLesionCurves(const fs::path& folder,
                                                                 const spec::ExperimentSpec& spec) {
  const auto file = folder / "lesions.csv";
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::optional<link::LesionCurves>();
  auto asked = readAsked(folder / "lesions.json");
  if (!asked) return asked.error();
  auto parts = lesionableParts(spec.network, asked->request);
  std::set<std::string> names;
  for (const auto& part : parts) names.insert(part.part);
  auto table = readTable(file, spec, names);
  if (!table) return table.error();
  link::LesionCurves out;
  out.request = asked->request;
  out.done = table->count;
  out.in_all = asked->complete ? out.done : out.done + 1;
  for (const auto& [replica, step] : table->steps) {
    out.replicas.push_back(replica);
    out.steps.push_back(step);
  }
  for (auto& part : parts) {
    const auto rows = table->rows.find(part.part);
    if (rows == table->rows.end()) continue;
    fill(part, rows->second, *table);
    out.curves.push_back(std::move(part));
  }
  return std::optional(std::move(out));
}

}  // namespace dentate::run
