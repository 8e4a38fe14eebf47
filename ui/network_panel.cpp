#include "ui/network_panel.h"

#include <algorithm>
#include <cmath>

#include "ui/architecture_facts.h"
#include "ui/caption.h"
#include "ui/curve_link.h"
#include "ui/format.h"
#include "ui/network_drawing.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;

// Where there is no room at the window's scale all of the drawing is smaller, its text too, down to
// this; pixels for the text.
constexpr float kLeastZoom = 0.4F, kLeastText = 10;

constexpr float kShortLine = 24;  // of the caption, heights of its text; then it takes three

Look lookAt(Look look, float zoom) {
  look.scale *= zoom;
  return look;
}

bool sameBox(const Box& a, const Box& b) {
  return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

const Term& layerTerm(const spec::LayerSpec& layer) {
  if (layer.role == LayerRole::Input) return term("stimulus");
  if (layer.role == LayerRole::Bias) return term("bias");
  if (layer.role != LayerRole::Hidden)
    return term(layer.role == LayerRole::Category ? "category" : "item");
  if (layer.pathway == spec::Pathway::None) return term("layer");
  return term(layer.pathway == spec::Pathway::Large ? "large path" : "small path");
}

void layerTip(const PanelContext& context, const NetworkLayout& layout, std::size_t index,
              Point mouse) {
  const auto& network = context.now.spec->network;
  const auto& layer = network.layers[index];
  const auto& view = context.now.layers[index];
  const LayerPlace& place = layout.layers[index];
  ImGui::Text("%s, %s %s", layer.name.c_str(), sizeInWords(network, layer).c_str(),
              layer.units == 1 ? "unit" : "units");
  if (layer.role == LayerRole::Hidden)
    ImGui::TextDisabled("%s", layerFacts(context.now, index).c_str());
  context.session.pointed = &layerTerm(layer);
  if (layer.role == LayerRole::Input || place.bars) return;
  for (std::size_t tile = 0; tile < place.grid.columns * place.grid.rows; ++tile) {
    const Point at = tileCorner(place, tile);
    const std::size_t first = tile * place.grid.per_tile;
    if (!Box{at.x, at.y, place.grid.pitch, place.grid.pitch}.contains(mouse) ||
        first >= view.acts.size())
      continue;
    const bool maps = spec::isConvolutional(layer);
    const auto part = maps ? first * partsOf(layer) / static_cast<std::size_t>(layer.units) : first;
    ImGui::TextDisabled("%s %s   activity %s", maps ? "channel" : "unit",
                        count(static_cast<std::int64_t>(part)).c_str(),
                        number(tileActivity(view.acts, place.grid, tile)).c_str());
  }
  if (place.grid.per_tile > 1)
    ImGui::TextDisabled(
        "each tile stands for %s; the strongest is shown",
        plural(static_cast<std::int64_t>(place.grid.per_tile), "unit", "units").c_str());
}

const char* whyFrozen(const spec::PathSpec& path, const link::PathView& view) {
  if (view.cut == 1) return "Cut: a lesion leaves this path out.";
  if (path.frozen) return "Frozen by the experiment: neither its weights nor its α change.";
  if (view.alpha > 0) return "A lesion has taken its plasticity: it does not learn any more.";
  return term("frozen path").sentence;
}

void pathTip(const PanelContext& context, std::size_t index) {
  const auto& path = context.now.spec->network.paths[index];
  const auto& view = context.now.paths[index];
  ImGui::Text("%s → %s", path.from.c_str(), path.to.c_str());
  ImGui::TextDisabled("α %s", number(view.alpha).c_str());
  if (view.cut > 0 && view.cut < 1)
    ImGui::TextDisabled("cut for %s of %s", percent(view.cut).c_str(), path.from.c_str());
  if (!view.frozen) return;
  ImGui::PushTextWrapPos(ImGui::GetFontSize() * 22);
  ImGui::TextUnformatted(whyFrozen(path, view));
  ImGui::PopTextWrapPos();
}

}  // namespace

