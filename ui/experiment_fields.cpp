#include "ui/experiment_fields.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/spec/check_data.h"
#include "engine/spec/limits.h"
#include "ui/experiment_panel.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::DatasetKind;
using spec::ExperimentSpec;
using spec::StreamKind;

// ".01", or ".001, .01" where several are compared.
std::string alpha0Text(const ExperimentSpec& spec) {
  std::string text;
  for (const double alpha0 : spec::alpha0sOf(spec))
    text += (text.empty() ? "" : ", ") + editable(alpha0);
  return text;
}

template <StreamKind kind>
bool isKind(const ExperimentSpec& spec) {
  return spec.stream.kind == kind;
}

bool hasItems(const ExperimentSpec& spec) { return spec.stream.labels != spec::Labels::Category; }

constexpr const char *kTasksKey = "stream.tasks", *kClassesKey = "stream.classes_per_task";
constexpr const char *kSamplesKey = "stream.samples_per_task",
                     *kSetsKey = "stream.samples_per_item";

constexpr std::array kStreamFields{
    Field{kTasksKey, "tasks", "task",
          [](const ExperimentSpec& s) { return std::to_string(s.stream.tasks); }},
    Field{kSamplesKey, "samples a task", "samples a task",
          [](const ExperimentSpec& s) { return std::to_string(s.stream.samples_per_task); }},
    Field{kSetsKey, "samples an item", "samples an item",
          [](const ExperimentSpec& s) { return std::to_string(s.stream.samples_per_item); },
          hasItems},
    Field{kClassesKey, "classes a task", "class split",
          [](const ExperimentSpec& s) { return std::to_string(s.stream.classes_per_task); },
          isKind<StreamKind::ClassSplits>},
    Field{"stream.noise", "noise at the end", "noise",
          [](const ExperimentSpec& s) { return editable(s.stream.noise); },
          isKind<StreamKind::Noise>},
    Field{"stream.patch_size", "size of the patch", "patch",
          [](const ExperimentSpec& s) { return editable(s.stream.patch_size); },
          isKind<StreamKind::Occlusion>},
};

constexpr std::array kRuleFields{
    Field{"rule.alpha0", "α₀", "α₀", [](const ExperimentSpec& s) { return alpha0Text(s); }},
    Field{"rule.alpha_lr", "η for α", "η for α",
          [](const ExperimentSpec& s) { return editable(s.rule.alpha_lr); }},
    Field{"rule.m_lr", "η for m", "η for m",
          [](const ExperimentSpec& s) { return editable(s.rule.m_lr); }},
    Field{"rule.weight_lr", "η for θ", "η for θ",
          [](const ExperimentSpec& s) { return editable(s.rule.weight_lr); },
          [](const ExperimentSpec& s) { return s.rule.update == spec::Update::Synchronous; }},
    Field{"rule.reptile_within", "Reptile within", "Reptile",
          [](const ExperimentSpec& s) { return editable(s.rule.reptile_within); }, nullptr,
          /*of_some_rules=*/true},
    Field{"rule.reptile_across", "Reptile across", "Reptile",
          [](const ExperimentSpec& s) { return editable(s.rule.reptile_across); }, nullptr,
          /*of_some_rules=*/true},
    Field{"rule.prediction_depth", "prediction depth", "prediction network",
          [](const ExperimentSpec& s) { return std::to_string(s.rule.prediction_depth); }, nullptr,
          /*of_some_rules=*/true},
};

constexpr std::array kReplicaFields{
    Field{"replicas.seeds", "seeds", "seeds",
          [](const ExperimentSpec& s) { return std::to_string(s.replicas.seeds); }},
};

bool testsDraw(const ExperimentSpec& spec) { return spec.stream.labels == spec::Labels::Category; }

constexpr std::array kMoreFields{
    Field{"rule.batch", "batch", "batch",
          [](const ExperimentSpec& s) { return std::to_string(s.rule.batch); }},
    Field{"rule.replay", "replayed samples", "replay memory",
          [](const ExperimentSpec& s) { return std::to_string(s.rule.replay); }},
    Field{"rule.memory", "size of the memory", "replay memory",
          [](const ExperimentSpec& s) { return std::to_string(s.rule.memory); }},
    Field{"rule.clip_norm", "clip norm", "clip norm",
          [](const ExperimentSpec& s) { return editable(s.rule.clip_norm); }},
    Field{"rule.m0", "m₀", "m₀", [](const ExperimentSpec& s) { return editable(s.rule.m0); }},
    Field{"rule.k_fraction", "k, share of units", "k of inhibition",
          [](const ExperimentSpec& s) { return editable(s.rule.k_fraction); }},
    Field{"stream.test_samples", "test images a task", "test images",
          [](const ExperimentSpec& s) { return std::to_string(s.stream.test_samples); }, testsDraw},
    Field{"replicas.first_seed", "first seed", "first seed",
          [](const ExperimentSpec& s) { return std::to_string(s.replicas.first_seed); }},
};

