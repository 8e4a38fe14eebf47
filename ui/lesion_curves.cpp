#include "ui/lesion_curves.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ui/format.h"
#include "ui/heads.h"
#include "ui/lesion_curves_plot.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::LesionPart;

Moments meanAt(const std::vector<std::vector<double>>& values, std::size_t share) {
  Moments moments;
  for (const auto& of_replica : values)
    if (of_replica[share] >= 0) moments.add(of_replica[share]);  // neither -1 nor NaN
  return moments;
}

figure::Curve curveOf(const spec::NetworkSpec& network, const link::LesionCurve& from, Head head,
                      figure::Theme theme) {
  const auto& first = from.lesions.front();
  const bool path = first.part == LesionPart::Path;
  figure::Curve out;
  out.label = path ? figure::pathLabel(network, first.index) : from.part;
  out.style = path ? figure::pathStyle(network, first.index, theme)
                   : figure::Style{figure::layerColor(network, first.index, theme)};
  if (from.lesions.size() > 1) out.style.dash = figure::Dash::Dashed;
  for (std::size_t s = 0; s < from.shares.size(); ++s) {
    const auto value = meanAt(head == Head::Category ? from.category : from.item, s);
    if (value.n == 0) continue;
    out.x.push_back(100 * from.shares[s]);
    out.y.push_back(value.mean);
    out.sem.push_back(value.sem());
  }
  return out;
}

std::string noteOf(const link::LesionCurves& curves) {
  const auto n = curves.replicas.size();
  return n > 1 ? "mean ± SEM, n = " + std::to_string(n) : "one network";
}

bool isMeasured(const link::LesionCurves& curves, Head head) {
  const auto& values =
      head == Head::Category ? curves.curves.front().category : curves.curves.front().item;
  return meanAt(values, 0).n > 0;
}

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

figure::LinePlot lesionPlot(const spec::NetworkSpec& network, const link::LesionCurves& curves,
                            CurveParts parts, Head head, figure::Theme theme) {
  figure::LinePlot plot;
  plot.title = head == Head::Category ? "category accuracy" : "item accuracy";
  plot.note = noteOf(curves);
  plot.x = {parts == CurveParts::Layers ? "units silenced (%)" : "path cut (%)", false, 0, 100};
  plot.y = {plot.title + " (share correct)", false, 0, std::nullopt};
  for (const auto& curve : curves.curves)
    if ((curve.lesions.front().part == LesionPart::Path) == (parts == CurveParts::Paths))
      plot.curves.push_back(curveOf(network, curve, head, theme));
  if (!hasHead(network, head)) return plot;
  const double chance = chanceOf(network, head);
  plot.curves.push_back({"chance",
                         {figure::ground(theme).quiet, figure::Dash::Dotted},
                         {0, 100},
                         {chance, chance},
                         {0, 0},
                         /*level=*/true});
  return plot;
}

std::string lesionCurvesCsv(const link::LesionCurves& curves) {
  std::string text = "part,share,category mean,category sem,item mean,item sem,n\n";
  for (const auto& curve : curves.curves) {
    for (std::size_t s = 0; s < curve.shares.size(); ++s) {
      const auto category = meanAt(curve.category, s), item = meanAt(curve.item, s);
      text += curve.part + "," + editable(curve.shares[s]);
      for (const auto& value : {category, item}) {
        text += "," + (value.n > 0 ? editable(value.mean) : std::string());
        text += "," + (value.n > 1 ? editable(value.sem()) : std::string());
      }
      text += "," + std::to_string(std::max(category.n, item.n)) + "\n";
    }
  }
  return text;
}

void LesionCurvesView::follow(const PanelContext& context) {
  const auto& shown = context.now.views.lesion_curves;
  if (run_ != context.now.run) {
    run_ = context.now.run;
    request_.reset();
    curves_.reset();
  }
  if (shown && shown->run == run_) curves_ = shown;
  context.session.watch.lesion_curves = request_;
}

void LesionCurvesView::draw(const PanelContext& context, const LesionSetup& setup) {
  drawPress(context, setup);
  if (!curves_ && !request_)
    emptyPanel(context.look, "Accuracy over lesion size appears here: which part carries what.");
  if (curves_ && !curves_->curves.empty()) drawPlots(context);
}

void LesionCurvesView::drawPress(const PanelContext& context, const LesionSetup& setup) {
  const Look& look = context.look;
  const bool answered = curves_ && request_ && curves_->request == *request_;
  if (request_ && !(answered && curves_->complete())) {
    const double done = answered ? static_cast<double>(curves_->done) : 0;
    const double all = answered ? static_cast<double>(curves_->in_all) : 1;
    const std::string text =
        answered ? count(curves_->done) + " of " + count(curves_->in_all) + " tests" : "begins";
    ImGui::ProgressBar(static_cast<float>(done / all), {look.px(260), 0}, text.c_str());
    ImGui::SameLine();
    if (ImGui::Button("Cancel###cancel_curves")) request_.reset();
    return;
  }
  if (ImGui::Button("Test every part###curves")) {
    // Of this sitting: the run may hold curves that an earlier window asked for.
    presses_ = std::max(presses_, curves_ ? curves_->request.press : 0) + 1;
    request_ = link::LesionCurvesRequest{setup.order, setup.seed, 1000, presses_};
  }
  tip("Silences every layer in ten steps, and cuts every path, one after another, and tests what "
      "the "
      "networks still know. Nothing is changed; saved with the run");
  if (!curves_) return;
  ImGui::SameLine();
  std::string note = noteOf(*curves_) + ", " + nameOf(curves_->request.order);
  if (!curves_->complete())
    note += ", cancelled at " + count(curves_->done) + " of " + count(curves_->in_all);
  ImGui::TextDisabled("%s", cut(textInk(look, 0), note, ImGui::GetContentRegionAvail().x).c_str());
}

void LesionCurvesView::drawPlots(const PanelContext& context) {
  const Look& look = context.look;
  if (ImGui::RadioButton("layers###curves_layers", parts_ == CurveParts::Layers))
    parts_ = CurveParts::Layers;
  ImGui::SameLine();
  if (ImGui::RadioButton("paths###curves_paths", parts_ == CurveParts::Paths))
    parts_ = CurveParts::Paths;
  std::vector<Head> heads;
  for (const auto head : {Head::Category, Head::Item})
    if (isMeasured(*curves_, head)) heads.push_back(head);
  if (heads.empty()) return;
  const float room = ImGui::GetContentRegionAvail().x, gap = look.px(16);
  const bool beside = heads.size() > 1 && room > look.px(620);
  const ImVec2 size{beside ? (room - gap) / 2 : room, look.px(250)};
  bool hovered = false;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    if (i > 0 && beside) ImGui::SameLine(0, gap);
    const auto plot = lesionPlot(context.now.spec->network, *curves_, parts_, heads[i], look.theme);
    hovered |= drawLesionPlot(context, plot, size);
  }
  menu_.draw(context, files(context), hovered);
}

PlotFiles LesionCurvesView::files(const PanelContext& context) const {
  const auto figure = [this, &context] {
    figure::Figure out{"lesion_curves", "", {}, 1};
    for (const auto head : {Head::Category, Head::Item})
      if (isMeasured(*curves_, head))
        out.plots.emplace_back(
            lesionPlot(context.now.spec->network, *curves_, parts_, head, figure::Theme::Light));
    out.columns = out.plots.size();
    return out;
  };
  return {"lesion_curves", "Lesion curves", figure, [this] { return lesionCurvesCsv(*curves_); }};
}

}  // namespace dentate::ui
