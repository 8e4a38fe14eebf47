#include "ui/live_curves.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/figure/palette.h"
#include "engine/spec/graph.h"
#include "engine/spec/spelling.h"
#include "ui/format.h"
#include "ui/heads.h"
#include "ui/network_panel.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;

// One curve of every kind: networks of one run that lie in one group.
struct Line {
  const History* history = nullptr;
  const spec::ExperimentSpec* spec = nullptr;
  std::size_t group = 0;
  spec::Condition condition = spec::Condition::SLr;
  std::string label;                 // what tells it from the others; empty where it is alone
  std::optional<figure::Dash> dash;  // what tells it from the others, if it does
  bool featured = false;             // the network in the diagram is among them
  bool reference = false;            // differences are to it
};

// Of which networks curves are made.
struct Source {
  const PanelContext& context;
  std::vector<Line> lines;
  bool runs = false;        // they are of several
  bool difference = false;  // to the reference, which has no curve then
};

// All groups of every shown run, or of each the one that is like the network in the diagram.
void addRuns(const PanelContext& context, const std::vector<ShownRun>& runs, Groups groups,
             Source& source) {
  const auto& now = context.now;
  const auto& like = spec::cellVariant(*now.spec, shownCell(now));
  for (const ShownRun& run : runs) {
    const auto& spec = *run.entry->spec;
    const bool shown = run.entry->run == now.run, first = run.entry == runs.front().entry;
    const auto group = groupLike(spec, like);
    for (const auto& one : allGroups(spec)) {
      if (groups == Groups::Shown && one.group != group) continue;
      std::string label = run.entry->name;
      if (groups == Groups::All && !one.label.empty()) label += " " + one.label;
      source.lines.push_back({&context.histories.of(run.entry->run), &spec, one.group,
                              one.condition, label, run.dash, shown && one.group == group,
                              first && one.group == group});
    }
  }
}

Source sourceOf(const PanelContext& context, Groups groups) {
  const auto& spec = *context.now.spec;
  const auto& comparison = context.session.comparison;
  const auto runs = shownRuns(context.now, comparison);
  Source source{context, {}, runs.size() > 1, runs.size() > 1 && comparison.difference};
  if (source.runs) {
    addRuns(context, runs, groups, source);
    return source;
  }
  const auto featured = shownCondition(context.now);
  for (const auto& one : groups == Groups::All ? allGroups(spec) : shownGroups(spec, comparison)) {
    source.lines.push_back({&context.history, &spec, one.group, one.condition, one.label,
                            std::nullopt, one.condition == featured, false});
    if (spec.replicas.conditions.size() > 1)
      source.lines.back().dash = figure::conditionStyle(one.condition, figure::Theme::Light).dash;
  }
  return source;
}

// Of the line, or its difference to the reference's; `traceOf(line)` gives the trace of one.
template <class TraceOf>
Trace traceIn(const Source& source, const Line& line, const TraceOf& traceOf) {
  const auto ofTheSamePace = [&](const Line& of) {
    Trace trace = traceOf(of);
    trace.scale = static_cast<double>(spec::stepsPerTask(*source.context.now.spec)) /
                  static_cast<double>(spec::stepsPerTask(*of.spec));
    return trace;
  };
  if (!source.difference) return ofTheSamePace(line);
  for (const Line& other : source.lines)
    if (other.reference) return difference(ofTheSamePace(line), ofTheSamePace(other));
  return {};
}

std::string noteOf(const Source& source) {
  if (!source.runs) return meanNote(source.context);
  const auto& now = source.context.now;
  std::string note;
  if (now.spec->replicas.conditions.size() > 1)
    note = std::string(spec::spell(shownCondition(now))) + ", ";
  note += now.spec->replicas.seeds < 2 ? "one network each"
                                       : "mean ± SEM, n = " + count(now.spec->replicas.seeds);
  for (const Line& line : source.lines)
    if (source.difference && line.reference) note += ", difference to " + nameInNote(line.label);
  return note;
}

PlotContent contentFor(const Source& source, const char* id, const char* title) {
  const PanelContext& context = source.context;
  PlotContent content;
  content.id = id;
  content.title = title;
  content.note = noteOf(source);
  const auto& spec = *context.now.spec;
  content.steps_per_task = static_cast<double>(std::max<std::int64_t>(1, spec::stepsPerTask(spec)));
  content.tasks = static_cast<double>(std::max<std::int64_t>(1, spec.stream.tasks));
  for (const Line& line : source.lines)
    content.tasks = std::max(content.tasks, static_cast<double>(line.spec->stream.tasks));
  content.compares = source.runs || spec.replicas.conditions.size() > 1;
  content.from_zero = !source.difference;
  for (const Line& line : source.lines)
    if (source.difference && line.reference) content.of = "difference to " + line.label + " ";
  content.now = static_cast<double>(context.now.step) / content.steps_per_task;
  return content;
}

