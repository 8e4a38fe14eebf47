#include "ui/curve_source.h"

#include "engine/spec/spelling.h"
#include "ui/format.h"

namespace dentate::ui {
namespace {

// All groups of every shown run, or of each the one that is like the network in the diagram.
void addRuns(const PanelContext& context, const std::vector<ShownRun>& runs, Groups groups,
             CurveSource& source) {
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
      source.lines.push_back({&context.histories.of(run.entry->run), &spec, one.group, one.compared,
                              label, run.stroke, shown && one.group == group,
                              first && one.group == group});
    }
  }
}

std::string noteOf(const CurveSource& source) {
  if (!source.runs) return meanNote(source.context);
  const auto& now = source.context.now;
  std::string note;
  if (spec::comparedOf(*now.spec).size() > 1)
    note = spec::nameOf(*now.spec, shownCompared(now)) + ", ";
  note += now.spec->replicas.seeds < 2 ? "one network each"
                                       : "mean ± SEM, n = " + count(now.spec->replicas.seeds);
  for (const CurveLine& line : source.lines)
    if (source.difference && line.reference) note += ", difference to " + nameInNote(line.label);
  return note;
}

}  // namespace

CurveSource sourceOf(const PanelContext& context, Groups groups) {
  const auto& spec = *context.now.spec;
  const auto& comparison = context.session.comparison;
  const auto runs = shownRuns(context.now, comparison);
  CurveSource source{context, {}, runs.size() > 1, runs.size() > 1 && comparison.difference};
  if (source.runs) {
    addRuns(context, runs, groups, source);
    return source;
  }
  const auto featured = shownCompared(context.now);
  for (const auto& one : groups == Groups::All ? allGroups(spec) : shownGroups(spec, comparison)) {
    source.lines.push_back({&context.history, &spec, one.group, one.compared, one.label,
                            std::nullopt, one.compared == featured, false});
    if (spec::comparedOf(spec).size() > 1)
      source.lines.back().stroke =
          figure::comparedStyle(spec, one.compared, figure::Theme::Light).stroke();
  }
  return source;
}

PlotContent contentFor(const CurveSource& source, const char* id, const char* title) {
  const PanelContext& context = source.context;
  PlotContent content;
  content.id = id;
  content.title = title;
  content.note = noteOf(source);
  const auto& spec = *context.now.spec;
  content.steps_per_task = static_cast<double>(std::max<std::int64_t>(1, spec::stepsPerTask(spec)));
  content.tasks = static_cast<double>(std::max<std::int64_t>(1, spec.stream.tasks));
  for (const CurveLine& line : source.lines)
    content.tasks = std::max(content.tasks, static_cast<double>(line.spec->stream.tasks));
  content.compares = source.runs || spec::comparedOf(spec).size() > 1;
  content.from_zero = !source.difference;
  for (const CurveLine& line : source.lines)
    if (source.difference && line.reference) content.of = "difference to " + line.label + " ";
  content.now = static_cast<double>(context.now.step) / content.steps_per_task;
  return content;
}

}  // namespace dentate::ui
