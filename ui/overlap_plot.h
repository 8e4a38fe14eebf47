// Pattern overlap of every hidden layer over training, as a plot: a curve through the moments that are
// stored, dashed where a lesion stands beside it. Of several runs one a run in its own stroke, each
// with its lesions, or as the difference to the first.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "ui/plot.h"
#include "ui/similarity_drawing.h"
#include "ui/similarity_store.h"

namespace dentate::ui {

struct OverlapCourse {  // of one run
  std::string name;
  figure::Stroke stroke;
  const std::vector<OverlapPoint>& points;
  bool shown = false;  // in the panels
};

struct OverlapMoments {
  const std::vector<SimilarityMoment>& moments;  // at least one
  std::vector<std::size_t> places;               // of the layers shown
  std::size_t at = 0;                            // the moment shown
  std::vector<OverlapCourse> runs = {};          // that are compared; fewer than two: none are
  bool difference = false;                       // of them, to the first
};

// A press on it chooses a moment. `moments`, the points and `spec` must outlive its whole, which has
// all layers.
[[nodiscard]] PlotContent overlapContent(const OverlapMoments& shown,
                                         const spec::ExperimentSpec& spec, figure::Theme theme);
// The place of the moment that is nearest to a meta-step.
[[nodiscard]] std::size_t momentNear(const std::vector<SimilarityMoment>& moments, double step);

}  // namespace dentate::ui
