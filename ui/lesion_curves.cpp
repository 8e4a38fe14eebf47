#include "ui/lesion_curves.h"

#include <algorithm>
#include <cmath>

#include "ui/comparison_bar.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

const char* nameOf(spec::LesionOrder order) {
  switch (order) {
    case spec::LesionOrder::MostActive:
      return "most active first";
    case spec::LesionOrder::LeastActive:
      return "least active first";
    case spec::LesionOrder::Random:
      break;
  }
  return "at random";
}

}  // namespace

void LesionCurvesView::follow(const PanelContext& context) {
  const auto& now = context.now;
  const auto asked = [&](const link::RunEntry& entry) {
    const auto& runs = request_->runs;
    return std::find(runs.begin(), runs.end(), entry.run) != runs.end();
  };
  if (request_ && std::none_of(now.runs.begin(), now.runs.end(), asked)) request_.reset();
  runs_ = testedRuns(now, context.session.comparison);
  context.session.watch.lesion_curves = request_;
}

void LesionCurvesView::ask(const PanelContext& context, const LesionSetup& setup) {
  // Of this sitting: a run may hold curves that an earlier window asked for.
  for (const auto& curves : context.now.views.lesion_curves)
    presses_ = std::max(presses_, curves->request.press);
  request_ = link::LesionCurvesRequest{setup.order, setup.seed, 1000, ++presses_};
  for (const auto& [entry, stroke] : shownRuns(context.now, context.session.comparison))
    if (entry->live()) request_->runs.push_back(entry->run);
}

void LesionCurvesView::draw(const PanelContext& context, const LesionSetup& setup) {
  drawPress(context, setup);
  if (!runs_.tested.empty())
    drawPlots(context);
  else if (!request_)
    emptyPanel(context.look, "Accuracy over lesion size appears here: which part carries what.");
}

// Of what was asked for, all runs together; false where that is over.
bool LesionCurvesView::drawProgress(const PanelContext& context) {
  if (!request_) return false;
  std::int64_t done = 0, all = 0;
  bool answered = false;
  for (const auto& curves : context.now.views.lesion_curves) {
    if (curves->request != *request_) continue;
    answered = true;
    done += curves->done;
    all += curves->in_all;
  }
  if (answered && done == all) return false;
  const std::string text = answered ? count(done) + " of " + count(all) + " tests" : "begins";
  const double share =
      static_cast<double>(done) / static_cast<double>(std::max(all, std::int64_t{1}));
  ImGui::ProgressBar(static_cast<float>(share), {context.look.px(260), 0}, text.c_str());
  ImGui::SameLine();
  if (ImGui::Button("Cancel###cancel_curves")) request_.reset();
  return true;
}

void LesionCurvesView::drawPress(const PanelContext& context, const LesionSetup& setup) {
  const Look& look = context.look;
  if (drawProgress(context)) return;
  if (ImGui::Button("Test every part###curves")) ask(context, setup);
  tip("Lesions every layer and every path in ten steps, one after another, and tests what the "
      "networks still know, of every run that is compared. Nothing is changed; saved with the run");
  if (runs_.tested.empty()) return;
  ImGui::SameLine();
  const auto& first = *runs_.tested.front().curves;
  std::string note = testedNote(runs_.tested) + ", " + nameOf(first.request.order);
  for (const auto& run : runs_.tested)
    if (!run.curves->complete()) {
      note += ", cancelled at " + count(run.curves->done) + " of " + count(run.curves->in_all);
      if (runs_.compared) note += " of " + nameInNote(run.name);
    }
  for (const auto& name : runs_.missing) note += ", not tested like this: " + nameInNote(name);
  ImGui::TextDisabled("%s", cut(textInk(look, 0), note, ImGui::GetContentRegionAvail().x).c_str());
  tip(note.c_str());
}

void LesionCurvesView::drawPlots(const PanelContext& context) {
  const Look& look = context.look;
  if (ImGui::RadioButton("layers###curves_layers", parts_ == CurveParts::Layers))
    parts_ = CurveParts::Layers;
  ImGui::SameLine();
  if (ImGui::RadioButton("paths###curves_paths", parts_ == CurveParts::Paths))
    parts_ = CurveParts::Paths;
  drawRunBar(context);
  std::vector<std::size_t> heads;
  for (std::size_t head = 0; head < views_.size(); ++head)
    if (isMeasured(runs_.tested, kHeads[head])) heads.push_back(head);
  const float room = ImGui::GetContentRegionAvail().x, gap = look.px(16);
  const bool beside = heads.size() > 1 && room > look.px(620);
  const ImVec2 size{beside ? (room - gap) / 2 : room, look.px(250)},
      at = ImGui::GetCursorScreenPos();
  ImVec2 next = at;
  for (const std::size_t head : heads) {
    ImGui::SetCursorScreenPos(next);
    drawPlotOf(context, head, size);
    (beside ? next.x : next.y) += beside ? size.x + gap : size.y;
  }
  const float all = heads.empty() ? 0 : beside ? size.y : next.y - at.y;
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({room, all});
}

// What the person changed, and of several runs what the curves and the values at their ends are of.
Notes notesBeside(const PanelContext& context, const PlotContent& content, const PlotView& view) {
  const std::string changes = changesIn(content, view);
  if (!content.compares) return {changes};
  const auto difference = content.note.find("difference to");
  std::string of;
  if (difference != std::string::npos) of = content.note.substr(difference);
  if (view.crowded)
    of += (of.empty() ? "" : ", ") + std::string("at the ends ") +
          featuredName(context.now, context.session.comparison);
  if (changes.empty() || of.empty()) return {changes + of};
  return {of + ", " + changes, of};
}

// From the cursor on: what it is of, and the plot below.
void LesionCurvesView::drawPlotOf(const PanelContext& context, std::size_t head, ImVec2 size) {
  const Look& look = context.look;
  const auto content = lesionContent(
      {runs_.tested, parts_, kHeads[head], context.session.comparison.difference}, look.theme);
  PlotView& view = views_[head];
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float line = std::ceil(look.textHeight() * 1.7F);
  termLabel(context, content.term, content.term);
  const Ink quiet = textInk(look, look.quiet());
  const float room = size.x - widthOf(quiet, content.term) - look.px(12);
  put(*ImGui::GetWindowDrawList(), quiet, {at.x + size.x, at.y},
      fitting(quiet, notesBeside(context, content, view), room), 1);
  ImGui::SetCursorScreenPos({at.x, at.y + line});
  drawPlot(context, content, view, {size.x, size.y - line});
}

}  // namespace dentate::ui
