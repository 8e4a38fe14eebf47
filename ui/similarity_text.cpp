#include "ui/similarity_text.h"

#include <algorithm>
#include <cmath>

#include "ui/csv_cells.h"
#include "ui/format.h"

namespace dentate::ui {
namespace {

using link::SimilarityRequest;
using Level = SimilarityRequest::Level;

std::string numberOrNothing(double value) { return std::isnan(value) ? "" : editable(value); }

figure::HeatMap mapOf(const link::SimilarityView& view, const link::LayerSimilarity& layer,
                      const std::string& title, float low) {
  figure::HeatMap map;
  map.title = title;
  map.note = "overlap " + number(layer.overlap);
  map.x_label = map.y_label = view.request.level == Level::Tasks        ? "task"
                              : view.request.level == Level::Categories ? "category"
                                                                        : "item, by category";
  map.value_label = view.request.measure == SimilarityRequest::Measure::Pearson
                        ? "similarity (Pearson r)"
                        : "similarity (cosine)";
  map.rows = map.columns = view.rows->size();
  map.values.assign(layer.matrix.begin(), layer.matrix.end());
  map.low = static_cast<double>(low);  // below 0: a diverging scale
  map.high = 1;
  return map;
}

}  // namespace

std::string rowName(const link::SimilarityView& view, std::size_t row) {
  const auto& of = (*view.rows)[row];
  const auto category = of.category < 0 ? "" : "category " + std::to_string(of.category);
  switch (view.request.level) {
    case Level::Tasks:
      return "task " + count(of.task + 1) + (of.transform.empty() ? "" : ", " + of.transform);
    case Level::Categories:
      return of.images > 0 ? category
                           : "category " + count(static_cast<std::int64_t>(row)) + ", no images";
    case Level::Items:
      return category + (of.item < 0 ? ", image " + count(static_cast<std::int64_t>(row) + 1)
                                     : ", item " + count(of.item));
  }
  return category;
}

std::string rowSign(const link::SimilarityView& view, std::size_t row) {
  const auto& of = (*view.rows)[row];
  if (view.request.level == Level::Tasks) return count(of.task + 1);
  return of.category < 0 ? count(static_cast<std::int64_t>(row)) : count(of.category);
}

std::vector<AxisMark> axisMarks(const link::SimilarityView& view) {
  std::vector<AxisMark> out;
  const std::size_t n = view.rows->size();
  for (std::size_t first = 0; first < n;) {
    std::size_t end = first + 1;
    if (view.request.level == Level::Items)
      while (end < n && (*view.rows)[end].category == (*view.rows)[first].category) ++end;
    out.push_back({rowSign(view, first), static_cast<float>(first + end) / 2});
    first = end;
  }
  return out;
}

const char* measureName(SimilarityRequest::Measure measure) {
  return measure == SimilarityRequest::Measure::Pearson ? "Pearson" : "cosine";
}

std::string answerKind(const link::SimilarityView& view) {
  std::string what = view.request.level == Level::Tasks        ? "tasks"
                     : view.request.level == Level::Categories ? "categories"
                                                               : "items";
  if (view.request.level != Level::Tasks)
    what += view.request.task < 0 ? " over all tasks" : " of task " + count(view.request.task + 1);
  return what + ", " + measureName(view.request.measure);
}

std::string answerNote(const link::SimilarityView& view) {
  return answerKind(view) + ", meta-step " + count(view.step);
}

std::string similarityCsv(const link::SimilarityView& view, const spec::NetworkSpec& network) {
  std::string out = "layer,state,row,column,row_name,column_name,similarity\n";
  const std::size_t n = view.rows->size();
  std::vector<std::string> names;
  for (std::size_t r = 0; r < n; ++r) names.push_back(quoted(rowName(view, r)));
  const auto add = [&](const link::LayerSimilarity& layer, const char* state) {
    const std::string head = quoted(network.layers[layer.layer].name) + "," + state + ",";
    for (std::size_t r = 0; r < n; ++r)
      for (std::size_t c = 0; c < n; ++c)
        out += head + std::to_string(r + 1) + "," + std::to_string(c + 1) + "," + names[r] + "," +
               names[c] + "," + numberOrNothing(static_cast<double>(layer.matrix[r * n + c])) +
               "\n";
  };
  for (const auto& layer : view.intact) add(layer, "intact");
  for (const auto& layer : view.lesioned) add(layer, "lesioned");
  return out;
}

figure::Figure similarityFigure(const link::SimilarityView& view, const spec::NetworkSpec& network,
                                float low) {
  figure::Figure out;
  out.name = "representations";
  out.title = "Representations: " + answerNote(view);
  for (const auto& layer : view.intact)
    out.plots.emplace_back(mapOf(view, layer, network.layers[layer.layer].name, low));
  for (const auto& layer : view.lesioned)
    out.plots.emplace_back(
        mapOf(view, layer, network.layers[layer.layer].name + ", lesioned", low));
  constexpr std::size_t kMostBeside = 3;
  out.columns = std::max<std::size_t>(1, view.intact.size());
  if (view.lesioned.empty()) out.columns = std::min(out.columns, kMostBeside);
  return out;
}

}  // namespace dentate::ui
