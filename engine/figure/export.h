// Figures as files. Print theme: light ground, text and lines in scalable form in SVG.
#pragma once
#include <filesystem>

#include "engine/figure/figure.h"
#include "engine/spec/result.h"

namespace dentate::figure {

struct Size {
  double width = 720, height = 400;  // of one plot, in points
  double scale = 2;                  // PNG: pixels a point
};

// Points above the plots that the figure's title takes.
[[nodiscard]] double headingHeight(const Figure& figure);

// Each refuses a file that cannot be written, and leaves no half of one behind.
[[nodiscard]] spec::Status writeSvg(const Figure& figure, const std::filesystem::path& file,
                                    const Size& size = {});
[[nodiscard]] spec::Status writePng(const Figure& figure, const std::filesystem::path& file,
                                    const Size& size = {});

}  // namespace dentate::figure
