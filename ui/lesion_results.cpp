#include "ui/lesion_results.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "ui/caption.h"
#include "ui/format.h"
#include "ui/hatch.h"
#include "ui/heads.h"
#include "ui/lesion_dials.h"
#include "ui/lesion_files.h"
#include "ui/network_panel.h"
#include "ui/plot.h"
#include "ui/plot_menu.h"
#include "ui/similarity_text.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;

using Format = std::function<std::string(double)>;

// "46.2 %", large, and what it is and its error below.
void bigShare(const PanelContext& context, const Spread& value, const char* what) {
  const Look& look = context.look;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::BeginGroup();
  put(*ImGui::GetWindowDrawList(), bigInk(look, look.text()), at,
      value.n > 0 ? percent(value.mean) : "–");
  ImGui::Dummy({look.px(118), look.px(kBigSize + 2)});
  std::string note = what;
  if (value.n > 1) note += " ± " + percent(value.sem);
  ImGui::TextDisabled("%s", note.c_str());
  ImGui::EndGroup();
}

// Under two bars: their ends and, as a line through them, what guessing gets right.
void drawScale(const PanelContext& context, ImVec2 at, float width, double top, double chance) {
  const Look& look = context.look;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Ink mono = monoInk(look, look.quiet());
  put(list, mono, at, "0");
  put(list, mono, {at.x + width, at.y}, percent(top), 1);
  const std::string text = "chance " + percent(chance);
  const float half = widthOf(mono, text) / 2, x = at.x + width * static_cast<float>(chance / top);
  const float middle = std::clamp(x, at.x + look.px(40) + half, at.x + width / 2);
  put(list, mono, {middle, at.y}, text, 0.5F);
  list.AddLine({x, at.y - look.px(32)}, {x, at.y}, look.text(), look.px(1));
  hoverPlace(context, {middle - half, at.y}, {middle + half, at.y + look.textHeight()}, "chance");
}

// Accuracy of one output, intact and lesioned.
void drawHead(const PanelContext& context, const LesionedValues& accuracy, LayerRole role,
              float width) {
  const Look& look = context.look;
  const auto& network = context.now.spec->network;
  const auto layer = std::find_if(network.layers.begin(), network.layers.end(),
                                  [&](const auto& l) { return l.role == role; });
  const auto color = figure::layerColor(
      network, static_cast<std::size_t>(layer - network.layers.begin()), look.theme);
  ImGui::BeginGroup();
  termLabel(context, role == LayerRole::Item ? "item accuracy" : "category accuracy",
            role == LayerRole::Item ? "item accuracy" : "category accuracy");
  bigShare(context, accuracy.intact, context.now.lesions.empty() ? "intact" : "lesion lifted");
  ImGui::SameLine();
  bigShare(context, accuracy.lesioned, "lesioned");
  // Of items hundredths are much: the scale ends above the longer bar.
  const Head head = role == LayerRole::Item ? Head::Item : Head::Category;
  const double most = std::max(accuracy.intact.mean, accuracy.lesioned.mean);
  const double top = head == Head::Item ? niceAbove(most) : 1;
  const ImVec2 at = ImGui::GetCursorScreenPos(), size{width, look.px(12)};
  drawBar(look, at, size, accuracy.intact.mean / top, color, false);
  drawBar(look, {at.x, at.y + look.px(16)}, size, accuracy.lesioned.mean / top, color, true);
  drawScale(context, {at.x, at.y + look.px(30)}, width, top, chanceOf(network, head));
  ImGui::Dummy({width, look.px(36) + look.textHeight()});
  ImGui::EndGroup();
}

void drawHeads(const PanelContext& context, const link::LesionView& view) {
  const Look& look = context.look;
  const LesionedValues category = valuesOf(view, [](const auto& o) { return o.category; });
  const LesionedValues item = valuesOf(view, [](const auto& o) { return o.item; });
  const bool both = category.intact.n > 0 && item.intact.n > 0;
  const float room = ImGui::GetContentRegionAvail().x, gap = look.px(24);
  const float least = look.px(250);
  const bool beside = both && room >= 2 * least + gap;
  const float width = beside ? (room - gap) / 2 : std::min(room, look.px(420));
  if (category.intact.n > 0) drawHead(context, category, LayerRole::Category, width);
  if (beside) ImGui::SameLine(0, gap);
  if (item.intact.n > 0) drawHead(context, item, LayerRole::Item, width);
}

// A line each for the items in the replay memory and the others.
void drawItems(const PanelContext& context, const link::LesionView& view) {
  const auto line = [&](Head head, const LesionedValues& share) {
    if (share.intact.n == 0) return;
    const std::string name = std::string("items ") + nameOf(head);
    termLabel(context, name.c_str(), accuracyTerm(head));
    ImGui::SameLine(context.look.px(140));
    ImGui::PushFont(context.look.fonts.mono, 0);
    ImGui::Text("%s → %s", percent(share.intact.mean).c_str(),
                percent(share.lesioned.mean).c_str());
    ImGui::PopFont();
  };
  line(Head::ItemInMemory, valuesOf(view, [](const auto& o) { return o.item_in_memory; }));
  line(Head::ItemOutside, valuesOf(view, [](const auto& o) { return o.item_outside; }));
}

