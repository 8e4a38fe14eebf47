// Pattern overlap of every hidden layer over training, as a plot: a curve through the moments that are
// stored, dashed where a lesion stands beside it.
#pragma once
#include <cstddef>
#include <vector>

#include "ui/plot.h"
#include "ui/similarity_drawing.h"

namespace dentate::ui {

struct OverlapMoments {
  const std::vector<SimilarityMoment>& moments;  // at least one
  std::vector<std::size_t> places;               // of the layers shown
  std::size_t at = 0;                            // the moment shown
};

// A press on it chooses a moment. `moments` and `spec` must outlive its whole, which has all layers.
[[nodiscard]] PlotContent overlapContent(const OverlapMoments& shown,
                                         const spec::ExperimentSpec& spec, figure::Theme theme);
// The place of the moment that is nearest to a meta-step.
[[nodiscard]] std::size_t momentNear(const std::vector<SimilarityMoment>& moments, double step);

}  // namespace dentate::ui
