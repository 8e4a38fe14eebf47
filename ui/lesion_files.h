// What a lesion does, as values and as files: bars of accuracy, active fractions and pattern overlap,
// intact beside lesioned.
#pragma once
#include <cstdint>
#include <limits>
#include <utility>

#include "engine/link/snapshot.h"
#include "ui/history.h"
#include "ui/plot_export.h"

namespace dentate::ui {

// A mean over networks, with its standard error; NaN of none.
struct Spread {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double sem = 0;
  std::int64_t n = 0;
};
[[nodiscard]] Spread spreadOf(const Moments& value);
struct LesionedValues {  // of one measure
  Spread intact, lesioned;
};
// Over the networks of which `value(outcome)` is measured: not below 0.
template <class Value>
LesionedValues valuesOf(const link::LesionView& view, const Value& value) {
  Moments intact, lesioned;
  for (const auto& [outcomes, moments] :
       {std::pair{&view.intact, &intact}, std::pair{&view.lesioned, &lesioned}})
    for (const auto& outcome : *outcomes)
      if (value(outcome) >= 0) moments->add(value(outcome));
  return {spreadOf(intact), spreadOf(lesioned)};
}

// Pattern overlap of a layer: of all networks where that is known, else of the one shown. Without a
// lesion both are the same.
[[nodiscard]] LesionedValues overlapValues(const link::SimilarityView& view, std::size_t place);
// The answer about representations with the same lesion; null: there is none yet.
[[nodiscard]] const link::SimilarityView* similarityWith(const link::Snapshot& now,
                                                         const link::LesionView& lesion);

// CSV: columns measure, part, state, mean, sem, n. `similarity` may be null. What it is given must
// outlive the result.
[[nodiscard]] PlotFiles lesionFiles(const spec::NetworkSpec& network, const link::LesionView& view,
                                    const link::SimilarityView* similarity);

}  // namespace dentate::ui
