#include "engine/run/lesion_parts.h"

#include <string>
#include <utility>

#include "engine/spec/graph.h"

namespace dentate::run {
namespace {

using spec::Lesion;
using spec::LesionPart;
using spec::Pathway;

constexpr int kSteps = 10;  // of the share, from 0 to 1

link::LesionCurve curveOf(std::string part, std::vector<Lesion> lesions) {
  link::LesionCurve curve{std::move(part), std::move(lesions), {0}, {}, {}};
  for (int step = 1; step <= kSteps; ++step)
    curve.shares.push_back(static_cast<double>(step) / kSteps);
  return curve;
}

}  // namespace

std::vector<link::LesionCurve> lesionableParts(const spec::NetworkSpec& network,
                                               const link::LesionCurvesRequest& request) {
  std::vector<link::LesionCurve> curves;
  const auto whole = [&](LesionPart part, std::size_t index) {
    return Lesion{part, index, 1, request.order, request.seed};
  };
  for (const auto pathway : {Pathway::Large, Pathway::Small}) {
    std::vector<Lesion> layers;
    for (std::size_t l = 0; l < network.layers.size(); ++l)
      if (network.layers[l].pathway == pathway && network.layers[l].role == spec::LayerRole::Hidden)
        layers.push_back(whole(LesionPart::Layer, l));
    if (layers.size() > 1)
      curves.push_back(
          curveOf(pathway == Pathway::Large ? "large pathway" : "small pathway", layers));
  }
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    if (network.layers[l].role == spec::LayerRole::Hidden)
      curves.push_back(curveOf(network.layers[l].name, {whole(LesionPart::Layer, l)}));
  for (std::size_t p = 0; p < network.paths.size(); ++p)
    curves.push_back(curveOf(spec::pathName(network.paths[p]), {whole(LesionPart::Path, p)}));
  return curves;
}

}  // namespace dentate::run