struct LayerRow {
  std::size_t layer = 0;
  LesionedValues values;
};

std::string withSem(const Spread& value, const Format& format) {
  return format(value.mean) + (value.n > 1 ? " ± " + format(value.sem) : std::string());
}

// A line a hidden layer: its value intact, and lesioned below it, on a scale from 0 to 1.
void drawRows(const PanelContext& context, const std::vector<LayerRow>& rows,
              const Format& format) {
  const Look& look = context.look;
  const auto& network = context.now.spec->network;
  const float name = look.px(100),
              digits = widthOf(monoInk(look, 0), "88.8 % → 88.8 %") + look.px(8);
  const float room = std::min(ImGui::GetContentRegionAvail().x, look.px(640));
  const float bar = std::max(look.px(40), room - name - digits);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const LayerRow& row : rows) {
    const auto& [intact, lesioned] = row.values;
    const auto color = figure::layerColor(network, row.layer, look.theme);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Ink bold = boldInk(look, pack(color));
    const auto share = [](double value) {
      return std::isnan(value) ? 0 : std::clamp(value, 0.0, 1.0);
    };
    put(list, bold, at, cut(bold, layerTitle(network, row.layer), name - look.px(6)));
    drawBar(look, {at.x + name, at.y + look.px(1)}, {bar, look.px(7)}, share(intact.mean), color,
            false);
    drawBar(look, {at.x + name, at.y + look.px(10)}, {bar, look.px(7)}, share(lesioned.mean), color,
            true);
    put(list, monoInk(look, look.text()), {at.x + name + bar + digits, at.y},
        format(intact.mean) + " → " + format(lesioned.mean), 1);
    ImGui::Dummy({room, look.textHeight() * 1.3F});
    tip((layerTitle(network, row.layer) + ": " + withSem(intact, format) + " → " +
         withSem(lesioned, format) +
         (intact.n > 1 ? ", mean ± SEM, n = " + count(intact.n) : ", one network"))
            .c_str());
  }
}

void drawFractions(const PanelContext& context, const link::LesionView& view) {
  termLabel(context, "active fraction without and with the lesion, of 100 %", "active fraction");
  const auto& layers = context.now.spec->network.layers;
  std::vector<LayerRow> rows;
  for (std::size_t l = 0; l < layers.size(); ++l)
    if (layers[l].role == LayerRole::Hidden) {
      rows.push_back({l, valuesOf(view, [l](const auto& o) { return o.active_fraction[l]; })});
    }
  drawRows(context, rows, percent);
}

void drawOverlaps(const PanelContext& context, const link::SimilarityView& view) {
  const std::string kind = answerKind(view);
  termLabel(context, ("pattern overlap without and with the lesion: " + kind).c_str(),
            "pattern overlap");
  std::vector<LayerRow> rows;
  for (std::size_t place = 0; place < view.intact.size(); ++place)
    rows.push_back({view.intact[place].layer, overlapValues(view, place)});
  drawRows(context, rows, number);
  if (view.networks.empty() && context.now.spec->replicas.seeds > 1)
    ImGui::TextDisabled("of the network shown; of all while the run stands still");
}

}  // namespace

std::string lesionNote(const link::LesionView& view) {
  const auto networks = static_cast<std::int64_t>(view.replicas.size());
  std::string note = networks > 1 ? "mean ± SEM, n = " + count(networks) : "one network";
  note += " · " + count(view.samples);
  if (view.samples < view.samples_in_all)
    return note + " of " + count(view.samples_in_all) + " test images so far";
  return note + " test images" + (networks > 1 ? " each" : "");
}

void drawLesionResults(const PanelContext& context, const link::LesionView& view) {
  const Look& look = context.look;
  if (!context.now.lesions.empty()) {
    ImGui::PushStyleColor(ImGuiCol_Text, look.quiet());
    ImGui::TextWrapped("The same weights, tested without and with the lesion:");
    ImGui::PopStyleColor();
  }
  const ImVec2 low = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  drawHeads(context, view);
  drawItems(context, view);
  const bool same = view.request.lesions.empty() && context.now.lesions.empty();
  ImGui::TextWrapped("%s", same ? "No lesion yet: move a slider, and see what it takes."
                                : effectsInWords(view.effects).c_str());
  hoverTerm(context, "dissociation index");
  ImGui::TextDisabled("%s%s", whose(context.now).c_str(), lesionNote(view).c_str());
  ImGui::Dummy({0, look.px(6)});
  drawFractions(context, view);
  const auto* const similarity = similarityWith(context.now, view);
  if (similarity != nullptr) {
    ImGui::Dummy({0, look.px(6)});
    drawOverlaps(context, *similarity);
  }
  const ImVec2 high{low.x + width, ImGui::GetCursorScreenPos().y};
  const bool hovered = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(low, high);
  drawExportMenu(context, lesionFiles(context.now.spec->network, view, similarity), hovered);
}

}  // namespace dentate::ui
