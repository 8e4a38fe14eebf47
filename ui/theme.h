// Dark, light and projector themes: spacing and colours of ImGui and ImPlot, from figure::ground.
#pragma once
#include <string_view>

#include "ui/look.h"

namespace dentate::ui {

constexpr int kSmallestScale = 100, kLargestScale = 250;  // the user's, in percent

// Writes the style of the current ImGui and ImPlot contexts. `scale` is pixels a design pixel.
[[nodiscard]] Look applyTheme(figure::Theme theme, float scale, const Fonts& fonts);

// "dark", "light", "projector"; of an unknown name, dark.
[[nodiscard]] std::string_view themeName(figure::Theme theme);
[[nodiscard]] figure::Theme themeFromName(std::string_view name);

}  // namespace dentate::ui
