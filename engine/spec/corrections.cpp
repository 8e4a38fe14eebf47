#include "engine/spec/corrections.h"

namespace dentate::spec {
namespace {

bool published(Quirk quirk, const RuleSpec& rule) {
  return quirk == Quirk::Default ? rule.as_published : quirk == Quirk::Published;
}

}  // namespace

bool reservoirAsPublished(const RuleSpec& rule) { return published(rule.reservoir_index, rule); }

bool oldMemoryAsPublished(const RuleSpec& rule) { return published(rule.old_memory, rule); }

RuleSpec corrected(RuleSpec rule, Corrections which) {
  const auto quirk = [which](Corrections own) {
    return which == own || which == Corrections::All ? Quirk::Corrected : Quirk::Published;
  };
  rule.reservoir_index = quirk(Corrections::ReservoirIndex);
  rule.old_memory = quirk(Corrections::OldMemory);
  rule.alpha =
      quirk(Corrections::Softplus) == Quirk::Corrected ? AlphaForm::Softplus : AlphaForm::Relu;
  return rule;
}

std::string_view wordsOf(Corrections which) {
  switch (which) {
    case Corrections::AsPublished:
      return "as published";
    case Corrections::ReservoirIndex:
      return "reservoir index";
    case Corrections::OldMemory:
      return "old-task memory";
    case Corrections::Softplus:
      return "softplus(α)";
    case Corrections::All:
      break;
  }
  return "corrected";
}

std::string_view aboutOf(Corrections which) {
  switch (which) {
    case Corrections::AsPublished:
      return "With all quirks of the published program.";
    case Corrections::ReservoirIndex:
      return "As published, but every sample so far is as likely to be in the replay memory.";
    case Corrections::OldMemory:
      return "As published, but only samples of earlier tasks are replayed.";
    case Corrections::Softplus:
      return "As published, but paths learn by softplus(α), so that none freezes.";
    case Corrections::All:
      break;
  }
  return "Every sample as likely to be in the replay memory, only earlier tasks replayed, and "
         "softplus(α) in place of relu(α).";
}

}  // namespace dentate::spec
