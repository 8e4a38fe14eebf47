#include "ui/plot_export.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

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
  EXPECT_EQ(toCsv(content, {}),
            "meta_step,task,\"h1 mean\",\"h1 sem\",\"h1 n\"\n"
            "0,0,,,0\n"
            "1,0.5,0.5,0.25,2\n"  // deviations .25: s = .3536, SEM = s / sqrt(2)
            "2,1,0.5,,1\n");      // one replica has no SEM
}

TEST_F(PlotExportTest, FiguresHoldWhatIsKnown) {
  const figure::Figure figure = toFigure(content, {});
  const auto& plot = std::get<figure::LinePlot>(figure.plots.at(0));
  EXPECT_EQ(plot.curves.at(0).x, (std::vector<double>{0.5, 1}));
  EXPECT_EQ(plot.y.label, "active fraction (share of units)");
}

TEST_F(PlotExportTest, FiguresHaveTheColoursOfPaperAndTheFixedTop) {
  content.curves[0].style.color = {1, 2, 3};
  content.curves[0].paper.color = {4, 5, 6};
  content.high = 1;
  const figure::Figure figure = toFigure(content, {});
  const auto& plot = std::get<figure::LinePlot>(figure.plots.at(0));
  EXPECT_EQ(plot.curves.at(0).style.color, (figure::Color{4, 5, 6}));
  EXPECT_EQ(plot.y.high, 1);
}

TEST_F(PlotExportTest, ASmoothedCsvHoldsWhatWasMeasuredToo) {
  EXPECT_EQ(toCsv(content, {.smooth = true}),
            "meta_step,task,\"h1 mean\",\"h1 sem\",\"h1 n\",\"h1 smoothed\"\n"
            "0,0,,,0,\n"
            "1,0.5,0.5,0.25,2,0.5\n"  // two positions to each side: the mean of all
            "2,1,0.5,,1,0.5\n");
}

TEST_F(PlotExportTest, ACsvOfAnotherXIsNamedForIt) {
  const std::vector<double> places{0, 12.5, 100};
  content.x_label = "units silenced (%)";
  content.steps_per_task = 1;
  content.curves[0].trace.places = places.data();
  EXPECT_EQ(toCsv(content, {.smooth = true}),
            "\"units silenced (%)\",\"h1 mean\",\"h1 sem\",\"h1 n\"\n"
            "0,,,0\n12.5,0.5,0.25,2\n100,0.5,,1\n");
}

TEST_F(PlotExportTest, ALogarithmicXBeginsAtTheFirstMetaStepAboveNought) {
  values[0].add(0.1);
  EXPECT_EQ(content.firstX(), 0.5);  // of two meta-steps a task
  const auto figure = toFigure(content, {.log_x = true});
  const auto& plot = std::get<figure::LinePlot>(figure.plots.at(0));
  EXPECT_TRUE(plot.x.log);
  EXPECT_EQ(plot.x.low, 0.5);
  content.curves[0].trace.size = 1;
  EXPECT_GT(content.firstX(), 0) << "nothing is known above 0 yet";
  EXPECT_LT(content.firstX(), content.tasks);
}

TEST_F(PlotExportTest, FiguresLeaveOutWhatTheViewDoesAndAreSmoothedWhereItIs) {
  content.curves.push_back({"h2", {}, {values.data(), values.size(), 1}});
  const auto figure = toFigure(content, {.log = true, .smooth = true, .hidden = {"h1"}});
  const auto& plot = std::get<figure::LinePlot>(figure.plots.at(0));
  ASSERT_EQ(plot.curves.size(), 2U);
  EXPECT_TRUE(plot.curves[0].raw) << "what was measured stays visible";
  EXPECT_EQ(plot.curves[1].label, "h2");
  EXPECT_EQ(plot.note, "smoothed");
  EXPECT_TRUE(plot.y.log);
}

TEST_F(PlotExportTest, ACsvHoldsTheGroupsThatAreNotShown) {
  const fs::path folder = fs::path(testing::TempDir()) / "dentate-export-whole";
  fs::remove_all(folder);
  content.whole = [this] {
    PlotContent whole = content;
    whole.curves.push_back({"h1 s", {}, {values.data(), values.size(), 1}});
    return whole;
  };
  const auto file = exportPlot(content, {.hidden = {"h1"}}, {ExportKind::Csv}, folder);
  ASSERT_TRUE(file.ok());
  std::string head;
  std::ifstream in(*file);
  std::getline(in, head);
  EXPECT_EQ(head,
            "meta_step,task,\"h1 mean\",\"h1 sem\",\"h1 n\",\"h1 s mean\",\"h1 s sem\",\"h1 s n\"");
}

// Width and height stand big-endian in bytes 16 to 23 of a PNG.
std::pair<int, int> pixelsOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::array<unsigned char, 24> head{};
  in.read(reinterpret_cast<char*>(head.data()), head.size());
  const auto number = [&](std::size_t at) {
    return head[at] << 24 | head[at + 1] << 16 | head[at + 2] << 8 | head[at + 3];
  };
  return {number(16), number(20)};
}

TEST_F(PlotExportTest, APictureHasTheChosenSize) {
  const fs::path folder = fs::path(testing::TempDir()) / "dentate-export-size";
  for (const FigureSize size : {FigureSize{1440, 800}, {1000, 333}, {617, 1201}}) {
    const auto file = exportPlot(content, {}, {ExportKind::Png, size}, folder);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(pixelsOf(*file), std::pair(size.width, size.height));
  }
}

TEST_F(PlotExportTest, PlotsSideBySideShareTheChosenSize) {
  const PlotView view;
  PlotFiles files = filesOf(content, view);
  files.figure = [this] {
    figure::Figure one = toFigure(content, {});
    one.plots.push_back(one.plots.front());
    one.columns = 2;
    return one;
  };
  const auto file = exportPlot(files, {ExportKind::Png, {1000, 333}},
                               fs::path(testing::TempDir()) / "dentate-export-beside");
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(pixelsOf(*file), std::pair(1000, 333));
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
    const auto first = exportPlot(content, {}, {kind}, folder);
    const auto second = exportPlot(content, {}, {kind}, folder);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_NE(*first, *second);
    EXPECT_GT(fs::file_size(*first), 20U);
  }
}

TEST_F(PlotExportTest, AFolderThatCannotBeIsNamed) {
  const auto refused = exportPlot(content, {}, {ExportKind::Csv}, "/proc/nowhere");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().where, "/proc/nowhere/figures");
}

}  // namespace
}  // namespace dentate::ui
