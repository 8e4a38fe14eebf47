#include "engine/figure/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/figure/color_space.h"

namespace dentate::figure {
namespace {

using spec::LayerRole;
using spec::NetworkSpec;
using spec::Pathway;

constexpr std::array<Color, 4> kRamp{{{0x5B, 0xB8, 0xC9},    // cyan, next to the input
                                      {0x79, 0xC0, 0x8A},    // green
                                      {0xC8, 0xC4, 0x5A},    // yellow
                                      {0xE8, 0xA3, 0x3D}}};  // amber, the last layer
constexpr Color kLarge{0xE4, 0x57, 0x2E}, kSmall{0x3B, 0x82, 0xD6};
constexpr Color kCategory{0xB3, 0x9D, 0xDB}, kItem{0xF4, 0x8F, 0xB1};
constexpr Color kBaseline{0x8A, 0x8A, 0x8A}, kS{0xC7, 0xA2, 0x52}, kLr{0x5B, 0xA3, 0xC7};
constexpr Color kBoth{0xF2, 0xF2, 0xF2};
constexpr std::array kMarks{Mark::None, Mark::Square, Mark::Up, Mark::Diamond, Mark::Down};

// The colours above are made for a dark ground. On a light one each gives off 0.4 times the light,
// the same hue; against white every one then has a contrast of at least 3 (WCAG for graphics).
Color on(Theme theme, Color color) {
  if (theme == Theme::Dark) return color;
  Linear light = toLinear(color);
  for (double& channel : light) channel *= 0.4;
  return fromLinear(light);
}

Color ramp(double t) {
  const double place = std::clamp(t, 0.0, 1.0) * static_cast<double>(kRamp.size() - 1);
  const auto left = std::min(static_cast<std::size_t>(place), kRamp.size() - 2);
  const double way = place - static_cast<double>(left);
  const Lab a = toLab(kRamp[left]);
  const Lab b = toLab(kRamp[left + 1]);
  return fromLab(
      {std::lerp(a[0], b[0], way), std::lerp(a[1], b[1], way), std::lerp(a[2], b[2], way)});
}

std::size_t indexOf(const NetworkSpec& network, const std::string& name) {
  const auto found = std::find_if(network.layers.begin(), network.layers.end(),
                                  [&](const spec::LayerSpec& l) { return l.name == name; });
  return static_cast<std::size_t>(found - network.layers.begin());
}

// By layer: the longest way from a layer without sources. Ends on cycles too, which
// spec::makeGraph refuses, but which a network may hold while it is being drawn.
std::vector<std::size_t> depths(const NetworkSpec& network) {
  const std::size_t count = network.layers.size();
  std::vector<std::pair<std::size_t, std::size_t>> ends;  // of each path
  for (const auto& path : network.paths) {
    ends.emplace_back(indexOf(network, path.from), indexOf(network, path.to));
    if (ends.back().first >= count || ends.back().second >= count) ends.pop_back();
  }
  std::vector<std::size_t> depth(count, 0);
  bool deepened = true;
  for (std::size_t round = 0; round < count && std::exchange(deepened, false); ++round)
    for (const auto& [from, to] : ends) {
      const auto deeper = std::min(depth[from] + 1, count);
      if (depth[to] >= deeper) continue;
      depth[to] = deeper;
      deepened = true;
    }
  return depth;
}

bool isPlainHidden(const spec::LayerSpec& layer) {
  return layer.role == LayerRole::Hidden && layer.pathway == Pathway::None;
}

// Place of a plain hidden layer among its like, by depth: 0 first, 1 last.
double place(const NetworkSpec& network, std::size_t layer) {
  const auto depth = depths(network);
  std::size_t before = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (!isPlainHidden(network.layers[i])) continue;
    ++count;
    if (std::pair(depth[i], i) < std::pair(depth[layer], layer)) ++before;
  }
  return count < 2 ? 0.0 : static_cast<double>(before) / static_cast<double>(count - 1);
}

Color pathwayColor(Pathway pathway, Theme theme) {
  return on(theme, pathway == Pathway::Large ? kLarge : kSmall);
}

}  // namespace

Ground ground(Theme theme) {
  switch (theme) {
    case Theme::Dark:
      return {.ground = {0x14, 0x17, 0x1C},
              .panel = {0x1B, 0x1F, 0x26},
              .line = {0x2B, 0x32, 0x3D},
              .text = {0xE8, 0xEB, 0xF0},
              .quiet = {0x98, 0xA2, 0xB3},
              .accent = {0x4C, 0x8D, 0xD6}};
    case Theme::Light:
      return {.ground = {0xFF, 0xFF, 0xFF},
              .panel = {0xF5, 0xF6, 0xF8},
              .line = {0xCD, 0xD2, 0xDA},
              .text = {0x1B, 0x1F, 0x26},
              .quiet = {0x5B, 0x64, 0x72},
              .accent = {0x1F, 0x63, 0xB0}};
    case Theme::Projector:
      break;
  }
  return {.ground = {0xFF, 0xFF, 0xFF},
          .panel = {0xFF, 0xFF, 0xFF},
          .line = {0x8C, 0x95, 0xA3},
          .text = {0x00, 0x00, 0x00},
          .quiet = {0x3A, 0x42, 0x4E},
          .accent = {0x0B, 0x4F, 0x9E}};
}

