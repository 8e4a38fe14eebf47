#include "ui/live_plots.h"

#include <algorithm>

#include "engine/spec/spelling.h"
#include "ui/comparison_bar.h"
#include "ui/live_curves.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr const char* kNothingYet = "Curves appear here. Press Play, or the space bar.";

bool isShown(const PlotContent& content) {
  return std::any_of(content.curves.begin(), content.curves.end(), [](const PlotCurve& curve) {
    return curve.trace.size > 1 && curve.trace.last().n > 0;
  });
}

// What the values at the ends are of, where there is no room for all.
std::string featuredName(const PanelContext& context) {
  const auto& now = context.now;
  if (shownRuns(now, context.session.comparison).size() > 1)
    for (const auto& run : now.runs)
      if (run.run == now.run) return run.name;
  return std::string(spec::spell(shownCondition(now)));
}

void titled(const PanelContext& context, const PlotContent& content, const char* unit,
            PlotView& view) {
  std::string what = unit, how;
  if (view.crowded) {
    const bool stopped = what.find("stopped") != std::string::npos;  // that is worth its room
    what = (stopped ? what + ", at" : std::string("at")) + " the ends " + featuredName(context);
  }
  if (context.history.replicas() > 0) how = content.note;
  const auto add = [&](const char* word) { how += (how.empty() ? "" : ", ") + std::string(word); };
  if (view.log) add("log axis");
  if (view.smooth) add("smoothed");
  Notes notes{what.empty() || how.empty() ? what + how : what + ", " + how, how};
  if (how.starts_with("mean ± SEM")) {
    notes.push_back(how.substr(5));
    notes.push_back("± SEM" + how.substr(content.note.size()));
  }
  if (!view.follow) notes = {"zoomed: double click fits", "zoomed"};
  panelTitle(context, content.title, notes, content.term);
}

}  // namespace

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
  PlotContent m = inhibitionContent(context);
  const bool inhibited = isShown(m);
  const bool measured = context.history.measuredTasks() > 0;
  const float parts = 1.0F + (inhibited ? 1.0F : 0.0F) + 1.0F;
  const float title = look.px(kTitleSize + 6) + ImGui::GetStyle().ItemSpacing.y * 2;
  const float height =
      std::max(look.px(64), (ImGui::GetContentRegionAvail().y - parts * title) / parts);
  if (inhibited) {
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
