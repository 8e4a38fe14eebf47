// What is done by name in the palette, and why what cannot be done now is refused.
#include <gtest/gtest.h>

#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"
#include "ui/lesion_panel.h"

namespace dentate::tests {
namespace {

using link::Phase;

class CommandsGui : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

void command(ImGuiTestContext* ctx, const char* words) {
  ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
  ctx->Yield(2);
  ctx->KeyChars(words);
  ctx->Yield(2);
  ctx->KeyPress(ImGuiKey_Enter);
  ctx->Yield(3);
}

// Without its paths the draft's network cannot be learned.
void cutAllPaths(GuiBench& bench) {
  ui::Draft& draft = bench.laboratory().session().draft;
  auto network = draft.spec().network;
  network.paths.clear();
  draft.setNetwork(network);
}

TEST_F(CommandsGui, RestartLearnsTheEditedValues) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto begun = bench.now().begun;
    command(ctx, "restart with these");
    IM_CHECK_EQ(bench.now().begun, begun);  // nothing differs
    ctx->KeyPress(ImGuiKey_Escape);
    ctx->Yield(2);
    bench.laboratory().session().draft.assign("rule.alpha0", "0.2");
    command(ctx, "restart with these");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().spec->rule.alpha0 == 0.2; }));
  }));
}

TEST_F(CommandsGui, LearnThisNetworkPlaysWhatIsDrawn) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    auto network = bench.laboratory().session().draft.spec().network;
    network.layers[1].units = 77;
    bench.laboratory().session().draft.setNetwork(network);
    command(ctx, "learn this network");
    IM_CHECK(waitFor(ctx, [&] {
      return bench.now().spec->network.layers[1].units == 77 && bench.now().step > 0;
    }));
  }));
}

TEST_F(CommandsGui, AnInvalidDraftWaitsAndPlaySaysWhy) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    cutAllPaths(bench);
    const auto begun = bench.now().begun;
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
    ctx->Yield(2);
    ctx->KeyChars("learn this network");
    ctx->Yield(3);
    bench.screenshotNext();
    ctx->Yield();
    bench.write("palette-refused.png");
    ctx->KeyPress(ImGuiKey_Enter);
    ctx->KeyPress(ImGuiKey_Escape);
    ctx->MouseMove("//Transport/**/###play");
    ctx->SleepNoSkip(1, 0.1F);
    bench.screenshotNext();
    ctx->Yield();
    bench.write("play-waits.png");
    IM_CHECK_EQ(bench.now().begun, begun);
  }));
}

TEST_F(CommandsGui, AllLesionsAreUndoneWhereverThePanelIs) {
  GuiBench bench;  // the lesion lab is not open
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    auto& session = bench.laboratory().session();
    bench.channel().commands.put(
        link::SetLesions{{{.part = spec::LesionPart::Layer, .index = 1, .share = 0.5}}});
    IM_CHECK(waitFor(ctx, [&] { return !bench.now().lesions.empty(); }));
    command(ctx, "undo all lesions");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().lesions.empty(); }));
    IM_CHECK(session.lesions.canUndo());
  }));
}

TEST_F(CommandsGui, TestingEveryPartOpensTheLesionLab) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    command(ctx, "test every part");
    IM_CHECK(bench.laboratory().workspaces().isOpen(ui::LesionPanel::kTitle));
    ctx->Yield(2);
    IM_CHECK(bench.laboratory().session().watch.lesion_curves.has_value());
    IM_CHECK(ctx->ItemExists("//Lesion lab/**/###cancel_curves"));
  }));
}

TEST_F(CommandsGui, RenamingARunOpensItsName) {
  GuiBench bench;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    command(ctx, "rename the run main");
    IM_CHECK(bench.laboratory().workspaces().isOpen("Runs"));
    ctx->Yield(6);
    IM_CHECK(ctx->ItemExists("//$FOCUSED/##name"));
    ctx->KeyCharsReplaceEnter("mine");
    ctx->Yield(2);
    const auto* const edit = bench.laboratory().session().run_edits.toUndo();
    IM_CHECK(edit != nullptr);
    IM_CHECK_STR_EQ(std::get<link::RenameRun>(edit->made).name.c_str(), "mine");
  }));
}

}  // namespace
}  // namespace dentate::tests
