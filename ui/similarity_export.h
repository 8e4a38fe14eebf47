// Representations as files in <output>/figures, under names that are not taken; the log says where.
#pragma once
#include "ui/plot_export.h"
#include "ui/similarity_drawing.h"

namespace dentate::ui {

struct SimilarityExport {
  const link::SimilarityView& view;  // its matrices
  float low = 0;                     // of the colour scale
};

void exportMatrices(const PanelContext& context, const SimilarityExport& what, ExportKind kind);

}  // namespace dentate::ui
