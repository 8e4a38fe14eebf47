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

// Of the shown networks alone, whatever they are compared with; empty where none has stopped.
Notes stoppedNotes(const PanelContext& context, const PlotContent& content, bool crowded) {
  const std::size_t paths = stoppedPaths(context);
  if (paths == 0) return {};
  const std::string stopped = std::to_string(paths) + " stopped",
                    name = featuredName(context.now, context.session.comparison);
  if (!content.compares) return {stopped + " (α ≤ 0)"};
  if (!crowded) return {stopped + " in " + name, stopped};
  return {"at the ends " + name + ", " + stopped, name + ": " + stopped, stopped};
}

// What stands in a plot's title line besides its title.
struct TitleLine {
  Notes unit = {};          // in ever fewer words
  bool unit_first = false;  // where there is no room for all
  float taken = 0;          // pixels after the title that something else stands in
};

void titled(const PanelContext& context, const PlotContent& content, const TitleLine& line,
            const PlotView& view) {
  std::string how;
  if (context.history.replicas() > 0) how = content.note;
  const std::string changes = changesIn(content, view);
  if (!changes.empty()) how += (how.empty() ? "" : ", ") + changes;
  const std::string what = line.unit.empty() ? "" : line.unit.front();
  Notes notes{what.empty() || how.empty() ? what + how : what + ", " + how};
  const auto difference = content.note.find("difference to");
  if (difference != std::string::npos)
    notes.push_back(content.note.substr(difference));
  else if (line.unit_first)
    notes.insert(notes.end(), line.unit.begin(), line.unit.end());
  notes.push_back(how);
  if (how.starts_with("mean ± SEM")) {
    notes.push_back(how.substr(5));
    notes.push_back("± SEM" + how.substr(content.note.size()));
  }
  if (!view.follow) notes = {changes, "zoomed"};
  panelTitle(context, content.title, notes, content.term, line.taken);
}

std::string unitOrEnds(const PanelContext& context, const char* unit, const PlotView& view) {
  return view.crowded ? "at the ends " + featuredName(context.now, context.session.comparison)
                      : unit;
}

}  // namespace

void ActiveFractionPanel::draw(const PanelContext& context) {
  if (!context.now.spec) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look, kNothingYet);
  }
  PlotContent content = activeFractionContent(context);
  content.whole = [&] { return activeFractionContent(context, Groups::All); };
  titled(context, content, {{unitOrEnds(context, "share of units", view_)}}, view_);
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
  const Notes stopped = stoppedNotes(context, content, view_.crowded);
  const Notes unit = stopped.empty() ? Notes{unitOrEnds(context, "per path", view_)} : stopped;
  titled(context, content, {unit, !stopped.empty()}, view_);
  drawComparison(context);
  if (!isShown(content)) return emptyPanel(context.look, kNothingYet);
  drawPlot(context, content, view_, {});
}

namespace {

// After the title of `text`, in its line; drawn after it.
void chooseHeadBeside(const PanelContext& context, const char* text, ImVec2 at) {
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const float left = widthOf(titleInk(context.look, 0), text) + context.look.px(8);
  ImGui::SetCursorScreenPos({at.x + left, at.y});
  chooseHead(context);
  ImGui::SetCursorScreenPos(after);
}

void drawAccuracy(const PanelContext& context, PlotView& view, float height) {
  PlotContent content = accuracyContent(context);
  content.whole = [&] { return accuracyContent(context, Groups::All); };
  const ImVec2 at = ImGui::GetCursorScreenPos();
  titled(context, content,
         {{content.compares ? "of all learned" : "share correct"}, true, headChoiceWidth(context)},
         view);
  chooseHeadBeside(context, content.title, at);
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
  // Accuracy is what most changes show in, so it has most of the height.
  constexpr float kM = 1, kLoss = 0.75F, kAccuracy = 1.6F;
  const float parts = inhibited ? 3 : 2;
  const float title = look.px(kTitleSize + 6) + ImGui::GetStyle().ItemSpacing.y * 2;
  const float one = (ImGui::GetContentRegionAvail().y - parts * title) /
                    (kLoss + kAccuracy + (inhibited ? kM : 0));
  const auto height = [&](float weight) { return std::max(look.px(64), weight * one); };
  if (inhibited) {
    m.named_x = false;
    m.whole = [&] { return inhibitionContent(context, Groups::All); };
    titled(context, m, {{unitOrEnds(context, "by layer", m_)}}, m_);
    drawPlot(context, m, m_, {0, height(kM)});
  }
  PlotContent loss = lossContent(context);
  loss.named_x = false;
  loss.whole = [&] { return lossContent(context, Groups::All); };
  titled(context, loss, {}, loss_);
  drawPlot(context, loss, loss_, {0, height(kLoss)});
  if (measured) return drawAccuracy(context, accuracy_, height(kAccuracy));
  panelTitle(context, "Accuracy by task", "", "accuracy by task");
  emptyPanel(look, context.now.spec->evaluate == spec::Evaluate::Final
                       ? "Accuracy is measured after the last task."
                       : "Accuracy is measured after the first task.");
}

}  // namespace dentate::ui
