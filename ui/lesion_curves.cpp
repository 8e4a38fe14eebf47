#include "ui/lesion_curves.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

#include "ui/format.h"
#include "ui/heads.h"
#include "ui/placed_numbers.h"
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

PlotCurve curveOf(const spec::NetworkSpec& network, const link::LesionCurve& from, Head head,
                  figure::Theme theme, PlacedNumbers& numbers) {
  const auto& first = from.lesions.front();
  const bool path = first.part == LesionPart::Path;
  const auto style = [&](figure::Theme on) {
    auto own = path ? figure::pathStyle(network, first.index, on)
                    : figure::Style{figure::layerColor(network, first.index, on)};
    if (from.lesions.size() > 1) own.dash = figure::Dash::Dashed;
    return own;
  };
  std::vector<double> places;
  std::vector<Moments> values;
  for (std::size_t s = 0; s < from.shares.size(); ++s) {
    places.push_back(100 * from.shares[s]);
    values.push_back(meanAt(head == Head::Category ? from.category : from.item, s));
  }
  return {path ? figure::pathLabel(network, first.index) : from.part, style(theme),
          numbers.add(std::move(places), std::move(values)), style(figure::Theme::Light)};
}

PlotCurve chanceCurve(double chance, figure::Theme theme, PlacedNumbers& numbers) {
  const auto style = [](figure::Theme on) {
    return figure::Style{figure::ground(on).quiet, figure::Dash::Dotted};
  };
  Moments value;
  value.add(chance);
  PlotCurve curve{"chance", style(theme), numbers.add({0, 100}, {value, value}),
                  style(figure::Theme::Light)};
  curve.level = true;
  curve.term = "chance";
  return curve;
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

PlotContent lesionContent(const spec::NetworkSpec& network, const link::LesionCurves& curves,
                          CurveParts parts, Head head, figure::Theme theme) {
  const bool category = head == Head::Category, layers = parts == CurveParts::Layers;
  PlotContent content;
  content.id = category ? "lesion_curves_category" : "lesion_curves_item";
  content.title = category ? "Category accuracy by lesion size" : "Item accuracy by lesion size";
  content.term = category ? "category accuracy" : "item accuracy";
  content.y_label = std::string(content.term) + " (share correct)";
  content.x_label = layers ? "units silenced (%)" : "units of the source cut off (%)";
  content.tasks = 100;
  content.note = noteOf(curves);
  content.of = content.x_label + std::to_string(curves.request.press);
  const auto numbers = std::make_shared<PlacedNumbers>();
  for (const auto& curve : curves.curves)
    if ((curve.lesions.front().part == LesionPart::Layer) == layers)
      content.curves.push_back(curveOf(network, curve, head, theme, *numbers));
  if (hasHead(network, head))
    content.curves.push_back(chanceCurve(chanceOf(network, head), theme, *numbers));
  content.numbers = numbers;
  content.csv = [&curves] { return lesionCurvesCsv(curves); };
  content.csv_item = "CSV, every part, both outputs";
  return content;
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

void LesionCurvesView::ask(const LesionSetup& setup) {
  // Of this sitting: the run may hold curves that an earlier window asked for.
  presses_ = std::max(presses_, curves_ ? curves_->request.press : 0) + 1;
  request_ = link::LesionCurvesRequest{setup.order, setup.seed, 1000, presses_};
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
  if (ImGui::Button("Test every part###curves")) ask(setup);
  tip("Lesions every layer and every path in ten steps, one after another, and tests what the "
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
  std::vector<std::size_t> heads;
  for (std::size_t head = 0; head < views_.size(); ++head)
    if (isMeasured(*curves_, kHeads[head])) heads.push_back(head);
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

// From the cursor on: what it is of, and the plot below.
void LesionCurvesView::drawPlotOf(const PanelContext& context, std::size_t head, ImVec2 size) {
  const Look& look = context.look;
  const auto content =
      lesionContent(context.now.spec->network, *curves_, parts_, kHeads[head], look.theme);
  PlotView& view = views_[head];
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float line = std::ceil(look.textHeight() * 1.7F);
  termLabel(context, content.term, content.term);
  const Ink quiet = textInk(look, look.quiet());
  put(*ImGui::GetWindowDrawList(), quiet, {at.x + size.x, at.y}, changesIn(content, view), 1);
  ImGui::SetCursorScreenPos({at.x, at.y + line});
  drawPlot(context, content, view, {size.x, size.y - line});
}

}  // namespace dentate::ui
