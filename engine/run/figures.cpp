#include "engine/run/figures.h"

#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "engine/figure/palette.h"
#include "engine/measure/statistics.h"
#include "engine/spec/spelling.h"

namespace dentate::run {
namespace {

using figure::Theme;
using spec::LayerRole;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// `spread`: what stands beside the mean, "± SEM" or nothing.
std::string note(const spec::ExperimentSpec& spec, const char* spread) {
  const auto n = spec.replicas.seeds;
  return std::string(spec::spell(spec.rule.condition)) +
         (n > 1 ? ", mean" + std::string(spread) + ", n = " + std::to_string(n)
                : ", seed " + std::to_string(spec.replicas.first_seed));
}

// Mean and SEM over replicas at every meta-step; x counts tasks.
figure::Curve curveOf(const spec::ExperimentSpec& spec, const Record& record,
                      const std::function<double(const link::StepPoint&)>& value) {
  std::map<std::int64_t, std::vector<double>> by_step;
  for (const auto& point : record.steps) {
    const double v = value(point);
    if (std::isfinite(v)) by_step[point.step].push_back(v);
  }
  figure::Curve curve;
  for (const auto& [step, values] : by_step) {
    const auto [mean, sem] = measure::meanSem(values);
    curve.x.push_back(static_cast<double>(step) / static_cast<double>(spec::stepsPerTask(spec)));
    curve.y.push_back(mean);
    if (spec.replicas.seeds > 1) curve.sem.push_back(sem);
  }
  return curve;
}

figure::LinePlot plotOf(const spec::ExperimentSpec& spec, std::string title, std::string y) {
  figure::LinePlot plot;
  plot.title = std::move(title);
  plot.note = note(spec, " ± SEM");
  plot.x.label = "task";
  plot.x.low = 0;
  plot.x.high = static_cast<double>(spec.stream.tasks);
  plot.y.label = std::move(y);
  for (std::int64_t t = 1; t < spec.stream.tasks; ++t)
    plot.boundaries.push_back(static_cast<double>(t));
  return plot;
}

figure::Figure single(std::string name, figure::Plot plot) {
  figure::Figure figure;
  figure.name = std::move(name);
  figure.plots.push_back(std::move(plot));
  return figure;
}

// One curve a hidden layer, of the value that `pick` takes from a point.
figure::LinePlot byLayer(const spec::ExperimentSpec& spec, const Record& record,
                         figure::LinePlot plot, const std::vector<float> link::StepPoint::*pick) {
  for (std::size_t l = 0; l < spec.network.layers.size(); ++l) {
    if (spec.network.layers[l].role != LayerRole::Hidden) continue;
    auto curve =
        curveOf(spec, record, [&](const link::StepPoint& p) -> double { return (p.*pick)[l]; });
    curve.label = spec.network.layers[l].name;
    curve.style.color = figure::layerColor(spec.network, l, Theme::Light);
    plot.curves.push_back(std::move(curve));
  }
  return plot;
}

figure::LinePlot byPath(const spec::ExperimentSpec& spec, const Record& record) {
  auto plot = plotOf(spec, "Learning rate of each path", "learning rate α");
  for (std::size_t p = 0; p < spec.network.paths.size(); ++p) {
    auto curve =
        curveOf(spec, record, [&](const link::StepPoint& at) -> double { return at.alpha[p]; });
    curve.label = figure::pathLabel(spec.network, p);
    curve.style = figure::pathStyle(spec.network, p, Theme::Light);
    plot.curves.push_back(std::move(curve));
  }
  return plot;
}

bool byItem(const spec::ExperimentSpec& spec) { return spec.stream.labels == spec::Labels::Item; }

// Mean over replicas of the accuracy after a task on a task; NaN where not measured.
std::vector<double> meanMatrix(const spec::ExperimentSpec& spec, const Record& record) {
  const auto tasks = static_cast<std::size_t>(spec.stream.tasks);
  std::vector<std::vector<double>> entries(tasks * tasks);
  for (const auto& a : record.accuracy)
    entries[static_cast<std::size_t>(a.after_task) * tasks + static_cast<std::size_t>(a.task)]
        .push_back(byItem(spec) ? a.item : a.category);
  std::vector<double> means;
  for (const auto& values : entries)
    means.push_back(values.empty() ? kNaN : measure::meanSem(values).mean);
  return means;
}

figure::HeatMap matrixPlot(const spec::ExperimentSpec& spec, std::vector<double> means) {
  figure::HeatMap map;
  map.title = "Accuracy matrix";
  map.note = note(spec, "");
  map.x_label = "tested on task";
  map.y_label = "after task";
  map.value_label = byItem(spec) ? "item accuracy" : "category accuracy";
  map.rows = map.columns = static_cast<std::size_t>(spec.stream.tasks);
  map.high = 0;
  for (const double v : means) map.high = std::isnan(v) ? map.high : std::max(map.high, v);
  if (map.high <= 0) map.high = 1;
  map.values = std::move(means);
  return map;
}

// Right after learning each task, and at the end.
figure::LinePlot accuracyPlot(const spec::ExperimentSpec& spec, const std::vector<double>& means) {
  const auto tasks = static_cast<std::size_t>(spec.stream.tasks);
  auto plot =
      plotOf(spec, "Accuracy by task", byItem(spec) ? "item accuracy" : "category accuracy");
  plot.note = note(spec, "");
  plot.boundaries.clear();
  plot.x.low = 1;
  plot.y.low = 0;
  figure::Curve right_after, at_end;
  right_after.label = "right after";
  right_after.style = {figure::ground(Theme::Light).accent, figure::Dash::Dashed};
  at_end.label = "at the end";
  at_end.style = {figure::ground(Theme::Light).text, figure::Dash::Solid};
  for (std::size_t t = 0; t < tasks; ++t) {
    right_after.x.push_back(static_cast<double>(t + 1));
    at_end.x.push_back(static_cast<double>(t + 1));
    right_after.y.push_back(means[t * tasks + t]);
    at_end.y.push_back(means[(tasks - 1) * tasks + t]);
  }
  plot.curves = {std::move(right_after), std::move(at_end)};
  return plot;
}

}  // namespace

std::vector<std::string> figureNames() {
  return {"active_fraction", "alpha", "m", "meta_loss", "accuracy_by_task", "accuracy_matrix"};
}

std::vector<figure::Figure> figuresOf(const spec::ExperimentSpec& spec, const Record& record) {
  std::vector<figure::Figure> out;
  if (!record.steps.empty()) {
    auto active = plotOf(spec, "Active fraction of each layer", "active fraction (share of units)");
    active.y.low = 0;
    out.push_back(single("active_fraction", byLayer(spec, record, std::move(active),
                                                    &link::StepPoint::active_fraction)));
    out.push_back(single("alpha", byPath(spec, record)));
    if (spec::learnsM(spec.rule.condition))
      out.push_back(single(
          "m",
          byLayer(spec, record, plotOf(spec, "Inhibition of each layer", "inhibition multiplier m"),
                  &link::StepPoint::m)));
    auto loss = plotOf(spec, "Meta-loss", "meta-loss (nats)");
    loss.curves.push_back(
        curveOf(spec, record, [](const link::StepPoint& p) { return p.meta_loss; }));
    loss.curves.back().style.color = figure::ground(Theme::Light).accent;
    out.push_back(single("meta_loss", std::move(loss)));
  }
  if (!record.accuracy.empty()) {
    auto means = meanMatrix(spec, record);
    out.push_back(single("accuracy_by_task", accuracyPlot(spec, means)));
    out.push_back(single("accuracy_matrix", matrixPlot(spec, std::move(means))));
  }
  return out;
}

}  // namespace dentate::run
