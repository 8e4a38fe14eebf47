// Rows of the strip beside the canvas: headings, labels with their control, choices.
#pragma once
#include <optional>
#include <string>

#include "engine/spec/spelling.h"
#include "ui/look.h"

namespace dentate::ui {

void sideHeading(const Look& look, const std::string& text);
// The label at the left; the control that follows fills the rest of the line.
void sideRow(const Look& look, const char* label);
// A value at the right end of its row, in the face of numbers.
void sideValue(const Look& look, const std::string& value);
void sideNote(const Look& look, const std::string& text);

// "learned_m" as "learned m".
[[nodiscard]] std::string choiceWords(std::string_view spelling);

// A list of the values of E; what was chosen in this frame, none where nothing was.
template <class E>
[[nodiscard]] std::optional<E> sideChoice(const char* id, E shown) {
  std::optional<E> chosen;
  if (!ImGui::BeginCombo(id, choiceWords(spec::spell(shown)).c_str())) return chosen;
  for (const auto& entry : spec::spellings<E>()) {
    const bool same = entry.value == shown;
    if (ImGui::Selectable(choiceWords(entry.text).c_str(), same) && !same) chosen = entry.value;
  }
  ImGui::EndCombo();
  return chosen;
}

// The same of the kinds of inhibition, each with what it does on hover; those that take nothing off in
// this condition say so.
[[nodiscard]] std::optional<spec::Inhibition> inhibitionChoice(const char* id,
                                                               spec::Inhibition shown,
                                                               spec::Condition condition);
// Whether a kind that could takes nothing off, since this condition does not learn m; and in words.
[[nodiscard]] bool isIdle(spec::Inhibition kind, spec::Condition condition);
[[nodiscard]] std::string idleNote(spec::Condition condition);

}  // namespace dentate::ui
