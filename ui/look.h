// How everything is drawn: colours of the theme, faces, and the scale from design pixels to pixels.
// One value, made by ui/theme, read by every panel.
#pragma once
#include <cmath>

#include "engine/figure/palette.h"
#include "imgui.h"

namespace dentate::ui {

struct Fonts {
  ImFont* text = nullptr;  // Roboto, with icons and missing signs merged in
  ImFont* bold = nullptr;
  ImFont* mono = nullptr;  // numbers that change
};

// The three sizes of type, in design pixels.
constexpr float kTextSize = 16, kTitleSize = 18, kBigSize = 28;

[[nodiscard]] inline ImU32 pack(figure::Color c, float alpha = 1.0F) {
  return IM_COL32(c.r, c.g, c.b, static_cast<int>(std::lround(static_cast<float>(c.a) * alpha)));
}
[[nodiscard]] inline figure::Color mix(figure::Color a, figure::Color b, float t) {
  const auto one = [t](int from, int to) {
    return static_cast<std::uint8_t>(std::lround(static_cast<float>(from) * (1 - t) +
                                                 static_cast<float>(to) * t));
  };
  return {one(a.r, b.r), one(a.g, b.g), one(a.b, b.b), 255};
}

struct Look {
  figure::Theme theme = figure::Theme::Dark;
  figure::Ground ground;
  figure::Color warning{232, 163, 61, 255};  // errors and banners; beside an icon and a text
  float scale = 1;                           // monitor's content scale times the user's
  Fonts fonts;

  [[nodiscard]] float px(float design) const { return std::round(design * scale); }
  [[nodiscard]] float hairline() const { return std::max(1.0F, std::round(scale)); }
  [[nodiscard]] float textHeight() const { return kTextSize * scale; }
  [[nodiscard]] ImU32 text(float alpha = 1) const { return pack(ground.text, alpha); }
  [[nodiscard]] ImU32 quiet(float alpha = 1) const { return pack(ground.quiet, alpha); }
  [[nodiscard]] ImU32 line(float alpha = 1) const { return pack(ground.line, alpha); }
  // The empty part of a ring, a bar, a slider.
  [[nodiscard]] ImU32 track() const {
    return pack(mix(ground.panel, ground.line, theme == figure::Theme::Dark ? 1.0F : 0.5F));
  }
  [[nodiscard]] ImU32 accent(float alpha = 1) const { return pack(ground.accent, alpha); }
  [[nodiscard]] ImU32 panel(float alpha = 1) const { return pack(ground.panel, alpha); }
  [[nodiscard]] ImU32 base(float alpha = 1) const { return pack(ground.ground, alpha); }
};

}  // namespace dentate::ui
