// One line plot, drawn the same everywhere: mean line and SEM band, task boundaries, labels and
// values at the ends of the curves that never overlap, all values on hover, export on right click.
// A press on a label leaves its curve out or brings it back; Ctrl and a click pin a moment in all
// plots.
//
// x counts tasks, or whatever else it is named for; then there is no moment to pin, no boundary of
// tasks and nothing to smooth. A logarithmic x begins at the first place above 0. The axes follow the data until the person zooms or pans; a double click lets them
// follow again. While the pointer is over the plot they stand still.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/figure/figure.h"
#include "ui/decimate.h"
#include "ui/panel.h"

namespace dentate::ui {

struct PlotCurve {
  std::string label;
  figure::Style style;
  Trace trace;
  figure::Style paper = style;  // in exported figures, whose ground is light
  bool frozen = false;          // none of its networks learns it any more; its end shows that
  std::vector<std::int64_t> lost = {};  // meta-steps in which its networks diverged
  bool level = false;      // not measured, but what others are held against: a thin line
  const char* term = "";   // of its label's card; empty: that of the plot
  std::string layer = {};  // what the label says without the condition; groups curves
  bool featured = false;   // of the condition in the diagram: its value comes first
};

struct PlotContent {
  const char* id = "";    // stable
  std::string file = {};  // name of exported files; empty: the id
  const char* title = "";
  std::string y_label;  // with its unit, for exported figures
  std::string note;     // "mean ± SEM, n = 10"
  std::vector<PlotCurve> curves;
  bool compares = false;     // several conditions: curves differ in dash, bands are fainter
  std::string x_label = {};  // with its unit; empty: tasks of training
  double steps_per_task = 1;
  double tasks = 1;  // right end of x
  double now = 0;    // where the run is, in tasks
  std::optional<double> shown =
      {};               // a moment that the panel shows beside, in tasks; it has a line
  bool scrubs = false;  // the left button chooses such a moment, it does not pan
  bool from_zero = true;
  std::optional<double> low = {}, high = {};  // fixed ends of y
  std::string of = {};  // what y counts; where that changes, its ends are fitted anew
  bool named_x = true;  // the axis says what x is; false where plots stand above each other
  std::function<PlotContent()> whole = {};  // of all groups, for CSV; empty: this is all
  std::function<std::string()> csv = {};    // in place of one made of the curves
  const char* csv_item = "CSV, every meta-step and network group";  // of the menu
  const char* term = "";                     // of its title's card; empty: none
  std::shared_ptr<const void> numbers = {};  // what the curves refer to; null: it outlives them

  [[nodiscard]] bool isTraining() const { return x_label.empty(); }
  // Where a logarithmic x begins, in tasks: the first known place above 0 of any curve.
  [[nodiscard]] double firstX() const;
};

// How far the ends of y know a curve.
struct KnownCurve {
  std::string label;
  std::int64_t stride = 0;
  std::size_t positions = 0;
};

// What the person changed; kept by the panel that shows the plot.
struct PlotView {
  bool log = false, log_x = false, smooth = false, follow = true;
  bool hovered = false;  // in the last frame
  bool menu_asked = false, menu_open = false;
  std::int64_t menu_step = 0;  // under the pointer when the menu was asked for
  std::optional<double> pressed =
      {};                   // meta-step that the left button chose, of a plot that scrubs
  bool fit = false;         // once, although hovered
  double low = 0, top = 1;  // y, as last set
  std::uint64_t run = 0;    // whose data they are of; 0: of none
  std::string of = {};      // what they count, as in the content
  std::vector<KnownCurve> known = {};  // what of the curves lies within them
  ImVec4 limits = {0, 0, 0, 0};        // x low, x high, y low, y high after the last frame
  std::set<std::string> hidden = {};   // labels of curves that are left out
  bool remembered = false;             // the session's choices were taken in
  bool crowded = false;                // in the last frame: a layer's curves share one label
  bool size_asked = false;             // of a picture, in a dialog
  // By curve, of the frame before: smoothed values (none unless `smooth`), and what was picked to be
  // drawn, of the raw and of the smoothed curve.
  std::vector<std::vector<Moments>> smoothed = {};
  std::vector<std::array<PickedPoints, 2>> picked = {};

  [[nodiscard]] bool shows(const PlotCurve& curve) const { return !hidden.contains(curve.label); }
};

// Fills `size`; a negative or zero extent takes what is there.
void drawPlot(const PanelContext& context, const PlotContent& content, PlotView& view, ImVec2 size);

// What the person changed about it, for its title: "log y, smoothed"; "zoomed: double click fits".
[[nodiscard]] std::string changesIn(const PlotContent& content, const PlotView& view);

// "mean ± SEM, n = 5", "one network", "α₀ .01, mean ± SEM, n = 10 each".
[[nodiscard]] std::string meanNote(const PanelContext& context);

// The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten: the round top of a scale. 1 where the
// value is not above 0.
[[nodiscard]] double niceAbove(double value);

}  // namespace dentate::ui
