#include "engine/spec/lesion.h"

#include <cmath>

namespace dentate::spec {
namespace {

std::string partName(const NetworkSpec& network, const Lesion& lesion) {
  if (lesion.part == LesionPart::Layer) return network.layers[lesion.index].name;
  const auto& path = network.paths[lesion.index];
  return path.from + " → " + path.to;
}

const char* orderName(LesionOrder order) {
  switch (order) {
    case LesionOrder::MostActive:
      return "most active first";
    case LesionOrder::LeastActive:
      return "least active first";
    case LesionOrder::Random:
      break;
  }
  return "at random";
}

}  // namespace

Status checkLesion(const NetworkSpec& network, const Lesion& lesion) {
  const auto refuse = [](std::string text) {
    return Error{Error::Kind::Usage, "lesion", std::move(text)};
  };
  const bool layer = lesion.part == LesionPart::Layer;
  const auto parts = layer ? network.layers.size() : network.paths.size();
  if (lesion.index >= parts)
    return refuse(std::string("the network has no ") + (layer ? "layer " : "path ") +
                  std::to_string(lesion.index));
  if (!(lesion.share >= 0 && lesion.share <= 1))
    return refuse("expected a share from 0 to 1 of the units");
  if (layer && !lesion.plasticity && network.layers[lesion.index].role != LayerRole::Hidden)
    return refuse("expected a hidden layer; " + network.layers[lesion.index].name + " is none");
  return {};
}

std::string nameOf(const NetworkSpec& network, const Lesion& lesion) {
  const auto name = partName(network, lesion);
  if (lesion.plasticity) return name + ": no plasticity";
  const bool path = lesion.part == LesionPart::Path;
  if (path && lesion.share == 1) return name + " cut";
  const auto percent = std::to_string(std::lround(100 * lesion.share)) + " % of ";
  auto text = name + ": ";
  if (path)
    text += "cut for " + percent + network.paths[lesion.index].from;
  else
    text +=
        percent + (isConvolutional(network.layers[lesion.index]) ? "its channels" : "its units");
  if (lesion.share < 1) text += std::string(", ") + orderName(lesion.order);
  return text;
}

}  // namespace dentate::spec
