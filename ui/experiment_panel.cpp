#include "ui/experiment_panel.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "engine/spec/experiment_json.h"
#include "engine/spec/inhibition.h"
#include "imgui_stdlib.h"
#include "ui/correction_fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::ExperimentSpec;

constexpr const char* kConditionKey = "rule.condition";
constexpr const char* kAlpha0Key = "rule.alpha0";
constexpr const char* kDeviceKey = "device";

// A value's key, with that of the list that stands above it.
std::vector<std::string> keysOf(std::string_view key) {
  if (key == kConditionKey) return {kConditionKey, "replicas.conditions"};
  if (key == kAlpha0Key) return {kAlpha0Key, "replicas.alpha0"};
  return {std::string(key)};
}

bool isLiveKey(const std::string& key) { return key == "rule.alpha_lr" || key == "rule.m_lr"; }

bool isLoaded(const link::Snapshot& now) {
  return now.spec && now.phase != link::Phase::Failed && now.phase != link::Phase::Loading;
}

// The rate in force where it is not the draft's though the run has taken in all that was sent.
std::optional<double> otherInForce(const PanelContext& context, std::string_view key) {
  const auto& now = context.now;
  if (!isLoaded(now) || now.applied < context.session.rates_sent) return std::nullopt;
  const auto& rule = context.session.draft.spec().rule;
  if (key == "rule.alpha_lr" && rule.alpha_lr != now.alpha_lr) return now.alpha_lr;
  if (key == "rule.m_lr" && rule.m_lr != now.m_lr) return now.m_lr;
  return std::nullopt;
}

}  // namespace

void sendRates(const PanelContext& context) {
  if (!isLoaded(context.now)) return;
  const auto& rule = context.session.draft.spec().rule;
  // What is in force is not known while an earlier one is on its way.
  const bool waiting = context.now.applied < context.session.rates_sent;
  auto& sent = context.session.rates_sent;
  if (waiting || rule.alpha_lr != context.now.alpha_lr)
    sent = context.emit(link::SetRate{link::Rate::Alpha, rule.alpha_lr});
  if (waiting || rule.m_lr != context.now.m_lr)
    sent = context.emit(link::SetRate{link::Rate::M, rule.m_lr});
}

std::string whyNotRestart(const link::Snapshot& now, const Draft& draft) {
  if (const auto problem = draft.problem()) return problem->text();
  if (!isLoaded(now)) return "";
  const ExperimentSpec& runs = *now.spec;
  ExperimentSpec wanted = draft.spec();
  wanted.name = runs.name;
  wanted.description = runs.description;
  wanted.rule.alpha_lr = runs.rule.alpha_lr;  // these act at once
  wanted.rule.m_lr = runs.rule.m_lr;
  return wanted == runs ? "The run learns with these values already" : "";
}

void ExperimentPanel::draw(const PanelContext& context) {
  if (!presets_) {
    presets_ = readPresets(context.session.configs);
    for (const auto& error : presets_->broken) context.session.log.error(error);
  }
  followRun(context);
  compareWithRun(context);
  panelTitle(context, kTitle, context.session.draft.spec().name);
  if (ImGui::BeginChild("values", {0, -footer_}, ImGuiChildFlags_None)) drawValues(context);
  ImGui::EndChild();
  const float top = ImGui::GetCursorPosY();
  drawFooter(context);
  footer_ = ImGui::GetCursorPosY() - top + ImGui::GetStyle().ItemSpacing.y;
}

void ExperimentPanel::drawValues(const PanelContext& context) {
  drawGallery(context);
  fieldHeading(context, "Stream", "task stream");
  if (drawData(context)) {
    drawField(context, pathField());
    fetch_row_.draw(context);
  }
  drawStreamKind(context);
  drawFields(context, streamFields());
  drawStreamChoices(context);
  fieldHeading(context, "Rule", "learning rule");
  drawRule(context);
  drawCondition(context);
  drawInhibitions(context);
  drawFields(context, ruleFields());
  drawCorrections(context);
  fieldHeading(context, "Replicas", "replica");
  drawFields(context, replicaFields());
  drawDevice(context);
  drawMore(context);
}

