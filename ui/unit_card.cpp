#include "ui/unit_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/spec/shape.h"
#include "ui/architecture_edits.h"
#include "ui/format.h"
#include "ui/network_panel.h"
#include "ui/plot_menu.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

std::size_t planeOf(const UnitCard& card) {
  return static_cast<std::size_t>(card.width) * static_cast<std::size_t>(card.height);
}

bool isColoured(const UnitCard& card) { return card.picture.incoming.size() == 3 * planeOf(card); }

// A colour a pixel. Of an image in colour each weight is that colour's part, 0 its middle, so that the
// picture shows what excites the unit.
std::vector<ImU32> weightColors(const UnitCard& card, float most) {
  const auto& incoming = card.picture.incoming;
  std::vector<ImU32> colors;
  if (!isColoured(card)) {
    for (const float w : incoming)
      colors.push_back(pack(figure::diverging(most > 0 ? w / most : 0)));
    return colors;
  }
  const auto part = [&](std::size_t at) {
    return static_cast<int>(std::lround(127.5F * (1 + (most > 0 ? incoming[at] / most : 0))));
  };
  const auto plane = planeOf(card);
  for (std::size_t i = 0; i < plane; ++i)
    colors.push_back(IM_COL32(part(i), part(i + plane), part(i + 2 * plane), 255));
  return colors;
}

void drawWeights(const PanelContext& context, const UnitCard& card, ImageTexture& texture,
                 float side) {
  const auto& incoming = card.picture.incoming;
  float most = 0;
  for (const float w : incoming) most = std::max(most, std::abs(w));
  texture.show(weightColors(card, most), card.width, card.height);
  const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + side, low.y + side};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (!texture.empty()) list.AddImage(texture.reference(), low, high);
  list.AddRect(low, high, context.look.line(), 0, context.look.hairline());
  ImGui::Dummy({side, side});
  if (ImGui::IsItemHovered()) {
    const ImVec2 mouse = ImGui::GetMousePos();
    const int x =
        std::clamp(static_cast<int>((mouse.x - low.x) / side * static_cast<float>(card.width)), 0,
                   card.width - 1);
    const int y =
        std::clamp(static_cast<int>((mouse.y - low.y) / side * static_cast<float>(card.height)), 0,
                   card.height - 1);
    const auto at = static_cast<std::size_t>(y * card.width + x);
    if (isColoured(card))
      ImGui::SetTooltip("row %d, column %d: red %s, green %s, blue %s", y + 1, x + 1,
                        number(incoming[at]).c_str(), number(incoming[at + planeOf(card)]).c_str(),
                        number(incoming[at + 2 * planeOf(card)]).c_str());
    else if (at < incoming.size())
      ImGui::SetTooltip("row %d, column %d: %s", y + 1, x + 1, number(incoming[at]).c_str());
  }
  const Ink quiet = textInk(context.look, context.look.quiet());
  const char* what = card.picture.direct ? "weights" : "through layers";
  put(list, quiet, {low.x, high.y + context.look.px(2)},
      cut(quiet, std::string(what) + " ±" + number(most), side));
  ImGui::Dummy({side, context.look.textHeight()});
  const char* const colours = isColoured(card)
                                  ? "Each in its colour: bright excites, dark inhibits, grey is 0."
                                  : "Red excites, blue inhibits.";
  if (card.picture.direct)
    tip((std::string("Its weights from the input. ") + colours).c_str());
  else
    termTip(context, "through layers", colours);
}

// What a unit is tuned to: its mean activity for each category, or each task.
struct TuningBars {
  bool tasks = false;
  const std::vector<float>& values;
  const link::Tuning& tuning;
  std::string unit;  // its name
  [[nodiscard]] const char* title() const { return tasks ? "tasks" : "by category"; }
  [[nodiscard]] std::size_t number(std::size_t i) const { return tasks ? i + 1 : i; }
  [[nodiscard]] bool preferred(std::size_t i) const {
    return static_cast<std::int32_t>(i) == tuning.preferred;
  }
};

figure::Figure tuningFigure(const std::string& name, const TuningBars& bars) {
  const auto ground = figure::ground(figure::Theme::Light);
  figure::BarPlot plot;
  plot.title = bars.unit + (bars.tasks ? " by task" : " by category");
  if (bars.tuning.preferred >= 0) plot.note = "selectivity " + number(bars.tuning.index);
  plot.y.label = "mean activity";
  for (std::size_t i = 0; i < bars.values.size(); ++i)
    plot.bars.push_back({std::to_string(bars.number(i)),
                         static_cast<double>(bars.values[i]),
                         0,
                         {bars.preferred(i) ? ground.accent : ground.quiet}});
  return {name, "", {std::move(plot)}, 1};
}

std::string tuningCsv(const TuningBars& bars) {
  std::string out = bars.tasks ? "task,mean_activity\n" : "category,mean_activity\n";
  for (std::size_t i = 0; i < bars.values.size(); ++i)
    out += std::to_string(bars.number(i)) + "," + editable(bars.values[i]) + "\n";
  return out;
}