Color layerColor(const NetworkSpec& network, std::size_t layer, Theme theme) {
  if (layer >= network.layers.size()) return ground(theme).quiet;
  const spec::LayerSpec& spec = network.layers[layer];
  switch (spec.role) {
    case LayerRole::Input:
    case LayerRole::Bias:
      return ground(theme).quiet;
    case LayerRole::Category:
      return on(theme, kCategory);
    case LayerRole::Item:
      return on(theme, kItem);
    case LayerRole::Hidden:
      break;
  }
  if (spec.pathway != Pathway::None) return pathwayColor(spec.pathway, theme);
  return on(theme, ramp(place(network, layer)));
}

Style pathStyle(const NetworkSpec& network, std::size_t path, Theme theme) {
  if (path >= network.paths.size()) return {ground(theme).quiet, Dash::Solid};
  const spec::PathSpec& spec = network.paths[path];
  const std::size_t from = indexOf(network, spec.from);
  const std::size_t to = indexOf(network, spec.to);
  if (from < network.layers.size() && network.layers[from].role == LayerRole::Bias)
    return {layerColor(network, to, theme), Dash::Dotted};
  Pathway pathway = spec.pathway;
  const bool into_layer = to < network.layers.size();
  const bool into_output = into_layer && spec::isOutput(network.layers[to].role);
  const bool out_of_source = into_output || (into_layer && isPlainHidden(network.layers[to]) &&
                                             spec.pathway == Pathway::None);
  if (out_of_source && pathway == Pathway::None && from < network.layers.size())
    pathway = network.layers[from].pathway;
  if (pathway == Pathway::None) return {layerColor(network, to, theme), Dash::Solid};
  if (!out_of_source) return {pathwayColor(pathway, theme), Dash::Solid};
  const bool item = network.layers[to].role == LayerRole::Item;
  return {pathwayColor(pathway, theme), item ? Dash::Dotted : Dash::Dashed};
}

Style conditionStyle(spec::Condition condition, Theme theme) {
  switch (condition) {
    case spec::Condition::Baseline:
      return {on(theme, kBaseline), Dash::Dotted};
    case spec::Condition::S:
      return {on(theme, kS), Dash::Dashed};
    case spec::Condition::Lr:
      return {on(theme, kLr), Dash::DashDot};
    case spec::Condition::SLr:
      break;
  }
  return {theme == Theme::Dark ? kBoth : Color{0, 0, 0}, Dash::Solid};
}

Stroke strokeOf(std::size_t place) {
  constexpr std::array kDashes{Dash::Solid,   Dash::Dashed,     Dash::Dotted,
                               Dash::DashDot, Dash::LongDashed, Dash::DashDotDot};
  return {kDashes[place % kDashes.size()], kMarks[place / kDashes.size() % kMarks.size()]};
}

Style comparedStyle(const spec::ExperimentSpec& spec, const spec::Compared& compared, Theme theme) {
  auto style = conditionStyle(compared.condition, theme);
  bool colored = spec.replicas.conditions.size() > 1;
  const auto alone = [theme](spec::Condition like) { return conditionStyle(like, theme).color; };
  // By the place of a kind or a correction: one looks the same in whatever list.
  if (spec.replicas.corrections.size() > 1 && compared.corrections) {
    const auto place = static_cast<std::size_t>(*compared.corrections);
    const std::array colors{alone(spec::Condition::SLr), alone(spec::Condition::Baseline),
                            alone(spec::Condition::Lr), on(theme, kCategory),
                            alone(spec::Condition::S)};
    constexpr std::array kDashes{Dash::Solid, Dash::Dotted, Dash::DashDot, Dash::LongDashed,
                                 Dash::Dashed};
    if (!colored) style.color = colors[place % colors.size()];
    style.dash = kDashes[place % kDashes.size()];
    const bool dashed_by_kind = spec.replicas.inhibitions.size() > 1 && compared.inhibition;
    if (colored && dashed_by_kind) style.mark = kMarks[place % kMarks.size()];
    colored = true;
  }
  if (spec.replicas.inhibitions.size() < 2 || !compared.inhibition) return style;
  const auto place = static_cast<std::size_t>(*compared.inhibition);
  const std::array colors{alone(spec::Condition::Baseline), alone(spec::Condition::SLr),
                          alone(spec::Condition::S), alone(spec::Condition::Lr)};
  constexpr std::array kDashes{Dash::Dotted,  Dash::Solid,      Dash::Dashed,
                               Dash::DashDot, Dash::LongDashed, Dash::DashDotDot};
  if (!colored) style.color = colors[place % colors.size()];
  style.dash = kDashes[place % kDashes.size()];
  return style;
}

std::string pathLabel(const NetworkSpec& network, std::size_t path) {
  if (path >= network.paths.size()) return "";
  const spec::PathSpec& spec = network.paths[path];
  const auto sharing =
      std::count_if(network.paths.begin(), network.paths.end(),
                    [&](const spec::PathSpec& other) { return other.to == spec.to; });
  return sharing > 1 ? spec.from + " → " + spec.to : "→ " + spec.to;
}

}  // namespace dentate::figure
