// Representations as files.
#pragma once
#include "ui/plot_export.h"
#include "ui/similarity_drawing.h"

namespace dentate::ui {

// The matrices of an answer; colours from `low` to 1.
[[nodiscard]] PlotFiles similarityFiles(const SimilarityMoment& moment,
                                        const spec::NetworkSpec& network, float low);

}  // namespace dentate::ui
