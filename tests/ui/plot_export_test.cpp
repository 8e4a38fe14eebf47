#include "ui/plot_export.h"

#include <gtest/gtest.h>

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;

class PlotExportTest : public testing::Test {
 protected:
  PlotExportTest() : values(3) {
    values[1].add(0.25);
    values[1].add(0.75);
    values[2].add(0.5);
    content.id = "active_fraction";
    content.title = "Active fraction";
    content.y_label = "active fraction (share of units)";
    content.steps_per_task = 2;
    content.tasks = 1;
    content.curves.push_back({"h1", {}, {values.data(), values.size(), 1}});
  }
  std::vector<Moments> values;  // meta-steps 0 (not known), 1, 2
  PlotContent content;
};

TEST_F(PlotExportTest, CsvHasEveryMetaStepInFullPrecision) {
  EXPECT_EQ(toCsv(content),
            "meta_step,task,\"h1 mean\",\"h1 sem\"\n"
            "0,0,,\n"
            "1,0.5,0.5,0.25\n"  // deviations .25: s = .3536, SEM = s / sqrt(2)
            "2,1,0.5,\n");      // one replica has no SEM
}

TEST_F(PlotExportTest, FiguresHoldWhatIsKnown) {
  const figure::Figure figure = toFigure(content, false);
  const auto& plot = std::get<figure::LinePlot>(figure.plots.at(0));
  EXPECT_EQ(plot.curves.at(0).x, (std::vector<double>{0.5, 1}));
  EXPECT_EQ(plot.y.label, "active fraction (share of units)");
}

TEST_F(PlotExportTest, FiguresHaveTheColoursOfPaperAndTheFixedTop) {
  content.curves[0].style.color = {1, 2, 3};
  content.curves[0].paper.color = {4, 5, 6};
  content.high = 1;
  const figure::Figure figure = toFigure(content, false);
  const auto& plot = std::get<figure::LinePlot>(figure.plots.at(0));
  EXPECT_EQ(plot.curves.at(0).style.color, (figure::Color{4, 5, 6}));
  EXPECT_EQ(plot.y.high, 1);
}

TEST_F(PlotExportTest, ANameThatIsTooLongIsRefusedAndEndsNothing) {
  const std::string name(300, 'x');
  const fs::path folder = testing::TempDir();
  EXPECT_EQ(freePath(folder, name, ".csv"), folder / (name + ".csv"));
  EXPECT_TRUE(writeText(folder / name, "text"));
}

TEST_F(PlotExportTest, AFileIsNeverOverwritten) {
  const fs::path folder = fs::path(testing::TempDir()) / "dentate-export";
  fs::remove_all(folder);
  for (const auto kind : {ExportKind::Csv, ExportKind::Png, ExportKind::Svg}) {
    const auto first = exportPlot(content, false, kind, folder);
    const auto second = exportPlot(content, false, kind, folder);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_NE(*first, *second);
    EXPECT_GT(fs::file_size(*first), 20U);
  }
}

TEST_F(PlotExportTest, AFolderThatCannotBeIsNamed) {
  const auto refused = exportPlot(content, false, ExportKind::Csv, "/proc/nowhere");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().where, "/proc/nowhere/figures");
}

}  // namespace
}  // namespace dentate::ui