constexpr std::array kMoreChoices{"rule.order", "rule.update", "evaluate"};

constexpr const char* kDatasetKey = "data.dataset";
constexpr Field kPath{"data.path", "path", "data",
                      [](const ExperimentSpec& s) { return s.data.path; }};

}  // namespace

const Field& pathField() { return kPath; }

std::span<const Field> streamFields() { return kStreamFields; }
std::span<const Field> ruleFields() { return kRuleFields; }
std::span<const Field> replicaFields() { return kReplicaFields; }
std::span<const Field> moreFields() { return kMoreFields; }

std::vector<std::string> moreKeys() {
  std::vector<std::string> keys(kMoreChoices.begin(), kMoreChoices.end());
  for (const Field& field : kMoreFields) keys.emplace_back(field.key);
  return keys;
}

void fieldHeading(const PanelContext& context, const char* text, const char* term) {
  ImGui::Dummy({0, context.look.px(2)});
  ImGui::PushFont(context.look.fonts.bold, 0);
  ImGui::TextUnformatted(text);
  ImGui::PopFont();
  hoverTerm(context, term);
}

namespace {

// A press on it brings the preset's value back.
void changeMark(const PanelContext& context, const std::vector<std::string>& keys) {
  const Look& look = context.look;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetFrameHeight();
  if (ImGui::InvisibleButton(("reset##" + keys.front()).c_str(), {look.px(14), height})) {
    context.session.draft.revert(keys);
    sendRates(context);
  }
  const bool hovered = ImGui::IsItemHovered() || ImGui::IsItemFocused();
  ImGui::GetWindowDrawList()->AddCircleFilled({at.x + look.px(4), at.y + height / 2},
                                              look.px(hovered ? 5.5F : 4), look.accent());
  tip("Not as in the preset. Press to reset this value.");
}

}  // namespace

void fieldLabel(const PanelContext& context, const char* label, const char* term,
                const std::vector<std::string>& keys) {
  const Look& look = context.look;
  const Draft& draft = context.session.draft;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = at.x + ImGui::GetContentRegionAvail().x;
  if (std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
        return draft.differs(key) || draft.refused(key) != nullptr;
      }))
    changeMark(context, keys);
  ImGui::SetCursorScreenPos({at.x + look.px(16), at.y});
  ImGui::AlignTextToFramePadding();
  ImGui::PushStyleColor(ImGuiCol_Text, look.quiet());
  ImGui::TextUnformatted(label);
  ImGui::PopStyleColor();
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) {
    const auto limits = spec::limitsOf(keys.front());
    termTip(context, term, limits.empty() ? "" : ("Takes " + limits).c_str());
  }
  const float field = look.px(124);
  ImGui::SameLine();
  ImGui::SetCursorScreenPos({std::max(ImGui::GetCursorScreenPos().x, right - field), at.y});
  ImGui::SetNextItemWidth(-1);
}

void drawChoice(const PanelContext& context, const ChoiceField& field) {
  Draft& draft = context.session.draft;
  fieldLabel(context, field.label, field.term, {field.key});
  if (ImGui::BeginCombo(("##" + std::string(field.key)).c_str(), field.now.c_str())) {
    for (const auto& name : field.names) {
      const bool chosen = ImGui::Selectable(name.c_str(), name == field.now);
      if (findTerm(name) != nullptr) hoverTerm(context, name);
      if (!chosen) continue;
      const std::string plain = std::string(field.key) + "=" + name;
      draft.assign(field.key, name, field.sets ? field.sets(name) : std::vector{plain});
    }
    ImGui::EndCombo();
  }
  // Choosing may have changed it.
  if (const auto* now = draft.refused(field.key); now != nullptr && !field.quiet)
    errorText(context.look, now->error.what);
}

bool isFetching(const link::Snapshot& now, const Draft& draft) {
  return now.fetch && now.fetch->running && now.fetch->source.kind == wantedData(draft).dataset;
}

bool drawData(const PanelContext& context) {
  const Draft& draft = context.session.draft;
  const auto& data = draft.spec().data;
  auto kind = choiceOf(kDatasetKey, "data", "data", data.dataset);
  kind.sets = [&](const std::string& name) {
    const auto chosen = *spec::valueNamed<DatasetKind>(name);
    const bool same = chosen == data.dataset;  // a path is of one kind
    return spec::choosing({chosen, same ? data.path : ""}, draft.spec());
  };
  kind.quiet = isFetching(context.now, draft);
  drawChoice(context, kind);
  return data.dataset != DatasetKind::Mnist10k || draft.refused(kDatasetKey) != nullptr;
}

