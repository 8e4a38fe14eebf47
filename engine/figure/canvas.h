// What figures are drawn with: lines, areas and text on a Cairo context. Inside engine/figure.
//
// Lengths in points, y downwards. Colours with alpha.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/figure/marks.h"
#include "engine/figure/palette.h"

typedef struct _cairo cairo_t;  // declared, not included: <cairo.h> stays in the .cpp

namespace dentate::figure {

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
  [[nodiscard]] double width() const { return right - left; }
  [[nodiscard]] double height() const { return bottom - top; }
  [[nodiscard]] double middleX() const { return (left + right) / 2; }
  [[nodiscard]] double middleY() const { return (top + bottom) / 2; }
};

struct Type {
  double size = 12;
  bool bold = false;
  Color color;
};

enum class Align { Left, Center, Right };

struct Raster {
  std::size_t width = 0, height = 0;
  std::vector<Color> pixels;  // [height * width], first row at the top
};

class Canvas {
 public:
  explicit Canvas(cairo_t* context);

  [[nodiscard]] double textWidth(const std::string& text, const Type& type);
  // `at`: on the base line, at the side that `align` names.
  void text(Point at, const std::string& text, const Type& type, Align align = Align::Left);
  // Upwards, centred on `at`.
  void textUp(Point at, const std::string& text, const Type& type);

  void line(Point from, Point to, Color color, double width);
  void curve(std::span<const Point> points, const Style& style, double width);
  void area(std::span<const Point> points, Color color);
  void box(const Box& box, Color color);
  void outline(const Box& box, Color color, double width);
  void hatch(const Box& box, Color color);  // diagonal lines
  void disc(Point center, double radius, Color color);
  void raster(const Box& box, const Raster& raster);  // pixels stay sharp

  // Nothing is drawn outside `box` until `unclip`.
  void clip(const Box& box);
  void unclip();

 private:
  void use(Color color);
  void use(const Type& type);
  void trace(std::span<const Point> points);
  cairo_t* context_;
};

}  // namespace dentate::figure
