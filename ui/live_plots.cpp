#include "ui/live_plots.h"

#include <algorithm>
#include <utility>

#include "engine/figure/palette.h"
#include "engine/spec/spelling.h"
#include "ui/comparison_bar.h"
#include "ui/network_panel.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;

constexpr const char* kNothingYet = "Curves appear here. Press Play, or the space bar.";

// Of which networks curves are made.
struct Source {
  const PanelContext& context;
  std::vector<ShownGroup> groups;
  spec::Condition featured;  // of the network in the diagram
};

Source sourceOf(const PanelContext& context, Groups groups) {
  const auto& spec = *context.now.spec;
  return {context,
          groups == Groups::All ? allGroups(spec) : shownGroups(spec, context.session.comparison),
          shownCondition(context.now)};
}

PlotContent contentFor(const PanelContext& context, const char* id, const char* title) {
  PlotContent content;
  content.id = id;
  content.title = title;
  content.note = meanNote(context);
  const auto& spec = *context.now.spec;
  content.steps_per_task = static_cast<double>(std::max<std::int64_t>(1, spec::stepsPerTask(spec)));
  content.tasks = static_cast<double>(std::max<std::int64_t>(1, spec.stream.tasks));
  content.compares = spec.replicas.conditions.size() > 1;
  content.now = static_cast<double>(context.now.step) / content.steps_per_task;
  return content;
}

// "h1", "large", "small": short, for the ends of curves.
std::string shortTitle(const spec::NetworkSpec& network, std::size_t layer) {
  const std::string title = layerTitle(network, layer);
  const auto space = title.find(" path");
  return space == std::string::npos ? title : title.substr(0, space);
}

bool isShown(const PlotContent& content) {
  return std::any_of(content.curves.begin(), content.curves.end(), [](const PlotCurve& curve) {
    return curve.trace.size > 1 && curve.trace.last().n > 0;
  });
}

// In the theme's colours, and in those of paper for exports.
template <class StyleIn>
PlotCurve curveOf(const PanelContext& context, std::string label, const Trace& trace,
                  const StyleIn& style) {
  return {std::move(label), style(context.look.theme), trace, style(figure::Theme::Light)};
}

// A curve a group of networks: what `style` colours, in the dash of the group's condition where
// several are compared. `traceOf(group)` gives its numbers.
template <class StyleIn, class TraceOf>
void addCurves(const Source& source, PlotContent& content, const std::string& label,
               const StyleIn& style, const TraceOf& traceOf) {
  const PanelContext& context = source.context;
  for (const auto& shown : source.groups) {
    const auto dashed = [&](figure::Theme theme) {
      figure::Style own = style(theme);
      if (content.compares) own.dash = figure::conditionStyle(shown.condition, theme).dash;
      return own;
    };
    const std::string name = shown.label.empty() ? label : label + " " + shown.label;
    content.curves.push_back(curveOf(context, name, traceOf(shown), dashed));
    content.curves.back().layer = content.compares ? label : "";
    content.curves.back().featured = shown.condition == source.featured;
  }
}

bool inhibits(const PanelContext& context) {
  const auto shown = shownGroups(*context.now.spec, context.session.comparison);
  return std::any_of(shown.begin(), shown.end(),
                     [](const ShownGroup& group) { return spec::learnsM(group.condition); });
}

void titled(const PanelContext& context, const PlotContent& content, const char* unit,
            PlotView& view) {
  std::string note = unit;
  if (view.crowded) {
    const bool stopped = note.find("stopped") != std::string::npos;  // that is worth its room
    note = (stopped ? note + ", at" : std::string("at")) + " the ends " +
           std::string(spec::spell(shownCondition(context.now)));
  }
  if (context.history.replicas() > 0) note += (note.empty() ? "" : ", ") + content.note;
  if (view.log) note += ", log axis";
  if (view.smooth) note += ", smoothed";
  if (!view.follow) note = "zoomed: double click fits";
  panelTitle(context, content.title, note, content.term);
}

}  // namespace

