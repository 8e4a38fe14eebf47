#include "ui/correction_fields.h"

#include <algorithm>
#include <string>

#include "engine/spec/corrections.h"
#include "imgui.h"
#include "ui/experiment_fields.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr const char* kCorrectionsKey = "replicas.corrections";

// A quirk as it is in force; the value that `as_published` gives anyway is the default.
void drawQuirk(const PanelContext& context, const char* key, const char* term, bool published) {
  const bool by_default = context.session.draft.spec().rule.as_published;
  const auto name = [](bool as) { return as ? "published" : "corrected"; };
  ChoiceField field{key, term, term, name(published), {name(true), name(false)}};
  field.sets = [key, preset = std::string(name(by_default))](const std::string& chosen) {
    return std::vector{std::string(key) + "=" + (chosen == preset ? "default" : chosen)};
  };
  drawChoice(context, field);
}

void drawQuirks(const PanelContext& context) {
  const auto& rule = context.session.draft.spec().rule;
  drawQuirk(context, "rule.reservoir_index", "reservoir index", spec::reservoirAsPublished(rule));
  drawQuirk(context, "rule.old_memory", "old-task memory", spec::oldMemoryAsPublished(rule));
  const auto* const traits = chosenRule(context);
  if (traits == nullptr || traits->alpha_a_path)
    drawChoice(context, choiceOf("rule.alpha", "rate of a path", "relu or softplus", rule.alpha));
}

}  // namespace

void drawCorrections(const PanelContext& context) {
  Draft& draft = context.session.draft;
  const auto& chosen = draft.spec().replicas.corrections;
  fieldLabel(context, "corrections", "as published or corrected", {kCorrectionsKey});
  const std::string preview = chosen.empty()       ? "of the rule"
                              : chosen.size() == 1 ? std::string(spec::wordsOf(chosen[0]))
                                                   : std::to_string(chosen.size()) + " compared";
  const auto assign = [&](const std::string& list) {
    draft.assign(kCorrectionsKey, list,
                 {std::string(kCorrectionsKey) + "=" + (list.empty() ? "[]" : list)});
  };
  if (ImGui::BeginCombo("##replicas.corrections", preview.c_str(), ImGuiComboFlags_HeightLarge)) {
    if (ImGui::Selectable("Those of the rule, below###own", chosen.empty())) assign("");
    ImGui::TextDisabled("or several to compare");
    std::string list;
    bool toggled = false;
    for (const auto& entry : spec::spellings<spec::Corrections>()) {
      bool on = std::find(chosen.begin(), chosen.end(), entry.value) != chosen.end();
      toggled = ImGui::Checkbox(std::string(spec::wordsOf(entry.value)).c_str(), &on) || toggled;
      tip(std::string(spec::aboutOf(entry.value)).c_str());
      if (on) list += (list.empty() ? "" : ",") + std::string(entry.text);
    }
    if (toggled) assign(list);
    ImGui::EndCombo();
  }
  if (const auto* refused = draft.refused(kCorrectionsKey))
    errorText(context.look, refused->error.what);
  if (chosen.empty()) drawQuirks(context);
}

}  // namespace dentate::ui
