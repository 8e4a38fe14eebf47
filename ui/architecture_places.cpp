#include "ui/architecture_places.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "engine/spec/graph.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;
using spec::NetworkSpec;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct Ways {
  std::vector<std::size_t> from, to;  // by path, kNone where it has no layer
};

Ways waysOf(const NetworkSpec& network) {
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < network.layers.size(); ++i) index.emplace(network.layers[i].name, i);
  Ways ways;
  for (const auto& path : network.paths) {
    const auto from = index.find(path.from), to = index.find(path.to);
    const bool known = from != index.end() && to != index.end() && from->second != to->second;
    ways.from.push_back(known ? from->second : kNone);
    ways.to.push_back(known ? to->second : kNone);
  }
  return ways;
}

// Longest way from a layer without sources. Where only cycles are left the first layer of the file
// goes next.
std::vector<std::size_t> depthsOf(const NetworkSpec& network, const Ways& ways) {
  const std::size_t count = network.layers.size();
  std::vector<std::size_t> depth(count, 0), waiting(count, 0);
  for (const std::size_t to : ways.to)
    if (to != kNone) ++waiting[to];
  std::vector<bool> done(count, false);
  for (std::size_t placed = 0; placed < count; ++placed) {
    std::size_t next = kNone;
    for (std::size_t i = count; i-- > 0;)
      if (!done[i] && (next == kNone || waiting[i] == 0 || waiting[next] != 0)) next = i;
    done[next] = true;
    for (std::size_t p = 0; p < ways.from.size(); ++p) {
      if (ways.from[p] != next || done[ways.to[p]]) continue;
      depth[ways.to[p]] = std::max(depth[ways.to[p]], depth[next] + 1);
      if (waiting[ways.to[p]] > 0) --waiting[ways.to[p]];
    }
  }
  return depth;
}

struct Slot {
  std::size_t layer = kNone;  // kNone: a path passes
  double lane = 1;            // above to below
};

double laneOf(const spec::LayerSpec& layer) {
  if (layer.role == LayerRole::Category || layer.pathway == spec::Pathway::Large) return 0;
  return layer.role == LayerRole::Item || layer.pathway == spec::Pathway::Small ? 2 : 1;
}

double laneOf(spec::Pathway pathway) {
  return pathway == spec::Pathway::Large ? 0.5 : pathway == spec::Pathway::Small ? 2.5 : 1.5;
}

std::vector<std::vector<Slot>> columnsOf(const NetworkSpec& network) {
  const Ways ways = waysOf(network);
  auto column = depthsOf(network, ways);
  std::size_t last = 0;
  for (const std::size_t depth : column) last = std::max(last, depth);
  std::vector<std::vector<Slot>> columns(last + 1);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (spec::isOutput(network.layers[i].role)) column[i] = last;
    columns[column[i]].push_back({i, laneOf(network.layers[i])});
  }
  for (std::size_t p = 0; p < ways.from.size(); ++p) {
    if (ways.from[p] == kNone) continue;
    for (std::size_t c = column[ways.from[p]] + 1; c < column[ways.to[p]]; ++c)
      columns[c].push_back({kNone, laneOf(network.paths[p].pathway)});
  }
  for (auto& slots : columns)
    std::stable_sort(slots.begin(), slots.end(),
                     [](const Slot& a, const Slot& b) { return a.lane < b.lane; });
  return columns;
}

bool meets(Point a, Point b) {
  return std::abs(a.x - b.x) < kNodeWidth + 16 && std::abs(a.y - b.y) < kNodeHeight + 8;
}

std::vector<std::string> namesOf(const NetworkSpec& network) {
  std::vector<std::string> names;
  for (const auto& layer : network.layers) names.push_back(layer.name);
  return names;
}

// The one layer that is called otherwise than before; none where more than a name differs.
std::optional<std::size_t> renamedLayer(const std::vector<std::string>& before,
                                        const std::vector<std::string>& after) {
  if (before.size() != after.size()) return std::nullopt;
  const auto differ = std::mismatch(before.begin(), before.end(), after.begin());
  if (differ.first == before.end()) return std::nullopt;
  if (!std::equal(differ.first + 1, before.end(), differ.second + 1)) return std::nullopt;
  return static_cast<std::size_t>(differ.first - before.begin());
}

// Whether more than a third of the layers, and more than two, came or went.
bool isAnother(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  const std::set<std::string> had(before.begin(), before.end());
  std::size_t common = 0;
  for (const auto& name : after) common += had.contains(name) ? 1 : 0;
  const std::size_t larger = std::max(before.size(), after.size());
  return larger - common > std::max<std::size_t>(2, larger / 3);
}