PlotContent activeFractionContent(const PanelContext& context, Groups groups) {
  const Source source = sourceOf(context, groups);
  PlotContent content = contentFor(context, "active_fraction", ActiveFractionPanel::kTitle);
  content.y_label = "active fraction (share of units)";
  content.term = "active fraction";
  const auto& network = context.now.spec->network;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].role != LayerRole::Hidden) continue;
    addCurves(
        source, content, shortTitle(network, i),
        [&](figure::Theme theme) { return figure::Style{figure::layerColor(network, i, theme)}; },
        [&](const ShownGroup& shown) { return context.history.activeFraction(i, shown.group); });
  }
  return content;
}

namespace {

bool hasStopped(const PanelContext& context, std::size_t path, std::size_t group) {
  const std::size_t all = context.history.replicasOf(group);
  return all > 0 && context.history.stopped(path, group) == all;
}

}  // namespace

PlotContent alphaContent(const PanelContext& context, Groups groups) {
  const Source source = sourceOf(context, groups);
  PlotContent content = contentFor(context, "alpha", AlphaPanel::kTitle);
  content.y_label = "learning rate α";
  content.term = "α";
  const auto& network = context.now.spec->network;
  for (std::size_t p = 0; p < network.paths.size(); ++p) {
    addCurves(
        source, content, figure::pathLabel(network, p),
        [&](figure::Theme theme) { return figure::pathStyle(network, p, theme); },
        [&](const ShownGroup& shown) { return context.history.alpha(p, shown.group); });
    for (std::size_t i = 0; i < source.groups.size(); ++i)
      content.curves[content.curves.size() - source.groups.size() + i].frozen =
          network.paths[p].frozen || hasStopped(context, p, source.groups[i].group);
  }
  return content;
}

PlotContent inhibitionContent(const PanelContext& context, Groups groups) {
  const Source source = sourceOf(context, groups);
  PlotContent content = contentFor(context, "inhibition_m", "Inhibition m");
  content.y_label = "inhibition multiplier m";
  content.term = "m";
  const auto& network = context.now.spec->network;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].role != LayerRole::Hidden ||
        network.layers[i].inhibition == spec::Inhibition::None)
      continue;
    addCurves(
        source, content, shortTitle(network, i),
        [&](figure::Theme theme) { return figure::Style{figure::layerColor(network, i, theme)}; },
        [&](const ShownGroup& shown) {
          return spec::learnsM(shown.condition) ? context.history.m(i, shown.group) : Trace();
        });
  }
  return content;
}

PlotContent lossContent(const PanelContext& context, Groups groups) {
  const Source source = sourceOf(context, groups);
  PlotContent content = contentFor(context, "meta_loss", "Meta-loss");
  content.y_label = "meta-loss (nats)";
  content.term = "meta-loss";
  for (const auto& shown : source.groups) {
    const auto style = [&](figure::Theme theme) {
      const auto own = figure::conditionStyle(shown.condition, theme);
      return content.compares ? own : figure::Style{own.color};
    };
    content.curves.push_back(curveOf(context, shown.label.empty() ? "loss" : shown.label,
                                     context.history.metaLoss(shown.group), style));
  }
  return content;
}

void ActiveFractionPanel::draw(const PanelContext& context) {
  if (!context.now.spec) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, kNothingYet);
  }
  PlotContent content = activeFractionContent(context);
  content.whole = [&] { return activeFractionContent(context, Groups::All); };
  titled(context, content, "share of units", view_);
  drawComparison(context);
  if (!isShown(content)) return emptyPanel(context.look, kNothingYet);
  drawPlot(context, content, view_, {});
}

void AlphaPanel::draw(const PanelContext& context) {
  if (!context.now.spec) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, kNothingYet);
  }
  PlotContent content = alphaContent(context);
  content.whole = [&] { return alphaContent(context, Groups::All); };
  const auto frozen = std::count_if(content.curves.begin(), content.curves.end(),
                                    [](const PlotCurve& curve) { return curve.frozen; });
  const std::string unit = frozen == 0 ? "per path" : std::to_string(frozen) + " stopped (α ≤ 0)";
  titled(context, content, unit.c_str(), view_);
  drawComparison(context);
  if (!isShown(content)) return emptyPanel(context.look, kNothingYet);
  drawPlot(context, content, view_, {});
}

