#include "engine/figure/canvas.h"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace dentate::figure {
namespace {

constexpr double kHatchGap = 5;  // between the lines of a hatching
// Pixels that one side of a heat map has in the file: with many a cell, no viewer blurs its edges.
constexpr std::size_t kRasterSide = 1'200;

}  // namespace

Canvas::Canvas(cairo_t* context) : context_(context) {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(context_, options);
  cairo_font_options_destroy(options);
  cairo_set_line_join(context_, CAIRO_LINE_JOIN_ROUND);
}

void Canvas::use(Color color) {
  cairo_set_source_rgba(context_, color.r / 255.0, color.g / 255.0, color.b / 255.0,
                        color.a / 255.0);
}

void Canvas::use(const Type& type) {
  cairo_select_font_face(context_, "Sans", CAIRO_FONT_SLANT_NORMAL,
                         type.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(context_, type.size);
  use(type.color);
}

double Canvas::textWidth(const std::string& text, const Type& type) {
  use(type);
  cairo_text_extents_t extents{};
  cairo_text_extents(context_, text.c_str(), &extents);
  return extents.x_advance;
}

void Canvas::text(Point at, const std::string& text, const Type& type, Align align) {
  const double width = textWidth(text, type);
  const double share = align == Align::Left ? 0 : align == Align::Center ? 0.5 : 1;
  cairo_move_to(context_, at.x - share * width, at.y);
  cairo_show_text(context_, text.c_str());
}

void Canvas::textUp(Point at, const std::string& text, const Type& type) {
  const double width = textWidth(text, type);
  cairo_save(context_);
  cairo_translate(context_, at.x, at.y);
  cairo_rotate(context_, -std::numbers::pi / 2);
  cairo_move_to(context_, -width / 2, 0.36 * type.size);
  cairo_show_text(context_, text.c_str());
  cairo_restore(context_);
}

void Canvas::trace(std::span<const Point> points) {
  cairo_new_path(context_);
  for (const Point& p : points) cairo_line_to(context_, p.x, p.y);
}

void Canvas::line(Point from, Point to, Color color, double width) {
  curve(std::array{from, to}, {color, Dash::Solid}, width);
}

void Canvas::curve(std::span<const Point> points, const Style& style, double width) {
  static constexpr std::array kDashed{5.0, 3.0};
  static constexpr std::array kDotted{0.01, 2.2};
  static constexpr std::array kDashDot{6.0, 2.4, 0.01, 2.4};
  static constexpr std::array kLongDashed{11.0, 4.0};
  static constexpr std::array kDashDotDot{8.0, 2.4, 0.01, 2.4, 0.01, 2.4};
  std::array<double, 6> dashes{};
  std::span<const double> pattern;
  if (style.dash == Dash::Dashed) pattern = kDashed;
  if (style.dash == Dash::Dotted) pattern = kDotted;
  if (style.dash == Dash::DashDot) pattern = kDashDot;
  if (style.dash == Dash::LongDashed) pattern = kLongDashed;
  if (style.dash == Dash::DashDotDot) pattern = kDashDotDot;
  std::transform(pattern.begin(), pattern.end(), dashes.begin(),
                 [&](double length) { return length * width; });
  const bool dots =
      style.dash == Dash::Dotted || style.dash == Dash::DashDot || style.dash == Dash::DashDotDot;
  cairo_set_dash(context_, dashes.data(), static_cast<int>(pattern.size()), 0);
  cairo_set_line_cap(context_, dots ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width(context_, width);
  use(style.color);
  trace(points);
  cairo_stroke(context_);
  cairo_set_dash(context_, nullptr, 0, 0);
}

void Canvas::area(std::span<const Point> points, Color color) {
  use(color);
  trace(points);
  cairo_close_path(context_);
  cairo_fill(context_);
}

void Canvas::box(const Box& box, Color color) {
  use(color);
  cairo_rectangle(context_, box.left, box.top, box.width(), box.height());
  cairo_fill(context_);
}

void Canvas::outline(const Box& box, Color color, double width) {
  use(color);
  cairo_set_line_width(context_, width);
  cairo_rectangle(context_, box.left, box.top, box.width(), box.height());
  cairo_stroke(context_);
}

void Canvas::hatch(const Box& area, Color color) {
  clip(area);
  for (double x = area.left - area.height(); x < area.right; x += kHatchGap)
    line({x, area.bottom}, {x + area.height(), area.top}, color, 1);
  unclip();
}

void Canvas::disc(Point center, double radius, Color color) {
  use(color);
  cairo_new_path(context_);
  cairo_arc(context_, center.x, center.y, radius, 0, 2 * std::numbers::pi);
  cairo_fill(context_);
}

void Canvas::raster(const Box& box, const Raster& raster) {
  if (raster.pixels.empty()) return;
  const auto side = [](std::size_t cells) {
    return cells >= kRasterSide ? kRasterSide : cells * (1 + (kRasterSide - 1) / cells);
  };
  const std::size_t width = side(raster.width);
  const std::size_t height = side(raster.height);
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width),
                                                        static_cast<int>(height));
  if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    unsigned char* bytes = cairo_image_surface_get_data(surface);
    for (std::size_t y = 0; y < height; ++y) {
      auto* row = reinterpret_cast<std::uint32_t*>(bytes + y * stride);
      const std::size_t from = y * raster.height / height * raster.width;
      for (std::size_t x = 0; x < width; ++x) {
        const Color c = raster.pixels[from + x * raster.width / width];
        row[x] = static_cast<std::uint32_t>(c.r) << 16U | static_cast<std::uint32_t>(c.g) << 8U |
                 static_cast<std::uint32_t>(c.b);
      }
    }
    cairo_surface_mark_dirty(surface);
    cairo_save(context_);
    cairo_translate(context_, box.left, box.top);
    cairo_scale(context_, box.width() / static_cast<double>(width),
                box.height() / static_cast<double>(height));
    cairo_set_source_surface(context_, surface, 0, 0);
    cairo_rectangle(context_, 0, 0, static_cast<double>(width), static_cast<double>(height));
    cairo_fill(context_);
    cairo_restore(context_);
  }
  cairo_surface_destroy(surface);
}

void Canvas::clip(const Box& box) {
  cairo_save(context_);
  cairo_rectangle(context_, box.left, box.top, box.width(), box.height());
  cairo_clip(context_);
}

void Canvas::unclip() { cairo_restore(context_); }

}  // namespace dentate::figure
