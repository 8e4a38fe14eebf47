#include "engine/figure/export.h"

#include <cairo.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <string>

#include "tests/engine/data/temp_folder.h"

namespace dentate::figure {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr Color kRed{200, 30, 30};
const Size kSmall{.width = 300, .height = 200, .scale = 1};

struct Picture {
  int width = 0, height = 0;
  std::map<std::uint32_t, int> colors;  // 0xRRGGBB: pixels
};

Picture readPng(const std::filesystem::path& file) {
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create_from_png(file.c_str()), &cairo_surface_destroy);
  EXPECT_EQ(cairo_surface_status(surface.get()), CAIRO_STATUS_SUCCESS);
  Picture picture{.width = cairo_image_surface_get_width(surface.get()),
                  .height = cairo_image_surface_get_height(surface.get()),
                  .colors = {}};
  const unsigned char* bytes = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x)
      ++picture.colors[reinterpret_cast<const std::uint32_t*>(bytes + y * stride)[x] & 0xffffffU];
  return picture;
}

std::string readText(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Curve curve(std::vector<double> x, std::vector<double> y, std::vector<double> sem = {}) {
  return {
      .label = "h1", .style = {kRed}, .x = std::move(x), .y = std::move(y), .sem = std::move(sem)};
}

LinePlot linePlot(std::vector<Curve> curves, bool log = false) {
  LinePlot plot;
  plot.title = "Active fraction";
  plot.x.label = "meta-step";
  plot.x.log = plot.y.log = log;
  plot.curves = std::move(curves);
  plot.boundaries = {1, kNan, kInf, -5};
  return plot;
}

HeatMap heatMap(std::size_t rows, std::size_t columns, double low, double high) {
  HeatMap map;
  map.rows = rows;
  map.columns = columns;
  map.low = low;
  map.high = high;
  for (std::size_t i = 0; i < rows * columns; ++i)
    map.values.push_back(static_cast<double>(i) / static_cast<double>(rows * columns));
  return map;
}

class Export : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path file(const std::string& name) const {
    return folder_.path() / name;
  }
  Picture png(const Plot& plot) {
    const auto failed = writePng({"f", "", {plot}, 1}, file("f.png"), kSmall);
    EXPECT_FALSE(failed.has_value()) << failed->text();
    EXPECT_FALSE(writeSvg({"f", "", {plot}, 1}, file("f.svg"), kSmall).has_value());
    return readPng(file("f.png"));
  }
  static int inked(const Picture& picture, Color color) {
    const auto found = picture.colors.find(std::uint32_t{color.r} << 16U |
                                           std::uint32_t{color.g} << 8U | std::uint32_t{color.b});
    return found == picture.colors.end() ? 0 : found->second;
  }
  data::TempFolder folder_;
};

TEST_F(Export, PngHasTheSizeOfItsPlotsTimesTheScale) {
  const LinePlot plot = linePlot({curve({0, 1, 2}, {1, 2, 3})});
  ASSERT_FALSE(writePng({"f", "", {plot, plot, plot}, 2}, file("f.png"),
                        {.width = 300, .height = 200, .scale = 1.5}));
  const Picture picture = readPng(file("f.png"));
  EXPECT_EQ(picture.width, 900);   // two columns
  EXPECT_EQ(picture.height, 600);  // two rows
}

TEST_F(Export, SvgNamesTheFigure) {
  const LinePlot plot = linePlot({curve({0, 1, 2}, {1, 2, 3})});
  ASSERT_FALSE(writeSvg({"f", "Sparse & <fast>", {plot}, 1}, file("f.svg")));
  const std::string text = readText(file("f.svg"));
  EXPECT_NE(text.find("<title>Sparse &amp; &lt;fast&gt;</title>"), std::string::npos);
  EXPECT_NE(text.find("</svg>"), std::string::npos);
  ASSERT_FALSE(writeSvg({"f", "", {plot}, 1}, file("f.svg")));
  EXPECT_NE(readText(file("f.svg")).find("<title>Active fraction</title>"), std::string::npos);
}

TEST_F(Export, CurvesAreDrawnInTheirColour) {
  EXPECT_GT(inked(png(linePlot({curve({0, 1, 2}, {1, 2, 3})})), kRed), 50);
  EXPECT_GT(inked(png(linePlot({curve({1}, {1})})), kRed), 5);  // one reading is a dot
}

TEST_F(Export, AGapLeavesInkOut) {
  std::vector<double> x;
  std::vector<double> y;
  for (int i = 0; i < 100; ++i) {
    x.push_back(i);
    y.push_back(0.5);
  }
  const int whole = inked(png(linePlot({curve(x, y)})), kRed);
  for (std::size_t i = 30; i < 70; ++i) y[i] = kNan;
  const int broken = inked(png(linePlot({curve(x, y)})), kRed);
  EXPECT_LT(broken, whole * 3 / 4);
  EXPECT_GT(broken, whole / 3);
}