std::vector<std::string> pathsOf(const NetworkSpec& network) {
  std::vector<std::string> paths;
  for (const auto& path : network.paths) paths.push_back(spec::pathName(path));
  return paths;
}

}  // namespace

std::vector<Point> arrangedNodes(const NetworkSpec& network) {
  std::vector<Point> places(network.layers.size());
  const auto columns = columnsOf(network);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const auto rows = static_cast<float>(columns[c].size());
    for (std::size_t r = 0; r < columns[c].size(); ++r) {
      if (columns[c][r].layer == kNone) continue;
      places[columns[c][r].layer] = {kColumnPitch * static_cast<float>(c),
                                     kRowPitch * (static_cast<float>(r) - (rows - 1) / 2)};
    }
  }
  return places;
}

bool NodePlaces::restore(const NetworkSpec& network, const PlacedNodes& from) {
  const auto names = namesOf(network);
  const bool all = std::all_of(names.begin(), names.end(),
                               [&](const auto& name) { return from.places.contains(name); });
  if (!all || names.size() != from.places.size() || pathsOf(network) != from.paths) return false;
  layers_ = names;
  numberNew();
  places_ = from.places;
  ++revision_;
  return true;
}

PlacedNodes NodePlaces::placed(const NetworkSpec& network) const {
  PlacedNodes out{pathsOf(network), {}};
  for (const auto& name : layers_) {
    const Point place = at(name);
    out.places[name] = {std::round(place.x), std::round(place.y)};
  }
  return out;
}

bool NodePlaces::follow(const NetworkSpec& network, bool anew) {
  auto names = namesOf(network);
  if (names == layers_ && !anew) return false;
  const auto before = std::exchange(layers_, std::move(names));
  const auto renamed = renamedLayer(before, layers_);
  if (renamed && !anew) rename(before[*renamed], layers_[*renamed]);
  numberNew();
  ++revision_;
  if (!anew && !isAnother(before, layers_)) {
    placeNew(network);
    return false;
  }
  kept_[before] = places_;
  const auto kept = kept_.find(layers_);
  if (anew || kept == kept_.end()) {
    arrange(network);
  } else {
    places_ = kept->second;
  }
  return true;
}

// The node goes on under its new name.
void NodePlaces::rename(const std::string& before, const std::string& after) {
  if (const auto place = places_.extract(before)) places_[after] = place.mapped();
  if (const auto id = ids_.extract(before)) ids_[after] = id.mapped();
}

void NodePlaces::numberNew() {
  for (const auto& name : layers_)
    if (!ids_.contains(name)) ids_[name] = ++last_id_;
}

int NodePlaces::id(const std::string& layer) const {
  const auto found = ids_.find(layer);
  return found == ids_.end() ? 0 : found->second;
}

void NodePlaces::arrange(const NetworkSpec& network) {
  layers_ = namesOf(network);
  numberNew();
  const auto places = arrangedNodes(network);
  places_.clear();
  for (std::size_t i = 0; i < places.size(); ++i) places_[layers_[i]] = places[i];
  ++revision_;
}

void NodePlaces::placeNew(const NetworkSpec& network) {
  for (const auto& layer : network.layers) {
    if (places_.contains(layer.name)) continue;
    std::string source;
    for (const auto& path : network.paths)
      if (path.to == layer.name && places_.contains(path.from)) source = path.from;
    places_[layer.name] = freeBeside(source);
  }
}

void NodePlaces::move(const std::map<std::string, Point>& places) {
  for (const auto& [layer, place] : places) places_[layer] = place;
  ++revision_;
}

Point NodePlaces::at(const std::string& layer) const {
  const auto found = places_.find(layer);
  return found == places_.end() ? Point{} : found->second;
}

Point NodePlaces::freeBeside(const std::string& layer) const {
  if (const auto found = places_.find(layer); found != places_.end())
    return freeNear({found->second.x + kColumnPitch, found->second.y});
  Point wish;
  bool any = false;
  for (const auto& name : layers_) {
    const auto found = places_.find(name);
    if (found == places_.end()) continue;
    wish = {any ? std::max(wish.x, found->second.x) : found->second.x, 0};
    any = true;
  }
  return any ? freeNear({wish.x + kColumnPitch, 0}) : Point{};
}

Point NodePlaces::freeNear(Point wish) const {
  for (bool free = false; !free;) {
    free = true;
    for (const auto& name : layers_) {
      const auto found = places_.find(name);
      if (found == places_.end() || !meets(found->second, wish)) continue;
      wish.y = found->second.y + kRowPitch;
      free = false;
    }
  }
  return wish;
}

}  // namespace dentate::ui
