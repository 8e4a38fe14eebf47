#include "engine/run/accuracy_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/measure/statistics.h"
#include "engine/run/figure_groups.h"

namespace dentate::run {
namespace {

using figure::Theme;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool byItem(const spec::ExperimentSpec& spec) { return spec.stream.labels == spec::Labels::Item; }

// Over the replicas of a group: accuracy after a task on a task [tasks * tasks]; NaN where not
// measured.
struct Matrix {
  std::vector<double> mean, sem;
};

Matrix matrixOf(const spec::ExperimentSpec& spec, const Record& record, const Group& group) {
  const auto tasks = static_cast<std::size_t>(spec.stream.tasks);
  std::vector<std::vector<double>> entries(tasks * tasks);
  for (const auto& a : record.accuracy) {
    if (spec::cellOf(spec, a.replica) == group.cell)
      entries[static_cast<std::size_t>(a.after_task) * tasks + static_cast<std::size_t>(a.task)]
          .push_back(byItem(spec) ? a.item : a.category);
  }
  Matrix out;
  for (const auto& values : entries) {
    const auto [mean, sem] = measure::meanSem(values);
    out.mean.push_back(values.empty() ? kNaN : mean);
    out.sem.push_back(sem);
  }
  return out;
}

figure::HeatMap heatMap(const spec::ExperimentSpec& spec, std::vector<double> means) {
  figure::HeatMap map;
  map.title = "Accuracy matrix";
  map.note = note(spec, "");
  map.x_label = "tested on task";
  map.y_label = "after task";
  map.value_label = byItem(spec) ? "item accuracy" : "category accuracy";
  map.rows = map.columns = static_cast<std::size_t>(spec.stream.tasks);
  map.values = std::move(means);
  return map;
}

// A row of the matrix, or its diagonal: `at` gives the entry of a task.
template <class At>
figure::Curve curveOf(const spec::ExperimentSpec& spec, const Matrix& matrix, At at) {
  figure::Curve curve;
  for (std::size_t t = 0; t < static_cast<std::size_t>(spec.stream.tasks); ++t) {
    curve.x.push_back(static_cast<double>(t + 1));
    curve.y.push_back(matrix.mean[at(t)]);
    if (spec.replicas.seeds > 1) curve.sem.push_back(matrix.sem[at(t)]);
  }
  return curve;
}

bool anyNumber(const figure::Curve& curve) {
  return std::any_of(curve.y.begin(), curve.y.end(), [](double y) { return !std::isnan(y); });
}

}  // namespace

std::optional<figure::LinePlot> accuracyByTask(const spec::ExperimentSpec& spec,
                                               const Record& record) {
  const auto tasks = static_cast<std::size_t>(spec.stream.tasks);
  const auto groups = groupsOf(spec);
  auto plot =
      plotOf(spec, "Accuracy by task", byItem(spec) ? "item accuracy" : "category accuracy");
  plot.boundaries.clear();
  plot.x.low = 1;
  plot.y.low = 0;
  const auto last = [&](std::size_t t) { return (tasks - 1) * tasks + t; };
  if (groups.size() == 1) {
    const auto matrix = matrixOf(spec, record, groups.front());
    plot.curves.push_back(curveOf(spec, matrix, [&](std::size_t t) { return t * tasks + t; }));
    plot.curves.back().label = "right after";
    plot.curves.back().style = {figure::ground(Theme::Light).accent, figure::Dash::Dashed};
    plot.curves.push_back(curveOf(spec, matrix, last));
    plot.curves.back().label = "at the end";
    plot.curves.back().style = {figure::ground(Theme::Light).text, figure::Dash::Solid};
  } else {
    plot.title = "Accuracy by task, at the end";
    for (const auto& group : groups) {
      plot.curves.push_back(curveOf(spec, matrixOf(spec, record, group), last));
      plot.curves.back().label = group.label;
      plot.curves.back().style = group.style;
    }
  }
  if (std::none_of(plot.curves.begin(), plot.curves.end(), anyNumber)) return std::nullopt;
  return plot;
}

std::optional<figure::Figure> accuracyMatrix(const spec::ExperimentSpec& spec,
                                             const Record& record) {
  if (spec.evaluate == spec::Evaluate::Final) return std::nullopt;
  const auto groups = groupsOf(spec);
  std::vector<figure::HeatMap> maps;
  double high = 0;
  for (const auto& group : groups) {
    maps.push_back(heatMap(spec, matrixOf(spec, record, group).mean));
    if (groups.size() > 1) maps.back().title += ", " + group.label;
    for (const double v : maps.back().values) high = std::isnan(v) ? high : std::max(high, v);
  }
  figure::Figure figure{"accuracy_matrix", "", {}, groups.size() > 1 ? std::size_t{2} : 1};
  for (auto& map : maps) {  // one scale for all
    map.high = high > 0 ? high : 1;
    figure.plots.emplace_back(std::move(map));
  }
  return figure;
}

std::optional<figure::LinePlot> raOverAlpha0(const spec::ExperimentSpec& spec,
                                             const Record& record) {
  auto alpha0s = spec::alpha0sOf(spec);
  std::sort(alpha0s.begin(), alpha0s.end());
  if (alpha0s.size() < 2 || alpha0s.front() <= 0) return std::nullopt;
  std::map<std::pair<spec::Compared, double>, std::vector<double>> values;
  for (const auto& s : record.summaries) {
    if (!std::isnan(s.ra)) values[{s.compared(), s.alpha0}].push_back(s.ra);
  }
  figure::LinePlot plot;
  plot.title = "Retained accuracy over the initial learning rate";
  if (spec.replicas.seeds > 1)
    plot.note = "mean ± SEM, n = " + std::to_string(spec.replicas.seeds) + " each";
  plot.x.label = "initial learning rate α₀ (log)";
  plot.x.log = true;
  plot.y.label = "retained accuracy RA";
  plot.y.low = 0;
  for (const auto& group : groupsOf(spec)) {
    figure::Curve curve;
    for (const double alpha0 : alpha0s) {
      const auto [mean, sem] = measure::meanSem(values[{group.compared, alpha0}]);
      curve.x.push_back(alpha0);
      curve.y.push_back(mean);
      if (spec.replicas.seeds > 1) curve.sem.push_back(sem);
    }
    curve.label = group.label;
    curve.style = group.style;
    plot.curves.push_back(std::move(curve));
  }
  if (std::none_of(plot.curves.begin(), plot.curves.end(), anyNumber)) return std::nullopt;
  return plot;
}

}  // namespace dentate::run
