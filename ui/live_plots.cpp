#include "ui/live_plots.h"

#include <algorithm>
#include <utility>

#include "engine/figure/palette.h"
#include "ui/network_panel.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;

constexpr const char* kNothingYet = "Curves appear here. Press Play, or the space bar.";

PlotContent contentFor(const PanelContext& context, const char* id, const char* title) {
  PlotContent content;
  content.id = id;
  content.title = title;
  content.note = meanNote(context.history);
  const auto& spec = *context.now.spec;
  content.steps_per_task = static_cast<double>(std::max<std::int64_t>(1, spec::stepsPerTask(spec)));
  content.tasks = static_cast<double>(std::max<std::int64_t>(1, spec.stream.tasks));
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

void titled(const PanelContext& context, const PlotContent& content, const char* unit,
            PlotView& view) {
  std::string note = unit;
  if (context.history.replicas() > 0) note += (note.empty() ? "" : ", ") + content.note;
  if (view.log) note += ", log axis";
  if (view.smooth) note += ", smoothed";
  if (!view.follow) note = "zoomed: double click fits";
  panelTitle(context, content.title, note);
}

}  // namespace

PlotContent activeFractionContent(const PanelContext& context) {
  PlotContent content = contentFor(context, "active_fraction", ActiveFractionPanel::kTitle);
  content.y_label = "active fraction (share of units)";
  const auto& network = context.now.spec->network;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].role != LayerRole::Hidden) continue;
    content.curves.push_back(curveOf(
        context, shortTitle(network, i), context.history.activeFraction(i),
        [&](figure::Theme theme) { return figure::Style{figure::layerColor(network, i, theme)}; }));
  }
  return content;
}

PlotContent alphaContent(const PanelContext& context) {
  PlotContent content = contentFor(context, "alpha", AlphaPanel::kTitle);
  content.y_label = "learning rate α";
  const auto& network = context.now.spec->network;
  for (std::size_t p = 0; p < network.paths.size(); ++p) {
    const bool frozen = p < context.now.paths.size() && context.now.paths[p].frozen;
    content.curves.push_back(
        curveOf(context, figure::pathLabel(network, p), context.history.alpha(p),
                [&](figure::Theme theme) { return figure::pathStyle(network, p, theme); }));
    content.curves.back().frozen = frozen;
  }
  return content;
}

PlotContent inhibitionContent(const PanelContext& context) {
  PlotContent content = contentFor(context, "inhibition_m", "Inhibition m");
  content.y_label = "inhibition multiplier m";
  const auto& network = context.now.spec->network;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].role != LayerRole::Hidden ||
        network.layers[i].inhibition == spec::Inhibition::None)
      continue;
    content.curves.push_back(curveOf(
        context, shortTitle(network, i), context.history.m(i),
        [&](figure::Theme theme) { return figure::Style{figure::layerColor(network, i, theme)}; }));
  }
  return content;
}

PlotContent lossContent(const PanelContext& context) {
  PlotContent content = contentFor(context, "meta_loss", "Meta-loss");
  content.y_label = "meta-loss (nats)";
  const auto condition = context.now.spec->rule.condition;
  content.curves.push_back(
      curveOf(context, "loss", context.history.metaLoss(), [&](figure::Theme theme) {
        return figure::Style{figure::conditionStyle(condition, theme).color};
      }));
  return content;
}

void ActiveFractionPanel::draw(const PanelContext& context) {
  if (!context.now.spec) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, kNothingYet);
  }
  const PlotContent content = activeFractionContent(context);
  titled(context, content, "share of units", view_);
  if (!isShown(content)) return emptyPanel(context.look, kNothingYet);
  drawPlot(context, content, view_, {});
}

void AlphaPanel::draw(const PanelContext& context) {
  if (!context.now.spec) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, kNothingYet);
  }
  const PlotContent content = alphaContent(context);
  const auto frozen = std::count_if(content.curves.begin(), content.curves.end(),
                                    [](const PlotCurve& curve) { return curve.frozen; });
  const std::string unit = frozen == 0 ? "per path" : std::to_string(frozen) + " stopped (α ≤ 0)";
  titled(context, content, unit.c_str(), view_);
  if (!isShown(content)) return emptyPanel(context.look, kNothingYet);
  drawPlot(context, content, view_, {});
}

namespace {

// Accuracy over tasks learned: position k holds the value after k tasks.
struct AccuracyCurves {
  std::vector<Moments> newest, learned;
};

AccuracyCurves accuracyCurves(const History& history, Head head) {
  AccuracyCurves out;
  const std::size_t rows = history.measuredTasks();
  out.newest.resize(rows + 1);
  out.learned.resize(rows + 1);
  for (std::size_t after = 0; after < rows; ++after) {
    for (std::size_t replica = 0; replica < history.replicas(); ++replica) {
      const auto newest = history.accuracy(after, after, head, replica);
      if (newest) out.newest[after + 1].add(*newest);
      double sum = 0;
      bool whole = true;
      for (std::size_t task = 0; task <= after && whole; ++task) {
        const auto entry = history.accuracy(after, task, head, replica);
        whole = entry.has_value();
        sum += entry.value_or(0);
      }
      if (whole) out.learned[after + 1].add(sum / static_cast<double>(after + 1));
    }
  }
  return out;
}

void drawAccuracy(const PanelContext& context, PlotView& view, float height) {
  const AccuracyCurves curves = accuracyCurves(context.history, Head::Category);
  PlotContent content = contentFor(context, "accuracy", "Accuracy by task");
  content.y_label = "share correct";
  content.high = 1;
  const auto stride = static_cast<std::int64_t>(content.steps_per_task);
  content.curves.push_back(
      curveOf(context, "newest task", {curves.newest.data(), curves.newest.size(), stride},
              [](figure::Theme theme) { return figure::Style{figure::ground(theme).accent}; }));
  content.curves.push_back(
      curveOf(context, "all learned", {curves.learned.data(), curves.learned.size(), stride},
              [](figure::Theme theme) {
                return figure::Style{figure::ground(theme).text, figure::Dash::Dashed};
              }));
  titled(context, content, "share correct", view);
  drawPlot(context, content, view, {0, height});
}

}  // namespace

void LivePlotsPanel::draw(const PanelContext& context) {
  if (!context.now.spec || context.history.positions() < 2) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, "m, meta-loss and accuracy appear here. Press Play.");
  }
  const Look& look = context.look;
  const bool inhibited = spec::learnsM(context.now.spec->rule.condition);
  const bool measured = context.history.measuredTasks() > 0;
  const float parts = 1.0F + (inhibited ? 1.0F : 0.0F) + 1.0F;
  const float title = look.px(kTitleSize + 6) + ImGui::GetStyle().ItemSpacing.y * 2;
  const float height =
      std::max(look.px(64), (ImGui::GetContentRegionAvail().y - parts * title) / parts);
  if (inhibited) {
    PlotContent m = inhibitionContent(context);
    m.named_x = false;
    titled(context, m, "by layer", m_);
    drawPlot(context, m, m_, {0, height});
  }
  PlotContent loss = lossContent(context);
  loss.named_x = false;
  titled(context, loss, "", loss_);
  drawPlot(context, loss, loss_, {0, height});
  if (measured) return drawAccuracy(context, accuracy_, height);
  panelTitle(context, "Accuracy by task", "");
  emptyPanel(look, "Accuracy is measured after the first task.");
}

}  // namespace dentate::ui
