#include "ui/lesion_dials.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/spec/graph.h"
#include "ui/format.h"
#include "ui/network_panel.h"

namespace dentate::ui {
namespace {

using spec::Lesion;
using spec::LesionPart;
using spec::Pathway;

bool anySet(const std::vector<std::uint8_t>& flags) {
  return std::any_of(flags.begin(), flags.end(), [](std::uint8_t flag) { return flag != 0; });
}

LesionRow pathwayRow(const spec::NetworkSpec& network, Pathway pathway) {
  const bool large = pathway == Pathway::Large;
  LesionRow row{LesionRow::Kind::Pathway,
                large ? "large_pathway" : "small_pathway",
                large ? "large path" : "small path",
                {}};
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    if (network.layers[l].pathway == pathway && network.layers[l].role == spec::LayerRole::Hidden)
      row.parts.push_back(l);
  return row;
}

// "loses 63 % of its accuracy", "4 %", "gains 2 %".
std::string lossInWords(double loss, bool whole) {
  const auto share = std::lround(std::abs(loss) * 100);
  const std::string text = std::to_string(share) + "\u2009%";
  const std::string verb = loss < 0 && share > 0 ? "gains " : whole ? "loses " : "";
  return verb + text + (whole ? " of its accuracy" : "");
}

std::string networks(const link::Estimate& of) {
  return of.n == 1 ? "one network" : "n = " + std::to_string(of.n);
}

// ".59", "−.07", "1.20".
std::string hundredths(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", std::abs(value));
  const std::string digits = text[0] == '0' ? text + 1 : text;
  return (value <= -0.005 ? "−" : "") + digits;
}

}  // namespace

bool LesionDials::none() const {
  const auto zero = [](double s) { return s == 0; };
  return std::all_of(share.begin(), share.end(), zero) &&
         std::all_of(cut.begin(), cut.end(), zero) && !anySet(still_layer) && !anySet(still_path);
}

LesionDials noLesions(const spec::NetworkSpec& network) {
  return {std::vector<double>(network.layers.size()), std::vector<double>(network.paths.size()),
          std::vector<std::uint8_t>(network.layers.size()),
          std::vector<std::uint8_t>(network.paths.size())};
}

LesionDials dialsOf(const spec::NetworkSpec& network, const std::vector<Lesion>& lesions) {
  auto dials = noLesions(network);
  for (const auto& lesion : lesions) {
    const bool layer = lesion.part == LesionPart::Layer;
    if (lesion.plasticity) {
      (layer ? dials.still_layer : dials.still_path)[lesion.index] = 1;
      continue;
    }
    auto& share = (layer ? dials.share : dials.cut)[lesion.index];
    share = std::max(share, lesion.share);
  }
  return dials;
}

std::vector<Lesion> lesionsOf(const LesionSetup& setup, const LesionDials& dials) {
  std::vector<Lesion> lesions;
  for (std::size_t l = 0; l < dials.share.size(); ++l)
    if (dials.share[l] > 0)
      lesions.push_back({LesionPart::Layer, l, dials.share[l], setup.order, setup.seed});
  for (std::size_t p = 0; p < dials.cut.size(); ++p)
    if (dials.cut[p] > 0)
      lesions.push_back({LesionPart::Path, p, dials.cut[p], setup.order, setup.seed});
  for (std::size_t l = 0; l < dials.still_layer.size(); ++l)
    if (dials.still_layer[l] != 0)
      lesions.push_back({LesionPart::Layer, l, 0, {}, 0, /*plasticity=*/true});
  for (std::size_t p = 0; p < dials.still_path.size(); ++p)
    if (dials.still_path[p] != 0)
      lesions.push_back({LesionPart::Path, p, 0, {}, 0, /*plasticity=*/true});
  return lesions;
}

std::vector<LesionRow> lesionRows(const spec::NetworkSpec& network) {
  std::vector<LesionRow> rows;
  for (const auto pathway : {Pathway::Large, Pathway::Small})
    if (auto row = pathwayRow(network, pathway); row.parts.size() > 1)
      rows.push_back(std::move(row));
  for (std::size_t l = 0; l < network.layers.size(); ++l)
    if (network.layers[l].role == spec::LayerRole::Hidden)
      rows.push_back({LesionRow::Kind::Layer, network.layers[l].name, layerTitle(network, l), {l}});
  for (std::size_t p = 0; p < network.paths.size(); ++p) {
    const auto& path = network.paths[p];
    rows.push_back({LesionRow::Kind::Path, spec::pathName(path), path.from + " → " + path.to, {p}});
  }
  return rows;
}

double shareOf(const LesionDials& dials, const LesionRow& row) {
  if (row.kind == LesionRow::Kind::Path) return dials.cut[row.parts.front()];
  double sum = 0;
  for (const auto layer : row.parts) sum += dials.share[layer];
  return sum / static_cast<double>(row.parts.size());
}

void setShare(LesionDials& dials, const LesionRow& row, double share) {
  if (row.kind == LesionRow::Kind::Path)
    dials.cut[row.parts.front()] = share;
  else
    for (const auto layer : row.parts) dials.share[layer] = share;
}

bool isStill(const LesionDials& dials, const LesionRow& row) {
  const auto& still = row.kind == LesionRow::Kind::Path ? dials.still_path : dials.still_layer;
  return std::all_of(row.parts.begin(), row.parts.end(),
                     [&](std::size_t part) { return still[part] != 0; });
}

void setStill(LesionDials& dials, const LesionRow& row, bool still) {
  auto& all = row.kind == LesionRow::Kind::Path ? dials.still_path : dials.still_layer;
  for (const auto part : row.parts) all[part] = still ? 1 : 0;
}

std::string effectsInWords(const link::LesionEffects& effects) {
  const auto &item = effects.item_loss, &category = effects.category_loss, &index = effects.index;
  if (item.n == 0 && category.n == 0) return "There is no accuracy yet that could be lost.";
  if (index.n == 0) {
    const bool of_items = item.n > 0;
    const auto& loss = of_items ? item : category;
    const auto error = loss.n > 1 ? " ± " + percent(loss.sem) + " SEM" : std::string();
    return (of_items ? "Item memory " : "Category knowledge ") + lossInWords(loss.mean, true) +
           error + ", " + networks(loss) + ".";
  }
  const auto interval = index.n > 1
                            ? " [" + hundredths(index.low) + ", " + hundredths(index.high) + "]"
                            : std::string();
  return "Item memory " + lossInWords(item.mean, true) + ", category knowledge " +
         lossInWords(category.mean, false) + ": index " + hundredths(index.mean) + interval + ", " +
         networks(index) + ".";
}

}  // namespace dentate::ui
