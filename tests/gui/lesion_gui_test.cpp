// The lesion lab over the real engine, driven as a hand would.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "engine/run/run_thread.h"
#include "imgui_internal.h"
#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/lesion_files.h"
#include "ui/lesion_panel.h"
#include "ui/network_panel.h"

namespace dentate::tests {
namespace {

using link::Phase;

constexpr int kManyFrames = 20'000;
constexpr std::size_t kLarge = 4;  // layer of the split network

class LesionLab : public testing::Test {
 public:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }

  static BenchSetup setup(std::int64_t seeds = 1) {
    return {
        .config = "configs/split-two-path.json", .seeds = seeds, .start_run = [](auto& channel) {
          return std::make_shared<run::RunThread>(channel, "assets");
        }};
  }
  // Whose curves are soon there.
  static BenchSetup withFewImages() {
    auto out = setup();
    out.set = {"stream.samples_per_task=20"};
    return out;
  }
  // Opens the lab on a network that has learned some, and goes on learning slowly.
  static void begin(GuiBench& bench, ImGuiTestContext* ctx, std::int64_t step) {
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Ready; }, kManyFrames));
    bench.channel().commands.put(link::Play{});
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().step >= step; }, kManyFrames));
    bench.channel().commands.put(link::SetSpeed{2});
    bench.laboratory().workspaces().setOpen(ui::LesionPanel::kTitle, true);
    ctx->Yield(2);
    place(ctx, {40, 60}, {1000, 700});
  }
  static void place(ImGuiTestContext* ctx, ImVec2 at, ImVec2 size) {
    ctx->UndockWindow(ui::LesionPanel::kTitle);
    ImGui::SetWindowPos(ui::LesionPanel::kTitle, at);
    ImGui::SetWindowSize(ui::LesionPanel::kTitle, size);
    ctx->Yield(2);
  }
  // By hand, from the middle.
  static void drag(ImGuiTestContext* ctx, const char* slider, float by) {
    const auto item = ctx->ItemInfo(slider);
    IM_CHECK(item.ID != 0);
    const ImVec2 middle = item.RectFull.GetCenter();
    ctx->MouseMoveToPos(middle);
    ctx->MouseDown(0);
    ctx->MouseMoveToPos({middle.x + by, middle.y});
    ctx->MouseUp(0);
  }
  static void openCurves(ImGuiTestContext* ctx) {
    ctx->ItemClick("//Lesion lab/**/###by_size");
    ctx->Yield(2);
  }
  static bool answered(const GuiBench& bench, bool asked_for) {
    const auto& view = bench.now().views.lesion;
    if (!view || view->samples < 200 || view->request.lesions.empty() == asked_for) return false;
    return !asked_for || view->request.lesions.front().share == 1;  // not amid the drag
  }
  static bool overlapIsKnown(const GuiBench& bench) {
    const auto& views = bench.now().views;
    return views.lesion && ui::similarityWith(bench.now(), *views.lesion) != nullptr &&
           !views.similarity->lesioned.empty();
  }
};

TEST_F(LesionLab, WithoutTheLargePathItemsAreForgottenAndUndoneTheyComeBack) {
  GuiBench bench(setup());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    begin(bench, ctx, 160);
    // At test: nothing is changed.
    drag(ctx, "//Lesion lab/**/##share_large", 500);
    IM_CHECK(waitFor(
        ctx, [&] { return answered(bench, true); }, kManyFrames));
    const auto asked = bench.now().views.lesion;
    IM_CHECK_EQ(asked->request.lesions.front().index, kLarge);
    IM_CHECK_EQ(asked->request.lesions.front().share, 1.0);
    IM_CHECK_GT(asked->effects.item_loss.mean, 0.3);
    IM_CHECK_GT(asked->effects.item_loss.mean, asked->effects.category_loss.mean);
    IM_CHECK(bench.now().lesions.empty());
    IM_CHECK(waitFor(
        ctx, [&] { return overlapIsKnown(bench); }, kManyFrames));
    bench.screenshotNext();
    ctx->MouseMoveToPos({740, 310});  // onto what the lesion does, right of the sliders
    ctx->Yield(2);
    IM_CHECK(bench.laboratory().session().plots.last == "lesion");
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_E);
    ctx->Yield(2);
    IM_CHECK(std::filesystem::exists(bench.output() / "figures" / "lesion.png"));

    // For the rest of learning.
    ctx->ItemClick("//Lesion lab/**/###learning");
    drag(ctx, "//Lesion lab/**/##share_large", 500);
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().lesions.size() == 1; }, kManyFrames));
    const auto since = bench.now().step;
    IM_CHECK(waitFor(
        ctx,
        [&] {
          const auto& now = bench.now();
          return now.step > since + 1 && now.layers[kLarge].active_fraction == 0 &&
                 answered(bench, false) && now.views.lesion->step > since;
        },
        kManyFrames));
    const auto& view = *bench.now().views.lesion;
    IM_CHECK_LT(view.lesioned[0].item, 0.7 * view.intact[0].item);
    IM_CHECK_EQ(view.lesioned[0].active_fraction[kLarge], 0.0);

    ctx->ItemClick("//Lesion lab/**/###undo_all");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().lesions.empty(); }, kManyFrames));
    IM_CHECK(waitFor(
        ctx,
        [&] {
          return bench.now().layers[kLarge].active_fraction > 0 && answered(bench, false) &&
                 bench.now().views.lesion->lesioned[0].item ==
                     bench.now().views.lesion->intact[0].item;
        },
        kManyFrames));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);  // the pointer is over the panel
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().lesions.size() == 1; }, kManyFrames));
  }));
  bench.write("lesion-this.png");
}