namespace {

// Accuracy over tasks learned: position k holds the value after k tasks.
struct AccuracyCurves {
  std::vector<Moments> newest, learned;
};

AccuracyCurves accuracyCurves(const History& history, Head head, std::size_t group) {
  AccuracyCurves out;
  const std::size_t rows = history.measuredTasks();
  out.newest.resize(rows + 1);
  out.learned.resize(rows + 1);
  for (std::size_t after = 0; after < rows; ++after) {
    for (std::size_t replica = history.firstOf(group); replica < history.endOf(group); ++replica) {
      const auto newest = history.accuracyOf(replica, after, after, head);
      if (newest) out.newest[after + 1].add(*newest);
      double sum = 0;
      bool whole = true;
      for (std::size_t task = 0; task <= after && whole; ++task) {
        const auto entry = history.accuracyOf(replica, after, task, head);
        whole = entry.has_value();
        sum += entry.value_or(0);
      }
      if (whole) out.learned[after + 1].add(sum / static_cast<double>(after + 1));
    }
  }
  return out;
}

}  // namespace

// Of one condition the newest task and all learned ones; of several only the latter, each in its
// condition's style.
PlotContent accuracyContent(const PanelContext& context, Groups groups) {
  const Source source = sourceOf(context, groups);
  PlotContent content = contentFor(context, "accuracy", "Accuracy by task");
  content.y_label = "share correct";
  content.term = "accuracy by task";
  content.high = 1;
  const auto numbers = std::make_shared<std::vector<AccuracyCurves>>();
  for (const auto& group : source.groups)
    numbers->push_back(accuracyCurves(context.history, Head::Category, group.group));
  content.numbers = numbers;
  const auto stride = static_cast<std::int64_t>(content.steps_per_task);
  const auto add = [&](std::string label, const std::vector<Moments>& values, auto style) {
    content.curves.push_back(
        curveOf(context, std::move(label), {values.data(), values.size(), stride}, style));
  };
  for (std::size_t i = 0; source.groups.size() > 1 && i < source.groups.size(); ++i)
    add(source.groups[i].label, (*numbers)[i].learned, [&](figure::Theme theme) {
      return figure::conditionStyle(source.groups[i].condition, theme);
    });
  if (source.groups.size() > 1) return content;
  add("newest task", numbers->front().newest,
      [](figure::Theme theme) { return figure::Style{figure::ground(theme).accent}; });
  add("all learned", numbers->front().learned, [](figure::Theme theme) {
    return figure::Style{figure::ground(theme).text, figure::Dash::Dashed};
  });
  return content;
}

namespace {

void drawAccuracy(const PanelContext& context, PlotView& view, float height) {
  PlotContent content = accuracyContent(context);
  content.whole = [&] { return accuracyContent(context, Groups::All); };
  titled(context, content, content.compares ? "of all learned, share correct" : "share correct",
         view);
  drawPlot(context, content, view, {0, height});
}

}  // namespace

void LivePlotsPanel::draw(const PanelContext& context) {
  if (!context.now.spec ||
      context.history.positions(
          shownGroups(*context.now.spec, context.session.comparison).front().group) < 2) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, "m, meta-loss and accuracy appear here. Press Play.");
  }
  const Look& look = context.look;
  drawComparison(context);
  const bool inhibited = inhibits(context);
  const bool measured = context.history.measuredTasks() > 0;
  const float parts = 1.0F + (inhibited ? 1.0F : 0.0F) + 1.0F;
  const float title = look.px(kTitleSize + 6) + ImGui::GetStyle().ItemSpacing.y * 2;
  const float height =
      std::max(look.px(64), (ImGui::GetContentRegionAvail().y - parts * title) / parts);
  if (inhibited) {
    PlotContent m = inhibitionContent(context);
    m.named_x = false;
    m.whole = [&] { return inhibitionContent(context, Groups::All); };
    titled(context, m, "by layer", m_);
    drawPlot(context, m, m_, {0, height});
  }
  PlotContent loss = lossContent(context);
  loss.named_x = false;
  loss.whole = [&] { return lossContent(context, Groups::All); };
  titled(context, loss, "", loss_);
  drawPlot(context, loss, loss_, {0, height});
  if (measured) return drawAccuracy(context, accuracy_, height);
  panelTitle(context, "Accuracy by task", "", "accuracy by task");
  emptyPanel(look, context.now.spec->evaluate == spec::Evaluate::Final
                       ? "Accuracy is measured after the last task."
                       : "Accuracy is measured after the first task.");
}

}  // namespace dentate::ui