// Folded, it says how much in it was changed; what is refused opens it.
void ExperimentPanel::drawMore(const PanelContext& context) {
  const Draft& draft = context.session.draft;
  std::int64_t changed = 0;
  bool refused = false;
  for (const auto& key : moreKeys()) {
    changed += draft.differs(key) ? 1 : 0;
    refused |= draft.refused(key) != nullptr;
  }
  const std::string label =
      "More" + (changed > 0 ? ", " + count(changed) + " changed" : std::string()) + "###more";
  if (refused) ImGui::SetNextItemOpen(true);
  if (changed > 0) ImGui::PushStyleColor(ImGuiCol_Text, context.look.accent());
  const bool open = ImGui::TreeNodeEx(
      label.c_str(), ImGuiTreeNodeFlags_NoTreePushOnOpen | ImGuiTreeNodeFlags_SpanAvailWidth);
  if (changed > 0) ImGui::PopStyleColor();
  tip("Values that are seldom changed");
  if (!open) return;
  drawMoreChoices(context);
  drawFields(context, moreFields());
}

void ExperimentPanel::drawGallery(const PanelContext& context) {
  const Look& look = context.look;
  const float row = look.px(52) + ImGui::GetStyle().ItemSpacing.y;
  const float whole = std::floor(ImGui::GetContentRegionAvail().y * 0.33F / row);  // rows
  const float height =
      row * std::min(static_cast<float>(presets_->all.size()), std::max(3.0F, whole));
  if (ImGui::BeginChild("presets", {0, height})) {
    for (const Preset& preset : presets_->all) {
      const bool chosen = preset.file == context.session.draft.file();
      const bool row_pressed = presetRow(look, preset, chosen);
      if (chosen && seen_preset_ != preset.file) {  // it may be far down the list
        seen_preset_ = preset.file;
        if (!ImGui::IsItemVisible()) ImGui::SetScrollHereY();
      }
      if (!row_pressed) continue;
      context.session.guard.wishPreset(preset.spec, preset.file);
    }
  }
  ImGui::EndChild();
  if (!presets_->broken.empty())
    errorText(look,
              plural(static_cast<std::int64_t>(presets_->broken.size()), "preset", "presets") +
                  " cannot be read; the log says why");
}

// One condition, or several to compare.
void ExperimentPanel::drawCondition(const PanelContext& context) {
  const Draft& draft = context.session.draft;
  fieldLabel(context, "condition", "condition", keysOf(kConditionKey));
  const auto chosen = spec::conditionsOf(draft.spec());
  const std::string preview = chosen.size() < 3 ? conditionsInWords(draft.spec())
                                                : std::to_string(chosen.size()) + " conditions";
  if (!ImGui::BeginCombo("##rule.condition", preview.c_str(), ImGuiComboFlags_HeightLarge)) return;
  ImGui::TextDisabled("One, or several to compare");
  const auto* rule = chosenRule(context);
  for (const auto& entry : spec::kSpellings<spec::Condition>) {
    const std::string name(entry.text);
    bool on = std::find(chosen.begin(), chosen.end(), entry.value) != chosen.end();
    const bool last = on && chosen.size() == 1;
    ImGui::BeginDisabled(rule != nullptr && !rule->takes(entry.value));
    if (ImGui::Checkbox(name.c_str(), &on) && !last) toggleCondition(context, entry.value);
    ImGui::EndDisabled();
    hoverTerm(context, name);
  }
  ImGui::EndCombo();
}

// That of each layer, or kinds to compare, each in all hidden layers.
void ExperimentPanel::drawInhibitions(const PanelContext& context) {
  const auto chosen = context.session.draft.spec().replicas.inhibitions;
  drawCompared(
      context,
      {"replicas.inhibitions", "inhibition", "inhibition", "of each layer",
       "Of each layer, as in Architecture###own", "or in all hidden layers, to compare", " kinds"},
      chosen, [](auto kind) { return spec::kindOf(kind).words; },
      [](auto kind) { return spec::kindOf(kind).about; });
}

