#include "ui/architecture_edits.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/spec/check_data.h"
#include "engine/spec/items.h"
#include "engine/spec/spelling.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;
using spec::LayerSpec;
using spec::NetworkSpec;
using spec::PathSpec;

constexpr std::size_t kLongestName = 64;  // bytes, as in files

bool hasName(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool isBetween(const PathSpec& path, const Ends& ends) {
  return path.from == ends.from && path.to == ends.to;
}

bool hasEnds(const std::vector<Ends>& all, const PathSpec& path) {
  return std::any_of(all.begin(), all.end(), [&](const Ends& e) { return isBetween(path, e); });
}

// "h12" is "h" and 12; "large" is "large" and 1.
std::pair<std::string, std::int64_t> stemAndNumber(const std::string& name) {
  constexpr std::size_t kMostDigits = 9;
  std::size_t end = name.size();
  while (end > 1 && name.size() - end < kMostDigits && name[end - 1] >= '0' && name[end - 1] <= '9')
    --end;
  return {name.substr(0, end), end == name.size() ? 1 : std::stoll(name.substr(end))};
}

}  // namespace

const LayerSpec* layerNamed(const NetworkSpec& network, const std::string& name) {
  for (const auto& layer : network.layers)
    if (layer.name == name) return &layer;
  return nullptr;
}

const PathSpec* pathBetween(const NetworkSpec& network, const Ends& ends) {
  for (const auto& path : network.paths)
    if (isBetween(path, ends)) return &path;
  return nullptr;
}

Picked stillThere(const NetworkSpec& network, const Picked& picked) {
  Picked there;
  for (const auto& name : picked.layers)
    if (layerNamed(network, name) != nullptr) there.layers.push_back(name);
  for (const auto& ends : picked.paths)
    if (pathBetween(network, ends) != nullptr) there.paths.push_back(ends);
  return there;
}

std::string freeName(const NetworkSpec& network, const std::string& wish) {
  if (layerNamed(network, wish) == nullptr) return wish;
  const auto [stem, number] = stemAndNumber(wish);
  for (std::int64_t next = number + 1;; ++next) {
    std::string name = stem + std::to_string(next);
    if (layerNamed(network, name) == nullptr) return name;
  }
}

LayerSpec newLayer(const spec::ExperimentSpec& spec, LayerRole role) {
  LayerSpec layer;
  layer.role = role;
  if (role != LayerRole::Hidden) layer.inhibition = spec::Inhibition::None;
  const char* name = "h1";
  switch (role) {
    case LayerRole::Input:
      name = "input";
      layer.units = spec::unitsFor(role, spec);
      layer.channels = spec::channelsFor(spec);
      break;
    case LayerRole::Category:
      name = "category";
      layer.units = spec::unitsFor(role, spec);
      break;
    case LayerRole::Item:
      name = "item";
      layer.units = spec::streamItems(spec.stream);
      break;
    case LayerRole::Bias:
      name = "bias";
      layer.units = 1;
      break;
    case LayerRole::Hidden:
      break;
  }
  layer.name = freeName(spec.network, name);
  return layer;
}

LayerSpec withKind(LayerSpec layer, spec::LayerKind kind) {
  const LayerSpec usual;
  layer.kind = kind;
  layer.channels = usual.channels;
  layer.height = usual.height;
  layer.kernel = usual.kernel;
  layer.stride = usual.stride;
  layer.padding = usual.padding;
  if (kind == spec::LayerKind::Dense) {
    layer.units = usual.units;
    return layer;
  }
  layer.channels = 32;
  layer.stride = 2;
  layer.padding = 1;
  return layer;
}

NetworkSpec withLayer(NetworkSpec network, LayerSpec layer) {
  network.layers.push_back(std::move(layer));
  return network;
}

NetworkSpec without(NetworkSpec network, const Picked& picked) {
  std::erase_if(network.layers, [&](const LayerSpec& l) { return hasName(picked.layers, l.name); });
  std::erase_if(network.paths, [&](const PathSpec& p) {
    return hasEnds(picked.paths, p) || hasName(picked.layers, p.from) ||
           hasName(picked.layers, p.to);
  });
  return network;
}

NetworkSpec withLayerAs(NetworkSpec network, const std::string& name, const LayerSpec& layer) {
  const std::string before = name;  // it may be a part of `network`
  for (auto& other : network.layers)
    if (other.name == before) other = layer;
  for (auto& path : network.paths) {
    if (path.from == before) path.from = layer.name;
    if (path.to == before) path.to = layer.name;
  }
  return network;
}

NetworkSpec withPath(NetworkSpec network, const Ends& ends) {
  network.paths.push_back({ends.from, ends.to});
  return network;
}

NetworkSpec withPathAs(NetworkSpec network, const Ends& ends, const PathSpec& path) {
  for (auto& other : network.paths)
    if (isBetween(other, ends)) other = path;
  return network;
}

std::string whyNotName(const NetworkSpec& network, const std::string& name,
                       const std::string& wish) {
  if (wish.empty()) return "A layer needs a name";
  if (wish.size() > kLongestName) return "A name has at most 64 bytes";
  if (wish != name && layerNamed(network, wish) != nullptr)
    return "Another layer is called \"" + wish + "\"";
  return "";
}

std::string whyNotPath(const NetworkSpec& network, const Ends& ends) {
  const LayerSpec* from = layerNamed(network, ends.from);
  const LayerSpec* to = layerNamed(network, ends.to);
  if (from == nullptr || to == nullptr) return "The layer is gone";
  if (from == to) return "A layer does not lead into itself";
  if (spec::isOutput(from->role)) return from->name + " is an output: nothing leads on from it";
  if (spec::isSource(to->role))
    return to->name + " is the " + std::string(spec::spell(to->role)) + ": nothing leads into it";
  if (pathBetween(network, ends) != nullptr) return "This path is there already";
  return "";
}

Clip copied(const NetworkSpec& network, const Picked& picked) {
  Clip clip;
  for (const auto& layer : network.layers)
    if (hasName(picked.layers, layer.name)) clip.layers.push_back(layer);
  for (const auto& path : network.paths)
    if (hasName(picked.layers, path.from) && hasName(picked.layers, path.to))
      clip.paths.push_back(path);
  return clip;
}

Pasted pasted(NetworkSpec network, const Clip& clip) {
  Pasted out;
  std::map<std::string, std::string> names;  // of the new layers, by those of the clip
  for (LayerSpec layer : clip.layers) {
    const std::string before = layer.name;
    layer.name = freeName(network, before);
    names[before] = layer.name;
    out.layers.push_back(layer.name);
    network.layers.push_back(std::move(layer));
  }
  for (PathSpec path : clip.paths) {
    path.from = names[path.from];
    path.to = names[path.to];
    network.paths.push_back(std::move(path));
  }
  out.network = std::move(network);
  return out;
}

}  // namespace dentate::ui
