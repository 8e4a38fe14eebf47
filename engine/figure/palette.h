// One meaning, one colour: the same in every panel and every exported figure.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/spec/experiment.h"
#include "engine/spec/replicas.h"

namespace dentate::figure {

struct Color {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Color&) const = default;
};

enum class Theme { Dark, Light, Projector };  // Light is also the ground of figures for print
enum class Dash { Solid, Dashed, Dotted, DashDot, LongDashed, DashDotDot };

enum class Mark { None, Square, Up, Diamond, Down };  // up and down: triangles

// What tells curves of one colour apart.
struct Stroke {
  Dash dash = Dash::Solid;
  Mark mark = Mark::None;
  bool operator==(const Stroke&) const = default;
};
// Of the n-th of several: the six dashes, then the same with each kind of mark; they begin again after
// thirty.
[[nodiscard]] Stroke strokeOf(std::size_t place);

struct Style {
  Color color;
  Dash dash = Dash::Solid;
  Mark mark = Mark::None;
  [[nodiscard]] Stroke stroke() const { return {dash, mark}; }
  [[nodiscard]] Style with(const Stroke& stroke) const { return {color, stroke.dash, stroke.mark}; }
};

// Ground, panel, line, text, quiet text, accent of the interface.
struct Ground {
  Color ground, panel, line, text, quiet, accent;
};
[[nodiscard]] Ground ground(Theme theme);

// These take any network, a half-drawn one included. Plain hidden layers sample one ramp by depth; pathways, outputs and the input have their own.
[[nodiscard]] Color layerColor(const spec::NetworkSpec& network, std::size_t layer, Theme theme);
// A path has the colour of its hidden target, or of the pathway that it belongs to itself. A path
// out of a pathway, into an output or a plain hidden layer, has the colour of its source (dotted
// into item, else dashed). Biases have that of their target, dotted.
[[nodiscard]] Style pathStyle(const spec::NetworkSpec& network, std::size_t path, Theme theme);
[[nodiscard]] Style conditionStyle(spec::Condition condition, Theme theme);
// Of one of several that are compared: the condition's; of several corrections or inhibitions their
// dash, in their own colour or, beside several conditions, in the condition's. Of all three at once
// corrections are told by marks.
[[nodiscard]] Style comparedStyle(const spec::ExperimentSpec& spec, const spec::Compared& compared,
                                  Theme theme);

// Short names for curves' ends and legends: "→ h2"; "large → item" where two paths share a target.
[[nodiscard]] std::string pathLabel(const spec::NetworkSpec& network, std::size_t path);

// Perceptually even, for heat maps; t in [0, 1], clamped. NaN is grey in both.
[[nodiscard]] Color viridis(double t);
// Blue, white, red; t in [-1, 1], clamped, centred on 0.
[[nodiscard]] Color diverging(double t);

}  // namespace dentate::figure
