#include "ui/network_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dentate::ui {
namespace {

using spec::LayerRole;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// What stands in one slot of a column: a layer, or a path that passes.
struct Slot {
  std::size_t layer = kNone, path = kNone;
  double lane = 0;  // above to below
};

struct Fit {
  double size = 1;       // of everything
  double aspect = 0.55;  // width to height of layers that stand alone
  bool tight = false;    // least gaps, for many columns in a narrow room
  bool merged = false;   // tiles stand for more units each
};

struct Plan {
  const spec::NetworkSpec& network;
  const spec::Graph& graph;
  const LayoutRoom& room;
  std::vector<std::size_t> column;         // by layer
  std::vector<std::vector<Slot>> columns;  // by column
};

double laneOf(spec::Pathway pathway) {
  return pathway == spec::Pathway::Large ? 0 : pathway == spec::Pathway::Small ? 2 : 1;
}

void addPassingLanes(Plan& plan) {
  for (std::size_t p = 0; p < plan.network.paths.size(); ++p) {
    const std::size_t from = plan.column[plan.graph.source[p]];
    const std::size_t to = plan.column[plan.graph.target[p]];
    for (std::size_t c = from + 1; c < to; ++c)
      plan.columns[c].push_back({kNone, p, laneOf(plan.network.paths[p].pathway) + 0.5});
  }
}

Plan makePlan(const spec::NetworkSpec& network, const spec::Graph& graph, const LayoutRoom& room) {
  Plan plan{network, graph, room, graph.depth, {}};
  const std::size_t last = *std::max_element(graph.depth.begin(), graph.depth.end());
  plan.columns.resize(last + 1);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const auto& layer = network.layers[i];
    if (spec::isOutput(layer.role)) plan.column[i] = last;
    const double lane = layer.role == LayerRole::Category ? 0
                        : layer.role == LayerRole::Item   ? 2
                                                          : laneOf(layer.pathway);
    plan.columns[plan.column[i]].push_back({i, kNone, lane});
  }
  addPassingLanes(plan);
  for (auto& slots : plan.columns)
    std::stable_sort(slots.begin(), slots.end(),
                     [](const Slot& a, const Slot& b) { return a.lane < b.lane; });
  return plan;
}

TileGrid gridFor(std::size_t units, std::size_t most, double aspect, double area) {
  TileGrid grid;
  grid.per_tile = (units + most - 1) / most;
  const std::size_t tiles = (units + grid.per_tile - 1) / grid.per_tile;
  const auto n = static_cast<double>(tiles);
  grid.pitch = static_cast<float>(std::clamp(std::floor(std::sqrt(area / n)), 3.0, 18.0));
  // The divisor of n nearest to the wanted aspect leaves no ragged last row; else a plain ceiling.
  const double want = std::max(1.0, std::sqrt(n * aspect));
  grid.columns = static_cast<std::size_t>(std::lround(want));
  double best = 1.35;
  for (std::size_t c = 1; c <= tiles; ++c) {
    const double off = std::max(static_cast<double>(c) / want, want / static_cast<double>(c));
    if (tiles % c == 0 && off < best) {
      best = off;
      grid.columns = c;
    }
  }
  grid.rows = (tiles + grid.columns - 1) / grid.columns;
  return grid;
}

// The ring and the two lines beside it.
float footWidth(const LayoutRoom& room) { return 42 * room.scale + 3.2F * room.text; }

LayerPlace sizeLayer(const Plan& plan, std::size_t index, bool alone, const Fit& chosen) {
  const auto& layer = plan.network.layers[index];
  const float s = plan.room.scale, text = plan.room.text;
  const double fit = chosen.size;
  LayerPlace place;
  const float pad = std::round(5 * s);
  if (layer.role == LayerRole::Input) {
    place.frame.w = place.frame.h = std::round(
        std::clamp(static_cast<float>(104 * fit), chosen.tight ? 42.0F : 56.0F, 150.0F) * s);
    place.whole.h = place.frame.h + 1.5F * text;
    place.whole.w = place.frame.w;
    return place;
  }
  const bool output = spec::isOutput(layer.role);
  place.bars = output && layer.units <= kMostBars;
  if (place.bars) {
    place.frame.w = std::round(
        std::clamp(static_cast<float>(88 * fit), chosen.tight ? 62.0F : 84.0F, 120.0F) * s);
    const float row = std::round(
        std::clamp(static_cast<float>(18 * fit), chosen.tight ? 9.0F : 13.0F, 21.0F) * s);
    place.frame.h = row * static_cast<float>(layer.units);
  } else {
    const double area = (output ? 7000 : 15000) * fit * fit * s * s;
    const auto room = chosen.merged ? 1 + static_cast<std::size_t>(area / 9) : kMostTiles;
    const auto tiles = std::min(output ? kMostOutputTiles : kMostTiles, room);
    const double aspect = output ? 1.3 : alone ? chosen.aspect : 2.4;
    place.grid = ofParts(gridFor(partsOf(layer), tiles, aspect, area), layer);
    place.grid.padding = pad;
    place.frame.w = place.grid.pitch * static_cast<float>(place.grid.columns) + 2 * pad;
    place.frame.h = place.grid.pitch * static_cast<float>(place.grid.rows) + 2 * pad;
  }
  place.whole.w =
      std::max(place.frame.w, output ? (chosen.tight ? 62 : 84) * s : footWidth(plan.room));
  place.whole.h = 1.5F * text + place.frame.h + (output ? 1.4F * text : 44 * s);
  return place;
}

