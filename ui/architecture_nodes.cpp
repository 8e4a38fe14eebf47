#include "ui/architecture_nodes.h"

#include <algorithm>
#include <cmath>

#include "engine/spec/inhibition.h"
#include "engine/spec/spelling.h"
#include "ui/architecture_facts.h"
#include "ui/architecture_places.h"
#include "ui/curve_link.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/network_drawing.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;

constexpr float kInset = 12, kPlainHeight = 84;       // design pixels
constexpr float kStripTop = 60, kStripHeight = 48;    // of the tiles
constexpr float kSmallText = 15, kReasonWidth = 204;  // of reasons
constexpr float kClearlyLikely = 10;  // times chance: the full colour of an output's tile at least
constexpr float kLeastText = 0.72F, kMostLarger = 1.3F;      // pixels a design pixel; of their room
constexpr float kLeastNumber = 0.75F, kLeastReason = 0.95F;  // pixels a design pixel; to be read
constexpr float kLinkWidth = 2.5F, kThinnestLink = 1.5F, kThickestLink = 14;

figure::Color nodeFill(const Look& look) {
  return mix(look.ground.panel, look.ground.ground, 0.6F);
}

Ink smallInk(const Look& look, ImU32 color) {
  return {look.fonts.text, kSmallText * look.scale, color};
}

// By how much text is larger than the node that it is in, so that it can be read from far above.
float textZoom(const CanvasInput& input) {
  return std::clamp(kLeastText / input.zoom, 1.0F, kMostLarger);
}

Ink zoomed(Ink ink, const CanvasInput& input) {
  ink.size *= textZoom(input);
  return ink;
}

float wrappedHeight(const Ink& ink, const std::string& text, float width) {
  return ink.font->CalcTextSizeA(ink.size, 1e9F, width, text.c_str()).y;
}

void putWrapped(ImDrawList& list, const Ink& ink, ImVec2 at, const std::string& text, float width) {
  list.AddText(ink.font, ink.size, at, ink.color, text.c_str(), nullptr, width);
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

// "200 units · no m", "160 × 8 × 8", "10 units · category", "784 units · input".
std::string aboutLayer(const spec::NetworkSpec& network, const spec::LayerSpec& layer) {
  const std::string units = spec::isConvolutional(layer) ? sizeInWords(network, layer)
                                                         : plural(layer.units, "unit", "units");
  if (layer.role != LayerRole::Hidden) return units + " · " + std::string(spec::spell(layer.role));
  if (layer.inhibition == spec::Inhibition::LearnedM) return units;
  const auto& kind = spec::kindOf(layer.inhibition);
  return units + " · " + (kind.rank == nullptr ? "no m" : std::string(kind.words));
}

const link::LayerView* viewOf(const CanvasInput& input, std::size_t layer) {
  const auto& views = input.context.now.layers;
  return input.live && layer < views.size() ? &views[layer] : nullptr;
}

void drawStrip(const CanvasInput& input, std::size_t layer, const Box& strip, ImDrawList& list) {
  const auto* view = viewOf(input, layer);
  if (view == nullptr) return;
  const Look& look = input.context.look;
  const auto& spec = input.network.layers[layer];
  const figure::Color color = figure::layerColor(input.network, layer, look.theme);
  const auto units = static_cast<std::size_t>(spec.units);
  const TileGrid grid = ofParts(stripGrid(partsOf(spec), strip.w, strip.h, look.scale), spec);
  const float chance = spec::isOutput(spec.role) ? 1.0F / static_cast<float>(units) : 0.0F;
  float most = view->acts.empty() ? 0 : *std::max_element(view->acts.begin(), view->acts.end());
  if (chance > 0) most = std::max(most, kClearlyLikely * chance);
  const figure::Color off = mix(nodeFill(look), color, 0.12F);
  const float side = grid.pitch - std::max(1.0F, std::floor(look.scale));
  for (std::size_t tile = 0; tile * grid.per_tile < units; ++tile) {
    const float a = tileActivity(view->acts, grid, tile) - chance;
    const float share = most > chance ? std::clamp(a / (most - chance), 0.0F, 1.0F) : 0;
    const ImU32 shade = pack(share > 0 ? mix(off, color, 0.25F + 0.75F * std::sqrt(share)) : off);
    const ImVec2 at{strip.x + grid.pitch * static_cast<float>(tile % grid.columns),
                    strip.y + grid.pitch * static_cast<float>(tile / grid.columns)};
    list.AddRectFilled(at, {at.x + side, at.y + side}, shade);
  }
}

// Whether m has a curve.
bool learnsM(const CanvasInput& input, std::size_t layer) {
  return input.live && showsM(input.context.now, layer);
}

// The ring of the active fraction and m, below the tiles.
void drawFoot(const CanvasInput& input, std::size_t layer, const Box& frame, ImDrawList& list) {
  const auto* view = viewOf(input, layer);
  if (view == nullptr || input.network.layers[layer].role != LayerRole::Hidden) return;
  const Look& look = input.context.look;
  const bool known = input.context.now.step > 0;
  const float radius = look.px(13), y = frame.y + look.px(130);
  const figure::Color color = figure::layerColor(input.network, layer, look.theme);
  const float x = frame.x + look.px(kInset);
  drawRing(list, look, {x + radius, y}, radius, {known ? view->active_fraction : 0, color});
  const Ink mono = zoomed(monoInk(look, look.text()), input);
  const float left = x + 2 * radius + look.px(8);
  put(list, mono, {left, y - mono.size}, known ? percent(view->active_fraction) : "–");
  const auto& kind = spec::kindOf(shownInhibition(input.context.now, layer));
  if (kind.rank == nullptr) return;
  const std::string foot = kind.learns_m ? "m " + brief(view->m) : std::string(kind.words);
  put(list, zoomed(monoInk(look, look.quiet()), input), {left, y}, foot);
  // The node is still pressed; and the window's clip rectangle is not one of the canvas.
  const bool hovered =
      ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
      ImGui::IsMouseHoveringRect({left, y}, {frame.right(), y + mono.size}, /*clip=*/false);
  if (hovered && clicked() && learnsM(input, layer))
    followLink(input.context, {CurveLink::Of::M, layer});
}

void drawStimulus(const CanvasInput& input, const Box& frame, const ImageTexture& stimulus,
                  ImDrawList& list) {
  const Look& look = input.context.look;
  const float side = look.px(84);
  const ImVec2 low{frame.x + look.px(kInset), frame.y + look.px(kStripTop)};
  const ImVec2 high{low.x + side, low.y + side};
  list.AddRectFilled(low, high, IM_COL32(0, 0, 0, 255));
  if (!stimulus.empty()) list.AddImage(stimulus.reference(), low, high);
}

}  // namespace

