#include "engine/spec/shape.h"

#include <algorithm>
#include <cmath>

#include "engine/spec/ranges.h"

namespace dentate::spec {
namespace {

const LayerSpec* layerNamed(const NetworkSpec& network, const std::string& name) {
  const auto found = std::ranges::find(network.layers, name, &LayerSpec::name);
  return found == network.layers.end() ? nullptr : &*found;
}

std::size_t indexOf(const NetworkSpec& network, const LayerSpec* layer) {
  return static_cast<std::size_t>(layer - network.layers.data());
}

std::optional<Shape> imagesOf(const LayerSpec& input) {
  if (input.channels < 1 || input.units < 1 || input.units % input.channels != 0)
    return std::nullopt;
  const auto area = input.units / input.channels;
  const auto height =
      input.height > 0 ? input.height : static_cast<std::int64_t>(std::llround(std::sqrt(area)));
  if (area % height != 0 || (input.height == 0 && height * height != area)) return std::nullopt;
  return Shape{input.channels, height, area / height};
}

// Places of a kernel along a side; 0 where it is larger.
std::int64_t placesAlong(std::int64_t side, const LayerSpec& layer) {
  const auto room = side + 2 * layer.padding - layer.kernel;
  return room < 0 ? 0 : room / layer.stride + 1;
}

std::optional<Shape> convolved(const Shape& source, const LayerSpec& layer) {
  if (layer.channels < 1 || layer.kernel < 1 || layer.stride < 1 || layer.padding < 0)
    return std::nullopt;
  const Shape made{layer.channels, placesAlong(source.height, layer),
                   placesAlong(source.width, layer)};
  if (made.area() == 0) return std::nullopt;
  return made;
}

bool isInput(const LayerSpec& layer) { return layer.role == LayerRole::Input; }

std::string sides(const Shape& shape) {
  return grouped(shape.height) + " × " + grouped(shape.width);
}

void checkDense(const LayerSpec& layer, std::size_t index, std::vector<ShapeProblem>& out) {
  const auto refuse = [&](std::string_view key, std::int64_t value, std::int64_t usual) {
    if (value != usual)
      out.push_back({index,
                     {},
                     key,
                     "expected it with kind \"convolutional\" alone, got " + grouped(value) +
                         " of a dense layer"});
  };
  const LayerSpec usual;
  if (!isInput(layer)) {
    refuse("channels", layer.channels, usual.channels);
    refuse("height", layer.height, usual.height);
  } else if ((layer.channels != usual.channels || layer.height != usual.height) &&
             !imagesOf(layer)) {
    out.push_back(
        {index,
         {},
         layer.height > 0 ? "height" : "channels",
         "expected what " + grouped(layer.units) + " input units make images of, got " +
             grouped(layer.channels) + (layer.channels == 1 ? " channel" : " channels") +
             (layer.height > 0 ? " of height " + grouped(layer.height) : " of square images")});
  }
  refuse("kernel", layer.kernel, usual.kernel);
  refuse("stride", layer.stride, usual.stride);
  refuse("padding", layer.padding, usual.padding);
}

void checkConvolutional(const LayerSpec& layer, const std::optional<Shape>& maps, std::size_t index,
                        std::vector<ShapeProblem>& out) {
  const auto at = [&](std::string_view key, std::string what) {
    out.push_back({index, {}, key, std::move(what)});
  };
  if (layer.role != LayerRole::Hidden)
    return at("kind", "expected \"dense\", since only hidden layers are convolutional");
  if (layer.height != 0)
    at("height", "expected none, since it follows from the source, got " + grouped(layer.height));
  if (layer.padding >= layer.kernel)
    at("padding", "expected less than the kernel, " + grouped(layer.kernel) + ", got " +
                      grouped(layer.padding));
  if (maps && maps->units() != layer.units)
    at("units", "expected " + grouped(maps->units()) + " units, " + inWords(*maps) + ", got " +
                    grouped(layer.units));
}

// What is wrong with a path into a convolutional layer of these maps.
void checkPath(const NetworkSpec& network, std::size_t path,
               const std::vector<std::optional<Shape>>& maps, std::vector<ShapeProblem>& out) {
  const auto* const from = layerNamed(network, network.paths[path].from);
  const auto* const to = layerNamed(network, network.paths[path].to);
  if (!from || !to || isOutput(from->role) || to->role != LayerRole::Hidden) return;
  if (!isConvolutional(*to) || from == to) return;
  const auto atPath = [&](std::string what) { out.push_back({{}, path, {}, std::move(what)}); };
  if (!isInput(*from) && !isConvolutional(*from))
    return atPath(
        "expected the input or a convolutional layer in front of the convolutional layer " +
        inQuotes(to->name) + ", got the " +
        (from->role == LayerRole::Bias ? "bias " : "dense layer ") + inQuotes(from->name));
  const auto& source = maps[indexOf(network, from)];
  if (!source) {
    const bool said = from->channels != 1 || from->height != 0;  // then checkDense says it
    if (isInput(*from) && !said)
      out.push_back({indexOf(network, from),
                     {},
                     "channels",
                     "expected the channels of its images, or their height where they are not "
                     "square, since " +
                         inQuotes(to->name) + " is convolutional; " + grouped(from->units) +
                         " units make no square"});
    return;
  }
  const auto index = indexOf(network, to);
  const auto room = std::min(source->height, source->width) + 2 * to->padding;
  if (to->kernel > room) {
    out.push_back({index,
                   {},
                   "kernel",
                   "expected at most " + grouped(room) + ", what " + inQuotes(from->name) + " of " +
                       sides(*source) + " has with its padding, got " + grouped(to->kernel)});
    return;
  }
  const auto made = convolved(*source, *to);
  if (made && maps[index] && *made != *maps[index])
    atPath("expected " + sides(*maps[index]) + " places in " + inQuotes(to->name) +
           ", as on its other paths, got " + sides(*made) + " from " + inQuotes(from->name) +
           " of " + sides(*source));
}

}  // namespace

std::vector<std::optional<Shape>> mapsOf(const NetworkSpec& network) {
  std::vector<std::optional<Shape>> maps(network.layers.size());
  for (std::size_t l = 0; l < maps.size(); ++l)
    if (isInput(network.layers[l]) && !isConvolutional(network.layers[l]))
      maps[l] = imagesOf(network.layers[l]);
  for (bool more = convolves(network); more;) {
    more = false;
    for (const auto& path : network.paths) {
      const auto* const from = layerNamed(network, path.from);
      const auto* const to = layerNamed(network, path.to);
      if (!from || !to || to->role != LayerRole::Hidden || !isConvolutional(*to)) continue;
      const auto& source = maps[indexOf(network, from)];
      auto& target = maps[indexOf(network, to)];
      if (!source || target) continue;
      target = convolved(*source, *to);
      more = more || target.has_value();
    }
  }
  return maps;
}

void fitUnits(NetworkSpec& network) {
  const auto maps = mapsOf(network);
  for (std::size_t l = 0; l < maps.size(); ++l)
    if (isConvolutional(network.layers[l]) && maps[l]) network.layers[l].units = maps[l]->units();
}

std::vector<ShapeProblem> shapeProblems(const NetworkSpec& network) {
  std::vector<ShapeProblem> out;
  const auto maps = mapsOf(network);
  for (std::size_t l = 0; l < maps.size(); ++l) {
    const auto& layer = network.layers[l];
    if (misfit(layer, "")) continue;
    if (isConvolutional(layer))
      checkConvolutional(layer, maps[l], l, out);
    else
      checkDense(layer, l, out);
  }
  for (std::size_t p = 0; p < network.paths.size(); ++p) checkPath(network, p, maps, out);
  return out;
}

double weightsOf(const NetworkSpec& network, const PathSpec& path) {
  const auto* const from = layerNamed(network, path.from);
  const auto* const to = layerNamed(network, path.to);
  if (!from || !to) return 0;
  if (!isConvolutional(*to))
    return static_cast<double>(from->units) * static_cast<double>(to->units);
  return static_cast<double>(from->channels * to->channels) *
         static_cast<double>(to->kernel * to->kernel);
}

double multiplyAddsOf(const NetworkSpec& network, const PathSpec& path) {
  const auto* const to = layerNamed(network, path.to);
  const double places = to && isConvolutional(*to)
                            ? static_cast<double>(to->units) / static_cast<double>(to->channels)
                            : 1;
  return places * weightsOf(network, path);
}

bool convolves(const NetworkSpec& network) {
  return std::ranges::any_of(network.layers, isConvolutional);
}

std::string inWords(const Shape& shape) {
  return grouped(shape.channels) + (shape.channels == 1 ? " channel of " : " channels of ") +
         sides(shape);
}

}  // namespace dentate::spec
