// What a person does with the plots: curves left out, a moment pinned, files written. Over a fake
// run.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;

constexpr const char* kTwo = "replicas.conditions=baseline,s+lr";
constexpr const char* kFour = "replicas.conditions=baseline,s,lr,s+lr";

class PlotTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

// Learns the first task, forty meta-steps, and pauses.
bool learnATask(ImGuiTestContext* ctx, GuiBench& bench) {
  if (!waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; })) return false;
  ctx->KeyPress(ImGuiMod_Shift | ImGuiKey_Period);
  return waitFor(ctx, [&] { return bench.now().step == 40 && bench.now().phase == Phase::Paused; });
}

// A place in the upper part of a plot, in the shares of its window.
ImVec2 within(ImGuiTestContext* ctx, const char* window, float x, float y = 0.5F) {
  const ImGuiWindow* plot = ctx->GetWindowByRef(window);
  return {plot->Pos.x + plot->Size.x * x, plot->Pos.y + plot->Size.y * y};
}

std::vector<std::vector<std::string>> readCsv(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    rows.emplace_back();
    std::istringstream cells(line + ",");
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

TEST_F(PlotTest, AClickOnALabelLeavesItsCurveOutAndBringsItBack) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(learnATask(ctx, bench));
    const auto& choices = bench.laboratory().session().plots.choices;
    ctx->ItemClick("//Active fraction/**/label_h1");
    ctx->Yield(2);
    IM_CHECK(choices.at("active_fraction").hidden == std::set<std::string>{"h1"});
    IM_CHECK(choices.at("alpha").hidden.empty());
    ctx->ItemClick("//Active fraction/**/label_h1");
    ctx->Yield(2);
    IM_CHECK(choices.at("active_fraction").hidden.empty());
  }));
}

TEST_F(PlotTest, ACrowdedLabelStandsForItsLayer) {
  GuiBench bench({.config = "configs/split-two-path.json",
                  .width = 1280,
                  .height = 720,
                  .seeds = 1,
                  .set = {kFour},
                  .full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiMod_Shift | ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step >= 20; }));
    ctx->ItemClick("//Active fraction/**/label_large");
    ctx->Yield(2);
    const auto& hidden = bench.laboratory().session().plots.choices.at("active_fraction").hidden;
    IM_CHECK(hidden ==
             (std::set<std::string>{"large baseline", "large s", "large lr", "large s+lr"}));
  }));
}

TEST_F(PlotTest, CtrlAndAClickPinAMomentUntilTheNextOrEscape) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(learnATask(ctx, bench));
    const auto& pin = bench.laboratory().session().plots.pin;
    const ImVec2 place = within(ctx, "//Active fraction", 0.4F);
    ctx->MouseMoveToPos(place);
    ctx->KeyDown(ImGuiMod_Ctrl);
    ctx->MouseClick();
    IM_CHECK(pin.has_value());
    IM_CHECK(pin->begun == bench.now().begun);
    const auto step = pin->step;
    IM_CHECK(step > 0 && step < bench.now().total_steps);
    ctx->MouseMoveToPos(within(ctx, "//Learning rate α", 0.6F));
    ctx->MouseClick();
    IM_CHECK(pin.has_value() && pin->step > step);  // one moment for all plots
    ctx->MouseClick();                              // on the line itself
    IM_CHECK(!pin.has_value());
    ctx->MouseClick();
    ctx->KeyUp(ImGuiMod_Ctrl);
    IM_CHECK(pin.has_value());
    ctx->KeyPress(ImGuiKey_Escape);
    IM_CHECK(!pin.has_value());
  }));
}

TEST_F(PlotTest, TheMenuPinsWhereItWasAskedFor) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(learnATask(ctx, bench));
    ctx->MouseMoveToPos(within(ctx, "//Active fraction", 0.4F));
    ctx->MouseClick(ImGuiMouseButton_Right);
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###pin");
    const auto& pin = bench.laboratory().session().plots.pin;
    IM_CHECK(pin.has_value());
    // A window's share .4 of twenty tasks of forty meta-steps, less the axis at the left.
    IM_CHECK(pin->step > 200 && pin->step < 500);
  }));
}

TEST_F(PlotTest, ACsvHoldsBothConditionsAlsoTheOneThatIsLeftOut) {
  GuiBench bench({.seeds = 3, .set = {kTwo}, .full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(learnATask(ctx, bench));
    ctx->ItemClick("//Active fraction/**/###show_baseline");
    ctx->MouseMoveToPos(within(ctx, "//Active fraction", 0.4F));
    ctx->Yield(2);
    ctx->MenuClick("//##MainMenuBar/Plot/Export as CSV");
    ctx->Yield(2);
    const auto rows = readCsv(bench.output() / "figures" / "active_fraction.csv");
    IM_CHECK_EQ(rows.size(), 42U);  // names, meta-steps 0 to 40
    // Active fractions are smoothed until that is undone; what was measured comes first.
    std::vector<std::string> names{"meta_step", "task"};
    for (const char* curve : {"h1 baseline", "h1 s+lr", "h2 baseline", "h2 s+lr"})
      for (const char* what : {" mean", " sem", " n", " smoothed"})
        names.push_back("\"" + std::string(curve) + what + "\"");
    IM_CHECK(rows.front() == names);
    const auto& history = bench.laboratory().history();
    for (std::size_t step = 1; step <= 40; ++step) {
      const auto& row = rows[step + 1];
      IM_CHECK_EQ(row.size(), names.size());
      IM_CHECK_EQ(std::stoul(row[0]), step);
      const auto value = history.activeFraction(2, 1).at(step);  // h2, s+lr
      IM_CHECK_EQ(std::stof(row[14]), value.mean);
      IM_CHECK_LT(std::abs(std::stod(row[15]) - value.sem()), 1e-9);
      IM_CHECK_STR_EQ(row[16].c_str(), "3");
    }
  }));
}