TEST_F(LesionLab, PathsAreCutInPartAndPlasticityIsTakenForTheRestOfLearning) {
  GuiBench bench(setup());
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    begin(bench, ctx, 10);
    ctx->ItemClick("//Lesion lab/**/###learning");
    drag(ctx, "//Lesion lab/**/##share_h3>small", 0);  // to the middle
    IM_CHECK(waitFor(
        ctx, [&] { return std::abs(bench.now().paths[4].cut - 0.5) < 0.1; }, kManyFrames));
    drag(ctx, "//Lesion lab/**/##share_h3>small", 500);
    ctx->ItemClick("//Lesion lab/**/##still_h2");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().lesions.size() == 2; }, kManyFrames));
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().paths[4].cut == 1 && bench.now().paths[1].frozen; },
        kManyFrames));
    IM_CHECK(bench.now().paths[1].cut == 0);
  }));
}

TEST_F(LesionLab, CurvesComeWithProgressAndCanBeCancelled) {
  GuiBench bench(setup(/*seeds=*/3));
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    begin(bench, ctx, 4);
    const auto curves = [&] { return bench.now().views.lesionCurvesOf(bench.now().run); };
    openCurves(ctx);
    ctx->ItemClick("//Lesion lab/**/###curves");
    IM_CHECK(waitFor(
        ctx, [&] { return curves() && curves()->done > 0; }, kManyFrames));
    ctx->ItemClick("//Lesion lab/**/###cancel_curves");
    ctx->Yield(10);
    const auto cancelled = curves();
    IM_CHECK(!cancelled->complete());
    ctx->Yield(20);
    IM_CHECK_EQ(curves()->done, cancelled->done);
    bench.channel().commands.put(link::Pause{});  // which leaves them all the time
    openCurves(ctx);
    ctx->ItemClick("//Lesion lab/**/###curves");
    IM_CHECK(waitFor(
        ctx, [&] { return curves() && curves()->complete(); }, 10 * kManyFrames));
    IM_CHECK_EQ(curves()->curves.size(), 5U + 9U);
    IM_CHECK_EQ(curves()->replicas.size(), 3U);
  }));
}

TEST_F(LesionLab, CurvesAreExportedByKeyAndByMenu) {
  GuiBench bench(withFewImages());
  const auto figures = bench.output() / "figures";
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    begin(bench, ctx, 4);
    place(ctx, {20, 50}, {1300, 930});
    bench.channel().commands.put(link::Pause{});
    openCurves(ctx);
    ctx->ItemClick("//Lesion lab/**/###curves");
    IM_CHECK(waitFor(
        ctx,
        [&] {
          const auto curves = bench.now().views.lesionCurvesOf(bench.now().run);
          return curves && curves->complete();
        },
        10 * kManyFrames));
    ctx->Yield(2);
    const std::string id = "lesion_curves_item";
    IM_CHECK(pointAtPlot(ctx, bench, ui::LesionPanel::kTitle, id.c_str()));
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_E);
    ctx->Yield(2);
    IM_CHECK(std::filesystem::exists(figures / (id + ".png")));
    ctx->MouseClick(ImGuiMouseButton_Right);
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
    IM_CHECK(!ctx->ItemExists("//$FOCUSED/###smooth"));  // x is no time
    IM_CHECK(!ctx->ItemExists("//$FOCUSED/###pin"));
    ctx->ItemClick("//$FOCUSED/###csv");
    ctx->Yield(2);
    IM_CHECK(std::filesystem::exists(figures / (id + ".csv")));
    ctx->MenuClick("//##MainMenuBar/Plot/Log x axis");
    ctx->Yield(2);
    auto& session = bench.laboratory().session();
    IM_CHECK(session.plots.choices.at(id).log_x);
    IM_CHECK(!session.plots.choices.at("lesion_curves_category").log_x);
    ctx->MenuClick("//##MainMenuBar/Plot/Export as SVG");
    ctx->Yield(2);
    IM_CHECK(std::filesystem::exists(figures / (id + ".svg")));
    ctx->MenuClick("//##MainMenuBar/Plot/Export as PNG of another size…");
    ctx->Yield(2);
    ctx->ItemInputValue("//Picture of the plot/width", 900);
    ctx->ItemClick("//Picture of the plot/###go");
    ctx->Yield(2);
    IM_CHECK(std::filesystem::exists(figures / (id + "-2.png")));
    ctx->MenuClick("//##MainMenuBar/Plot/Smooth");
    ctx->Yield(2);
    IM_CHECK(session.log.entries().back().what.find("over training only") != std::string::npos);
    ctx->ItemClick("//Lesion lab/**/lesion_curves_item/label_small");
    ctx->Yield(2);
    IM_CHECK(session.plots.choices.at(id).hidden == std::set<std::string>{"small"});
  }));
  bench.write("lesion-menu.png");
}