// `bars` must outlive it.
PlotFiles tuningFiles(const spec::NetworkSpec& network, const link::UnitId& unit,
                      const TuningBars& bars) {
  std::string name = "tuning_" + network.layers[unit.layer].name + "_" + std::to_string(unit.unit) +
                     (bars.tasks ? "_tasks" : "_categories");
  std::replace(name.begin(), name.end(), '/', '_');
  return {name, "Tuning of " + bars.unit, [name, &bars] { return tuningFigure(name, bars); },
          [&bars] { return tuningCsv(bars); }};
}

// A bar an entry; the preferred one in the accent. True while hovered.
bool drawBars(const PanelContext& context, const TuningBars& bars, ImVec2 size) {
  const Look& look = context.look;
  const auto& values = bars.values;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  put(list, textInk(look, look.quiet()), at, bars.title());
  if (bars.tuning.preferred >= 0)
    put(list, monoInk(look, look.quiet()), {at.x + size.x, at.y}, number(bars.tuning.index), 1);
  const float top = at.y + look.textHeight() + look.px(2);
  const float most = std::max(1e-6F, *std::max_element(values.begin(), values.end()));
  const float least = std::min(0.0F, *std::min_element(values.begin(), values.end()));
  const float pitch = size.x / static_cast<float>(values.size());
  const auto y = [&](float v) { return top + size.y * (most - v) / (most - least); };
  list.AddLine({at.x, y(0)}, {at.x + size.x, y(0)}, look.line(), look.hairline());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float x = at.x + pitch * static_cast<float>(i);
    const float low = y(std::max(values[i], 0.0F)), high = y(std::min(values[i], 0.0F));
    list.AddRectFilled({x, low}, {x + std::max(1.0F, pitch - look.px(2)), std::max(high, low + 1)},
                       bars.preferred(i) ? look.accent() : look.quiet(0.7F));
  }
  ImGui::Dummy({size.x, look.textHeight() + look.px(4) + size.y});
  if (!ImGui::IsItemHovered()) return false;
  if (ImGui::GetMousePos().y < top) {
    hoverTerm(context, "selectivity");
    return true;
  }
  const auto i = static_cast<std::size_t>(std::clamp((ImGui::GetMousePos().x - at.x) / pitch, 0.0F,
                                                     static_cast<float>(values.size() - 1)));
  ImGui::SetTooltip("%s %zu: mean activity %s\nselectivity %s", bars.tasks ? "task" : "category",
                    bars.number(i), number(values[i]).c_str(), number(bars.tuning.index).c_str());
  return true;
}

void drawTuning(const PanelContext& context, const link::UnitPicture& picture, bool tasks,
                ImVec2 size) {
  const auto& values = tasks ? picture.by_task : picture.by_category;
  if (values.empty()) return;
  const TuningBars bars{tasks, values, tasks ? picture.to_task : picture.to_category,
                        unitName(context.now.spec->network, picture.id)};
  const bool hovered = drawBars(context, bars, size);
  drawExportMenu(context, tuningFiles(context.now.spec->network, picture.id, bars), hovered);
}

void drawStrongest(const PanelContext& context, const link::UnitPicture& picture, float width) {
  const auto& network = context.now.spec->network;
  const Look& look = context.look;
  constexpr std::size_t kShown = 4;
  for (std::size_t i = 0; i < std::min(kShown, picture.strongest.size()); ++i) {
    const auto& out = picture.strongest[i];
    if (out.path >= network.paths.size()) continue;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Ink ink = textInk(look, pack(figure::pathStyle(network, out.path, look.theme).color));
    const std::string to = "→ " + network.paths[out.path].to + " " + count(out.unit);
    put(list, ink, at, cut(ink, to, width - look.px(56)));
    put(list, monoInk(look, look.text()), {at.x + width, at.y}, number(out.weight), 1);
    ImGui::Dummy({width, look.textHeight() + look.px(2)});
  }
}