TEST_F(PlotTest, APictureOfAnotherSizeIsExportedFromTheDialog) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(learnATask(ctx, bench));
    ctx->MouseMoveToPos(within(ctx, "//Active fraction", 0.4F));
    ctx->MouseClick(ImGuiMouseButton_Right);
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###sized");
    ctx->Yield(2);
    ctx->ItemInputValue("//Picture of the plot/width", 900);
    ctx->ItemInputValue("//Picture of the plot/height", 5);  // below the least
    ctx->ItemClick("//Picture of the plot/###go");
    ctx->Yield(2);
    const auto& size = bench.laboratory().session().plots.figure;
    IM_CHECK(size == (ui::FigureSize{900, ui::FigureSize::kLeast}));
    IM_CHECK(std::filesystem::exists(bench.output() / "figures" / "active_fraction.png"));
  }));
}

TEST_F(PlotTest, ASmoothedPlotExportsWhatWasMeasuredAndALogarithmicXIsKept) {
  GuiBench bench({.full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(learnATask(ctx, bench));
    const auto ask = [&](const char* item) {
      ctx->MouseMoveToPos(within(ctx, "//Active fraction", 0.4F));
      ctx->MouseClick(ImGuiMouseButton_Right);
      ctx->Yield(2);
      ctx->ItemClick((std::string("//$FOCUSED/") + item).c_str());
      ctx->Yield(2);
    };
    ask("###log_x");  // it is smoothed from the start
    ask("###csv");
    const auto& choice = bench.laboratory().session().plots.choices.at("active_fraction");
    IM_CHECK(choice.smooth);
    IM_CHECK(choice.log_x);
    IM_CHECK(!choice.log);
    const auto rows = readCsv(bench.output() / "figures" / "active_fraction.csv");
    IM_CHECK_EQ(rows.size(), 42U);
    IM_CHECK_STR_EQ(rows[0][5].c_str(), "\"h1 smoothed\"");
    const auto trace = bench.laboratory().history().activeFraction(1);
    float sum = 0;  // around meta-step 20, ten to each side: a quarter of a task
    for (std::size_t step = 10; step <= 30; ++step) sum += trace.at(step).mean;
    IM_CHECK_EQ(std::stof(rows[21][2]), trace.at(20).mean);
    IM_CHECK_LT(std::abs(std::stof(rows[21][5]) - sum / 21), 1e-5F);
    ctx->MouseMoveToPos(within(ctx, "//Active fraction", 0.08F));  // near the first meta-step
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
    bench.write("plot-log-x.png");
    ask("###png");
    IM_CHECK(std::filesystem::exists(bench.output() / "figures" / "active_fraction.png"));
  }));
}

TEST_F(PlotTest, ARightClickExportsTheAccuracyMatrix) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 2, .set = {kTwo}, .full_speed = 100});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(learnATask(ctx, bench));
    ctx->WindowFocus("//Accuracy matrix");
    ctx->MouseMoveToPos(within(ctx, "//Accuracy matrix", 0.15F));
    ctx->MouseClick(ImGuiMouseButton_Right);
    ctx->Yield(2);
    ctx->ItemClick("//$FOCUSED/###csv");
    ctx->Yield(2);
    const auto rows = readCsv(bench.output() / "figures" / "accuracy_matrix.csv");
    const std::vector<std::string> names{"networks", "after_task", "task", "mean", "sem", "n"};
    IM_CHECK(rows[0] == names);
    const auto value = bench.laboratory().history().accuracy(0, 0, ui::Head::Category, 1);
    bool found = false;
    for (const auto& row : rows)
      if (row[0] == "\"s+lr\"" && row[1] == "1" && row[2] == "1")
        found = std::stof(row[3]) == value.mean && row[5] == "2";
    IM_CHECK(found);
    for (const char* item : {"Export as PNG", "Export as SVG"}) {
      ctx->MenuClick((std::string("//##MainMenuBar/Plot/") + item).c_str());
      ctx->Yield(2);
    }
    IM_CHECK(std::filesystem::exists(bench.output() / "figures" / "accuracy_matrix.png"));
    IM_CHECK(std::filesystem::exists(bench.output() / "figures" / "accuracy_matrix.svg"));
  }));
}

}  // namespace
}  // namespace dentate::tests
