#include "ui/lesion_files.h"

#include <cmath>
#include <utility>

#include "ui/csv_cells.h"
#include "ui/lesion_results.h"
#include "ui/similarity_text.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;

// A measure of one part of the network, without and with the lesion.
struct Measured {
  std::string measure, part;
  figure::Color color;
  LesionedValues values;
};

// Accuracies of the outputs, then active fractions and overlaps of the hidden layers; none that is not
// measured.
std::vector<Measured> allOf(const spec::NetworkSpec& network, const link::LesionView& view,
                            const link::SimilarityView* similarity) {
  std::vector<Measured> all;
  const auto add = [&](const char* measure, std::size_t l, const LesionedValues& values) {
    if (values.intact.n > 0)
      all.push_back({measure, network.layers[l].name,
                     figure::layerColor(network, l, figure::Theme::Light), values});
  };
  for (const bool outputs : {true, false})
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
      const LayerRole role = network.layers[l].role;
      if (spec::isSource(role) || spec::isOutput(role) != outputs) continue;
      add(outputs ? "accuracy" : "active fraction", l,
          valuesOf(view, [&](const link::LesionOutcome& outcome) {
            if (!outputs) return static_cast<double>(outcome.active_fraction[l]);
            return static_cast<double>(role == LayerRole::Item ? outcome.item : outcome.category);
          }));
    }
  for (std::size_t place = 0; similarity != nullptr && place < similarity->intact.size(); ++place)
    add("pattern overlap", similarity->intact[place].layer, overlapValues(*similarity, place));
  return all;
}

figure::BarPlot barsOf(const std::vector<Measured>& all, const std::string& measure,
                       const std::string& unit) {
  figure::BarPlot plot;
  plot.title = measure;
  plot.y.label = measure + " (" + unit + ")";
  for (const Measured& one : all) {
    if (one.measure != measure) continue;
    const auto& [intact, lesioned] = one.values;
    plot.bars.push_back({one.part, intact.mean, intact.sem, {one.color}});
    if (lesioned.n > 0)  // the patterns of a silent layer have no overlap
      plot.bars.push_back({one.part + " lesioned", lesioned.mean, lesioned.sem, {one.color}, true});
  }
  return plot;
}

// "mean,sem,n", empty where it is not known.
std::string cellsOf(const Spread& value) {
  return (value.n > 0 ? editable(value.mean) : std::string()) + "," +
         (value.n > 1 ? editable(value.sem) : std::string()) + "," + std::to_string(value.n);
}

}  // namespace

Spread spreadOf(const Moments& value) {
  if (value.n == 0) return {};
  return {value.mean, value.sem(), static_cast<std::int64_t>(value.n)};
}

LesionedValues overlapValues(const link::SimilarityView& view, std::size_t place) {
  const auto of = [&](const auto& layers, const auto& networks) {
    if (place < networks.size())
      return Spread{networks[place].mean, networks[place].sem, networks[place].n};
    const double overlap = layers[place].overlap;
    return std::isnan(overlap) ? Spread() : Spread{overlap, 0, 1};
  };
  const auto intact = of(view.intact, view.networks);
  return {intact, view.lesioned.empty() ? intact : of(view.lesioned, view.networks_lesioned)};
}

const link::SimilarityView* similarityWith(const link::Snapshot& now,
                                           const link::LesionView& lesion) {
  const auto& view = now.views.similarity;
  const bool same = view && view->run == lesion.run && view->replica == now.replica &&
                    view->request.lesions == lesion.request.lesions && !view->intact.empty();
  return same ? view.get() : nullptr;
}

PlotFiles lesionFiles(const spec::NetworkSpec& network, const link::LesionView& view,
                      const link::SimilarityView* similarity) {
  const auto figure = [&network, &view, similarity] {
    const auto all = allOf(network, view, similarity);
    figure::Figure out{"lesion", "Lesion: " + lesionNote(view), {}, 2};
    out.plots.emplace_back(barsOf(all, "accuracy", "share correct"));
    out.plots.emplace_back(barsOf(all, "active fraction", "share of units"));
    if (similarity != nullptr)
      out.plots.emplace_back(barsOf(all, "pattern overlap", answerKind(*similarity)));
    return out;
  };
  const auto csv = [&network, &view, similarity] {
    std::string out = "measure,part,state,mean,sem,n\n";
    for (const Measured& one : allOf(network, view, similarity))
      for (const auto& [state, value] :
           {std::pair{"intact", &one.values.intact}, std::pair{"lesioned", &one.values.lesioned}})
        out += one.measure + "," + quoted(one.part) + "," + state + "," + cellsOf(*value) + "\n";
    return out;
  };
  return {"lesion", "What the lesion does", figure, csv, "CSV, every bar"};
}

}  // namespace dentate::ui
