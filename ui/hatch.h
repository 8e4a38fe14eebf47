// What is lesioned is hatched, in the colour of what it was.
#pragma once
#include "ui/look.h"

namespace dentate::ui {

// Diagonal strokes over a faint ground. `list` is a window's or a plot's own.
void drawHatched(ImDrawList& list, const Look& look, ImVec2 low, ImVec2 high, figure::Color color);

// A horizontal bar over the share of `width`, hatched or whole, on its track.
void drawBar(const Look& look, ImVec2 at, ImVec2 size, double share, figure::Color color,
             bool hatched);

}  // namespace dentate::ui
