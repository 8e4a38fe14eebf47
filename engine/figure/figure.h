// Figures as values: what a plot shows, apart from how it is drawn.
//
// The window builds them from its curves and the headless run from its metrics, so both export the
// same picture. engine/figure/export.h writes them as PNG and SVG.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/figure/palette.h"

namespace dentate::figure {

struct Axis {
  std::string label;  // with its unit: "active fraction (share of units)"
  bool log = false;
  std::optional<double> low, high;  // not set: from the data
};

struct Curve {
  std::string label;
  Style style;
  std::vector<double> x, y;  // of one length; a y that is not a number leaves a gap
  std::vector<double> sem;   // empty, or of that length: a band of y +- sem
  bool level = false;        // not measured, but what others are held against: a thin line
  bool raw = false;          // as measured, below the curve of its smoothed values: thin and pale
};

struct LinePlot {
  std::string title, note;  // note: "mean ± SEM, n = 10"; small, beside the title
  Axis x, y;
  std::vector<Curve> curves;
  std::vector<double> boundaries;  // x of the tasks' ends; hairlines
};

struct HeatMap {
  std::string title, note, x_label, y_label, value_label;
  std::size_t rows = 0, columns = 0;
  std::vector<double> values;  // [rows * columns], row-major, first row at the top; NaN: no value
  double low = 0, high = 1;    // ends of the colour scale; low < 0: diverging, centred on 0
};

struct Bar {
  std::string label;
  double value = 0, sem = 0;
  Style style;
  bool hatched = false;  // lesioned
};

struct BarPlot {
  std::string title, note;
  Axis y;
  std::vector<Bar> bars;
};

using Plot = std::variant<LinePlot, HeatMap, BarPlot>;

struct Figure {
  std::string name;   // of its file: "active_fraction"
  std::string title;  // may be empty
  std::vector<Plot> plots;
  std::size_t columns = 1;  // plots side by side
};

}  // namespace dentate::figure
