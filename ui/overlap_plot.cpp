#include "ui/overlap_plot.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "ui/network_panel.h"
#include "ui/placed_numbers.h"
#include "ui/similarity_text.h"

namespace dentate::ui {
namespace {

// Down to a tenth below the lowest.
double lowEnd(const std::vector<SimilarityMoment>& moments) {
  double low = 0.9;
  for (const auto& moment : moments)
    for (const auto* layers : {&moment->intact, &moment->lesioned})
      for (const auto& layer : *layers)
        if (layer.overlap < low) low = layer.overlap;
  return std::max(-1.0, std::floor(low * 10) / 10);
}

// By moment; unknown where the layer's patterns have no similarity.
std::vector<Moments> overlapsOf(const std::vector<SimilarityMoment>& moments, std::size_t place,
                                bool lesioned) {
  std::vector<Moments> values;
  for (const auto& moment : moments) {
    const auto& layers = lesioned ? moment->lesioned : moment->intact;
    values.emplace_back();
    if (place < layers.size() && !std::isnan(layers[place].overlap))
      values.back().add(layers[place].overlap);
  }
  return values;
}

bool isLesioned(const std::vector<SimilarityMoment>& moments) {
  return std::any_of(moments.begin(), moments.end(),
                     [](const auto& moment) { return !moment->lesioned.empty(); });
}

bool isKnown(const std::vector<Moments>& values) {
  return std::any_of(values.begin(), values.end(), [](const auto& value) { return value.n > 0; });
}

}  // namespace

PlotContent overlapContent(const OverlapMoments& shown, const spec::ExperimentSpec& spec,
                           figure::Theme theme) {
  const auto& moments = shown.moments;
  PlotContent content;
  content.id = "overlap";
  content.title = "Pattern overlap";
  content.y_label = "mean similarity of different patterns";
  content.note = "one network";
  content.term = "pattern overlap";
  content.steps_per_task = static_cast<double>(std::max<std::int64_t>(1, spec::stepsPerTask(spec)));
  content.tasks = static_cast<double>(std::max<std::int64_t>(1, spec.stream.tasks));
  content.shown = static_cast<double>(moments[shown.at]->step) / content.steps_per_task;
  content.scrubs = true;
  content.low = lowEnd(moments);
  content.high = 1;
  content.of = answerKind(*moments.front());
  const auto numbers = std::make_shared<PlacedNumbers>();
  std::vector<double> steps;
  for (const auto& moment : moments) steps.push_back(static_cast<double>(moment->step));
  const bool both = isLesioned(moments);
  for (const std::size_t place : shown.places) {
    const std::size_t layer = moments.back()->intact[place].layer;
    const std::string name = shortLayerTitle(spec.network, layer);
    for (const bool lesioned : {false, true}) {
      const auto style = [&](figure::Theme on) {
        return figure::Style{figure::layerColor(spec.network, layer, on),
                             lesioned ? figure::Dash::Dashed : figure::Dash::Solid};
      };
      auto values = overlapsOf(moments, place, lesioned);
      if (!isKnown(values)) continue;
      content.curves.push_back({name + (lesioned ? " lesioned" : ""), style(theme),
                                numbers->add(steps, std::move(values)),
                                style(figure::Theme::Light)});
      content.curves.back().layer = both ? name : "";
      content.curves.back().featured = !lesioned;
    }
  }
  content.numbers = numbers;
  content.whole = [&moments, &spec, at = shown.at, theme] {
    std::vector<std::size_t> all(moments.back()->intact.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return overlapContent({moments, all, at}, spec, theme);
  };
  content.csv_item = "CSV, every stored moment and layer";
  return content;
}

std::size_t momentNear(const std::vector<SimilarityMoment>& moments, double step) {
  std::size_t best = 0;
  const auto far = [&](std::size_t i) {
    return std::abs(static_cast<double>(moments[i]->step) - step);
  };
  for (std::size_t i = 1; i < moments.size(); ++i)
    if (far(i) < far(best)) best = i;
  return best;
}

}  // namespace dentate::ui
