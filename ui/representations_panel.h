// Representations: how alike a network answers tasks, categories or items, layer by layer, as
// matrices or in a plane; intact beside lesioned; over training, with a scrubber over the moments
// that arrived while the panel was open.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ui/overlap_plot.h"
#include "ui/panel.h"
#include "ui/plot.h"
#include "ui/similarity_store.h"
#include "ui/similarity_tiles.h"

namespace dentate::ui {

class RepresentationsPanel : public Panel {
 public:
  static constexpr const char* kTitle = "Representations";
  void draw(const PanelContext& context) override;

 private:
  // What is on screen in this frame.
  struct Shown {
    const std::vector<SimilarityMoment>& moments;
    std::size_t at = 0;               // of them
    std::vector<std::size_t> places;  // of layers, in the order in which they are drawn
    std::vector<OverlapCourse> runs;  // that are compared, where they are several
    bool difference = false;
    [[nodiscard]] const SimilarityMoment& moment() const { return moments[at]; }
  };

  [[nodiscard]] link::SimilarityRequest request(const PanelContext& context) const;
  [[nodiscard]] PlotContent course(const PanelContext& context, const Shown& shown) const;
  void drawControls(const PanelContext& context);
  void chooseTask(const PanelContext& context);
  void chooseLayer(const PanelContext& context);
  [[nodiscard]] Shown shown(const PanelContext& context) const;
  void drawLegend(const PanelContext& context, const Shown& shown);
  void drawBody(const PanelContext& context, const Shown& shown);
  void drawCourse(const PanelContext& context, const Shown& shown, ImVec2 size);
  void drawScrubber(const PanelContext& context, const Shown& shown);
  void goTo(const Shown& shown, std::size_t moment);
  void exportMenu(const PanelContext& context, const Shown& shown);

  link::SimilarityRequest::Level level_ = link::SimilarityRequest::Level::Tasks;
  link::SimilarityRequest::Measure measure_ = link::SimilarityRequest::Measure::Pearson;
  std::int64_t task_ = -1;  // of categories and items; -1 over all tasks, of items the first
  SimilarityPicture picture_ = SimilarityPicture::Matrix;
  std::string layer_;                 // the only one shown, by name; empty: all
  std::optional<std::int64_t> step_;  // of the moment that is held; none: the newest
  SimilarityStore store_;
  SimilarityTiles tiles_;
  PlotView overlap_;
  float low_ = 0;  // of the colour scale
};

}  // namespace dentate::ui
