#include "ui/overlap_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <utility>

#include "ui/comparison.h"
#include "ui/network_panel.h"
#include "ui/placed_numbers.h"
#include "ui/similarity_text.h"

namespace dentate::ui {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Down to a tenth below the lowest.
double lowEnd(const OverlapMoments& shown) {
  double low = 0.9;
  for (const auto& moment : shown.moments)
    for (const auto* layers : {&moment->intact, &moment->lesioned})
      for (const auto& layer : *layers)
        if (layer.overlap < low) low = layer.overlap;
  for (const auto& run : shown.runs)
    for (const auto& point : run.points)
      for (const double overlap : point.overlap)
        if (overlap < low) low = overlap;
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

// What a plot is made of, and what its curves refer to.
struct Making {
  const spec::ExperimentSpec& spec;
  figure::Theme theme;
  PlotContent content = {};
  std::shared_ptr<PlacedNumbers> numbers = std::make_shared<PlacedNumbers>();

  PlotCurve& add(const std::string& label, std::size_t layer, const figure::Stroke& stroke,
                 std::vector<double> steps, std::vector<Moments> values) {
    const auto style = [&](figure::Theme on) {
      return figure::Style{figure::layerColor(spec.network, layer, on)}.with(stroke);
    };
    content.curves.push_back({label, style(theme),
                              numbers->add(std::move(steps), std::move(values)),
                              style(figure::Theme::Light)});
    return content.curves.back();
  }
};

// Of the shown run, intact and lesioned.
void addStates(const OverlapMoments& shown, Making& making) {
  const auto& moments = shown.moments;
  std::vector<double> steps;
  for (const auto& moment : moments) steps.push_back(static_cast<double>(moment->step));
  const bool both = isLesioned(moments);
  for (const std::size_t place : shown.places) {
    const std::size_t layer = moments.back()->intact[place].layer;
    const std::string name = shortLayerTitle(making.spec.network, layer);
    for (const bool lesioned : {false, true}) {
      auto values = overlapsOf(moments, place, lesioned);
      if (!isKnown(values)) continue;
      auto& curve = making.add(name + (lesioned ? " lesioned" : ""), layer,
                               {lesioned ? figure::Dash::Dashed : figure::Dash::Solid}, steps,
                               std::move(values));
      curve.layer = both ? name : "";
      curve.featured = !lesioned;
    }
  }
}

double overlapIn(const OverlapPoint& point, std::size_t place) {
  return place < point.overlap.size() ? point.overlap[place] : kNone;
}

// On the line through the points; NaN before the first, behind the last, and where one has none.
double overlapAt(const std::vector<OverlapPoint>& points, std::size_t place, std::int64_t step) {
  const auto after =
      std::lower_bound(points.begin(), points.end(), step,
                       [](const OverlapPoint& point, std::int64_t at) { return point.step < at; });
  if (after == points.end()) return kNone;
  if (after->step == step) return overlapIn(*after, place);
  if (after == points.begin()) return kNone;
  const auto before = after - 1;
  const double share =
      static_cast<double>(step - before->step) / static_cast<double>(after->step - before->step);
  return (1 - share) * overlapIn(*before, place) + share * overlapIn(*after, place);
}

// Of every run, or its difference to the first.
void addRuns(const OverlapMoments& shown, Making& making) {
  for (const std::size_t place : shown.places) {
    const std::size_t layer = shown.moments.back()->intact[place].layer;
    const std::string name = shortLayerTitle(making.spec.network, layer);
    for (const OverlapCourse& run : shown.runs) {
      if (shown.difference && &run == &shown.runs.front()) continue;
      std::vector<double> steps;
      std::vector<Moments> values;
      for (const OverlapPoint& point : run.points) {
        double value = overlapIn(point, place);
        if (shown.difference) value -= overlapAt(shown.runs.front().points, place, point.step);
        steps.push_back(static_cast<double>(point.step));
        values.emplace_back();
        if (!std::isnan(value)) values.back().add(value);
      }
      if (!isKnown(values)) continue;
      auto& curve =
          making.add(name + " " + run.name, layer, run.stroke, std::move(steps), std::move(values));
      curve.layer = name;
      curve.featured = run.shown;
    }
  }
}

std::string noteOf(const OverlapMoments& shown) {
  if (shown.runs.size() < 2) return "one network";
  const std::string note = "one network each, with its lesions";
  if (!shown.difference) return note;
  return note + ", difference to " + nameInNote(shown.runs.front().name);
}

}  // namespace

PlotContent overlapContent(const OverlapMoments& shown, const spec::ExperimentSpec& spec,
                           figure::Theme theme) {
  const auto& moments = shown.moments;
  const bool runs = shown.runs.size() > 1;
  Making making{spec, theme};
  PlotContent& content = making.content;
  content.id = "overlap";
  content.title = "Pattern overlap";
  content.y_label = "mean similarity of different patterns";
  content.note = noteOf(shown);
  content.term = "pattern overlap";
  content.steps_per_task = static_cast<double>(std::max<std::int64_t>(1, spec::stepsPerTask(spec)));
  content.tasks = static_cast<double>(std::max<std::int64_t>(1, spec.stream.tasks));
  content.shown = static_cast<double>(moments[shown.at]->step) / content.steps_per_task;
  content.scrubs = true;
  content.of = answerKind(*moments.front());
  content.compares = runs;
  if (runs && shown.difference) {
    content.from_zero = false;
    content.of += " difference to " + shown.runs.front().name;
  } else {
    content.low = lowEnd(shown);
    content.high = 1;
  }
  runs ? addRuns(shown, making) : addStates(shown, making);
  content.numbers = making.numbers;
  content.whole = [shown, &spec, theme] {
    OverlapMoments all = shown;
    all.places.resize(shown.moments.back()->intact.size());
    std::iota(all.places.begin(), all.places.end(), std::size_t{0});
    all.difference = false;
    return overlapContent(all, spec, theme);
  };
  content.csv_item = "CSV, every stored moment and layer";
  return std::move(making.content);
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