void ExperimentPanel::drawDevice(const PanelContext& context) {
  const Draft& draft = context.session.draft;
  drawChoice(context, choiceOf(kDeviceKey, "device", "device", draft.spec().device));
  const auto& failure = context.now.failure;  // of a run that asked for a GPU in vain
  if (draft.refused(kDeviceKey) == nullptr && failure && failure->where == kDeviceKey &&
      draft.spec().device == spec::Device::Cuda)
    errorText(context.look, failure->what);
}

void ExperimentPanel::toggleCondition(const PanelContext& context, spec::Condition condition) {
  Draft& draft = context.session.draft;
  const auto before = spec::conditionsOf(draft.spec());
  std::vector<std::string> names;
  for (const auto& entry : spec::kSpellings<spec::Condition>) {
    const bool was = std::find(before.begin(), before.end(), entry.value) != before.end();
    if (was != (entry.value == condition)) names.emplace_back(entry.text);
  }
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ",") + name;
  if (names.size() == 1)
    draft.assign(kConditionKey, list, {"rule.condition=" + list, "replicas.conditions=[]"});
  else
    draft.assign(kConditionKey, list, {"replicas.conditions=" + list});
}

void ExperimentPanel::drawFields(const PanelContext& context, std::span<const Field> fields) {
  const auto* rule = chosenRule(context);
  for (const Field& field : fields) {
    const bool of_rule = !field.of_some_rules || (rule != nullptr && rule->reads(field.key));
    if (of_rule && (field.read == nullptr || field.read(context.session.draft.spec())))
      drawField(context, field);
  }
}

void ExperimentPanel::drawField(const PanelContext& context, const Field& field) {
  const Draft& draft = context.session.draft;
  const std::string id = std::string("##") + field.key;
  fieldLabel(context, field.label, field.term, keysOf(field.key));  // may take a value back
  const auto* refused = draft.refused(field.key);
  std::string& text = texts_[field.key];
  if (editing_ != field.key) text = refused != nullptr ? refused->text : field.text(draft.spec());
  ImGui::PushFont(context.look.fonts.mono, 0);
  if (refused != nullptr) {
    ImGui::PushStyleColor(ImGuiCol_Border, pack(context.look.warning));
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, context.look.hairline());
  }
  ImGui::InputText(id.c_str(), &text, ImGuiInputTextFlags_AutoSelectAll);
  if (ImGui::IsItemActivated()) editing_ = field.key;
  if (ImGui::IsItemDeactivated() && editing_ == field.key) editing_.clear();
  const bool done = ImGui::IsItemDeactivatedAfterEdit();
  if (refused != nullptr) {
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
  }
  ImGui::PopFont();
  if (refused != nullptr) errorText(context.look, refused->error.what);
  if (const auto in_force = otherInForce(context, field.key))
    errorText(context.look, "not in force: the run learns with " + editable(*in_force));
  if (std::string_view(field.key) == "replicas.seeds" && spec::replicaCount(draft.spec()) > 1)
    ImGui::TextDisabled("%s", networksInWords(draft.spec()).c_str());
  if (done) commit(context, field.key, text);
}

void ExperimentPanel::commit(const PanelContext& context, const std::string& key,
                             const std::string& text) {
  const std::string copy = text;
  Draft& draft = context.session.draft;
  if (key == pathField().key) return commitPath(context, copy);
  if (isStreamSize(key)) return commitStream(context, key, copy);
  if (key == kAlpha0Key) {
    const bool several = copy.find(',') != std::string::npos;
    if (several)
      draft.assign(key, copy, {"replicas.alpha0=" + copy});
    else
      draft.assign(key, copy, {key + "=" + copy, "replicas.alpha0=[]"});
    return;
  }
  if (draft.assign(key, copy) && isLiveKey(key)) sendRates(context);
}

void ExperimentPanel::followRun(const PanelContext& context) {
  if (!isLoaded(context.now)) {
    frame_ = ImGui::GetFrameCount();
    return;
  }
  // A run that began while the panel was hidden keeps its rates: what it learned came from them.
  const bool watched = run_ != 0 && frame_ + 1 == ImGui::GetFrameCount();
  if (watched && run_ != context.now.begun) sendRates(context);
  run_ = context.now.begun;
  frame_ = ImGui::GetFrameCount();
}