TEST_F(Export, NothingToDrawIsStillAPicture) {
  EXPECT_FALSE(writePng({}, file("none.png"), kSmall));
  EXPECT_FALSE(writeSvg({}, file("none.svg"), kSmall));
  for (const bool log : {false, true}) {
    EXPECT_EQ(inked(png(linePlot({}, log)), kRed), 0);
    EXPECT_EQ(inked(png(linePlot({curve({}, {})}, log)), kRed), 0);
    EXPECT_EQ(inked(png(linePlot({curve({0, 1}, {kNan, kNan})}, log)), kRed), 0);
  }
  EXPECT_EQ(png(BarPlot{}).width, 300);
  EXPECT_EQ(png(HeatMap{}).width, 300);
}

TEST_F(Export, TakesValuesThatNoAxisCanShow) {
  png(linePlot({curve({-1, 0, 1, 10}, {-1, 0, kInf, 2}, {kNan, -1, kInf, 5})}, /*log=*/true));
  png(linePlot({curve({kNan, 0, 1e308}, {1e308, -1e308, 0}, {1, 1, 1})}));
  png(linePlot({curve({0, 1, 2}, {1}, {1, 2, 3, 4})}));  // lists of unlike length
  LinePlot set = linePlot({curve({0, 1, 2}, {1, 2, 3})});
  set.y.low = 5;
  set.y.high = kNan;
  png(set);
  BarPlot bars;
  bars.bars = {{"a", kNan, 0, {kRed}, false}, {"b", -2, kInf, {kRed}, true}, {"", 1, 2, {kRed}}};
  png(bars);
  bars.y.log = true;
  png(bars);
}

TEST_F(Export, ManyReadingsMakeASmallFile) {
  std::vector<double> x;
  std::vector<double> y;
  for (int i = 0; i < 200'000; ++i) {
    x.push_back(i);
    y.push_back(std::sin(0.37 * i));
  }
  png(linePlot({curve(x, y, std::vector<double>(y.size(), 0.1))}));
  EXPECT_LT(std::filesystem::file_size(file("f.svg")), 300'000U);
}

TEST_F(Export, ManyLabelsFindRoom) {
  LinePlot plot = linePlot({});
  for (int i = 0; i < 60; ++i) plot.curves.push_back(curve({0, 1}, {1, 2}));
  png(plot);
}

TEST_F(Export, HeatMapsShowTheirColours) {
  HeatMap map = heatMap(2, 2, 0, 1);
  map.values = {0, 1, kNan, 0};
  const Picture picture = png(map);
  EXPECT_GT(inked(picture, viridis(0)), 2 * inked(picture, viridis(1)) * 3 / 4);
  EXPECT_GT(inked(picture, viridis(1)), 200);
  map.low = -1;  // diverging now: 0 is white, 1 the red end
  EXPECT_GT(inked(png(map), diverging(1)), 200);
}

TEST_F(Export, HeatMapsOfAnyShapeAreDrawn) {
  for (const auto& map : {heatMap(1, 1, 0, 1), heatMap(3, 100, 0, 1), heatMap(2000, 1500, 0, 1),
                          heatMap(20, 20, 1, 0), heatMap(20, 20, kNan, kInf)})
    png(map);
  HeatMap ragged = heatMap(3, 3, 0, 1);
  ragged.values.pop_back();
  png(ragged);
}

TEST_F(Export, LesionedBarsAreHatched) {
  BarPlot plot;
  plot.bars = {{"intact", 1, 0.1, {kRed}, false}};
  const auto red = [&] {  // large enough for lines to have pixels of the full colour
    EXPECT_FALSE(writePng({"f", "", {plot}, 1}, file("f.png"), {300, 200, 4}));
    return inked(readPng(file("f.png")), kRed);
  };
  const int solid = red();
  plot.bars[0].hatched = true;
  const int hatched = red();
  EXPECT_LT(hatched, solid / 2);
  EXPECT_GT(hatched, solid / 20);
}

TEST_F(Export, RefusesAFileThatCannotBeWritten) {
  const Figure figure{"f", "", {linePlot({})}, 1};
  std::filesystem::create_directory(file("taken.png"));
  for (const auto& target : {file("no/such/folder/f.png"), file("taken.png")}) {
    for (const auto& failed : {writePng(figure, target), writeSvg(figure, target)}) {
      ASSERT_TRUE(failed.has_value());
      EXPECT_EQ(failed->kind, spec::Error::Kind::Io);
      EXPECT_EQ(failed->where, target.string());
    }
  }
  // Nothing but the folder is left.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(Export, RefusesASizeThatCannotBe) {
  const Figure figure{"f", "", {linePlot({})}, 1};
  for (const Size& size : {Size{0, 400, 2}, Size{720, kNan, 2}, Size{720, 400, 0},
                           Size{720, 400, kNan}, Size{kInf, 400, 2}})
    EXPECT_EQ(writePng(figure, file("f.png"), size)->kind, spec::Error::Kind::Usage);
  EXPECT_EQ(writePng(figure, file("f.png"), {30'000, 400, 2})->kind, spec::Error::Kind::Resource);
  EXPECT_FALSE(std::filesystem::exists(file("f.png")));
}

TEST_F(Export, ReplacesAnOlderFile) {
  std::ofstream(file("f.png")) << "old";
  png(linePlot({curve({0, 1}, {1, 2})}));
  EXPECT_EQ(readPng(file("f.png")).width, 300);
}

}  // namespace
}  // namespace dentate::figure
