// The rows of the experiment panel that hold one value each: fields to type into, as a table, and
// lists to choose from.
#pragma once
#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/spec/spelling.h"
#include "imgui.h"
#include "ui/panel.h"
#include "ui/widgets.h"

namespace dentate::ui {

struct Field {
  const char *key, *label, *term;
  std::string (*text)(const spec::ExperimentSpec&);
  // Whether the experiment reads the value; null: each does.
  bool (*read)(const spec::ExperimentSpec&) = nullptr;
  bool of_some_rules = false;  // read by a rule only if that says so
};

[[nodiscard]] std::span<const Field> streamFields();
[[nodiscard]] std::span<const Field> ruleFields();
[[nodiscard]] std::span<const Field> replicaFields();
// Those that are seldom changed, and the keys of all that stands among them, choices included.
[[nodiscard]] std::span<const Field> moreFields();
[[nodiscard]] std::vector<std::string> moreKeys();

void fieldHeading(const PanelContext& context, const char* text, const char* term);
// The label with its card, the blue dot of a changed value, which resets it, and the cursor set to
// the field. `keys`: what it stands for, the first its own.
void fieldLabel(const PanelContext& context, const char* label, const char* term,
                const std::vector<std::string>& keys);

struct ChoiceField {
  const char *key, *label, *term;
  std::string now;                 // as it is spelled
  std::vector<std::string> names;  // all of them
  // What choosing a name sets; null: the key.
  std::function<std::vector<std::string>(const std::string& name)> sets = nullptr;
  bool quiet = false;  // why the last choice is refused is said elsewhere
};

template <class E>
[[nodiscard]] ChoiceField choiceOf(const char* key, const char* label, const char* term, E now) {
  ChoiceField out{key, label, term, std::string(spec::spell(now)), {}};
  for (const auto& entry : spec::spellings<E>()) out.names.emplace_back(entry.text);
  return out;
}

// With why the draft refuses the last choice, below it.
void drawChoice(const PanelContext& context, const ChoiceField& field);

// A list in `replicas`: nothing, or values to compare.
struct ComparedField {
  const char *key, *label, *term;
  const char *none, *own;   // what an empty list stands for: closed, and as an entry
  const char *hint, *many;  // above the values; "3 kinds"
};

// `wordsOf` and `aboutOf` give a value's name on the screen and its sentence. With why the draft refuses
// the last choice, below it.
template <class E, class WordsOf, class AboutOf>
void drawCompared(const PanelContext& context, const ComparedField& field,
                  const std::vector<E>& chosen, const WordsOf& wordsOf, const AboutOf& aboutOf) {
  Draft& draft = context.session.draft;
  const std::string key = field.key;
  fieldLabel(context, field.label, field.term, {key});
  const std::string preview = chosen.empty()       ? field.none
                              : chosen.size() == 1 ? std::string(wordsOf(chosen[0]))
                                                   : std::to_string(chosen.size()) + field.many;
  const auto assign = [&](const std::string& list) {
    draft.assign(key, list, {key + "=" + (list.empty() ? "[]" : list)});
  };
  if (ImGui::BeginCombo(("##" + key).c_str(), preview.c_str(), ImGuiComboFlags_HeightLarge)) {
    if (ImGui::Selectable(field.own, chosen.empty())) assign("");
    ImGui::TextDisabled("%s", field.hint);
    std::string list;
    bool toggled = false;
    for (const auto& entry : spec::spellings<E>()) {
      bool on = std::find(chosen.begin(), chosen.end(), entry.value) != chosen.end();
      toggled = ImGui::Checkbox(std::string(wordsOf(entry.value)).c_str(), &on) || toggled;
      tip(std::string(aboutOf(entry.value)).c_str());
      if (on) list += (list.empty() ? "" : ",") + std::string(entry.text);
    }
    if (toggled) assign(list);
    ImGui::EndCombo();
  }
  if (const auto* refused = draft.refused(key)) errorText(context.look, refused->error.what);
}

// The data, without their path. `true` while a path is wanted, or one is there.
[[nodiscard]] bool drawData(const PanelContext& context);
[[nodiscard]] const Field& pathField();
// Those that are chosen, in vain or not; in vain for want of a path, which is then empty.
[[nodiscard]] spec::DataSpec wantedData(const Draft& draft);
// Whether they are on their way: then nothing is wanted of the person.
[[nodiscard]] bool isFetching(const link::Snapshot& now, const Draft& draft);
// As one step of undo; false where the draft refuses them, at the path.
[[nodiscard]] bool chooseData(Draft& draft, const spec::DataSpec& data);
// A path for the data that were chosen, or in vain for want of one.
void commitPath(const PanelContext& context, const std::string& path);

// Whether a key says how many labels the stream has; its value is committed with the category layer.
[[nodiscard]] bool isStreamSize(const std::string& key);
void commitStream(const PanelContext& context, const std::string& key, const std::string& text);

// The learning rule, and the choices that it alone reads.
void drawRule(const PanelContext& context);
// That the draft learns by; null where the window has no list of rules, or it is not among them.
[[nodiscard]] const spec::RuleTraits* chosenRule(const PanelContext& context);

// The kind of the stream, and the choices that this kind alone reads.
void drawStreamKind(const PanelContext& context);
void drawStreamChoices(const PanelContext& context);
// The choices that are seldom made.
void drawMoreChoices(const PanelContext& context);

}  // namespace dentate::ui
