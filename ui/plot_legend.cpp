#include "ui/plot_legend.h"

#include <algorithm>
#include <cmath>

#include "implot.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr float kDimmed = 0.4F;
constexpr float kCrowdedWidth = 0.5F;  // of a label, of the plot's
constexpr float kMostOfWidth = 0.34F;  // that labels take of the plot's

void labelTip(const DrawnPlot& d, const EndLabel& label) {
  const Look& look = d.context.look;
  ImGui::BeginTooltip();
  for (const std::size_t c : label.curves) {
    const PlotCurve& curve = d.content.curves[c];
    const Trace trace = shownTrace(d, c);
    ImGui::PushStyleColor(ImGuiCol_Text,
                          pack(curve.style.color, d.view.shows(curve) ? 1 : kDimmed));
    ImGui::PushFont(look.fonts.mono, 0);
    const bool known = !trace.empty() && trace.last().n > 0;
    ImGui::Text("%7s", known ? number(trace.last().mean).c_str() : "–");
    ImGui::PopFont();
    ImGui::SameLine();
    ImGui::TextUnformatted(curve.label.c_str());
    ImGui::PopStyleColor();
    if (curve.frozen) ImGui::TextDisabled("%s", term("frozen path").sentence);
  }
  const PlotCurve& first = d.content.curves[label.curves.front()];
  const char* about = first.term[0] != '\0' ? first.term : d.content.term;
  if (about[0] != '\0') {
    d.context.session.pointed = &term(about);
    ImGui::Separator();
    termCard(look, term(about));
  }
  ImGui::TextDisabled(label.shown ? "A click leaves it out." : "A click brings it back.");
  ImGui::EndTooltip();
}

// Names of parts differ at their beginnings, those of runs anywhere.
std::string fitted(const DrawnPlot& d, const EndLabel& label, float room) {
  const Ink ink = boldInk(d.context.look, 0);
  const PlotCurve& curve = d.content.curves[label.curves.front()];
  const bool of_run = d.content.compares && label.label != curve.layer;
  if (!of_run) return cut(ink, label.label, room);
  std::vector<std::string> all;
  for (const PlotCurve& other : d.content.curves) all.push_back(other.label);
  return cutMiddle(ink, label.label, room, all);
}

std::string valueOf(const DrawnPlot& d, std::size_t curve) {
  const Moments last = shownTrace(d, curve).last();
  return d.view.shows(d.content.curves[curve]) && last.n > 0 ? number(last.mean) : "";
}

}  // namespace

bool isCrowded(const PanelContext& context, const PlotContent& content, ImVec2 size) {
  const auto& curves = content.curves;
  if (curves.empty() || curves.front().layer.empty()) return false;
  const float axis = (content.named_x ? 2.6F : 1.4F) * context.look.textHeight();
  const auto known = std::count_if(curves.begin(), curves.end(),
                                   [](const auto& curve) { return !curve.trace.empty(); });
  if (static_cast<float>(known) * 1.12F * context.look.textHeight() > size.y - axis) return true;
  return std::any_of(curves.begin(), curves.end(), [&](const PlotCurve& curve) {
    return curve.label != curve.layer &&
           widthOf(boldInk(context.look, 0), curve.label) > kCrowdedWidth * size.x;
  });
}

float legendWidth(const PanelContext& context, const PlotContent& content, bool crowded,
                  float width) {
  float widest = 0;
  for (const auto& curve : content.curves)
    widest =
        std::max(widest, widthOf(boldInk(context.look, 0), crowded ? curve.layer : curve.label));
  widest = std::min(widest, kMostOfWidth * width);  // longer ones are cut
  return widest + widthOf(monoInk(context.look, 0), "−.0000") + context.look.px(24);
}

