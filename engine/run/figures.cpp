#include "engine/run/figures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "engine/figure/palette.h"
#include "engine/measure/statistics.h"
#include "engine/run/accuracy_figures.h"
#include "engine/run/figure_groups.h"

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
    if (groups.size() > 1) curve.style.dash = group.style.dash;
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

// The curves of conditions that learn m.
figure::LinePlot inhibitionPlot(const spec::ExperimentSpec& spec, const Record& record) {
  auto plot =
      byLayer(spec, record, plotOf(spec, "Inhibition of each layer", "inhibition multiplier m"),
              &link::StepPoint::m);
  const auto groups = groupsOf(spec);
  std::vector<figure::Curve> learned;
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {
    if (spec::learnsM(groups[i % groups.size()].condition))
      learned.push_back(std::move(plot.curves[i]));
  }
  plot.curves = std::move(learned);
  return plot;
}

}  // namespace

std::vector<std::string> figureNames() {
  return {"active_fraction", "alpha",         "m", "meta_loss", "accuracy_by_task",
          "accuracy_matrix", "ra_over_alpha0"};
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
  if (auto over = raOverAlpha0(spec, record)) add("ra_over_alpha0", *std::move(over));
  return out;
}

}  // namespace dentate::run
