// Curves over lesion size as they are drawn and exported.
#include <gtest/gtest.h>

#include <cmath>

#include "engine/spec/templates.h"
#include "ui/lesion_files.h"
#include "ui/lesion_size_plot.h"
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

TestedRun tested(const std::string& name = "main", figure::Stroke stroke = {}) {
  spec::ExperimentSpec spec;
  spec.network = split();
  return {name, stroke, std::make_shared<const spec::ExperimentSpec>(std::move(spec)),
          std::make_shared<const link::LesionCurves>(twoNetworks()), name == "main"};
}

TEST(LesionCurves, AreMeansOfWhatIsMeasured) {
  const auto plot = lesionContent({{tested()}}, figure::Theme::Dark);
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
  const auto plot = lesionContent({{tested()}, CurveParts::Paths, Head::Item}, figure::Theme::Dark);
  ASSERT_EQ(plot.curves.size(), 2U);
  EXPECT_EQ(plot.curves[0].trace.at(0).n, 0U);
}

TEST(LesionCurves, AreAFigureOverPercentWithNeitherTasksNorSmoothing) {
  const auto content = lesionContent({{tested()}}, figure::Theme::Dark);
  const auto figure = toFigure(content, {.smooth = true});
  const auto& plot = std::get<figure::LinePlot>(figure.plots.at(0));
  EXPECT_EQ(plot.x.label, "units silenced (%)");
  EXPECT_EQ(plot.x.high, 100);
  EXPECT_TRUE(plot.boundaries.empty());
  EXPECT_EQ(plot.note, "mean ± SEM, n = 2");
  EXPECT_EQ(plot.curves.at(0).x, (std::vector<double>{0, 100}));
  EXPECT_EQ(content.csv(), lesionCurvesCsv({tested()}));
}

TEST(LesionCurves, AreExportedWithTheirNumberOfNetworks) {
  const auto csv = lesionCurvesCsv({tested()});
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "part,share,category mean,category sem,item mean,item sem,n");
  EXPECT_NE(csv.find("\n\"large\",0,0.6"), std::string::npos);
  EXPECT_NE(csv.find(",,,,1\n\"h1>large\",0,"), std::string::npos) << csv;
}

TEST(LesionCurves, OfSeveralRunsAreColouredAlikeOrDifferences) {
  auto branch = tested("branch 1", figure::strokeOf(1));
  auto curves = twoNetworks();
  curves.curves[0].category = {{0.25, 0.25}, {0.5, NAN}};
  branch.curves = std::make_shared<const link::LesionCurves>(curves);
  LesionSizes of{{tested(), branch}};
  const auto both = lesionContent(of, figure::Theme::Dark);
  ASSERT_EQ(both.curves.size(), 3U) << "and chance";
  EXPECT_EQ(both.curves[0].label, "large main");
  EXPECT_TRUE(both.curves[0].featured);
  EXPECT_EQ(both.curves[1].label, "large branch 1");
  EXPECT_EQ(both.curves[0].style.color, both.curves[1].style.color);
  EXPECT_EQ(both.curves[1].style.stroke(), figure::strokeOf(1));
  EXPECT_EQ(both.note, "mean ± SEM, n = 2 each");
  EXPECT_NE(both.csv().find("\"branch 1\",\"large\",1,0.25,"), std::string::npos) << both.csv();
  EXPECT_TRUE(both.csv().starts_with("run,part,share,"));
  of.difference = true;
  const auto apart = lesionContent(of, figure::Theme::Dark);
  ASSERT_EQ(apart.curves.size(), 1U);
  EXPECT_NEAR(apart.curves[0].trace.at(0).mean, 0.375 - 0.6, 1e-6);
  EXPECT_NEAR(apart.curves[0].trace.at(1).mean, 0.25 - 0.4, 1e-6);
  EXPECT_FALSE(apart.from_zero);
  EXPECT_EQ(apart.note, "mean ± SEM, n = 2 each, difference to main");
}

TEST(LesionCurves, AreOverlaidWhereTheOrderOfUnitsIsTheSame) {
  link::Snapshot now;
  for (const std::uint64_t run : {1, 2, 3}) {
    auto& entry = now.runs.emplace_back();
    entry.run = run;
    entry.name = "run " + std::to_string(run);
    entry.spec = tested().spec;
    if (run == 3) break;
    auto curves = twoNetworks();
    curves.run = run;
    curves.request.seed = run;
    now.views.lesion_curves.push_back(std::make_shared<const link::LesionCurves>(curves));
  }
  now.run = 2;
  auto runs = testedRuns(now, {});
  ASSERT_EQ(runs.tested.size(), 1U) << "they were silenced in other orders";
  EXPECT_EQ(runs.tested[0].name, "run 2");
  EXPECT_TRUE(runs.compared);
  EXPECT_EQ(runs.missing, (std::vector<std::string>{"run 1", "run 3"}));
  auto second = *now.views.lesion_curves[1];
  second.request.seed = 1;
  now.views.lesion_curves[1] = std::make_shared<const link::LesionCurves>(second);
  runs = testedRuns(now, {});
  ASSERT_EQ(runs.tested.size(), 2U);
  EXPECT_TRUE(runs.tested[1].shown);
  Comparison without_the_first;
  without_the_first.hidden_runs = {1};
  runs = testedRuns(now, without_the_first);
  EXPECT_EQ(runs.tested.size(), 1U);
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
  link::SimilarityView similarity;
  similarity.intact = {{1, {}, 0.5, {}, {}}, {2, {}, 0.75, {}, {}}};
  similarity.lesioned = {{1, {}, 0.5, {}, {}}, {2, {}, NAN, {}, {}}};
  const auto files = lesionFiles(network, view, &similarity);
  const std::string csv = files.csv();
  EXPECT_TRUE(csv.starts_with("measure,part,state,mean,sem,n\naccuracy,")) << csv;
  EXPECT_NE(csv.find(",lesioned,0.25,0,2\n"), std::string::npos) << csv;
  EXPECT_NE(csv.find("active fraction,\"large\",intact,0.5,0,2\n"), std::string::npos) << csv;
  const auto figure = files.figure();
  EXPECT_NE(csv.find("pattern overlap,\"h1\",lesioned,0.5,,1\n"), std::string::npos) << csv;
  ASSERT_EQ(figure.plots.size(), 3U);
  EXPECT_EQ(std::get<figure::BarPlot>(figure.plots[2]).bars.size(), 3U) << "one is silent";
  const auto& bars = std::get<figure::BarPlot>(figure.plots[0]).bars;
  ASSERT_EQ(bars.size(), 2U) << "of the item output nothing is known";
  EXPECT_TRUE(bars[1].hatched);
}

TEST(LesionFiles, OverlapIsOfAllNetworksWhereThatIsKnown) {
  link::SimilarityView view;
  view.intact = {{1, {}, 0.5, {}, {}}};
  EXPECT_EQ(overlapValues(view, 0).lesioned.mean, 0.5) << "without a lesion";
  EXPECT_EQ(overlapValues(view, 0).intact.n, 1);
  view.lesioned = {{1, {}, 0.25, {}, {}}};
  view.networks = {{0.625, 0.125, 2}};
  view.networks_lesioned = {{0.375, 0.0625, 2}};
  EXPECT_EQ(overlapValues(view, 0).intact.mean, 0.625);
  EXPECT_EQ(overlapValues(view, 0).lesioned.mean, 0.375);
  EXPECT_EQ(overlapValues(view, 0).lesioned.sem, 0.0625);
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
