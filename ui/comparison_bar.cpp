#include "ui/comparison_bar.h"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/spec/corrections.h"
#include "engine/spec/inhibition.h"
#include "engine/spec/spelling.h"
#include "ui/format.h"
#include "ui/heads.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr float kSample = 24, kPadding = 4;  // design pixels
constexpr float kLeastName = 88;             // that a run's name has, before the lines are two

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

void toggle(Comparison& comparison, const spec::Compared& compared,
            const spec::ExperimentSpec& spec) {
  if (comparison.hidden.erase(compared) > 0) return;
  if (shownGroups(spec, comparison).size() > 1) comparison.hidden.insert(compared);
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
  drawSample(look, {x, y}, look.px(kSample), style, on ? 1 : 0.35F);
  return pressed;
}

bool comparedToggle(const PanelContext& context, const spec::Compared& compared, bool on) {
  const auto& spec = *context.now.spec;
  return lineToggle(context, spec::nameOf(spec, compared),
                    figure::comparedStyle(spec, compared, context.look.theme), on);
}

void runToggle(const PanelContext& context, const link::RunEntry& run, float room) {
  Comparison& comparison = context.session.comparison;
  const bool shown = run.run == context.now.run;
  const bool on = shown || !comparison.hidden_runs.contains(run.run);
  const auto stroke = strokeOf(context.now, run.run);
  std::vector<std::string> all;
  for (const auto& other : context.now.runs) all.push_back(other.name);
  const std::string name = cutMiddle(textInk(context.look, 0), run.name, room, all);
  if (lineToggle(context, name, {context.look.ground.text, stroke.dash, stroke.mark}, on) &&
      !shown && comparison.hidden_runs.erase(run.run) == 0)
    comparison.hidden_runs.insert(run.run);
  tip((run.name + (shown ? "\nThe run that the panels show; its curves are always there"
                         : "\nA click shows or leaves it out, in all plots"))
          .c_str());
}

namespace {

// A word that is pressed, lit where it is on.
bool segment(const PanelContext& context, const char* word, bool on) {
  const Look& look = context.look;
  ImGui::PushStyleColor(ImGuiCol_Button, on ? look.accent(0.35F) : IM_COL32(0, 0, 0, 0));
  ImGui::PushStyleColor(ImGuiCol_Text, on ? look.text() : look.quiet());
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {look.px(kPadding + 2), look.px(1)});
  const bool pressed = ImGui::Button((std::string(word) + "###head_" + word).c_str());
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(2);
  return pressed;
}

// Those that there are to choose from; none where category accuracy is all there is.
std::vector<Head> headsOf(const PanelContext& context) {
  const auto& spec = context.now.spec;
  std::vector<Head> heads;
  if (!spec || !hasHead(spec->network, Head::Item)) return heads;
  for (const Head head : kHeads)
    if (hasHead(spec->network, head)) heads.push_back(head);
  return heads;
}

}  // namespace

namespace {

void chooseHeadFromList(const PanelContext& context, const std::vector<Head>& heads, Head shown) {
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {context.look.px(kPadding), context.look.px(1)});
  ImGui::SetNextItemWidth(std::min(ImGui::GetContentRegionAvail().x, context.look.px(130)));
  if (ImGui::BeginCombo("###heads", nameOf(shown))) {
    for (const Head each : heads) {
      if (ImGui::Selectable(nameOf(each), each == shown)) context.session.comparison.head = each;
      termTip(context, accuracyTerm(each), "A click shows it, in all panels.");
    }
    ImGui::EndCombo();
  }
  ImGui::PopStyleVar();
}

}  // namespace

void chooseHead(const PanelContext& context) {
  const auto heads = headsOf(context);
  if (heads.empty()) return;
  Comparison& comparison = context.session.comparison;
  const Head shown = shownHead(context.now.spec->network, comparison);
  if (headChoiceWidth(context) > ImGui::GetContentRegionAvail().x)
    return chooseHeadFromList(context, heads, shown);
  for (const Head each : heads) {
    if (each != heads.front()) ImGui::SameLine(0, context.look.px(2));
    if (segment(context, nameOf(each), shown == each)) comparison.head = each;
    termTip(context, accuracyTerm(each), "A click shows it, in all panels.");
  }
}

float headChoiceWidth(const PanelContext& context) {
  float width = 0;
  for (const Head each : headsOf(context))
    width += widthOf(textInk(context.look, 0), nameOf(each)) + 2 * context.look.px(kPadding + 2) +
             context.look.px(2);
  return width;
}

// Of every run, in place of conditions: one condition is shown of each. Long names are cut so that
// the runs share a line, as long as something is left of them.
void drawRunBar(const PanelContext& context) {
  const auto& runs = context.now.runs;
  if (runs.size() < 2) return;
  const float around = context.look.px(kSample + 3 * kPadding), gap = context.look.px(4);
  const auto n = static_cast<float>(runs.size());
  const float share = (ImGui::GetContentRegionAvail().x - (n - 1) * gap) / n - around;
  const float room = std::max(share, context.look.px(kLeastName));
  float all = (n - 1) * gap;
  for (const auto& run : runs) all += around + widthOf(textInk(context.look, 0), run.name);
  const bool whole = all <= ImGui::GetContentRegionAvail().x;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const float name = widthOf(textInk(context.look, 0), runs[i].name);
    const float width = whole ? name : std::min(name, room);
    if (i > 0) besideOrBelow(context, around + width);
    runToggle(context, runs[i], width);
  }
}

void drawComparison(const PanelContext& context) {
  if (!context.now.spec) return;
  const auto& spec = *context.now.spec;
  Comparison& comparison = context.session.comparison;
  drawRunBar(context);
  if (shownRuns(context.now, comparison).size() > 1) return;
  const auto compared = spec::comparedOf(spec);
  const auto alpha0s = spec::alpha0sOf(spec);
  const float around = context.look.px(kSample + 3 * kPadding);
  for (std::size_t c = 0; compared.size() > 1 && c < compared.size(); ++c) {
    const std::string name = spec::nameOf(spec, compared[c]);
    if (c > 0) besideOrBelow(context, around + widthOf(textInk(context.look, 0), name));
    if (comparedToggle(context, compared[c], !comparison.hidden.contains(compared[c])))
      toggle(comparison, compared[c], spec);
    constexpr const char* kClick = "A click shows or leaves it out, in all plots.";
    std::string about;
    if (spec.replicas.inhibitions.size() > 1)
      about += std::string(spec::kindOf(*compared[c].inhibition).about) + "\n";
    if (spec.replicas.corrections.size() > 1)
      about += std::string(spec::aboutOf(*compared[c].corrections)) + "\n";
    if (about.empty())
      termTip(context, spec::spell(compared[c].condition), kClick);
    else
      tip((about + kClick).c_str());
  }
  if (alpha0s.size() < 2) return;
  if (compared.size() > 1) besideOrBelow(context, context.look.px(116));
  chooseAlpha0(context, alpha0s);
}

}  // namespace dentate::ui
