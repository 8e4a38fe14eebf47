#include "engine/run/figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "engine/figure/palette.h"
#include "engine/measure/statistics.h"
#include "engine/run/accuracy_figures.h"
#include "engine/run/figure_groups.h"
#include "engine/spec/inhibition.h"

namespace dentate::run {
namespace {

using figure::Theme;
using spec::LayerRole;

// Mean and SEM over the replicas of a group at every meta-step; x counts tasks.
figure::Curve curveOf(const spec::ExperimentSpec& spec, const Record& record, const Group& group,
                      const std::function<double(const link::StepPoint&)>& value) {
  std::map<std::int64_t, std::vector<double>> by_step;
  for (const auto& point : record.steps) {
    if (spec::cellOf(spec, point.replica) != group.cell) continue;
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

// Adds a curve for each group: of what `label` and `style` name, in the groups' dashes where there
// are several.
void addCurves(const spec::ExperimentSpec& spec, const Record& record, figure::LinePlot& plot,
               const std::string& label, figure::Style style,
               const std::function<double(const link::StepPoint&)>& value) {
  const auto groups = groupsOf(spec);
  for (const auto& group : groups) {
    auto curve = curveOf(spec, record, group, value);
    curve.label = groups.size() > 1 ? (label.empty() ? "" : label + " ") + group.label : label;
    curve.style = style;
    if (groups.size() > 1) curve.style = curve.style.with(group.style.stroke());
    plot.curves.push_back(std::move(curve));
  }
}

// Curves for each hidden layer, of the value that `pick` takes from a point.
figure::LinePlot byLayer(const spec::ExperimentSpec& spec, const Record& record,
                         figure::LinePlot plot, const std::vector<float> link::StepPoint::*pick) {
  for (std::size_t l = 0; l < spec.network.layers.size(); ++l) {
    if (spec.network.layers[l].role != LayerRole::Hidden) continue;
    addCurves(spec, record, plot, spec.network.layers[l].name,
              {figure::layerColor(spec.network, l, Theme::Light)},
              [&](const link::StepPoint& p) -> double { return (p.*pick)[l]; });
  }
  return plot;
}

figure::LinePlot byPath(const spec::ExperimentSpec& spec, const Record& record) {
  auto plot = plotOf(spec, "Learning rate of each path", "learning rate α");
  for (std::size_t p = 0; p < spec.network.paths.size(); ++p)
    addCurves(spec, record, plot, figure::pathLabel(spec.network, p),
              figure::pathStyle(spec.network, p, Theme::Light),
              [&](const link::StepPoint& at) -> double { return at.alpha[p]; });
  return plot;
}

// In the conditions' colours where there are several.
figure::LinePlot lossPlot(const spec::ExperimentSpec& spec, const Record& record) {
  auto plot = plotOf(spec, "Meta-loss", "meta-loss (nats)");
  addCurves(spec, record, plot, "", {figure::ground(Theme::Light).accent},
            [](const link::StepPoint& p) { return p.meta_loss; });
  const auto groups = groupsOf(spec);
  for (std::size_t g = 0; groups.size() > 1 && g < groups.size(); ++g)
    plot.curves[g].style = groups[g].style;
  return plot;
}

// The curves of groups and layers that learn m.
figure::LinePlot inhibitionPlot(const spec::ExperimentSpec& spec, const Record& record) {
  auto plot =
      byLayer(spec, record, plotOf(spec, "Inhibition of each layer", "inhibition multiplier m"),
              &link::StepPoint::m);
  const auto groups = groupsOf(spec);
  std::vector<figure::Curve> learned;
  std::size_t next = 0;
  for (const auto& layer : spec.network.layers) {
    if (layer.role != LayerRole::Hidden) continue;
    for (const auto& group : groups) {
      auto& curve = plot.curves[next++];
      const auto kind = spec::inhibitionOf(layer, group.compared);
      if (spec::learnsM(kind, group.compared.condition)) learned.push_back(std::move(curve));
    }
  }
  plot.curves = std::move(learned);
  return plot;
}

// One of the measures of sparsity, over the tasks learned.
struct SparsityPlot {
  const char *name, *title, *y_label;
  std::vector<float> link::SparsityPoint::*pick;
  bool of_layers;
};
constexpr std::array kSparsityPlots{
    SparsityPlot{"dead_units", "Dead units of each layer", "dead units", &link::SparsityPoint::dead,
                 true},
    SparsityPlot{"unit_variance", "Unit variance of each layer", "variance of a unit's activity",
                 &link::SparsityPoint::variance, true},
    SparsityPlot{"hoyer", "Sparsity of each path's weights", "Hoyer's sparsity",
                 &link::SparsityPoint::hoyer, false},
    SparsityPlot{"near_zero", "Weights near zero of each path",
                 "share below 1 % of the largest weight", &link::SparsityPoint::near_zero, false},
};

figure::Curve curveOf(const spec::ExperimentSpec& spec, const Record& record, const Group& group,
                      const SparsityPlot& of, std::size_t part) {
  std::map<std::int64_t, std::vector<double>> by_task;
  for (const auto& point : record.sparsity) {
    if (spec::cellOf(spec, point.replica) != group.cell) continue;
    const double v = (point.*of.pick)[part];
    if (std::isfinite(v)) by_task[point.after_task + 1].push_back(v);
  }
  figure::Curve curve;
  for (const auto& [task, values] : by_task) {
    const auto [mean, sem] = measure::meanSem(values);
    curve.x.push_back(static_cast<double>(task));
    curve.y.push_back(mean);
    if (spec.replicas.seeds > 1) curve.sem.push_back(sem);
  }
  return curve;
}

figure::LinePlot sparsityPlot(const spec::ExperimentSpec& spec, const Record& record,
                              const SparsityPlot& of) {
  auto plot = plotOf(spec, of.title, of.y_label);
  plot.y.low = 0;
  const auto& network = spec.network;
  const auto groups = groupsOf(spec);
  const auto add = [&](std::size_t part, const std::string& label, const figure::Style& style) {
    for (const auto& group : groups) {
      auto curve = curveOf(spec, record, group, of, part);
      curve.label = groups.size() > 1 ? label + " " + group.label : label;
      curve.style = style;
      if (groups.size() > 1) curve.style = curve.style.with(group.style.stroke());
      plot.curves.push_back(std::move(curve));
    }
  };
  for (std::size_t l = 0; of.of_layers && l < network.layers.size(); ++l)
    if (network.layers[l].role == LayerRole::Hidden)
      add(l, network.layers[l].name, {figure::layerColor(network, l, Theme::Light)});
  for (std::size_t p = 0; !of.of_layers && p < network.paths.size(); ++p)
    add(p, figure::pathLabel(network, p), figure::pathStyle(network, p, Theme::Light));
  return plot;
}

}  // namespace

std::vector<std::string> figureNames() {
  std::vector<std::string> names{
      "active_fraction", "alpha",         "m", "meta_loss", "accuracy_by_task",
      "accuracy_matrix", "ra_over_alpha0"};
  for (const auto& plot : kSparsityPlots) names.emplace_back(plot.name);
  return names;
}

std::vector<figure::Figure> figuresOf(const spec::ExperimentSpec& spec, const Record& record) {
  std::vector<figure::Figure> out;
  const auto add = [&](const char* name, figure::LinePlot plot) {
    out.push_back({name, "", {std::move(plot)}});
  };
  if (!record.steps.empty()) {
    auto active = plotOf(spec, "Active fraction of each layer", "active fraction (share of units)");
    active.y.low = 0;
    add("active_fraction",
        byLayer(spec, record, std::move(active), &link::StepPoint::active_fraction));
    add("alpha", byPath(spec, record));
    if (auto plot = inhibitionPlot(spec, record); !plot.curves.empty()) add("m", std::move(plot));
    add("meta_loss", lossPlot(spec, record));
  }
  if (!record.accuracy.empty()) {
    if (auto by_task = accuracyByTask(spec, record)) add("accuracy_by_task", *std::move(by_task));
    if (auto matrix = accuracyMatrix(spec, record)) out.push_back(*std::move(matrix));
  }
  for (const auto& plot : kSparsityPlots)
    if (!record.sparsity.empty()) add(plot.name, sparsityPlot(spec, record, plot));
  if (auto over = raOverAlpha0(spec, record)) add("ra_over_alpha0", *std::move(over));
  return out;
}

}  // namespace dentate::run
