// Curves over lesion size as they are drawn and exported.
#include "ui/lesion_curves.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/spec/templates.h"
#include "ui/lesion_files.h"
#include "ui/network_drawing.h"
#include "ui/plot_export.h"

namespace dentate::ui {
namespace {

using spec::LesionPart;

// Two networks; of the second the last test is still to come.
link::LesionCurves twoNetworks() {
  link::LesionCurves curves;
  curves.replicas = {0, 1};
  curves.steps = {6, 6};
  curves.curves = {{"large", {{LesionPart::Layer, 2}}, {0, 1}, {{0.5, 0.4}, {0.7, NAN}}, {}},
                   {"h1>large", {{LesionPart::Path, 1}}, {0, 1}, {{0.5, 0.3}, {0.7, 0.5}}, {}}};
  for (auto& curve : curves.curves) curve.item = {{-1, -1}, {-1, -1}};
  return curves;
}

const spec::NetworkSpec& split() {
  static const auto network = spec::splitNetwork(784, 1, 10, 10, 36);
  return network;
}

TEST(LesionCurves, AreMeansOfWhatIsMeasured) {
  const auto curves = twoNetworks();
  const auto plot =
      lesionContent(split(), curves, CurveParts::Layers, Head::Category, figure::Theme::Dark);
  ASSERT_EQ(plot.curves.size(), 2U);
  EXPECT_TRUE(plot.curves[1].level);
  EXPECT_NEAR(plot.curves[1].trace.at(0).mean, 0.1, 1e-6) << "chance, of ten categories";
  EXPECT_EQ(plot.curves[0].label, "large");
  const Trace& trace = plot.curves[0].trace;
  EXPECT_EQ(trace.step(1), 100) << "percent";
  EXPECT_NEAR(trace.at(0).mean, 0.6, 1e-6);
  EXPECT_NEAR(trace.at(0).sem(), 0.1, 1e-6);  // deviations ∓.1: s = .1 √2, over √2
  EXPECT_NEAR(trace.at(1).mean, 0.4, 1e-6);
  EXPECT_EQ(trace.at(1).sem(), 0);
  EXPECT_EQ(plot.note, "mean ± SEM, n = 2");
}

TEST(LesionCurves, OfAnOutputThatIsNotThereAreEmpty) {
  const auto curves = twoNetworks();
  const auto plot =
      lesionContent(split(), curves, CurveParts::Paths, Head::Item, figure::Theme::Dark);
  ASSERT_EQ(plot.curves.size(), 2U);
  EXPECT_EQ(plot.curves[0].trace.at(0).n, 0U);
}

TEST(LesionCurves, AreAFigureOverPercentWithNeitherTasksNorSmoothing) {
  const auto curves = twoNetworks();
  const auto content =
      lesionContent(split(), curves, CurveParts::Layers, Head::Category, figure::Theme::Dark);
  const auto figure = toFigure(content, {.smooth = true});
  const auto& plot = std::get<figure::LinePlot>(figure.plots.at(0));
  EXPECT_EQ(plot.x.label, "units silenced (%)");
  EXPECT_EQ(plot.x.high, 100);
  EXPECT_TRUE(plot.boundaries.empty());
  EXPECT_EQ(plot.note, "mean ± SEM, n = 2");
  EXPECT_EQ(plot.curves.at(0).x, (std::vector<double>{0, 100}));
  EXPECT_EQ(content.csv(), lesionCurvesCsv(curves));
}

TEST(LesionCurves, AreExportedWithTheirNumberOfNetworks) {
  const auto csv = lesionCurvesCsv(twoNetworks());
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "part,share,category mean,category sem,item mean,item sem,n");
  EXPECT_NE(csv.find("\nlarge,0,0.6"), std::string::npos);
  EXPECT_NE(csv.find(",,,,1\nh1>large,0,"), std::string::npos) << csv;
}

TEST(LesionFiles, HoldAccuraciesAndActiveFractionsIntactAndLesioned) {
  const auto& network = split();
  link::LesionView view;
  view.replicas = {0, 1};
  link::LesionOutcome one;
  one.category = 0.75;
  one.item = -1;  // not measured
  one.active_fraction.assign(network.layers.size(), 0.5);
  view.intact = {one, one};
  one.category = 0.25;
  view.lesioned = {one, one};
  const auto files = lesionFiles(network, view);
  const std::string csv = files.csv();
  EXPECT_TRUE(csv.starts_with("measure,part,state,mean,sem,n\naccuracy,")) << csv;
  EXPECT_NE(csv.find(",lesioned,0.25,0,2\n"), std::string::npos) << csv;
  EXPECT_NE(csv.find("active fraction,\"large\",intact,0.5,0,2\n"), std::string::npos) << csv;
  const auto figure = files.figure();
  ASSERT_EQ(figure.plots.size(), 2U);
  const auto& bars = std::get<figure::BarPlot>(figure.plots[0]).bars;
  ASSERT_EQ(bars.size(), 2U) << "of the item output nothing is known";
  EXPECT_TRUE(bars[1].hatched);
}

TEST(LesionedTiles, AreThoseWhoseUnitsAllAre) {
  TileGrid grid;
  grid.per_tile = 2;
  EXPECT_TRUE(isLesioned({1, 1, 1, 0, 1}, grid, 0));
  EXPECT_FALSE(isLesioned({1, 1, 1, 0, 1}, grid, 1));
  EXPECT_TRUE(isLesioned({1, 1, 1, 0, 1}, grid, 2)) << "the last tile has one unit";
  EXPECT_FALSE(isLesioned({}, grid, 0));
}

}  // namespace
}  // namespace dentate::ui