// Numbers of the channels, those of the largest weights first.
std::vector<std::size_t> strongestChannels(const link::KernelPicture& kernel) {
  const auto area = static_cast<std::size_t>(kernel.side * kernel.side);
  std::vector<std::pair<float, std::size_t>> by_size;
  for (std::size_t c = 0; c < static_cast<std::size_t>(kernel.channels); ++c) {
    float squares = 0;
    for (std::size_t i = c * area; i < (c + 1) * area; ++i)
      squares += kernel.weights[i] * kernel.weights[i];
    by_size.emplace_back(-squares, c);
  }
  std::stable_sort(by_size.begin(), by_size.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::size_t> out;
  for (const auto& [size, channel] : by_size) out.push_back(channel);
  return out;
}

std::string channelName(const spec::LayerSpec& source, std::size_t channel) {
  constexpr std::array<const char*, 3> kColors{"red", "green", "blue"};
  const bool image = source.role == spec::LayerRole::Input && source.channels == 3;
  return image ? kColors[channel] : count(static_cast<std::int64_t>(channel));
}

// One channel of a kernel: its weights, and below it which channel it is.
void drawKernelChannel(const PanelContext& context, const link::KernelPicture& kernel,
                       std::size_t channel, float most, float side) {
  const Look& look = context.look;
  const auto& network = context.now.spec->network;
  const auto* const source = layerNamed(network, network.paths[kernel.path].from);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto cells = static_cast<std::size_t>(kernel.side);
  const float cell = side / static_cast<float>(cells);
  const float* const weights = kernel.weights.data() + channel * cells * cells;
  std::string rows;
  for (std::size_t y = 0; y < cells; ++y) {
    for (std::size_t x = 0; x < cells; ++x) {
      const float w = weights[y * cells + x];
      const ImVec2 low{at.x + cell * static_cast<float>(x), at.y + cell * static_cast<float>(y)};
      list.AddRectFilled(low, {low.x + cell, low.y + cell},
                         pack(figure::diverging(most > 0 ? w / most : 0)));
      rows += (x > 0 ? "  " : "\n") + number(w);
    }
  }
  list.AddRect(at, {at.x + side, at.y + side}, look.line(), 0, look.hairline());
  const std::string name = source != nullptr ? channelName(*source, channel) : "";
  const Ink small{look.fonts.text, look.px(12), look.quiet()};
  put(list, small, {at.x + side / 2, at.y + side + look.px(1)}, cut(small, name, side), 0.5F);
  ImGui::Dummy({side, side + small.size + look.px(4)});
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("channel %s%s", name.c_str(), rows.c_str());
}

void drawKernel(const PanelContext& context, const link::KernelPicture& kernel, float width) {
  constexpr std::size_t kMostShown = 16;
  const Look& look = context.look;
  const auto& network = context.now.spec->network;
  if (kernel.path >= network.paths.size()) return;
  float most = 0;
  for (const float w : kernel.weights) most = std::max(most, std::abs(w));
  const auto order = strongestChannels(kernel);
  const auto shown = std::min(kMostShown, order.size());
  std::string title = "kernel from " + network.paths[kernel.path].from + ", ±" + number(most);
  if (shown < order.size())
    title += ", " + count(static_cast<std::int64_t>(shown)) + " largest of " +
             plural(kernel.channels, "channel", "channels");
  const Ink quiet = textInk(look, look.quiet());
  put(*ImGui::GetWindowDrawList(), quiet, ImGui::GetCursorScreenPos(), cut(quiet, title, width));
  ImGui::Dummy({width, look.textHeight() + look.px(2)});
  const float side = look.px(30), gap = look.px(6);
  const auto columns =
      static_cast<std::size_t>(std::max(1.0F, std::floor((width + gap) / (side + gap))));
  for (std::size_t i = 0; i < shown; ++i) {
    if (i % columns != 0) ImGui::SameLine(0, gap);
    drawKernelChannel(context, kernel, order[i], most, side);
  }
}

}  // namespace

std::string unitName(const spec::NetworkSpec& network, const link::UnitId& id) {
  const auto& layer = network.layers[id.layer];
  if (const auto maps = spec::isConvolutional(layer) ? spec::mapsOf(network)[id.layer]
                                                     : std::optional<spec::Shape>())
    return layerTitle(network, id.layer) + " · channel " + count(id.unit / maps->area()) +
           ", row " + count(id.unit % maps->area() / maps->width + 1) + ", column " +
           count(id.unit % maps->width + 1);
  return layerTitle(network, id.layer) + " · unit " + count(id.unit);
}

CardAsk drawUnitCard(const PanelContext& context, const UnitCard& card, ImageTexture& weights,
                     float width) {
  const Look& look = context.look;
  const auto& network = context.now.spec->network;
  CardAsk ask = CardAsk::None;
  ImGui::BeginGroup();
  ImGui::PushID(static_cast<int>(card.picture.id.layer * 1'000'003) +
                static_cast<int>(card.picture.id.unit));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Ink bold =
      boldInk(look, pack(figure::layerColor(network, card.picture.id.layer, look.theme)));
  put(*ImGui::GetWindowDrawList(), bold, at,
      cut(bold, unitName(network, card.picture.id), width - look.px(64)));
  ImGui::SetCursorScreenPos({at.x + width - look.px(60), at.y - look.px(2)});
  if (ImGui::SmallButton(card.pinned ? "Unpin" : "Pin"))
    ask = card.pinned ? CardAsk::Unpin : CardAsk::Pin;
  tip(card.pinned ? "No longer keep this unit beside the others" : "Keep this unit in view");
  ImGui::SetCursorScreenPos({at.x, at.y + look.textHeight() + look.px(8)});
  const float side = std::round(std::min(width * 0.5F, look.px(132)));
  ImGui::BeginGroup();
  drawWeights(context, card, weights, side);
  ImGui::EndGroup();
  ImGui::SameLine(0, look.px(12));
  const float rest = width - side - look.px(12);
  ImGui::BeginGroup();
  for (const bool tasks : {false, true})
    drawTuning(context, card.picture, tasks, {rest, look.px(36)});
  ImGui::EndGroup();
  for (const auto& kernel : card.picture.kernels) drawKernel(context, kernel, width);
  drawStrongest(context, card.picture, width);
  ImGui::Dummy({width, look.px(8)});
  ImGui::PopID();
  ImGui::EndGroup();
  return ask;
}

}  // namespace dentate::ui
