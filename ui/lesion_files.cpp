#include "ui/lesion_files.h"

#include <utility>

#include "ui/csv_cells.h"
#include "ui/history.h"
#include "ui/lesion_results.h"

namespace dentate::ui {
namespace {

using spec::LayerRole;

// A measure of one part of the network, without and with the lesion.
struct Measured {
  std::string measure, part;
  figure::Color color;
  Moments intact, lesioned;
};

template <class Value>
Measured measuredOf(const link::LesionView& view, const Value& value) {
  Measured out;
  for (const auto& [outcomes, moments] :
       {std::pair{&view.intact, &out.intact}, std::pair{&view.lesioned, &out.lesioned}})
    for (const auto& outcome : *outcomes)
      if (value(outcome) >= 0) moments->add(value(outcome));
  return out;
}

// Accuracies of the outputs, then active fractions of the hidden layers; none that is not measured.
std::vector<Measured> allOf(const spec::NetworkSpec& network, const link::LesionView& view) {
  std::vector<Measured> all;
  for (const bool outputs : {true, false})
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
      const LayerRole role = network.layers[l].role;
      if (spec::isSource(role) || spec::isOutput(role) != outputs) continue;
      Measured one = measuredOf(view, [&](const link::LesionOutcome& outcome) {
        if (!outputs) return static_cast<double>(outcome.active_fraction[l]);
        return static_cast<double>(role == LayerRole::Item ? outcome.item : outcome.category);
      });
      if (one.intact.n == 0) continue;
      one.measure = outputs ? "accuracy" : "active fraction";
      one.part = network.layers[l].name;
      one.color = figure::layerColor(network, l, figure::Theme::Light);
      all.push_back(std::move(one));
    }
  return all;
}

figure::BarPlot barsOf(const std::vector<Measured>& all, const std::string& measure,
                       const std::string& unit) {
  figure::BarPlot plot;
  plot.title = measure;
  plot.y.label = measure + " (" + unit + ")";
  for (const Measured& one : all) {
    if (one.measure != measure) continue;
    plot.bars.push_back({one.part, one.intact.mean, one.intact.sem(), {one.color}});
    plot.bars.push_back(
        {one.part + " lesioned", one.lesioned.mean, one.lesioned.sem(), {one.color}, true});
  }
  return plot;
}

}  // namespace

PlotFiles lesionFiles(const spec::NetworkSpec& network, const link::LesionView& view) {
  const auto figure = [&network, &view] {
    const auto all = allOf(network, view);
    figure::Figure out{"lesion", "Lesion: " + lesionNote(view), {}, 2};
    out.plots.emplace_back(barsOf(all, "accuracy", "share correct"));
    out.plots.emplace_back(barsOf(all, "active fraction", "share of units"));
    return out;
  };
  const auto csv = [&network, &view] {
    std::string out = "measure,part,state,mean,sem,n\n";
    for (const Measured& one : allOf(network, view))
      for (const auto& [state, value] :
           {std::pair{"intact", &one.intact}, std::pair{"lesioned", &one.lesioned}})
        out += one.measure + "," + quoted(one.part) + "," + state + "," + cellsOf(*value) + "\n";
    return out;
  };
  return {"lesion", "What the lesion does", figure, csv, "CSV, every bar"};
}

}  // namespace dentate::ui