struct Sizes {
  std::vector<LayerPlace> layers;
  std::vector<float> width, frame, height;  // by column: whole, frames only, and height
  std::vector<float> centre;                // by column, from the middle of the first
  float total_width = 0, most_height = 0;
};

// Columns stand so far apart that numbers fit between frames, and feet do not touch.
void placeColumns(const Plan& plan, bool tight, Sizes& sizes) {
  const float s = plan.room.scale;
  sizes.centre.assign(1, 0);
  for (std::size_t c = 1; c < sizes.width.size(); ++c) {
    const float feet = (sizes.width[c - 1] + sizes.width[c]) / 2 + (tight ? 6 : 14) * s;
    const float frames =
        (sizes.frame[c - 1] + sizes.frame[c]) / 2 + plan.room.label_width + (tight ? 9 : 24) * s;
    sizes.centre.push_back(sizes.centre.back() + std::max(feet, frames));
  }
  sizes.total_width = sizes.centre.back() + (sizes.width.front() + sizes.width.back()) / 2;
}

Sizes sizeAll(const Plan& plan, const Fit& fit) {
  Sizes sizes;
  sizes.layers.resize(plan.network.layers.size());
  const float between = 14 * plan.room.scale;
  for (const auto& slots : plan.columns) {
    const auto layers = std::count_if(slots.begin(), slots.end(),
                                      [](const Slot& slot) { return slot.layer != kNone; });
    float width = 0, frame = 0, height = -between;
    for (const Slot& slot : slots) {
      if (slot.layer == kNone) {
        height += 30 * plan.room.scale + between;
        continue;
      }
      const LayerPlace& place = sizes.layers[slot.layer] =
          sizeLayer(plan, slot.layer, layers == 1, fit);
      width = std::max(width, place.whole.w);
      frame = std::max(frame, place.frame.w);
      height += place.whole.h + between;
    }
    sizes.width.push_back(width);
    sizes.frame.push_back(frame);
    sizes.height.push_back(height);
    sizes.most_height = std::max(sizes.most_height, height);
  }
  placeColumns(plan, fit.tight, sizes);
  return sizes;
}

bool fits(const Plan& plan, const Sizes& sizes) {
  return sizes.total_width <= plan.room.area.w && sizes.most_height <= plan.room.area.h;
}

// The largest drawing that fits; a taller shape is taken where it is worth a tenth.
Sizes fitSizes(const Plan& plan) {
  Sizes best;
  double best_size = 0;
  for (const int stage : {0, 1, 2}) {  // then closer together, then of fewer tiles
    for (const double aspect : {0.55, 0.4, 0.3, 0.22}) {
      for (double size = 1.9; size > best_size * 1.12 && size > 0.2; size *= 0.96) {
        Sizes sizes = sizeAll(plan, {size, aspect, stage > 0, stage > 1});
        if (!fits(plan, sizes)) continue;
        best = std::move(sizes);
        best_size = size;
        break;
      }
    }
    if (best_size > 0) return best;
  }
  // No room for it: everything at its least, and closer together than is good.
  best = sizeAll(plan, {0.2, 0.22, true, true});
  const float squeeze = std::min(1.0F, plan.room.area.w / best.total_width);
  for (float& centre : best.centre) centre *= squeeze;
  best.total_width *= squeeze;
  return best;
}