spec::DataSpec wantedData(const Draft& draft) {
  auto data = draft.spec().data;
  if (const auto* in_vain = draft.refused(kDatasetKey)) {
    data.dataset = spec::valueNamed<DatasetKind>(in_vain->text).value_or(data.dataset);
    if (data.dataset != draft.spec().data.dataset) data.path.clear();  // of the other kind
  }
  return data;
}

bool chooseData(Draft& draft, const spec::DataSpec& data) {
  if (!draft.assign(kPath.key, data.path, spec::choosing(data, draft.spec()))) return false;
  if (draft.refused(kDatasetKey) != nullptr)
    draft.assign(kDatasetKey, std::string(spec::spell(data.dataset)));
  return true;
}

void commitPath(const PanelContext& context, const std::string& path) {
  Draft& draft = context.session.draft;
  (void)chooseData(draft, {wantedData(draft).dataset, path});
}

void commitStream(const PanelContext& context, const std::string& key, const std::string& text) {
  Draft& draft = context.session.draft;
  auto next = draft.spec().stream;
  auto& value = key == kTasksKey     ? next.tasks
                : key == kClassesKey ? next.classes_per_task
                : key == kSamplesKey ? next.samples_per_task
                                     : next.samples_per_item;
  const std::int64_t most = key == kTasksKey || key == kClassesKey ? 1'000 : 1'000'000;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  // What cannot be is refused as any such value is.
  if (failed != std::errc() || end != text.data() + text.size() || value < 1 || value > most)
    draft.assign(key, text);
  else
    draft.assign(key, text, spec::choosing(next, draft.spec()));
}

bool isStreamSize(const std::string& key) {
  return key == kTasksKey || key == kClassesKey || key == kSamplesKey || key == kSetsKey;
}

const spec::RuleTraits* chosenRule(const PanelContext& context) {
  const auto& rules = context.session.rules;
  const auto& name = context.session.draft.spec().rule.name;
  const auto found = std::ranges::find(rules, name, &spec::RuleTraits::name);
  return found == rules.end() ? nullptr : &*found;
}

void drawRule(const PanelContext& context) {
  const auto& rules = context.session.rules;
  if (rules.empty()) return;
  const auto& spec = context.session.draft.spec();
  ChoiceField field{"rule.name", "rule", "learning rule", spec.rule.name, {}};
  for (const auto& rule : rules) field.names.emplace_back(rule.name);
  field.sets = [&](const std::string& name) {
    return spec::choosing(*std::ranges::find(rules, name, &spec::RuleTraits::name), spec);
  };
  drawChoice(context, field);
  if (const auto* rule = chosenRule(context); rule != nullptr && rule->reads("rule.alpha_per"))
    drawChoice(context, choiceOf("rule.alpha_per", "an α for each", "α", spec.rule.alpha_per));
}

void drawMoreChoices(const PanelContext& context) {
  const auto* rule = chosenRule(context);
  const auto& spec = context.session.draft.spec();
  if (rule == nullptr || rule->highest_order > 1)
    drawChoice(context,
               {"rule.order", "order", "order", std::to_string(spec.rule.order), {"1", "2"}});
  if (rule == nullptr || !rule->update)
    drawChoice(context, choiceOf("rule.update", "update", "update", spec.rule.update));
  drawChoice(context, choiceOf("evaluate", "tested on", "evaluation", spec.evaluate));
}

void drawStreamKind(const PanelContext& context) {
  const Draft& draft = context.session.draft;
  auto kind = choiceOf("stream.kind", "stream", "task stream", draft.spec().stream.kind);
  kind.sets = [&](const std::string& name) {
    return spec::choosing(*spec::valueNamed<StreamKind>(name), draft.spec());
  };
  drawChoice(context, kind);
}

void drawStreamChoices(const PanelContext& context) {
  const auto& spec = context.session.draft.spec();
  const auto& stream = spec.stream;
  if (stream.kind == StreamKind::ClassSplits) {
    auto choice = choiceOf("stream.incremental", "incremental", "incremental", stream.incremental);
    choice.sets = [&](const std::string& name) {
      auto next = stream;
      next.incremental = *spec::valueNamed<spec::Incremental>(name);
      return spec::choosing(next, spec);
    };
    drawChoice(context, choice);
  }
  if (stream.kind == StreamKind::Occlusion)
    drawChoice(context, choiceOf("stream.patch", "patch", "patch", stream.patch));
}

}  // namespace dentate::ui
