#include "engine/spec/templates.h"

#include <string>
#include <utility>

#include "engine/spec/shape.h"

namespace dentate::spec {
namespace {

LayerSpec ending(const char* name, LayerRole role, std::int64_t units) {
  return {name, role, units, Inhibition::None, Pathway::None};
}

LayerSpec hidden(std::string name, std::int64_t units, Pathway pathway = Pathway::None) {
  return {std::move(name), LayerRole::Hidden, units, Inhibition::LearnedM, pathway};
}

PathSpec between(std::string from, std::string to) {
  return {std::move(from), std::move(to), std::nullopt, /*frozen=*/false, Pathway::None};
}

// input -> h1 -> ... -> hn.
NetworkSpec chain(std::int64_t inputs, std::int64_t hidden_layers, std::int64_t units) {
  NetworkSpec network;
  network.layers.push_back(ending("input", LayerRole::Input, inputs));
  for (std::int64_t i = 1; i <= hidden_layers; ++i) {
    const std::string below = network.layers.back().name;
    network.layers.push_back(hidden("h" + std::to_string(i), units));
    network.paths.push_back(between(below, network.layers.back().name));
  }
  return network;
}

}  // namespace

NetworkSpec layeredNetwork(std::int64_t inputs, std::int64_t hidden_layers, std::int64_t units,
                           std::int64_t categories) {
  NetworkSpec network = chain(inputs, hidden_layers, units);
  network.paths.push_back(between(network.layers.back().name, "category"));
  network.layers.push_back(ending("category", LayerRole::Category, categories));
  return network;
}

NetworkSpec splitNetwork(const SplitShape& shape) {
  NetworkSpec network = chain(shape.inputs, shape.plain_layers, shape.units);
  const std::string last = network.layers.back().name;
  network.layers.push_back(hidden("large", shape.ratio * shape.units, Pathway::Large));
  network.layers.push_back(hidden("small", shape.units, Pathway::Small));
  network.paths.push_back(between(last, "large"));
  network.paths.push_back(between(last, "small"));
  const auto add_head = [&](const char* name, LayerRole role, std::int64_t head_units) {
    network.layers.push_back(ending(name, role, head_units));
    network.paths.push_back(between("large", name));
    network.paths.push_back(between("small", name));
  };
  add_head("category", LayerRole::Category, shape.categories);
  if (shape.items > 0) add_head("item", LayerRole::Item, shape.items);
  return network;
}

NetworkSpec splitNetwork(std::int64_t inputs, std::int64_t plain_layers, std::int64_t units,
                         std::int64_t categories, std::int64_t items) {
  return splitNetwork({.inputs = inputs,
                       .plain_layers = plain_layers,
                       .units = units,
                       .categories = categories,
                       .items = items});
}

NetworkSpec skipNetwork(std::int64_t inputs, std::int64_t units, std::int64_t ratio,
                        std::int64_t categories) {
  NetworkSpec network = chain(inputs, 2, units);
  network.layers.push_back(hidden("h3_large", ratio * units, Pathway::Large));
  network.layers.push_back(hidden("h4", units));
  network.layers.push_back(ending("category", LayerRole::Category, categories));
  network.paths.push_back(between("h2", "h3_large"));
  network.paths.push_back(between("h3_large", "h4"));
  network.paths.push_back(between("h2", "h4"));
  network.paths.back().pathway = Pathway::Small;
  network.paths.push_back(between("h4", "category"));
  return network;
}

NetworkSpec dualNetwork(std::int64_t inputs, std::int64_t hidden_layers, std::int64_t units,
                        std::int64_t categories, std::int64_t items) {
  NetworkSpec network = layeredNetwork(inputs, hidden_layers, units, categories);
  network.paths.push_back(between(network.paths.back().from, "item"));
  network.layers.push_back(ending("item", LayerRole::Item, items));
  return network;
}

NetworkSpec convolutionalNetwork(const ConvolutionalShape& shape) {
  NetworkSpec network = chain(shape.inputs, 0, 1);
  network.layers.front().channels = shape.input_channels;
  const auto append = [&](LayerSpec layer) {
    network.paths.push_back(between(network.layers.back().name, layer.name));
    network.layers.push_back(std::move(layer));
  };
  for (std::int64_t i = 1; i <= shape.convolutional_layers; ++i) {
    LayerSpec layer = hidden("c" + std::to_string(i), 1);
    layer.kind = LayerKind::Convolutional;
    layer.channels = shape.channels;
    layer.kernel = 3;
    layer.stride = 2;
    layer.padding = 1;
    append(std::move(layer));
  }
  for (std::int64_t i = 1; i <= shape.dense_layers; ++i)
    append(hidden("h" + std::to_string(i), shape.units));
  const std::string last = network.layers.back().name;
  append(ending("category", LayerRole::Category, shape.categories));
  if (shape.items > 0) {
    network.paths.push_back(between(last, "item"));
    network.layers.push_back(ending("item", LayerRole::Item, shape.items));
  }
  fitUnits(network);
  return network;
}

NetworkSpec emptyNetwork(std::int64_t inputs) { return chain(inputs, 0, 1); }

}  // namespace dentate::spec