void finishLayer(const Plan& plan, std::size_t index, LayerPlace& place) {
  const float s = plan.room.scale, text = plan.room.text;
  const bool input = plan.network.layers[index].role == LayerRole::Input;
  place.frame.x = std::round(place.whole.x + (place.whole.w - place.frame.w) / 2);
  place.frame.y = std::round(place.whole.y + (input ? 0 : 1.5F * text));
  const float radius = 17 * s;
  const float left = place.frame.centre().x - footWidth(plan.room) / 2;
  place.ring = {std::round(left + radius), std::round(place.frame.bottom() + 8 * s + radius)};
  place.foot = {place.ring.x + radius + 8 * s, place.ring.y};
  if (spec::isOutput(plan.network.layers[index].role))
    place.foot = {place.frame.x, place.frame.bottom() + 0.8F * text};
}

// Sets every layer's place and returns the middle of every passing path's lanes, by path.
std::vector<std::vector<Point>> placeLayers(const Plan& plan, Sizes& sizes) {
  std::vector<std::vector<Point>> lanes(plan.network.paths.size());
  const Box& area = plan.room.area;
  const auto gaps = static_cast<float>(plan.columns.size() - 1);
  const float spare_width = area.w - sizes.total_width;
  const float widen = std::clamp(spare_width / std::max(gaps, 1.0F), 0.0F, 90 * plan.room.scale);
  const float first = area.x + (spare_width - widen * gaps) / 2 + sizes.width.front() / 2;
  for (std::size_t c = 0; c < plan.columns.size(); ++c) {
    const auto& slots = plan.columns[c];
    const float spare = area.h - sizes.height[c];
    const auto n = static_cast<float>(slots.size());
    // Stacked layers move apart, but not to the very edges.
    const float extra = slots.size() < 2 ? 0 : std::min(spare / n, 110 * plan.room.scale);
    const float between = 14 * plan.room.scale + extra;
    float y = area.y + (spare - extra * (n - 1)) / 2;
    const float middle = first + sizes.centre[c] + widen * static_cast<float>(c);
    for (const Slot& slot : slots) {
      const float height =
          slot.layer == kNone ? 30 * plan.room.scale : sizes.layers[slot.layer].whole.h;
      if (slot.layer == kNone) {
        lanes[slot.path].push_back({middle, y + height / 2});
      } else {
        LayerPlace& place = sizes.layers[slot.layer];
        place.whole.x = middle - place.whole.w / 2;
        place.whole.y = y;
        finishLayer(plan, slot.layer, place);
      }
      y += height + between;
    }
  }
  return lanes;
}

// Frames of layers that stand alone share one middle line, so that the bands between are level.
void alignMiddles(const Plan& plan, NetworkLayout& layout) {
  const Box& area = plan.room.area;
  std::vector<LayerPlace*> alone;
  float low = area.y, high = area.bottom();  // of a middle that suits all of them
  for (const auto& slots : plan.columns) {
    if (slots.size() != 1 || slots[0].layer == kNone) continue;
    LayerPlace& place = layout.layers[slots[0].layer];
    alone.push_back(&place);
    low = std::max(low, area.y + place.frame.centre().y - place.whole.y);
    high = std::min(high, area.bottom() - (place.whole.bottom() - place.frame.centre().y));
  }
  const float middle = std::min(std::max(area.centre().y, low), std::max(low, high));
  for (LayerPlace* place : alone) {
    const float shift = std::round(middle - place->frame.centre().y);
    for (float* y : {&place->frame.y, &place->whole.y, &place->ring.y, &place->foot.y}) *y += shift;
  }
}

// Ends of paths at one side of a layer, spread in the order of the other ends' heights.
std::vector<float> spreadEnds(const std::vector<std::size_t>& paths, const Box& frame,
                              const std::vector<float>& other_y) {
  std::vector<std::size_t> order(paths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return other_y[a] < other_y[b]; });
  std::vector<float> out(paths.size());
  const auto n = static_cast<float>(paths.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    out[order[i]] =
        frame.y + frame.h * (0.5F + 0.44F * ((static_cast<float>(i) + 0.5F) / n - 0.5F));
  return out;
}

void routePaths(const Plan& plan, const std::vector<std::vector<Point>>& lanes,
                NetworkLayout& layout) {
  const auto& graph = plan.graph;
  layout.paths.resize(plan.network.paths.size());
  std::vector<Point> start(layout.paths.size()), end(layout.paths.size());
  for (std::size_t i = 0; i < plan.network.layers.size(); ++i) {
    const Box& frame = layout.layers[i].frame;
    std::vector<float> targets, sources;
    for (const std::size_t p : graph.outgoing[i])
      targets.push_back(lanes[p].empty() ? layout.layers[graph.target[p]].frame.centre().y
                                         : lanes[p].front().y);
    for (const std::size_t p : graph.incoming[i])
      sources.push_back(lanes[p].empty() ? layout.layers[graph.source[p]].frame.centre().y
                                         : lanes[p].back().y);
    const auto out = spreadEnds(graph.outgoing[i], frame, targets);
    const auto in = spreadEnds(graph.incoming[i], frame, sources);
    for (std::size_t k = 0; k < out.size(); ++k)
      start[graph.outgoing[i][k]] = {frame.right(), out[k]};
    const float clear = layout.layers[i].bars ? 6 * plan.room.scale : 0;  // of the digits
    for (std::size_t k = 0; k < in.size(); ++k)
      end[graph.incoming[i][k]] = {frame.x - clear, in[k]};
  }
  for (std::size_t p = 0; p < layout.paths.size(); ++p) {
    auto& points = layout.paths[p].points;
    points.push_back(start[p]);
    points.insert(points.end(), lanes[p].begin(), lanes[p].end());
    points.push_back(end[p]);
  }
}

