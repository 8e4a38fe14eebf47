#include "ui/comparison_bar.h"

#include <string>

#include "engine/spec/spelling.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr float kSample = 24, kPadding = 4;  // design pixels

// Goes on in the line where `width` has room, else in the next one.
void besideOrBelow(const PanelContext& context, float width) {
  ImGui::SameLine(0, context.look.px(4));
  if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
}

void chooseAlpha0(const PanelContext& context, const std::vector<double>& all) {
  Comparison& comparison = context.session.comparison;
  const std::size_t chosen = chosenAlpha0(*context.now.spec, comparison);
  termLabel(context, "α₀", "α₀");
  ImGui::SameLine();
  ImGui::SetNextItemWidth(context.look.px(84));
  if (!ImGui::BeginCombo("##alpha0", tidy(all[chosen]).c_str())) return;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (ImGui::Selectable(tidy(all[i]).c_str(), i == chosen)) comparison.alpha0 = all[i];
  ImGui::EndCombo();
}

}  // namespace

void toggle(Comparison& comparison, spec::Condition condition, const spec::ExperimentSpec& spec) {
  if (comparison.hidden.erase(condition) > 0) return;
  if (shownGroups(spec, comparison).size() > 1) comparison.hidden.insert(condition);
}

bool lineToggle(const PanelContext& context, const std::string& name, const figure::Style& style,
                bool on) {
  const Look& look = context.look;
  const float around = look.px(kSample + 3 * kPadding);
  const Ink ink = textInk(look, 0);
  const std::string text = cut(ink, name, ImGui::GetContentRegionAvail().x - around);
  const float width = around + widthOf(ink, text);
  ImGui::PushStyleColor(ImGuiCol_Button, IM_COL32(0, 0, 0, 0));
  ImGui::PushStyleColor(ImGuiCol_Text, on ? look.text() : look.quiet(0.6F));
  ImGui::PushStyleVar(ImGuiStyleVar_ButtonTextAlign, {1, 0.5F});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {look.px(kPadding), look.px(2)});
  const bool pressed = ImGui::Button((text + "###show_" + name).c_str(), {width, 0});
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(2);
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  const float y = std::round((low.y + high.y) / 2), x = low.x + look.px(kPadding);
  drawLine(*ImGui::GetWindowDrawList(), {{x, y}, {x + look.px(kSample), y}},
           pack(style.color, on ? 1 : 0.35F), look.px(2), style.dash, look.scale);
  return pressed;
}

bool conditionToggle(const PanelContext& context, spec::Condition condition, bool on) {
  return lineToggle(context, std::string(spec::spell(condition)),
                    figure::conditionStyle(condition, context.look.theme), on);
}

void runToggle(const PanelContext& context, const link::RunEntry& run, float room) {
  Comparison& comparison = context.session.comparison;
  const bool shown = run.run == context.now.run;
  const bool on = shown || !comparison.hidden_runs.contains(run.run);
  const auto dash = dashOf(context.now, run.run);
  const std::string name = cut(textInk(context.look, 0), run.name, room);
  if (lineToggle(context, name, {context.look.ground.text, dash}, on) && !shown &&
      comparison.hidden_runs.erase(run.run) == 0)
    comparison.hidden_runs.insert(run.run);
  tip(shown ? "The run that the panels show; its curves are always there"
            : "A click shows or leaves it out, in all plots");
}

namespace {

// Of every run, in place of conditions: one condition is shown of each.
void drawRuns(const PanelContext& context) {
  for (std::size_t i = 0; i < context.now.runs.size(); ++i) {
    const link::RunEntry& run = context.now.runs[i];
    const float around = context.look.px(kSample + 3 * kPadding);
    if (i > 0) besideOrBelow(context, around + widthOf(textInk(context.look, 0), run.name));
    runToggle(context, run, ImGui::GetContentRegionAvail().x - around);
  }
}

}  // namespace

void drawComparison(const PanelContext& context) {
  if (!context.now.spec) return;
  const auto& spec = *context.now.spec;
  Comparison& comparison = context.session.comparison;
  if (context.now.runs.size() > 1) drawRuns(context);
  if (shownRuns(context.now, comparison).size() > 1) return;
  const auto conditions = spec::conditionsOf(spec);
  const auto alpha0s = spec::alpha0sOf(spec);
  for (std::size_t c = 0; conditions.size() > 1 && c < conditions.size(); ++c) {
    if (c > 0) besideOrBelow(context, context.look.px(64));
    if (conditionToggle(context, conditions[c], !comparison.hidden.contains(conditions[c])))
      toggle(comparison, conditions[c], spec);
    termTip(context, spec::spell(conditions[c]), "A click shows or leaves it out, in all plots.");
  }
  if (alpha0s.size() < 2) return;
  if (conditions.size() > 1) besideOrBelow(context, context.look.px(116));
  chooseAlpha0(context, alpha0s);
}

}  // namespace dentate::ui