void ExperimentPanel::compareWithRun(const PanelContext& context) {
  const Draft& draft = context.session.draft;
  if (compared_revision_ == draft.revision() && compared_spec_ == context.now.spec) return;
  compared_revision_ = draft.revision();
  compared_spec_ = context.now.spec;
  unlike_run_.clear();
  if (!compared_spec_) return;
  for (const auto& key : spec::changedKeys(*compared_spec_, draft.spec()))
    if (!isLiveKey(key) && key != "name" && key != "description") unlike_run_.push_back(key);
}

namespace {

// The longest that has room on a button.
std::string fittingButton(const PanelContext& context, const Notes& texts) {
  const float room = ImGui::GetContentRegionAvail().x - 2 * ImGui::GetStyle().FramePadding.x;
  return fitting(textInk(context.look, 0), texts, room);
}

void quietly(const PanelContext& context, const std::string& text) {
  ImGui::PushStyleColor(ImGuiCol_Text, context.look.quiet());
  ImGui::TextWrapped("%s", text.c_str());
  ImGui::PopStyleColor();
}

}  // namespace

void ExperimentPanel::drawChanges(const PanelContext& context) {
  Session& session = context.session;
  const auto changed = static_cast<std::int64_t>(session.draft.changedFromPreset().size());
  ImGui::Dummy({0, context.look.px(2)});
  const bool refused = session.draft.hasRefused();
  if (changed > 0 || refused) {
    ImGui::PushStyleColor(ImGuiCol_Text, context.look.accent());
    const std::string text =
        changed > 0 ? plural(changed, "value differs", "values differ") + " from the preset"
        : isFetching(context.now, session.draft) ? "Data are being fetched"
                                                 : "A value is refused";
    ImGui::TextWrapped("%s", text.c_str());
    ImGui::PopStyleColor();
    const float beside = ImGui::GetItemRectSize().x + ImGui::GetStyle().ItemSpacing.x;
    if (beside + widthOf(textInk(context.look, 0), " reset ") < ImGui::GetContentRegionAvail().x)
      ImGui::SameLine();
    if (ImGui::SmallButton("reset###revert")) {
      session.draft.revertToPreset();
      sendRates(context);
    }
  }
  if (!otherInForce(context, "rule.alpha_lr") && !otherInForce(context, "rule.m_lr")) return;
  const Notes texts{"Use these rates now", "Use these rates", "Use rates"};
  if (ImGui::Button((fittingButton(context, texts) + "###rates").c_str())) sendRates(context);
}

void ExperimentPanel::drawFooter(const PanelContext& context) {
  Session& session = context.session;
  drawChanges(context);
  const auto problem = session.draft.problem();
  const bool unloaded = !isLoaded(context.now);
  const bool restart = !unlike_run_.empty() || unloaded;
  if (restart) {
    ImGui::BeginDisabled(problem.has_value());
    ImGui::PushStyleColor(ImGuiCol_Button, context.look.accent());
    ImGui::PushStyleColor(ImGuiCol_Text, IM_COL32(255, 255, 255, 255));
    const Notes texts{"Restart with these", "Restart"};
    if (ImGui::Button((fittingButton(context, texts) + "###restart").c_str()))
      session.guard.wish(link::Load{session.draft.spec()});
    ImGui::PopStyleColor(2);
    ImGui::EndDisabled();
    if (problem && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
      ImGui::SetTooltip("%s", problem->text().c_str());
  }
  if (problem && session.draft.hasRefused())  // why stands beside the value
    return quietly(context, isFetching(context.now, session.draft)
                                ? "Waits for " + context.now.fetch->source.name
                                : "Waits for the value that is refused");
  if (problem) return errorText(context.look, problem->text());
  if (restart && !unloaded)
    quietly(context,
            plural(static_cast<std::int64_t>(unlike_run_.size()), "value needs", "values need") +
                " a restart");
  else
    quietly(context, "Rates (η) act at once; the rest needs a restart.");
}

}  // namespace dentate::ui