double bandScale(const std::vector<link::PathView>& paths) {
  double most = 0;
  for (const auto& path : paths) most = std::max(most, path.alpha);
  if (!(most > 0)) return 0;
  const double power = std::pow(10.0, std::floor(std::log10(most)));
  for (const double step : {1.0, 2.0, 5.0, 10.0})
    if (most <= step * power * 1.0001) return step * power;
  return 10 * power;
}

std::string layerTitle(const spec::NetworkSpec& network, std::size_t layer) {
  const auto& spec = network.layers[layer];
  if (spec.role != LayerRole::Hidden || spec.pathway == spec::Pathway::None) return spec.name;
  const auto same = std::count_if(
      network.layers.begin(), network.layers.end(), [&](const spec::LayerSpec& other) {
        return other.pathway == spec.pathway && other.role == LayerRole::Hidden;
      });
  if (same > 1) return spec.name;
  return spec.pathway == spec::Pathway::Large ? "large path" : "small path";
}

std::string shortLayerTitle(const spec::NetworkSpec& network, std::size_t layer) {
  const std::string title = layerTitle(network, layer);
  const auto space = title.find(" path");
  return space == std::string::npos ? title : title.substr(0, space);
}

void NetworkPanel::prepare(const PanelContext& context, const Box& area) {
  if (spec_ != context.now.spec) {
    spec_ = context.now.spec;
    graph_.reset();
    if (auto graph = spec::makeGraph(spec_->network)) graph_ = *graph;
    scale_ = 0;
  }
  if (!graph_ || (scale_ == context.look.scale && sameBox(area, area_))) return;
  area_ = area;
  scale_ = context.look.scale;
  const float least = std::max(kLeastZoom, kLeastText / context.look.textHeight());
  for (zoom_ = 1;; zoom_ = std::max(least, zoom_ - 0.08F)) {
    const Look look = lookAt(context.look, zoom_);
    const float label = widthOf(monoInk(look, 0), ".0000");
    layout_ = layoutNetwork(spec_->network, *graph_,
                            {area, look.scale, look.textHeight(), std::round(label)});
    if (layout_.fits || zoom_ <= least) return;
  }
}

void NetworkPanel::draw(const PanelContext& context) {
  const auto& now = context.now;
  const double scale = bandScale(now.paths);
  const std::string band = "band: α" + (scale > 0 ? ", thickest " + tidy(scale) : "");
  const std::string rings = "ring: active fraction · " + band;
  const Notes notes{"tiles: activity now · " + rings, rings, band};
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float title_end = corner.x + widthOf(titleInk(context.look, 0), kTitle);
  const float right = corner.x + ImGui::GetContentRegionAvail().x;
  panelTitle(context, kTitle, "");
  const float note_from = now.variants.size() > 1
                              ? chooser_.draw(context, {title_end + context.look.px(12), corner.y})
                              : title_end;
  const Ink quiet = textInk(context.look, context.look.quiet());
  if (const float left = right - note_from - context.look.px(16); left > context.look.px(60))
    put(*ImGui::GetWindowDrawList(), quiet, {right, corner.y + context.look.px(1)},
        fitting(quiet, notes, left), 1);
  if (!now.spec) return emptyPanel(context.look, "The network appears here. Choose an experiment.");
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const float text = context.look.textHeight();
  const float caption_height = context.look.px(16) + (room.x < kShortLine * text ? 3 : 2) * text;
  float height = room.y - caption_height - context.look.px(8);
  const bool captioned = height > context.look.px(80) || room.y < context.look.px(100);
  if (!captioned) height = room.y;  // rather the diagram than words
  prepare(context, {at.x, at.y, room.x, height});
  const bool fits = height > context.look.px(80) && room.x > context.look.px(200);
  const bool caption_alone = height < text;
  if (graph_ && !fits && !caption_alone)
    emptyPanel(context.look, "Make this panel larger to see the network.");
  if (graph_ && fits) {
    const auto& strip = now.strip;
    if (!strip.stimuli.empty())
      stimulus_.show(strip.stimuli[std::min(strip.newest, strip.stimuli.size() - 1)].pixels,
                     strip.width, strip.height);
    const Look look = lookAt(context.look, zoom_);
    const PanelContext zoomed{now, context.histories, look, context.emit, context.session};
    const NetworkDrawing drawing{zoomed, spec_->network, layout_, *ImGui::GetWindowDrawList()};
    for (std::size_t p = 0; p < layout_.paths.size(); ++p) drawBand(drawing, p, scale);
    for (std::size_t i = 0; i < layout_.layers.size(); ++i) {
      if (spec_->network.layers[i].role == LayerRole::Input)
        drawInput(drawing, i, stimulus_);
      else
        drawLayer(drawing, i);
    }
    for (std::size_t p = 0; p < layout_.paths.size(); ++p)
      drawBandNumber(drawing, p, graph_->source[p] == graph_->input);
    drawLesionsAtTest(drawing);
    hover(context);
  }
  const float caption_at = caption_alone || !captioned ? 0 : room.y - caption_height;
  ImGui::SetCursorScreenPos({at.x, at.y + caption_at});
  if (!captioned) return ImGui::Dummy(room);
  drawCaption(context, std::min(room.y, caption_height));
}

