// Accuracy over lesion size as plots and as a table: of one run a curve a part, of several one a part
// and run, coloured alike, each in its run's stroke, or as the difference to the first. No ImGui.
#pragma once
#include <string>
#include <vector>

#include "engine/link/view.h"
#include "ui/comparison.h"
#include "ui/plot.h"

namespace dentate::ui {

enum class CurveParts { Layers, Paths };  // pathways are with the layers

struct TestedRun {
  std::string name;
  figure::Stroke stroke;
  std::shared_ptr<const spec::ExperimentSpec> spec;
  link::LesionCurvesPtr curves;
  bool shown = false;  // in the panels
};

// The compared runs that have been tested, and those that are still to be: with other orders of units
// than the first of them they are not alike.
struct TestedRuns {
  std::vector<TestedRun> tested;
  std::vector<std::string> missing;  // names
  bool compared = false;             // there are several
};
[[nodiscard]] TestedRuns testedRuns(const link::Snapshot& now, const Comparison& comparison);

struct LesionSizes {
  std::vector<TestedRun> runs;  // at least one
  CurveParts parts = CurveParts::Layers;
  Head head = Head::Category;
  bool difference = false;  // of several runs, to the first
};
// Curves of one output, over percent.
[[nodiscard]] PlotContent lesionContent(const LesionSizes& of, figure::Theme theme);
// Columns part, share, category mean, category sem, item mean, item sem, n; of several runs behind the
// run.
[[nodiscard]] std::string lesionCurvesCsv(const std::vector<TestedRun>& runs);
// "mean ± SEM, n = 2", "one network each".
[[nodiscard]] std::string testedNote(const std::vector<TestedRun>& runs);
[[nodiscard]] bool isMeasured(const std::vector<TestedRun>& runs, Head head);

}  // namespace dentate::ui
