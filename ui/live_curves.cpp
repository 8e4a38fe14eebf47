#include "ui/live_curves.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/spec/inhibition.h"
#include "ui/curve_source.h"
#include "ui/format.h"
#include "ui/heads.h"

namespace dentate::ui {

PlotContent activeFractionContent(const PanelContext& context, Groups groups) {
  const CurveSource source = sourceOf(context, groups);
  PlotContent content = contentFor(source, "active_fraction", "Active fraction");
  content.y_label = "active fraction (share of units)";
  content.term = "active fraction";
  addLayers(source, content, isHidden, [](const CurveLine& line, std::size_t layer) {
    return line.history->activeFraction(layer, line.group);
  });
  return content;
}

namespace {

bool hasStopped(const CurveLine& line, std::size_t path) {
  const std::size_t all = line.history->replicasOf(line.group);
  return line.spec->network.paths[path].frozen ||
         (all > 0 && line.history->stopped(path, line.group) == all);
}

}  // namespace

PlotContent alphaContent(const PanelContext& context, Groups groups) {
  const CurveSource source = sourceOf(context, groups);
  PlotContent content = contentFor(source, "alpha", "Learning rate α");
  content.y_label = "learning rate α";
  content.term = "α";
  const auto any = [](const spec::PathSpec&) { return true; };
  for (const Part& part : partsOf(source, kPaths, any)) {
    std::size_t curve = content.curves.size();
    addCurves(
        source, content, figure::pathLabel(*part.network, part.index),
        [&](figure::Theme theme) { return figure::pathStyle(*part.network, part.index, theme); },
        [&](const CurveLine& line) {
          const auto path = placeIn(line, kPaths, part);
          return path ? line.history->alpha(*path, line.group) : Trace();
        });
    for (const CurveLine& line : source.lines) {
      if (source.difference && line.reference) continue;
      const auto path = placeIn(line, kPaths, part);
      content.curves[curve++].frozen = path && hasStopped(line, *path);
    }
  }
  return content;
}

std::size_t stoppedPaths(const PanelContext& context) {
  const CurveSource source = sourceOf(context, Groups::Shown);
  const auto shown = std::find_if(source.lines.begin(), source.lines.end(),
                                  [](const CurveLine& line) { return line.featured; });
  if (shown == source.lines.end()) return 0;
  std::size_t n = 0;
  for (std::size_t p = 0; p < shown->spec->network.paths.size(); ++p) n += hasStopped(*shown, p);
  return n;
}

PlotContent inhibitionContent(const PanelContext& context, Groups groups) {
  const CurveSource source = sourceOf(context, groups);
  PlotContent content = contentFor(source, "inhibition_m", "Inhibition m");
  content.y_label = "inhibition multiplier m";
  content.term = "m";
  const auto learns = [](const CurveLine& line, const spec::LayerSpec& layer) {
    return spec::learnsM(spec::inhibitionOf(layer, line.compared), line.compared.condition);
  };
  const auto inhibited = [&](const spec::LayerSpec& layer) {
    return isHidden(layer) &&
           std::any_of(source.lines.begin(), source.lines.end(),
                       [&](const CurveLine& line) { return learns(line, layer); });
  };
  addLayers(source, content, inhibited, [&](const CurveLine& line, std::size_t layer) {
    return learns(line, line.spec->network.layers[layer]) ? line.history->m(layer, line.group)
                                                          : Trace();
  });
  return content;
}

PlotContent lossContent(const PanelContext& context, Groups groups) {
  const CurveSource source = sourceOf(context, groups);
  PlotContent content = contentFor(source, "meta_loss", "Meta-loss");
  content.y_label = "meta-loss (nats)";
  content.term = "meta-loss";
  for (const CurveLine& line : source.lines) {
    if (source.difference && line.reference) continue;
    const auto style = [&](figure::Theme theme) {
      const auto own = figure::comparedStyle(*line.spec, line.compared, theme);
      return own.with(line.stroke.value_or(figure::Stroke()));
    };
    const auto traceOf = [](const CurveLine& of) { return of.history->metaLoss(of.group); };
    content.curves.push_back(curveOf(context, line.label.empty() ? "loss" : line.label,
                                     traceIn(source, line, traceOf), style));
    content.curves.back().lost = line.history->failedAt(line.group);
  }
  return content;
}

namespace {

// What guessing gets right at every task that any line has measured; a level a number of answers.
void addChance(const CurveSource& source, Head head, std::size_t size, PlotContent& content) {
  const auto numbers = std::make_shared<std::vector<std::vector<Moments>>>();
  std::vector<double> levels;
  for (const CurveLine& line : source.lines) {
    if (!hasHead(line.spec->network, head)) continue;
    const double chance = chanceOf(line.spec->network, head);
    if (std::find(levels.begin(), levels.end(), chance) == levels.end()) levels.push_back(chance);
  }
  for (const double level : levels) {
    Moments value;
    value.add(level);
    numbers->emplace_back(size, value);
  }
  const auto style = [](figure::Theme theme) {
    return figure::Style{figure::ground(theme).quiet, figure::Dash::Dotted};
  };
  for (const auto& values : *numbers) {
    const auto stride = static_cast<std::int64_t>(content.steps_per_task);
    const std::string name = levels.size() > 1 ? "chance " + tidy(values.front().mean) : "chance";
    content.curves.push_back(
        curveOf(source.context, name, {values.data(), values.size(), stride}, style));
    content.curves.back().level = true;
    content.curves.back().term = "chance";
  }
  content.numbers = numbers;
}

// Of one line: the newest task beside all learned ones.
void addTasks(const CurveSource& source, Head head, PlotContent& content) {
  const CurveLine& line = source.lines.front();
  const auto stride = static_cast<std::int64_t>(content.steps_per_task);
  const auto add = [&](const char* label, const std::vector<Moments>& values, auto style) {
    content.curves.push_back(
        curveOf(source.context, label, {values.data(), values.size(), stride}, style));
    content.curves.back().term = label;
    content.curves.back().lost = line.history->failedAt(line.group);
  };
  add("newest task", line.history->newest(head, line.group),
      [](figure::Theme theme) { return figure::Style{figure::ground(theme).accent}; });
  add("all learned", line.history->learned(head, line.group), [](figure::Theme theme) {
    return figure::Style{figure::ground(theme).text, figure::Dash::Dashed};
  });
}

// Of several: all learned ones, of each.
void addLearned(const CurveSource& source, Head head, PlotContent& content) {
  const auto traceOf = [head](const CurveLine& line) {
    const auto& values = line.history->learned(head, line.group);
    return Trace{values.data(), values.size(), spec::stepsPerTask(*line.spec)};
  };
  for (const CurveLine& line : source.lines) {
    if (source.difference && line.reference) continue;
    const auto style = [&](figure::Theme theme) {
      const auto own = figure::comparedStyle(*line.spec, line.compared, theme);
      return own.with(line.stroke.value_or(own.stroke()));
    };
    content.curves.push_back(
        curveOf(source.context, line.label, traceIn(source, line, traceOf), style));
    content.curves.back().term = "all learned";
    content.curves.back().lost = line.history->failedAt(line.group);
  }
}

}  // namespace

PlotContent accuracyContent(const PanelContext& context, Groups groups) {
  const CurveSource source = sourceOf(context, groups);
  const Head head = shownHead(context.now.spec->network, context.session.comparison);
  PlotContent content = contentFor(source, "accuracy", "Accuracy by task");
  if (head != Head::Category) {
    content.file = accuracyTerm(head);
    std::replace(content.file.begin(), content.file.end(), ' ', '_');
  }
  content.of += nameOf(head);
  content.y_label = std::string(accuracyTerm(head)) + " (share correct)";
  content.term = "accuracy by task";
  // Of items hundredths are much: they fill the height.
  if (head == Head::Category && !source.difference) content.high = 1;
  if (source.lines.size() > 1)
    addLearned(source, head, content);
  else
    addTasks(source, head, content);
  std::size_t size = 0;
  for (const PlotCurve& curve : content.curves) size = std::max(size, curve.trace.size);
  if (size > 0 && !source.difference) addChance(source, head, size, content);
  return content;
}

}  // namespace dentate::ui
