// Pattern overlap of every hidden layer over training: a line through the moments that are stored,
// dashed where a lesion stands beside it. A press on the plot goes to the moment nearest to it.
#pragma once
#include <optional>
#include <vector>

#include "ui/plot_menu.h"
#include "ui/similarity_drawing.h"

namespace dentate::ui {

struct OverlapContent {
  const std::vector<SimilarityMoment>& moments;  // at least one
  std::vector<std::size_t> places;               // of the layers shown
  std::size_t at = 0;                            // the moment shown
};

// Gives the moment that was pressed.
std::optional<std::size_t> drawOverlaps(const PanelContext& context, const OverlapContent& content,
                                        ExportMenu& menu, ImVec2 size);

// For print: the layers shown, each lesion's curve dashed.
[[nodiscard]] figure::LinePlot overlapFigure(const OverlapContent& content,
                                             const spec::ExperimentSpec& spec);
// `content` and what it refers to must outlive the result.
[[nodiscard]] PlotFiles overlapFiles(const PanelContext& context, const OverlapContent& content);

}  // namespace dentate::ui
