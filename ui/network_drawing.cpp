#include "ui/network_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/architecture_facts.h"
#include "ui/curve_link.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/network_lesions.h"
#include "ui/network_panel.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;

constexpr float kLeastDigit = 7;      // pixels; smaller ones cannot be read
constexpr float kClearlyLikely = 10;  // times chance: the full colour of an output's tile at least

ImVec2 vec(Point p) { return {p.x, p.y}; }

std::vector<ImVec2> bandLine(const PathPlace& place) {
  std::vector<ImVec2> points;
  const std::size_t samples = 28 * (place.points.size() - 1);
  for (std::size_t i = 0; i <= samples; ++i)
    points.push_back(vec(alongPath(place, static_cast<float>(i) / static_cast<float>(samples))));
  return points;
}

const link::LayerView& viewOf(const NetworkDrawing& d, std::size_t layer) {
  static const link::LayerView kNothing;
  const auto& views = d.context.now.layers;
  return layer < views.size() ? views[layer] : kNothing;
}

void drawFrame(const NetworkDrawing& d, const Box& frame, figure::Color color) {
  const Look& look = d.context.look;
  const figure::Color fill = mix(look.ground.panel, look.ground.ground, 0.6F);
  const ImVec2 low{frame.x, frame.y}, high{frame.right(), frame.bottom()};
  d.list.AddRectFilled(low, high, pack(fill), look.px(4));
  d.list.AddRect(low, high, pack(color, 0.85F), look.px(4), look.hairline() * 1.25F);
}

void drawTiles(const NetworkDrawing& d, std::size_t layer, figure::Color color) {
  const Look& look = d.context.look;
  const LayerPlace& place = d.layout.layers[layer];
  const auto& acts = viewOf(d, layer).acts;
  const auto units = static_cast<std::size_t>(d.network.layers[layer].units);
  const std::size_t tiles = (units + place.grid.per_tile - 1) / place.grid.per_tile;
  float most = acts.empty() ? 0 : *std::max_element(acts.begin(), acts.end());
  // An output's tiles are probabilities: only what is likelier than chance lights up.
  const bool output = spec::isOutput(d.network.layers[layer].role);
  const float chance = output ? 1.0F / static_cast<float>(units) : 0.0F;
  if (output) most = std::max(most, kClearlyLikely * chance);
  const figure::Color off = mix(mix(look.ground.panel, look.ground.ground, 0.6F), color, 0.10F);
  std::array<ImU32, 17> shades{};
  for (std::size_t i = 0; i < shades.size(); ++i)
    shades[i] = pack(i == 0 ? off : mix(off, color, 0.30F + 0.70F * static_cast<float>(i) / 16));
  const float side = place.grid.pitch - (place.grid.pitch >= 8 ? 2.0F : 1.0F);
  const auto& lesioned = viewOf(d, layer).lesioned;
  for (std::size_t tile = 0; tile < tiles; ++tile) {
    if (isLesioned(lesioned, place.grid, tile)) {
      const Point at = tileCorner(place, tile);
      d.list.AddRectFilled({at.x, at.y}, {at.x + side, at.y + side}, shades[0]);
      d.list.AddLine({at.x, at.y + side}, {at.x + side, at.y}, pack(color, 0.8F), look.hairline());
      continue;
    }
    const float a = tileActivity(acts, place.grid, tile) - chance;
    const float share = std::min(1.0F, a / (most - chance));
    const float level = most > chance && a > 0 ? std::ceil(16 * std::sqrt(share)) : 0;
    const Point at = tileCorner(place, tile);
    d.list.AddRectFilled({at.x, at.y}, {at.x + side, at.y + side},
                         shades[static_cast<std::size_t>(std::clamp(level, 0.0F, 16.0F))]);
  }
}

void drawBars(const NetworkDrawing& d, std::size_t layer, figure::Color color) {
  const Look& look = d.context.look;
  const Box& frame = d.layout.layers[layer].frame;
  const auto& acts = viewOf(d, layer).acts;
  const auto n = static_cast<std::size_t>(d.network.layers[layer].units);
  const float row = frame.h / static_cast<float>(n);
  const auto& strip = d.context.now.strip;
  const bool known = strip.newest < strip.stimuli.size();
  const int truth = known ? strip.stimuli[strip.newest].category : -1;
  const float digits = look.px(n > 10 ? 24 : 16);
  for (std::size_t i = 0; i < n; ++i) {
    const float y = frame.y + row * static_cast<float>(i);
    const bool right = static_cast<int>(i) == truth;
    const float size = std::min(look.textHeight(), row * 1.05F);
    const Ink ink{look.fonts.mono, size, right ? look.text() : look.quiet()};
    if (size > kLeastDigit) put(d.list, ink, {frame.x, y + (row - size) / 2}, std::to_string(i));
    const float share = i < acts.size() ? std::clamp(acts[i], 0.0F, 1.0F) : 0;
    const float room = frame.w - digits;
    const float thick = std::max(2.0F, std::round(row * 0.62F));
    const float top = std::round(y + (row - thick) / 2), x = std::round(frame.x + digits);
    d.list.AddRectFilled({x, top}, {x + room, top + thick}, look.track(), 2);
    d.list.AddRectFilled({x, top}, {x + std::max(2.0F, room * share), top + thick}, pack(color), 2);
  }
}

