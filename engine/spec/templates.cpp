#include "engine/spec/templates.h"

#include <string>

namespace dentate::spec {
namespace {

constexpr std::int64_t kLargeOverSmall = 5;  // units of the large layer over those of the small

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

NetworkSpec splitNetwork(std::int64_t inputs, std::int64_t plain_layers, std::int64_t units,
                         std::int64_t categories, std::int64_t items) {
  NetworkSpec network = chain(inputs, plain_layers, units);
  const std::string last = network.layers.back().name;
  network.layers.push_back(hidden("large", kLargeOverSmall * units, Pathway::Large));
  network.layers.push_back(hidden("small", units, Pathway::Small));
  network.paths.push_back(between(last, "large"));
  network.paths.push_back(between(last, "small"));
  const auto add_head = [&](const char* name, LayerRole role, std::int64_t head_units) {
    network.layers.push_back(ending(name, role, head_units));
    network.paths.push_back(between("large", name));
    network.paths.push_back(between("small", name));
  };
  add_head("category", LayerRole::Category, categories);
  if (items > 0) add_head("item", LayerRole::Item, items);
  return network;
}

}  // namespace dentate::spec
