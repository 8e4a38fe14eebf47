// What the plots share: the person's choices for each of them, which are kept over sittings, the
// moment that is pinned in all, and what is asked of the one under the pointer. Values; no ImGui.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace dentate::ui {

struct PlotChoice {
  bool log = false, log_x = false, smooth = false;
  std::set<std::string> hidden = {};  // labels of curves that are left out
  bool operator==(const PlotChoice&) const = default;
};

// Of exported pictures, in pixels.
struct FigureSize {
  static constexpr int kLeast = 200, kMost = 8000;
  int width = 1440, height = 800;
  bool operator==(const FigureSize&) const = default;
};

enum class PlotRequest { None, Fit, Log, LogX, Smooth, ShowAll, Csv, Png, SizedPng, Svg };

struct PlotDesk {
  struct Pin {
    std::int64_t step = 0;    // meta-steps
    std::uint64_t begun = 0;  // as in the snapshot; it is void when another run begins
  };
  // Of one plot a curve that stands out, until a click into that plot.
  struct Emphasis {
    std::string plot, curve;  // id; what the curve is called, without a condition
    bool fresh = true;        // it is to be shown though it was left out
  };
  std::map<std::string, PlotChoice> choices;  // by id of the plot
  FigureSize figure;
  std::optional<Pin> pin;
  std::optional<Emphasis> emphasis;
  std::string last;                       // id of the plot last under the pointer; empty: none was
  bool pointed = false;                   // a plot is under the pointer, last frame
  PlotRequest asked = PlotRequest::None;  // of `last`, this frame; it clears this
};

}  // namespace dentate::ui