// What stands below an output: accuracy where it is known, else what chance would give. For items
// it is the mean over the tasks learned until now.
std::string outputFoot(const NetworkDrawing& d, std::size_t layer) {
  const auto& spec = d.network.layers[layer];
  if (spec.role == LayerRole::Category)
    return d.context.now.step > 0 ? percent(d.context.now.batch_accuracy) : "";
  const History& history = d.context.history;
  const Moments items = history.soFar(Head::Item, shownCell(d.context.now)).ra;
  if (items.n > 0) {
    const std::string share = percent(items.mean), whole = share + " items so far";
    const float room = d.list.GetClipRectMax().x - d.layout.layers[layer].foot.x;
    return widthOf(monoInk(d.context.look, 0), whole) < room ? whole : share;
  }
  return "chance " + percent(1.0 / static_cast<double>(spec.units));
}

void drawHiddenFoot(const NetworkDrawing& d, std::size_t layer, figure::Color color) {
  const Look& look = d.context.look;
  const LayerPlace& place = d.layout.layers[layer];
  const auto& view = viewOf(d, layer);
  const bool known = d.context.now.step > 0;
  const float radius = d.layout.ring_radius, text = look.textHeight();
  drawRing(d.list, look, vec(place.ring), radius, {known ? view.active_fraction : 0, color});
  const Ink mono = monoInk(look, look.text()), quiet = monoInk(look, look.quiet());
  const bool inhibited = showsM(d.context.now, layer);
  const float top = place.foot.y - text * (inhibited ? 1.1F : 0.5F);
  put(d.list, mono, {place.foot.x, top}, known ? percent(view.active_fraction) : "–");
  const CurveLink fraction{CurveLink::Of::ActiveFraction, layer};
  linkPlace(d.context, {place.ring.x - radius, place.ring.y - radius},
            {place.ring.x + radius, place.ring.y + radius}, fraction);
  linkPlace(d.context, {place.foot.x, top}, {place.foot.x + 3.1F * text, top + text}, fraction);
  if (!inhibited || place.crowded) return;
  const std::string m = "m " + brief(view.m);
  const ImVec2 at{place.foot.x, place.foot.y + text * 0.1F};
  put(d.list, quiet, at, m);
  linkPlace(d.context, at, {at.x + widthOf(quiet, m), at.y + text}, {CurveLink::Of::M, layer});
}

}  // namespace

float tileActivity(const std::vector<float>& acts, const TileGrid& grid, std::size_t tile) {
  float most = 0;
  const std::size_t end = std::min(acts.size(), (tile + 1) * grid.per_tile);
  for (std::size_t i = tile * grid.per_tile; i < end; ++i) most = std::max(most, acts[i]);
  return most;
}

bool isLesioned(const std::vector<std::uint8_t>& lesioned, const TileGrid& grid, std::size_t tile) {
  const std::size_t first = tile * grid.per_tile;
  const std::size_t end = std::min(lesioned.size(), first + grid.per_tile);
  return first < end && std::all_of(lesioned.begin() + static_cast<std::ptrdiff_t>(first),
                                    lesioned.begin() + static_cast<std::ptrdiff_t>(end),
                                    [](std::uint8_t unit) { return unit != 0; });
}

namespace {

// Dotted in its own colour, with a cross where it is cut.
void drawCut(const NetworkDrawing& d, std::size_t path, figure::Color color) {
  const Look& look = d.context.look;
  drawLine(d.list, bandLine(d.layout.paths[path]), pack(color, 0.8F), look.px(2),
           figure::Dash::Dotted, look.scale);
  const ImVec2 at = vec(alongPath(d.layout.paths[path], 0.3F));
  const float arm = look.px(7);
  d.list.AddLine({at.x - arm, at.y - arm}, {at.x + arm, at.y + arm}, look.text(), look.px(3));
  d.list.AddLine({at.x - arm, at.y + arm}, {at.x + arm, at.y - arm}, look.text(), look.px(3));
}

}  // namespace

