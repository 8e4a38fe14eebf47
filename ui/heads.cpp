#include "ui/heads.h"

#include <algorithm>

#include "engine/spec/check.h"

namespace dentate::ui {
namespace {

auto layerOf(const spec::NetworkSpec& network, Head head) {
  const auto role = head == Head::Item ? spec::LayerRole::Item : spec::LayerRole::Category;
  return std::find_if(network.layers.begin(), network.layers.end(),
                      [role](const auto& layer) { return layer.role == role; });
}

}  // namespace

bool hasHead(const spec::NetworkSpec& network, Head head) {
  return layerOf(network, head) != network.layers.end();
}

Head shownHead(const spec::NetworkSpec& network, const Comparison& comparison) {
  if (hasHead(network, comparison.head)) return comparison.head;
  return comparison.head == Head::Item ? Head::Category : Head::Item;
}

double chanceOf(const spec::NetworkSpec& network, Head head) {
  const auto layer = layerOf(network, head);
  DENTATE_CHECK(layer != network.layers.end());
  return 1.0 / static_cast<double>(layer->units);
}

const char* nameOf(Head head) { return head == Head::Item ? "item" : "category"; }

const char* accuracyTerm(Head head) {
  return head == Head::Item ? "item accuracy" : "category accuracy";
}

}  // namespace dentate::ui
