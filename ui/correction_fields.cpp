#include "ui/correction_fields.h"

#include <string>

#include "engine/spec/corrections.h"
#include "imgui.h"
#include "ui/experiment_fields.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

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
  // Of the draft before it is drawn: a choice may replace it.
  const auto chosen = context.session.draft.spec().replicas.corrections;
  drawCompared(context,
               {"replicas.corrections", "corrections", "as published or corrected", "of the rule",
                "Those of the rule, below###own", "or several to compare", " compared"},
               chosen, spec::wordsOf, spec::aboutOf);
  if (chosen.empty()) drawQuirks(context);
}

}  // namespace dentate::ui