// In front of a class: no panel but those of Lecture is needed.
TEST_F(LesionLab, ARightClickInTheDiagramSilencesAPathway) {
  GuiBench bench(setup());
  const auto atTest = [&] { return bench.laboratory().session().lesions.setup().at_test; };
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().phase == Phase::Ready; }, kManyFrames));
    bench.channel().commands.put(link::Play{});
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().step >= 60; }, kManyFrames));
    bench.channel().commands.put(link::Pause{});
    const auto& panel =
        dynamic_cast<const ui::NetworkPanel&>(*bench.laboratory().panel(ui::NetworkPanel::kTitle));
    const auto centre = panel.layout().layers[kLarge].frame.centre();
    const auto choose = [&](const char* item) {
      ctx->MouseMoveToPos({centre.x, centre.y});
      ctx->MouseClick(ImGuiMouseButton_Right);
      ctx->Yield(2);
      ctx->ItemClick(item);
      ctx->Yield(2);
    };
    choose("//$FOCUSED/###large");
    IM_CHECK_EQ(atTest().share[kLarge], 1.0);
    IM_CHECK(waitFor(
        ctx, [&] { return answered(bench, true); }, kManyFrames));
    IM_CHECK_EQ(bench.now().views.lesion->request.lesions.front().index, kLarge);
    ctx->MouseMoveToPos({5, 5});
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield();
    choose("//$FOCUSED/###undo_all");
    IM_CHECK(atTest().none());
  }));
  bench.write("lesion-in-the-diagram.png");
}

struct Picture {
  const char* name;
  figure::Theme theme;
  int width, height;
  std::int64_t seeds;
};

class LesionLabPictures : public testing::TestWithParam<Picture> {};

TEST_P(LesionLabPictures, AreTaken) {
  if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  const auto& picture = GetParam();
  auto setup = LesionLab::setup(picture.seeds);
  setup.theme = picture.theme;
  setup.width = picture.width;
  setup.height = picture.height;
  GuiBench bench(setup);
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    LesionLab::begin(bench, ctx, 60);
    bench.channel().commands.put(link::Pause{});
    const auto wide = static_cast<float>(picture.width), high = static_cast<float>(picture.height);
    LesionLab::place(ctx, {20, 50}, {0.72F * wide, high - 70});
    LesionLab::openCurves(ctx);
    ctx->ItemClick("//Lesion lab/**/###curves");
    ctx->ItemClick("//Lesion lab/**/###learning");
    LesionLab::drag(ctx, "//Lesion lab/**/##share_h3>small", 500);
    ctx->ItemClick("//Lesion lab/**/###at_test");
    LesionLab::drag(ctx, "//Lesion lab/**/##share_large", 60);
    IM_CHECK(waitFor(
        ctx,
        [&] {
          const auto& views = bench.now().views;
          const auto curves = views.lesionCurvesOf(bench.now().run);
          return views.lesion && views.lesion->samples == views.lesion->samples_in_all && curves &&
                 curves->complete();
        },
        100 * kManyFrames));
    ctx->MouseMoveToPos({5, 5});
  }));
  bench.screenshot(std::string(picture.name) + ".png");
}

INSTANTIATE_TEST_SUITE_P(
    All, LesionLabPictures,
    testing::Values(Picture{"lesion-dark", figure::Theme::Dark, 1600, 1000, 3},
                    Picture{"lesion-light", figure::Theme::Light, 1280, 720, 1},
                    Picture{"lesion-projector", figure::Theme::Projector, 1600, 1000, 2}),
    [](const auto& picture) {
      std::string name = picture.param.name;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

}  // namespace
}  // namespace dentate::tests