// In the theme's colours, and in those of paper for exports.
template <class StyleIn>
PlotCurve curveOf(const PanelContext& context, std::string label, const Trace& trace,
                  const StyleIn& style) {
  return {std::move(label), style(context.look.theme), trace, style(figure::Theme::Light)};
}

// A curve a line: what `style` colours, in the line's dash. `traceOf(line)` gives its numbers.
template <class StyleIn, class TraceOf>
void addCurves(const Source& source, PlotContent& content, const std::string& label,
               const StyleIn& style, const TraceOf& traceOf) {
  for (const Line& line : source.lines) {
    if (source.difference && line.reference) continue;
    const auto dashed = [&](figure::Theme theme) {
      figure::Style own = style(theme);
      own.dash = line.dash.value_or(own.dash);
      return own;
    };
    const std::string name = line.label.empty() ? label : label + " " + line.label;
    content.curves.push_back(curveOf(source.context, name, traceIn(source, line, traceOf), dashed));
    content.curves.back().layer = content.compares ? label : "";
    content.curves.back().featured = line.featured;
  }
}

// A layer or a path of the runs at hand: networks may differ, and parts are the same by name.
struct Part {
  const spec::NetworkSpec* network = nullptr;  // of the first run that has it
  std::size_t index = 0;
  std::string name;
};

std::string nameOf(const spec::LayerSpec& layer) { return layer.name; }
std::string nameOf(const spec::PathSpec& path) { return spec::pathName(path); }

template <class Of, class Wanted>
std::vector<Part> partsOf(const Source& source, Of of, Wanted wanted) {
  std::vector<Part> parts;
  for (const Line& line : source.lines) {
    const auto& all = line.spec->network.*of;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool known = std::any_of(parts.begin(), parts.end(),
                                     [&](const Part& part) { return part.name == nameOf(all[i]); });
      if (!known && wanted(all[i])) parts.push_back({&line.spec->network, i, nameOf(all[i])});
    }
  }
  return parts;
}

template <class Of>
std::optional<std::size_t> placeIn(const Line& line, Of of, const Part& part) {
  const auto& all = line.spec->network.*of;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (nameOf(all[i]) == part.name) return i;
  return std::nullopt;
}

constexpr auto kLayers = &spec::NetworkSpec::layers;
constexpr auto kPaths = &spec::NetworkSpec::paths;

bool isHidden(const spec::LayerSpec& layer) { return layer.role == LayerRole::Hidden; }

// A curve a line of every such layer, in its colour; `traceOf(line, layer)` gives its numbers.
template <class Wanted, class TraceOf>
void addLayers(const Source& source, PlotContent& content, const Wanted& wanted,
               const TraceOf& traceOf) {
  for (const Part& part : partsOf(source, kLayers, wanted)) {
    addCurves(
        source, content, shortLayerTitle(*part.network, part.index),
        [&](figure::Theme theme) {
          return figure::Style{figure::layerColor(*part.network, part.index, theme)};
        },
        [&](const Line& line) {
          const auto layer = placeIn(line, kLayers, part);
          return layer ? traceOf(line, *layer) : Trace();
        });
  }
}

}  // namespace

PlotContent activeFractionContent(const PanelContext& context, Groups groups) {
  const Source source = sourceOf(context, groups);
  PlotContent content = contentFor(source, "active_fraction", "Active fraction");
  content.y_label = "active fraction (share of units)";
  content.term = "active fraction";
  addLayers(source, content, isHidden, [](const Line& line, std::size_t layer) {
    return line.history->activeFraction(layer, line.group);
  });
  return content;
}

namespace {

bool hasStopped(const Line& line, std::size_t path) {
  const std::size_t all = line.history->replicasOf(line.group);
  return line.spec->network.paths[path].frozen ||
         (all > 0 && line.history->stopped(path, line.group) == all);
}

}  // namespace