void NetworkPanel::drawCaption(const PanelContext& context, float height) {
  const Look& look = context.look;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const auto* const lesion = context.now.spec ? watchLesionsAtTest(context) : nullptr;
  const std::string text = lesion != nullptr ? lesionCaption(context.now, *lesion)
                                             : caption(context.now, context.history);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + width, at.y + height}, look.base(), look.px(4));
  list.AddRect(at, {at.x + width, at.y + height}, look.line(0.8F), look.px(4), look.hairline());
  ImFont* font = look.fonts.text;
  const float size = look.textHeight(), wrap = width - look.px(24);
  const char* begin = text.c_str();
  const float tall = font->CalcTextSizeA(size, 1e9F, wrap, begin).y;
  const float top = at.y + std::max(0.0F, (height - tall) / 2);
  const ImVec4 clip{at.x, at.y, at.x + width, at.y + height};
  list.AddText(font, size, {at.x + look.px(12), std::round(top)}, look.text(), begin, nullptr, wrap,
               &clip);
  ImGui::Dummy({width, height});
}

std::optional<DiagramPart> NetworkPanel::partAt(const PanelContext& context, Point mouse) const {
  for (std::size_t i = 0; i < layout_.layers.size() && i < context.now.layers.size(); ++i)
    if (layout_.layers[i].frame.contains(mouse)) return DiagramPart{false, i};
  std::optional<DiagramPart> nearest;
  float best = context.look.px(12);
  for (std::size_t p = 0; p < layout_.paths.size() && p < context.now.paths.size(); ++p) {
    for (float t = 0; t <= 1; t += 0.02F) {
      const Point at = alongPath(layout_.paths[p], t);
      const float off = std::hypot(at.x - mouse.x, at.y - mouse.y);
      if (off >= best && !layout_.paths[p].label.contains(mouse)) continue;
      best = std::min(best, off);
      nearest = DiagramPart{true, p};
    }
  }
  return nearest;
}

void NetworkPanel::hover(const PanelContext& context) {
  std::optional<DiagramPart> part;
  if (ImGui::IsWindowHovered())
    part = partAt(context, {ImGui::GetMousePos().x, ImGui::GetMousePos().y});
  const auto& network = context.now.spec->network;
  const bool lesionable =
      part && (part->path || network.layers[part->index].role == LayerRole::Hidden);
  drawLesionMenu(context, lesionable ? part : std::nullopt, menu_of_);
  if (!part) return;
  const double share = shareAtTest(lesionsAtTest(context), *part);
  ImGui::BeginTooltip();
  if (part->path) {
    context.session.pointed = &term(context.now.paths[part->index].frozen ? "frozen path" : "α");
    pathTip(context, part->index);
  } else {
    layerTip(context, layout_, part->index, {ImGui::GetMousePos().x, ImGui::GetMousePos().y});
  }
  if (share > 0)
    ImGui::Text("%s %s at test", part->path ? "cut" : "silenced", percent(share).c_str());
  if (part->path) ImGui::TextDisabled("%s", kCurveClick);
  if (lesionable)
    ImGui::TextDisabled("A right click %s it at test.", part->path ? "cuts" : "silences");
  ImGui::EndTooltip();
  if (part->path && clicked()) followLink(context, {CurveLink::Of::Alpha, part->index});
}

}  // namespace dentate::ui
