#include "ui/similarity_export.h"

#include "ui/similarity_text.h"

namespace dentate::ui {

PlotFiles similarityFiles(const SimilarityMoment& moment, const spec::NetworkSpec& network,
                          float low) {
  return {"representations", "Representations",
          [moment, &network, low] { return similarityFigure(*moment, network, low); },
          [moment, &network] { return similarityCsv(*moment, network); }, "CSV, every matrix"};
}

}  // namespace dentate::ui