PlotContent alphaContent(const PanelContext& context, Groups groups) {
  const Source source = sourceOf(context, groups);
  PlotContent content = contentFor(source, "alpha", "Learning rate α");
  content.y_label = "learning rate α";
  content.term = "α";
  const auto any = [](const spec::PathSpec&) { return true; };
  for (const Part& part : partsOf(source, kPaths, any)) {
    std::size_t curve = content.curves.size();
    addCurves(
        source, content, figure::pathLabel(*part.network, part.index),
        [&](figure::Theme theme) { return figure::pathStyle(*part.network, part.index, theme); },
        [&](const Line& line) {
          const auto path = placeIn(line, kPaths, part);
          return path ? line.history->alpha(*path, line.group) : Trace();
        });
    for (const Line& line : source.lines) {
      if (source.difference && line.reference) continue;
      const auto path = placeIn(line, kPaths, part);
      content.curves[curve++].frozen = path && hasStopped(line, *path);
    }
  }
  return content;
}

std::size_t stoppedPaths(const PanelContext& context) {
  const Source source = sourceOf(context, Groups::Shown);
  const auto shown = std::find_if(source.lines.begin(), source.lines.end(),
                                  [](const Line& line) { return line.featured; });
  if (shown == source.lines.end()) return 0;
  std::size_t n = 0;
  for (std::size_t p = 0; p < shown->spec->network.paths.size(); ++p) n += hasStopped(*shown, p);
  return n;
}

PlotContent inhibitionContent(const PanelContext& context, Groups groups) {
  const Source source = sourceOf(context, groups);
  PlotContent content = contentFor(source, "inhibition_m", "Inhibition m");
  content.y_label = "inhibition multiplier m";
  content.term = "m";
  const auto inhibited = [](const spec::LayerSpec& layer) {
    return isHidden(layer) && layer.inhibition != spec::Inhibition::None;
  };
  addLayers(source, content, inhibited, [](const Line& line, std::size_t layer) {
    return spec::learnsM(line.condition) ? line.history->m(layer, line.group) : Trace();
  });
  return content;
}

PlotContent lossContent(const PanelContext& context, Groups groups) {
  const Source source = sourceOf(context, groups);
  PlotContent content = contentFor(source, "meta_loss", "Meta-loss");
  content.y_label = "meta-loss (nats)";
  content.term = "meta-loss";
  for (const Line& line : source.lines) {
    if (source.difference && line.reference) continue;
    const auto style = [&](figure::Theme theme) {
      const auto own = figure::conditionStyle(line.condition, theme);
      return figure::Style{own.color, line.dash.value_or(figure::Dash::Solid)};
    };
    const auto traceOf = [](const Line& of) { return of.history->metaLoss(of.group); };
    content.curves.push_back(curveOf(context, line.label.empty() ? "loss" : line.label,
                                     traceIn(source, line, traceOf), style));
  }
  return content;
}

namespace {

// What guessing gets right at every task that any line has measured; a level a number of answers.
void addChance(const Source& source, Head head, std::size_t size, PlotContent& content) {
  const auto numbers = std::make_shared<std::vector<std::vector<Moments>>>();
  std::vector<double> levels;
  for (const Line& line : source.lines) {
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
void addTasks(const Source& source, Head head, PlotContent& content) {
  const Line& line = source.lines.front();
  const auto stride = static_cast<std::int64_t>(content.steps_per_task);
  const auto add = [&](const char* label, const std::vector<Moments>& values, auto style) {
    content.curves.push_back(
        curveOf(source.context, label, {values.data(), values.size(), stride}, style));
    content.curves.back().term = label;
  };
  add("newest task", line.history->newest(head, line.group),
      [](figure::Theme theme) { return figure::Style{figure::ground(theme).accent}; });
  add("all learned", line.history->learned(head, line.group), [](figure::Theme theme) {
    return figure::Style{figure::ground(theme).text, figure::Dash::Dashed};
  });
}

// Of several: all learned ones, of each.
void addLearned(const Source& source, Head head, PlotContent& content) {
  const auto traceOf = [head](const Line& line) {
    const auto& values = line.history->learned(head, line.group);
    return Trace{values.data(), values.size(), spec::stepsPerTask(*line.spec)};
  };
  for (const Line& line : source.lines) {
    if (source.difference && line.reference) continue;
    const auto style = [&](figure::Theme theme) {
      const auto own = figure::conditionStyle(line.condition, theme);
      return figure::Style{own.color, line.dash.value_or(own.dash)};
    };
    content.curves.push_back(
        curveOf(source.context, line.label, traceIn(source, line, traceOf), style));
    content.curves.back().term = "all learned";
  }
}

}  // namespace

PlotContent accuracyContent(const PanelContext& context, Groups groups) {
  const Source source = sourceOf(context, groups);
  const Head head = shownHead(context.now.spec->network, context.session.comparison);
  PlotContent content = contentFor(source, "accuracy", "Accuracy by task");
  if (head == Head::Item) content.file = "item_accuracy";
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