void addLabel(const DrawnPlot& d, std::size_t index, ImVec2 end, std::vector<EndLabel>& labels) {
  const PlotCurve& curve = d.content.curves[index];
  const bool shown = d.view.shows(curve);
  const std::string& name = d.crowded ? curve.layer : curve.label;
  const auto same = std::find_if(labels.begin(), labels.end(),
                                 [&](const EndLabel& other) { return other.label == name; });
  if (!d.crowded || same == labels.end()) {
    labels.push_back({name, valueOf(d, index), end, curve.style.color, {index}, shown});
    if (d.crowded && !curve.featured) labels.back().value.clear();
    return;
  }
  same->curves.push_back(index);
  const bool leads = shown && (curve.featured || same->value.empty());
  if (leads || !same->shown) same->end = end;
  if (shown && curve.featured) same->value = valueOf(d, index);
  same->shown |= shown;
}

namespace {

// The others are in the table on hover and in the menu.
void leaveOutWhatDoesNotFit(std::vector<EndLabel>& labels, float height, float room) {
  const auto most = static_cast<std::size_t>(std::max(1.0F, std::floor(room / height)));
  if (labels.size() <= most) return;
  std::vector<float> wanted;
  for (const EndLabel& label : labels) wanted.push_back(label.end.y);
  std::vector<EndLabel> kept;
  for (const std::size_t i : keptLabels(wanted, most)) kept.push_back(std::move(labels[i]));
  labels = std::move(kept);
}

}  // namespace

void drawLabels(const DrawnPlot& d, std::vector<EndLabel>& labels, float right) {
  if (labels.empty()) return;
  const Look& look = d.context.look;
  const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
  const float height = look.textHeight() * 1.12F;
  leaveOutWhatDoesNotFit(labels, height, size.y + height);
  std::vector<float> wanted;
  float widest = 0, widest_value = 0, farthest = at.x;
  for (const EndLabel& label : labels) {
    wanted.push_back(label.end.y);
    widest_value = std::max(widest_value, widthOf(monoInk(look, 0), label.value));
    widest = std::max(widest, widthOf(boldInk(look, 0), label.label));
    farthest = std::max(farthest, label.end.x);
  }
  const auto y = spreadLabels(wanted, height, at.y - height / 2, at.y + size.y);
  const float beside = farthest + look.px(10);
  const bool inside = beside + widest + look.px(6) < at.x + size.x;
  const float left = inside ? beside : at.x + size.x + look.px(10);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    EndLabel& label = labels[i];
    const float top = y[i] - look.textHeight() / 2;
    const float room = right - left - widest_value - look.px(6);
    const std::string name = inside ? label.label : fitted(d, label, room);
    const ImU32 color = pack(label.color, label.shown ? 1 : kDimmed);
    put(list, boldInk(look, color), {left, top}, name);
    put(list, monoInk(look, color), {right, top}, label.value, 1);
    label.low = {left, top};
    label.high = {left + widthOf(boldInk(look, 0), name), top + height};
    if (label.shown) continue;
    const float middle = std::round(top + look.textHeight() / 2);
    list.AddLine({label.low.x, middle}, {label.high.x, middle}, color, look.hairline());
  }
}

bool pressLabels(const DrawnPlot& d, const std::vector<EndLabel>& labels) {
  bool any = false;
  const ImVec2 after = ImGui::GetCursorScreenPos();
  for (const EndLabel& label : labels) {
    ImGui::SetCursorScreenPos(label.low);
    const ImVec2 size{label.high.x - label.low.x, label.high.y - label.low.y};
    if (ImGui::InvisibleButton(("label_" + label.label).c_str(), size))
      toggleCurves(d.content, label.curves, d.view);
    const bool hovered = ImGui::IsItemHovered();
    if (hovered) labelTip(d, label);
    any |= hovered;
  }
  // They take no room: what follows goes on below the plot.
  ImGui::SetCursorScreenPos({after.x, after.y - ImGui::GetStyle().ItemSpacing.y});
  ImGui::Dummy({0, 0});
  return any;
}

void toggleCurves(const PlotContent& content, const std::vector<std::size_t>& curves,
                  PlotView& view) {
  const bool shown = std::any_of(curves.begin(), curves.end(),
                                 [&](std::size_t c) { return view.shows(content.curves[c]); });
  for (const std::size_t c : curves) {
    if (shown)
      view.hidden.insert(content.curves[c].label);
    else
      view.hidden.erase(content.curves[c].label);
  }
  if (view.follow) view.fit = true;  // to what is left
}

}  // namespace dentate::ui