// The share of a number's box that may lie on something else.
constexpr float kMostHidden = 0.2F;

void markCrowded(const Box& room, NetworkLayout& layout) {
  constexpr float kOver = 1;  // pixels, by rounding
  for (auto& a : layout.layers) {
    for (const auto& b : layout.layers)
      a.crowded = a.crowded || (&a != &b && a.whole.meets(b.whole));
    const bool inside = a.whole.x > room.x - kOver && a.whole.right() < room.right() + kOver &&
                        a.whole.y > room.y - kOver && a.whole.bottom() < room.bottom() + kOver;
    layout.fits = layout.fits && inside && !a.crowded;
  }
}

// The number of each path: on the path, clear of layers and of other numbers.
void placeLabels(const Plan& plan, NetworkLayout& layout) {
  const float w = plan.room.label_width, h = plan.room.text;
  std::vector<Box> taken;
  for (const auto& layer : layout.layers) {
    const Box& whole = layer.whole;
    const Box& frame = layer.frame;
    taken.push_back(frame);
    taken.push_back({frame.x, whole.y, frame.w, frame.y - whole.y});
    taken.push_back({whole.x, frame.bottom(), whole.w, whole.bottom() - frame.bottom()});
  }
  for (auto& path : layout.paths) {
    float best = 1e9F;
    for (const float t : {0.5F, 0.4F, 0.6F, 0.3F, 0.7F, 0.2F, 0.8F, 0.12F, 0.88F}) {
      const Point at = alongPath(path, t);
      const Box box{std::round(at.x - w / 2), std::round(at.y - h / 2), w, h};
      float overlap = 0.01F * std::abs(t - 0.5F);
      for (const Box& other : taken) {
        if (!box.meets(other)) continue;
        overlap += (std::min(box.right(), other.right()) - std::max(box.x, other.x)) *
                   (std::min(box.bottom(), other.bottom()) - std::max(box.y, other.y));
      }
      if (overlap >= best) continue;
      best = overlap;
      path.label = box;
    }
    if (best > kMostHidden * w * h)
      path.label = {};
    else
      taken.push_back(path.label);
  }
}

}  // namespace

NetworkLayout layoutNetwork(const spec::NetworkSpec& network, const spec::Graph& graph,
                            const LayoutRoom& room) {
  const Plan plan = makePlan(network, graph, room);
  Sizes sizes = fitSizes(plan);
  const auto lanes = placeLayers(plan, sizes);
  NetworkLayout layout;
  layout.layers = std::move(sizes.layers);
  layout.ring_radius = 17 * room.scale;
  alignMiddles(plan, layout);
  routePaths(plan, lanes, layout);
  markCrowded(room.area, layout);
  placeLabels(plan, layout);
  return layout;
}

Point alongPath(const PathPlace& path, float t) {
  const auto stretches = static_cast<float>(path.points.size() - 1);
  const float at = std::clamp(t, 0.0F, 1.0F) * stretches;
  const std::size_t i = std::min(static_cast<std::size_t>(at), path.points.size() - 2);
  const float u = at - static_cast<float>(i), v = 1 - u;
  const Point a = path.points[i], b = path.points[i + 1];
  const float mid = (a.x + b.x) / 2;
  return {v * v * v * a.x + 3 * v * v * u * mid + 3 * v * u * u * mid + u * u * u * b.x,
          v * v * v * a.y + 3 * v * v * u * a.y + 3 * v * u * u * b.y + u * u * u * b.y};
}

Point tileCorner(const LayerPlace& place, std::size_t tile) {
  const auto row = static_cast<float>(tile / place.grid.columns);
  const auto column = static_cast<float>(tile % place.grid.columns);
  return {place.frame.x + place.grid.padding + column * place.grid.pitch,
          place.frame.y + place.grid.padding + row * place.grid.pitch};
}

}  // namespace dentate::ui
