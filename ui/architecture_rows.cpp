#include "ui/architecture_rows.h"

#include <algorithm>

#include "engine/spec/inhibition.h"
#include "ui/architecture_side.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

constexpr float kLabelWidth = 86;             // design pixels
constexpr std::size_t kMostDifferences = 12;  // lines; the rest is counted

std::string labelsInWords(spec::Labels labels) {
  if (labels == spec::Labels::Dual) return "category and item";
  return std::string(spec::spell(labels));
}

}  // namespace

std::optional<spec::Inhibition> inhibitionChoice(const char* id, spec::Inhibition shown,
                                                 spec::Condition condition) {
  std::optional<spec::Inhibition> chosen;
  if (!ImGui::BeginCombo(id, std::string(spec::kindOf(shown).words).c_str())) return chosen;
  for (const auto& entry : spec::spellings<spec::Inhibition>()) {
    const auto& kind = spec::kindOf(entry.value);
    const bool same = entry.value == shown;
    if (ImGui::Selectable(std::string(kind.words).c_str(), same) && !same) chosen = entry.value;
    std::string about(kind.about);
    if (isIdle(entry.value, condition)) about += "\n" + idleNote(condition);
    tip(about.c_str());
  }
  ImGui::EndCombo();
  return chosen;
}

bool isIdle(spec::Inhibition kind, spec::Condition condition) {
  return spec::kindOf(kind).rank != nullptr && !spec::inhibits(kind, condition);
}

std::string idleNote(spec::Condition condition) {
  return "Nothing is taken off in condition " + std::string(spec::spell(condition)) +
         ", where m is not learned.";
}

void sideHeading(const Look& look, const std::string& text) {
  ImGui::PushFont(look.fonts.bold, 0);
  ImGui::TextWrapped("%s", text.c_str());
  ImGui::PopFont();
}

void sideRow(const Look& look, const char* label) {
  const float left = ImGui::GetCursorPosX();
  ImGui::AlignTextToFramePadding();
  ImGui::PushStyleColor(ImGuiCol_Text, look.quiet());
  ImGui::TextUnformatted(label);
  ImGui::PopStyleColor();
  ImGui::SameLine(left + look.px(kLabelWidth));
  ImGui::SetNextItemWidth(-1);
}

void sideValue(const Look& look, const std::string& value) {
  ImGui::PushFont(look.fonts.mono, 0);
  const float width = ImGui::CalcTextSize(value.c_str()).x;
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, room - width));
  ImGui::TextUnformatted(value.c_str());
  ImGui::PopFont();
}

void sideNote(const Look& look, const std::string& text) {
  ImGui::PushStyleColor(ImGuiCol_Text, look.quiet());
  ImGui::TextWrapped("%s", text.c_str());
  ImGui::PopStyleColor();
}

std::string choiceWords(std::string_view spelling) {
  std::string words(spelling);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

spec::Labels labelsFor(const spec::ExperimentSpec& spec) {
  bool category = false, item = false;
  for (const auto& layer : spec.network.layers) {
    category |= layer.role == spec::LayerRole::Category;
    item |= layer.role == spec::LayerRole::Item;
  }
  if (!category && !item) return spec.stream.labels;
  return category && item ? spec::Labels::Dual : item ? spec::Labels::Item : spec::Labels::Category;
}

void drawNetworkFacts(const SideInput& input) {
  const PanelContext& context = input.canvas.context;
  const Look& look = context.look;
  const NetworkFacts& facts = input.facts;
  sideHeading(look, "Network");
  const auto row = [&](const char* label, const std::string& value, const char* about) {
    ImGui::BeginGroup();
    ImGui::PushStyleColor(ImGuiCol_Text, look.quiet());
    ImGui::TextUnformatted(label);
    ImGui::PopStyleColor();
    ImGui::SameLine();
    sideValue(look, value);
    ImGui::EndGroup();
    tip(about);
  };
  row("parameters", count(facts.parameters), "Weights of all paths together");
  row("multiply-adds", large(facts.multiply_adds),
      "Of a meta-step with every unit active; silent units need none");
  row("memory", bytesInWords(facts.memory),
      "Planned for the experiment, all its networks together");
  row("meta-steps/s",
      facts.meta_steps_per_second > 0 ? "about " + number(facts.meta_steps_per_second) : "–",
      facts.measured ? "From the speed of the run, by the multiply-adds of both networks"
      : facts.meta_steps_per_second <= 0
          ? "Known once a network that convolves has learned at full speed here"
          : "A rough estimate: 100 GFLOP/s, half of the units silent. Once a network has "
            "learned at full speed here, its speed is taken");
  Draft& draft = context.session.draft;
  const auto wanted = labelsFor(draft.spec());
  sideRow(look, "labels");
  hoverTerm(context, "labels");
  if (const auto labels = sideChoice("##labels", draft.spec().stream.labels))
    draft.assign("stream.labels", std::string(spec::spell(*labels)));
  tip("What the stream asks for: which digit it is (category), which very image (item), or both");
  if (wanted != draft.spec().stream.labels &&
      ImGui::Button(("Ask for " + labelsInWords(wanted) + "###fit_labels").c_str()))
    draft.assign("stream.labels", std::string(spec::spell(wanted)));
}

void drawDifferences(const SideInput& input) {
  const Look& look = input.canvas.context.look;
  Draft& draft = input.canvas.context.session.draft;
  ImGui::Dummy({0, look.px(4)});
  sideHeading(look, "Against the preset");
  if (input.differences.empty()) return sideNote(look, "The network is that of the preset.");
  const std::size_t shown =
      input.differences.size() > kMostDifferences + 1 ? kMostDifferences : input.differences.size();
  for (std::size_t i = 0; i < shown; ++i) ImGui::TextWrapped("%s", input.differences[i].c_str());
  if (shown < input.differences.size())
    sideNote(look,
             "and " + count(static_cast<std::int64_t>(input.differences.size() - shown)) + " more");
  if (ImGui::Button("Back to the preset's###preset")) draft.setNetwork(draft.preset().network);
}

}  // namespace dentate::ui
