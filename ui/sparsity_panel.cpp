#include "ui/sparsity_panel.h"

#include <algorithm>

#include "ui/comparison_bar.h"
#include "ui/curve_source.h"
#include "ui/widgets.h"

namespace dentate::ui {
namespace {

struct Measure {
  Sparsity which;
  const char *id, *title, *y_label, *term;
  bool of_layers;
};

constexpr std::array kMeasures{
    Measure{Sparsity::Dead, "dead_units", "Dead units", "dead units", "dead units", true},
    Measure{Sparsity::Variance, "unit_variance", "Unit variance", "variance of a unit's activity",
            "unit variance", true},
    Measure{Sparsity::Hoyer, "hoyer", "Sparsity of the weights", "Hoyer's sparsity",
            "Hoyer sparsity", false},
    Measure{Sparsity::NearZero, "near_zero", "Weights near zero", "share below 1 % of the largest",
            "weights near zero", false},
};

const Measure& measureOf(Sparsity which) { return kMeasures[static_cast<std::size_t>(which)]; }

Trace traceOf(const CurveLine& line, Sparsity which, std::size_t part) {
  const auto& values = line.history->sparsity(which, part, line.group);
  return {values.data(), values.size(), spec::stepsPerTask(*line.spec)};
}

void addPaths(const CurveSource& source, Sparsity which, PlotContent& content) {
  const auto any = [](const spec::PathSpec&) { return true; };
  for (const Part& part : partsOf(source, kPaths, any)) {
    addCurves(
        source, content, figure::pathLabel(*part.network, part.index),
        [&](figure::Theme theme) { return figure::pathStyle(*part.network, part.index, theme); },
        [&](const CurveLine& line) {
          const auto path = placeIn(line, kPaths, part);
          return path ? traceOf(line, which, *path) : Trace();
        });
  }
}

bool isMeasured(const PlotContent& content) {
  return std::any_of(content.curves.begin(), content.curves.end(), [](const PlotCurve& curve) {
    return curve.trace.size > 1 && curve.trace.last().n > 0;
  });
}

}  // namespace

PlotContent sparsityContent(const PanelContext& context, Sparsity which, bool all_groups) {
  const auto& measure = measureOf(which);
  const CurveSource source = sourceOf(context, all_groups ? Groups::All : Groups::Shown);
  PlotContent content = contentFor(source, measure.id, measure.title);
  content.y_label = measure.y_label;
  content.term = measure.term;
  if (measure.of_layers)
    addLayers(source, content, isHidden, [which](const CurveLine& line, std::size_t layer) {
      return traceOf(line, which, layer);
    });
  else
    addPaths(source, which, content);
  return content;
}

void SparsityPanel::draw(const PanelContext& context) {
  if (!context.now.spec || !isMeasured(sparsityContent(context, Sparsity::Hoyer))) {
    panelTitle(context, kTitle, "");
    return emptyPanel(context.look,
                      "Dead units, unit variance and the sparsity of the weights are "
                      "measured with the tests after a task. Press Play.");
  }
  drawComparison(context);
  const Look& look = context.look;
  const ImVec2 room = ImGui::GetContentRegionAvail(), gap = ImGui::GetStyle().ItemSpacing;
  const float title = look.px(kTitleSize + 6) + 2 * gap.y;
  const bool beside = room.x > room.y;
  const float columns = beside ? 2 : 1, rows = static_cast<float>(kMeasures.size()) / columns;
  const float width = (room.x - (columns - 1) * gap.x) / columns;
  const float height = std::max(look.px(110), room.y / rows - gap.y);
  for (std::size_t i = 0; i < kMeasures.size(); ++i) {
    if (beside && i % 2 == 1) ImGui::SameLine();
    const auto& measure = kMeasures[i];
    if (ImGui::BeginChild(measure.id, {width, height})) {
      PlotContent content = sparsityContent(context, measure.which);
      content.whole = [&] { return sparsityContent(context, measure.which, /*all_groups=*/true); };
      content.named_x = i + static_cast<std::size_t>(columns) >= kMeasures.size();
      const std::string by = measure.of_layers ? "by layer" : "by path";
      const std::string changes = changesIn(content, views_[i]);
      const std::string how = content.note.empty() || changes.empty()
                                  ? content.note + changes
                                  : content.note + ", " + changes;
      const Notes notes{by + (how.empty() ? "" : ", " + how), changes.empty() ? by : changes};
      panelTitle(context, content.title, notes, content.term);
      drawPlot(context, content, views_[i], {0, height - title});
    }
    ImGui::EndChild();
  }
}

}  // namespace dentate::ui