void drawBand(const NetworkDrawing& d, std::size_t path, double scale) {
  const Look& look = d.context.look;
  const PathPlace& place = d.layout.paths[path];
  const auto& paths = d.context.now.paths;
  const figure::Color color = figure::pathStyle(d.network, path, look.theme).color;
  const bool cut_at_test = shareAtTest(lesionsAtTest(d.context), {true, path}) >= 1;
  if (cut_at_test || (path < paths.size() && paths[path].cut == 1)) return drawCut(d, path, color);
  if (path < paths.size() && paths[path].frozen) {
    drawLine(d.list, bandLine(place), look.quiet(0.9F), look.px(2), figure::Dash::Dashed,
             look.scale);
    return;
  }
  const double alpha = path < paths.size() ? std::max(0.0, paths[path].alpha) : 0;
  const auto share = static_cast<float>(scale > 0 ? std::min(1.0, alpha / scale) : 0);
  const float width = std::max(kThinnestBand, kThickestBand * share) * look.scale;
  const auto line = bandLine(place);
  // Opaque, so that a band that crosses another stays one colour.
  const figure::Color body = mix(look.ground.panel, color, 0.68F);
  d.list.AddPolyline(line.data(), static_cast<int>(line.size()), pack(body), width);
}

void drawBandNumber(const NetworkDrawing& d, std::size_t path, bool first) {
  const Look& look = d.context.look;
  const auto& paths = d.context.now.paths;
  if (path >= paths.size()) return;
  const Box& box = d.layout.paths[path].label;
  if (!(box.w > 0)) return;
  const bool frozen = paths[path].frozen;
  const Ink mono = monoInk(look, frozen ? look.quiet() : look.text());
  const bool cut = paths[path].cut == 1;
  std::string text = cut ? "cut" : brief(paths[path].alpha);
  const auto& points = d.layout.paths[path].points;
  const float room = points.back().x - points.front().x - look.px(24);
  if (first && !frozen && widthOf(mono, "α " + text) < room) text = "α " + text;
  const float width = widthOf(mono, text);
  const float x = std::round(box.x + (box.w - width) / 2);
  d.list.AddRectFilled({x - look.px(3), box.y - look.px(1)},
                       {x + width + look.px(3), box.bottom() + look.px(1)}, look.panel(0.88F),
                       look.px(3));
  put(d.list, mono, {x, box.y}, text);
  if (frozen && !cut)
    put(d.list, textInk(look, look.quiet()), {box.x + box.w / 2, box.y - look.px(20)},
        icon::kFrozen, 0.5F);
}

void drawLayer(const NetworkDrawing& d, std::size_t layer) {
  const Look& look = d.context.look;
  const auto& spec = d.network.layers[layer];
  const LayerPlace& place = d.layout.layers[layer];
  const figure::Color color = figure::layerColor(d.network, layer, look.theme);
  const float above = place.frame.y - 1.32F * look.textHeight();
  const bool big = spec.role == LayerRole::Hidden && spec.pathway != spec::Pathway::None;
  const std::string title =
      layerTitle(d.network, layer) + (big ? " · " + sizeInWords(d.network, spec) : std::string());
  const bool output = spec::isOutput(spec.role);
  const Ink bold = boldInk(look, pack(color));
  if (output)
    put(d.list, bold, {place.frame.x, above}, title);
  else
    put(d.list, bold, {place.frame.centre().x, above}, title, 0.5F);
  if (place.bars) {
    drawBars(d, layer, color);
  } else {
    drawFrame(d, place.frame, color);
    drawTiles(d, layer, color);
  }
  if (spec.role == LayerRole::Bias) return;  // it has neither an m nor an active fraction
  if (!output) return drawHiddenFoot(d, layer, color);
  const std::string foot = outputFoot(d, layer);
  const float y = place.foot.y - look.textHeight() / 2;
  const Ink mono = monoInk(look, look.text());
  const float end = d.list.GetClipRectMax().x - look.px(12);
  put(d.list, mono, {std::min(place.foot.x, end - widthOf(mono, foot)), y}, foot);
  if (!foot.empty())
    hoverPlace(d.context, {place.foot.x, y}, {place.frame.right(), y + look.textHeight()},
               spec.role == LayerRole::Category ? "accuracy on the batch" : "item accuracy");
}

void drawInput(const NetworkDrawing& d, std::size_t layer, const ImageTexture& stimulus) {
  const Look& look = d.context.look;
  const Box& frame = d.layout.layers[layer].frame;
  const ImVec2 low{frame.x, frame.y}, high{frame.right(), frame.bottom()};
  d.list.AddRectFilled(low, high, IM_COL32(0, 0, 0, 255), look.px(4));
  if (!stimulus.empty() && !d.context.now.strip.stimuli.empty())
    d.list.AddImageRounded(stimulus.reference(), low, high, {0, 0}, {1, 1},
                           IM_COL32(255, 255, 255, 255), look.px(4));
  d.list.AddRect(low, high, look.quiet(0.7F), look.px(4), look.hairline());
  put(d.list, textInk(look, look.quiet()), {frame.centre().x, frame.bottom() + look.px(6)},
      "input " + count(d.network.layers[layer].units), 0.5F);
}

}  // namespace dentate::ui
