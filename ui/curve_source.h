// Of which networks the plots of the runs have curves, and how one is made: a curve for every layer or
// path and every line. Internal to the files that make such plots.
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/figure/palette.h"
#include "engine/spec/graph.h"
#include "ui/live_curves.h"
#include "ui/network_panel.h"

namespace dentate::ui {

// One curve of every kind: networks of one run that lie in one group.
struct CurveLine {
  const History* history = nullptr;
  const spec::ExperimentSpec* spec = nullptr;
  std::size_t group = 0;
  spec::Compared compared;
  std::string label;                     // what tells it from the others; empty where it is alone
  std::optional<figure::Stroke> stroke;  // what tells it from the others, if it does
  bool featured = false;                 // the network in the diagram is among them
  bool reference = false;                // differences are to it
};

// Of which networks curves are made.
struct CurveSource {
  const PanelContext& context;
  std::vector<CurveLine> lines;
  bool runs = false;        // they are of several
  bool difference = false;  // to the reference, which has no curve then
};

[[nodiscard]] CurveSource sourceOf(const PanelContext& context, Groups groups);
// Of a plot of theirs: all but its curves.
[[nodiscard]] PlotContent contentFor(const CurveSource& source, const char* id, const char* title);

// Of the line, or its difference to the reference's; `traceOf(line)` gives the trace of one.
template <class TraceOf>
Trace traceIn(const CurveSource& source, const CurveLine& line, const TraceOf& traceOf) {
  const auto ofTheSamePace = [&](const CurveLine& of) {
    Trace trace = traceOf(of);
    trace.scale = static_cast<double>(spec::stepsPerTask(*source.context.now.spec)) /
                  static_cast<double>(spec::stepsPerTask(*of.spec));
    return trace;
  };
  if (!source.difference) return ofTheSamePace(line);
  for (const CurveLine& other : source.lines)
    if (other.reference) return difference(ofTheSamePace(line), ofTheSamePace(other));
  return {};
}

// In the theme's colours, and in those of paper for exports.
template <class StyleIn>
PlotCurve curveOf(const PanelContext& context, std::string label, const Trace& trace,
                  const StyleIn& style) {
  return {std::move(label), style(context.look.theme), trace, style(figure::Theme::Light)};
}

// A curve a line: what `style` colours, in the line's stroke. `traceOf(line)` gives its numbers.
template <class StyleIn, class TraceOf>
void addCurves(const CurveSource& source, PlotContent& content, const std::string& label,
               const StyleIn& style, const TraceOf& traceOf) {
  for (const CurveLine& line : source.lines) {
    if (source.difference && line.reference) continue;
    const auto dashed = [&](figure::Theme theme) {
      const figure::Style own = style(theme);
      return own.with(line.stroke.value_or(own.stroke()));
    };
    const std::string name = line.label.empty() ? label : label + " " + line.label;
    content.curves.push_back(curveOf(source.context, name, traceIn(source, line, traceOf), dashed));
    content.curves.back().layer = content.compares ? label : "";
    content.curves.back().featured = line.featured;
    content.curves.back().lost = line.history->failedAt(line.group);
  }
}

// A layer or a path of the runs at hand: networks may differ, and parts are the same by name.
struct Part {
  const spec::NetworkSpec* network = nullptr;  // of the first run that has it
  std::size_t index = 0;
  std::string name;
};

inline std::string nameOf(const spec::LayerSpec& layer) { return layer.name; }
inline std::string nameOf(const spec::PathSpec& path) { return spec::pathName(path); }

template <class Of, class Wanted>
std::vector<Part> partsOf(const CurveSource& source, Of of, Wanted wanted) {
  std::vector<Part> parts;
  for (const CurveLine& line : source.lines) {
    const auto& all = line.spec->network.*of;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool known = std::any_of(parts.begin(), parts.end(),
                                     [&](const Part& part) { return part.name == nameOf(all[i]); });
      if (!known && wanted(all[i])) parts.push_back({&line.spec->network, i, nameOf(all[i])});
    }
  }
  return parts;
}

template <class Of>
std::optional<std::size_t> placeIn(const CurveLine& line, Of of, const Part& part) {
  const auto& all = line.spec->network.*of;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (nameOf(all[i]) == part.name) return i;
  return std::nullopt;
}

inline constexpr auto kLayers = &spec::NetworkSpec::layers;
inline constexpr auto kPaths = &spec::NetworkSpec::paths;

inline bool isHidden(const spec::LayerSpec& layer) { return layer.role == spec::LayerRole::Hidden; }

// A curve a line of every such layer, in its colour; `traceOf(line, layer)` gives its numbers.
template <class Wanted, class TraceOf>
void addLayers(const CurveSource& source, PlotContent& content, const Wanted& wanted,
               const TraceOf& traceOf) {
  for (const Part& part : partsOf(source, kLayers, wanted)) {
    addCurves(
        source, content, shortLayerTitle(*part.network, part.index),
        [&](figure::Theme theme) {
          return figure::Style{figure::layerColor(*part.network, part.index, theme)};
        },
        [&](const CurveLine& line) {
          const auto layer = placeIn(line, kLayers, part);
          return layer ? traceOf(line, *layer) : Trace();
        });
  }
}

}  // namespace dentate::ui
