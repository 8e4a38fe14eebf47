#include "ui/heads.h"

#include <algorithm>
#include <array>

#include "engine/spec/check.h"

namespace dentate::ui {
namespace {

auto layerOf(const spec::NetworkSpec& network, Head head) {
  const auto role = head == Head::Category ? spec::LayerRole::Category : spec::LayerRole::Item;
  return std::find_if(network.layers.begin(), network.layers.end(),
                      [role](const auto& layer) { return layer.role == role; });
}

}  // namespace

bool hasHead(const spec::NetworkSpec& network, Head head) {
  return layerOf(network, head) != network.layers.end();
}

Head shownHead(const spec::NetworkSpec& network, const Comparison& comparison) {
  if (hasHead(network, comparison.head)) return comparison.head;
  return comparison.head == Head::Category ? Head::Item : Head::Category;
}

double chanceOf(const spec::NetworkSpec& network, Head head) {
  const auto layer = layerOf(network, head);
  DENTATE_CHECK(layer != network.layers.end());
  return 1.0 / static_cast<double>(layer->units);
}

const char* nameOf(Head head) {
  constexpr std::array kNames{"category", "item", "in memory", "outside"};
  return kNames[static_cast<std::size_t>(head)];
}

const char* accuracyTerm(Head head) {
  constexpr std::array kTerms{"category accuracy", "item accuracy", "item accuracy in memory",
                              "item accuracy outside"};
  return kTerms[static_cast<std::size_t>(head)];
}

}  // namespace dentate::ui