TileGrid stripGrid(std::size_t units, float width, float height, float scale) {
  TileGrid grid;
  const float least = std::max(4.0F, std::round(5 * scale)), most = std::round(16 * scale);
  const auto fits = [&](float pitch) {
    return static_cast<std::size_t>(width / pitch) * static_cast<std::size_t>(height / pitch);
  };
  const std::size_t room = std::max<std::size_t>(1, fits(least));
  grid.per_tile = (units + room - 1) / room;
  const std::size_t tiles = (units + grid.per_tile - 1) / grid.per_tile;
  grid.pitch = least;
  while (grid.pitch < most && fits(grid.pitch + 1) >= tiles) grid.pitch += 1;
  grid.columns = std::max<std::size_t>(1, static_cast<std::size_t>(width / grid.pitch));
  grid.rows = (tiles + grid.columns - 1) / grid.columns;
  return grid;
}

std::string reasonsAtLayer(const CanvasInput& input, std::size_t layer) {
  std::vector<std::string> lines;
  for (const auto& problem : input.problems)
    if (problem.layer == layer) lines.push_back(problem.what);
  return joined(lines);
}

std::string reasonsAtPath(const CanvasInput& input, std::size_t path) {
  std::vector<std::string> lines;
  for (const auto& problem : input.problems)
    if (problem.path == path) lines.push_back(problem.what);
  return joined(lines);
}

ImVec2 nodeSize(const CanvasInput& input, std::size_t layer) {
  const Look& look = input.context.look;
  const float width = look.px(kNodeWidth);
  float height = look.px(input.live ? kNodeHeight : kPlainHeight);
  const std::string reason = reasonsAtLayer(input, layer);
  if (!reason.empty())
    height += wrappedHeight(smallInk(look, 0), std::string(icon::kWarning) + " " + reason,
                            width - look.px(2 * kInset)) +
              look.px(4);
  return {width, std::round(height)};
}

void drawNode(const CanvasInput& input, std::size_t layer, const Box& frame,
              const ImageTexture& stimulus, ImDrawList& list) {
  const Look& look = input.context.look;
  const auto& spec = input.network.layers[layer];
  const figure::Color color = figure::layerColor(input.network, layer, look.theme);
  const float x = frame.x + look.px(kInset), width = frame.w - look.px(2 * kInset);
  const Ink bold = zoomed(titleInk(look, pack(color)), input);
  const Ink quiet = zoomed(textInk(look, look.quiet()), input);
  put(list, bold, {x, frame.y + look.px(9)}, cut(bold, spec.name, width));
  put(list, quiet, {x, frame.y + look.px(34)},
      fitting(quiet, {aboutLayer(input.network, spec), plural(spec.units, "unit", "units")},
              width));
  float below = frame.y + look.px(kPlainHeight - 4);
  if (input.live) {
    if (spec.role == LayerRole::Input)
      drawStimulus(input, frame, stimulus, list);
    else
      drawStrip(input, layer, {x, frame.y + look.px(kStripTop), width, look.px(kStripHeight)},
                list);
    drawFoot(input, layer, frame, list);
    below = frame.y + look.px(kNodeHeight - 4);
  } else {
    const std::string more =
        spec.pathway != spec::Pathway::None ? std::string(spec::spell(spec.pathway)) + " pathway"
        : spec.role == LayerRole::Hidden && spec::kindOf(spec.inhibition).learns_m ? "learns its m"
                                                                                   : "";
    put(list, zoomed(smallInk(look, look.quiet()), input), {x, frame.y + look.px(57)}, more);
  }
  const std::string reason = reasonsAtLayer(input, layer);
  if (!reason.empty())
    putWrapped(list, smallInk(look, pack(look.warning)), {x, below},
               std::string(icon::kWarning) + " " + reason, width);
}

