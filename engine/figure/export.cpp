#include "engine/figure/export.h"

#include <cairo-svg.h>
#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <system_error>
#include <utility>

#include "engine/figure/frame.h"

namespace dentate::figure {
namespace {

namespace fs = std::filesystem;
using spec::Error;

constexpr double kMargin = 14;         // around each plot
constexpr double kFigureTitle = 16;    // size
constexpr double kMaxPixels = 32'000;  // a side; Cairo's images end at 32,767

struct Layout {
  std::size_t rows = 0, columns = 0;
  double heading = 0, width = 0, height = 0;  // points
};

Layout layoutOf(const Figure& figure, const Size& size) {
  Layout layout;
  layout.columns =
      std::clamp<std::size_t>(figure.columns, 1, std::max<std::size_t>(1, figure.plots.size()));
  layout.rows =
      std::max<std::size_t>(1, (figure.plots.size() + layout.columns - 1) / layout.columns);
  layout.heading = headingHeight(figure);
  layout.width = static_cast<double>(layout.columns) * size.width;
  layout.height = static_cast<double>(layout.rows) * size.height + layout.heading;
  return layout;
}

void drawFigure(cairo_t* context, const Figure& figure, const Size& size) {
  const Layout layout = layoutOf(figure, size);
  Canvas canvas(context);
  canvas.box({0, 0, layout.width, layout.height}, ground(Theme::Light).ground);
  if (!figure.title.empty())
    canvas.text({kMargin, kMargin + 0.85 * kFigureTitle}, figure.title,
                {.size = kFigureTitle, .bold = true, .color = ground(Theme::Light).text});
  for (std::size_t i = 0; i < figure.plots.size(); ++i) {
    const double left = static_cast<double>(i % layout.columns) * size.width;
    const double top = layout.heading + static_cast<double>(i / layout.columns) * size.height;
    const Box cell{left + kMargin, top + kMargin, left + size.width - kMargin,
                   top + size.height - kMargin};
    std::visit([&](const auto& plot) { draw(canvas, cell, plot); }, figure.plots[i]);
  }
}

cairo_status_t append(void* text, const unsigned char* bytes, unsigned length) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), length);
  return CAIRO_STATUS_SUCCESS;
}

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;
using Context = std::unique_ptr<cairo_t, Destroy>;

spec::Status checkSize(const Figure& figure, const Size& size, const fs::path& file) {
  const auto usable = [](double length) { return std::isfinite(length) && length >= 100; };
  if (!usable(size.width) || !usable(size.height) || !(size.scale >= 0.1 && size.scale <= 20))
    return Error{Error::Kind::Usage, file.string(),
                 "expected plots of at least 100 x 100 points and a scale of 0.1 to 20"};
  const Layout layout = layoutOf(figure, size);
  if (std::max(layout.width, layout.height) * size.scale > kMaxPixels)
    return Error{Error::Kind::Resource, file.string(),
                 "the figure would have more than 32000 pixels a side; expected fewer plots, "
                 "smaller ones or a lower scale"};
  return std::nullopt;
}

// Draws on a surface and ends it; false where Cairo ran out of memory.
bool render(const Surface& surface, const Figure& figure, const Size& size, double scale) {
  const Context context(cairo_create(surface.get()));
  cairo_scale(context.get(), scale, scale);
  drawFigure(context.get(), figure, size);
  return cairo_status(context.get()) == CAIRO_STATUS_SUCCESS;
}

// Beside the file first, then in its place, so that no reader meets half of it.
spec::Status replaceFile(const fs::path& file, const std::string& content) {
  fs::path draft = file;
  draft += ".part" + std::to_string(std::random_device()());
  std::error_code failed;
  {
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (!out) failed = std::make_error_code(std::errc::io_error);
  }
  if (!failed) fs::rename(draft, file, failed);
  if (!failed) return std::nullopt;
  std::error_code ignored;
  fs::remove(draft, ignored);
  return Error{Error::Kind::Io, file.string(),
               "the figure cannot be written; expected a folder that exists, may be written to "
               "and has room"};
}

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '<')
      safe += "&lt;";
    else if (letter == '>')
      safe += "&gt;";
    else if (letter == '&')
      safe += "&amp;";
    else if (static_cast<unsigned char>(letter) >= 0x20)
      safe += letter;
  }
  return safe;
}

// What the figure is called: its own title, else those of its plots, else its name.
std::string titleOf(const Figure& figure) {
  if (!figure.title.empty()) return figure.title;
  std::string titles;
  for (const Plot& plot : figure.plots) {
    const auto& title =
        std::visit([](const auto& p) -> const std::string& { return p.title; }, plot);
    if (!title.empty()) titles += (titles.empty() ? "" : "; ") + title;
  }
  return titles.empty() ? figure.name : titles;
}

Error noMemory(const fs::path& file) {
  return {Error::Kind::Resource, file.string(), "not enough memory to draw the figure"};
}

}  // namespace

double headingHeight(const Figure& figure) {
  return figure.title.empty() ? 0 : kMargin + kFigureTitle;
}

spec::Status writeSvg(const Figure& figure, const fs::path& file, const Size& size) {
  if (auto failed = checkSize(figure, size, file)) return failed;
  const Layout layout = layoutOf(figure, size);
  std::string text;
  const Surface surface(
      cairo_svg_surface_create_for_stream(append, &text, layout.width, layout.height));
  if (!render(surface, figure, size, /*scale=*/1)) return noMemory(file);
  cairo_surface_finish(surface.get());
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return noMemory(file);
  // Cairo draws letters as shapes; the title stays text for searching and reading aloud.
  const std::size_t head = text.find('>', text.find("<svg"));
  if (head != std::string::npos)
    text.insert(head + 1, "\n<title>" + escaped(titleOf(figure)) + "</title>");
  return replaceFile(file, text);
}

spec::Status writePng(const Figure& figure, const fs::path& file, const Size& size) {
  if (auto failed = checkSize(figure, size, file)) return failed;
  const Layout layout = layoutOf(figure, size);
  const Surface surface(cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(layout.width * size.scale)),
      static_cast<int>(std::lround(layout.height * size.scale))));
  if (!render(surface, figure, size, size.scale)) return noMemory(file);
  std::string bytes;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &bytes) != CAIRO_STATUS_SUCCESS)
    return noMemory(file);
  return replaceFile(file, bytes);
}

}  // namespace dentate::figure