void layerCard(const CanvasInput& input, std::size_t layer) {
  const auto& spec = input.network.layers[layer];
  ImGui::Text("%s, %s", spec.name.c_str(), plural(spec.units, "unit", "units").c_str());
  const auto* view = viewOf(input, layer);
  if (view == nullptr || spec.role != LayerRole::Hidden) return;
  input.context.session.pointed = &term("active fraction");
  ImGui::TextDisabled("%s", layerFacts(input.context.now, layer).c_str());
  if (learnsM(input, layer)) ImGui::TextDisabled("A click on m shows its curve.");
}

void pathCard(const CanvasInput& input, std::size_t path) {
  const auto& spec = input.network.paths[path];
  const auto& views = input.context.now.paths;
  const bool live = input.live && path < views.size();
  const bool stopped = live && views[path].frozen && !spec.frozen;
  input.context.session.pointed = &term(stopped ? "frozen path" : live ? "α" : "α₀");
  ImGui::Text("%s → %s", spec.from.c_str(), spec.to.c_str());
  if (live)
    ImGui::TextDisabled("α %s", number(views[path].alpha).c_str());
  else
    ImGui::TextDisabled("α₀ %s", spec.alpha0 ? number(*spec.alpha0).c_str() : "the rule's");
  if (spec.frozen) ImGui::TextUnformatted("Frozen: neither its weights nor its α change.");
  if (stopped) ImGui::TextUnformatted(term("frozen path").sentence);
}

LinkChip linkChip(const CanvasInput& input, std::size_t path) {
  const auto& spec = input.network.paths[path];
  const auto& views = input.context.now.paths;
  LinkChip chip;
  if (input.live && path < views.size()) {
    chip.number = brief(views[path].alpha);
    if (views[path].frozen)
      chip.reason = spec.frozen ? "frozen by the experiment"
                                : "α ≤ 0 under relu: this path does not learn any more";
  } else {
    if (spec.alpha0) chip.number = "α₀ " + brief(*spec.alpha0);
    if (spec.frozen) chip.reason = "frozen";
  }
  if (!chip.reason.empty()) chip.reason = std::string(icon::kFrozen) + " " + chip.reason;
  const std::string wrong = reasonsAtPath(input, path);
  if (!wrong.empty()) {
    chip.reason = std::string(icon::kWarning) + " " + wrong;
    chip.wrong = true;
  }
  return chip;
}

void drawNumber(const Look& look, const LinkChip& chip, ImVec2 at, float zoom, ImDrawList& list) {
  if (chip.number.empty()) return;
  zoom = std::max(zoom, kLeastNumber / look.scale);
  const Ink mono{look.fonts.mono, look.textHeight() * zoom, look.text()};
  const float half = widthOf(mono, chip.number) / 2, gap = look.px(3) * zoom;
  list.AddRectFilled({at.x - half - gap, at.y - mono.size / 2 - gap / 2},
                     {at.x + half + gap, at.y + mono.size / 2 + gap / 2}, look.panel(0.92F), gap);
  put(list, mono, {at.x, at.y - mono.size / 2}, chip.number, 0.5F);
}

void drawReason(const Look& look, const LinkChip& chip, const ReasonPlace& place, float zoom,
                ImDrawList& list) {
  if (chip.reason.empty()) return;
  zoom = std::max(zoom, kLeastReason / look.scale);
  const Ink small{look.fonts.text, kSmallText * look.scale * zoom,
                  chip.wrong ? pack(look.warning) : look.quiet()};
  const float most = look.px(kReasonWidth) * zoom, gap = look.px(4) * zoom;
  const ImVec2 size = small.font->CalcTextSizeA(small.size, 1e9F, most, chip.reason.c_str());
  const float top = place.below ? place.at.y : place.at.y - size.y;
  const ImVec2 low{place.at.x - size.x / 2, top};
  list.AddRectFilled({low.x - gap, low.y - gap / 2}, {low.x + size.x + gap, top + size.y + gap / 2},
                     look.panel(0.92F), gap);
  putWrapped(list, small, low, chip.reason, most);
}

float linkThickness(const CanvasInput& input, std::size_t path, double scale) {
  const Look& look = input.context.look;
  const auto& views = input.context.now.paths;
  if (!input.live || path >= views.size()) return kLinkWidth * look.scale;
  const double share = scale > 0 ? std::clamp(views[path].alpha / scale, 0.0, 1.0) : 0;
  return std::max(kThinnestLink, kThickestLink * static_cast<float>(share)) * look.scale;
}

}  // namespace dentate::ui
