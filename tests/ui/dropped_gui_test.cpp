// Files dropped onto the window. Over a fake run.
#include <gtest/gtest.h>

#include <fstream>

#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

namespace fs = std::filesystem;
using link::Phase;

class DropTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

fs::path written(const GuiBench& bench, const std::string& name, const std::string& text = "") {
  fs::create_directories((bench.output() / name).parent_path());
  std::ofstream(bench.output() / name, std::ios::binary) << text;
  return bench.output() / name;
}

TEST_F(DropTest, AnExperimentIsOpenedAndAskedAboutFirst) {
  GuiBench bench({.seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    bench.window().drop({fs::absolute("configs/four-layer.json")});
    IM_CHECK(waitFor(ctx, [&] { return draft.spec().name == "Four layers"; }));
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->KeyPress(ImGuiKey_Period);
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == 1; }));
    bench.window().drop({fs::absolute("configs/two-layer.json")});
    ctx->Yield(3);
    IM_CHECK(draft.spec().name == "Four layers");
    ctx->ItemClick("//Discard the run?/###discard");
    IM_CHECK(waitFor(ctx, [&] { return draft.spec().name != "Four layers"; }));
  }));
}

TEST_F(DropTest, APictureBecomesTheStimulusOfTheUnits) {
  GuiBench bench({.seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    IM_CHECK(!bench.laboratory().workspaces().isOpen("Units"));
    const auto file = written(bench, "seven.png", "\x89PNG\r\n\x1a\n");
    bench.window().drop({file});
    const auto& watch = bench.laboratory().session().watch;
    IM_CHECK(waitFor(ctx, [&] { return watch.units.has_value(); }));
    IM_CHECK(bench.laboratory().workspaces().isOpen("Units"));
    IM_CHECK(watch.units->stimulus.kind == link::StimulusChoice::Kind::File);
    IM_CHECK_STR_EQ(watch.units->stimulus.file.c_str(), file.c_str());
  }));
}

TEST_F(DropTest, AFolderOfIdxFilesBecomesTheDataOfTheDraftUntilUndone) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto folder = written(bench, "fashion/train-images-idx3-ubyte").parent_path();
    written(bench, "fashion/train-labels-idx1-ubyte");
    written(bench, "fashion/t10k-images-idx3-ubyte");
    written(bench, "fashion/t10k-labels-idx1-ubyte");
    const auto& session = bench.laboratory().session();
    const auto before = session.draft.spec();
    bench.window().drop({folder});
    IM_CHECK(waitFor(ctx, [&] { return session.draft.spec() != before; }));
    IM_CHECK(session.draft.spec().data.dataset == spec::DatasetKind::Idx);
    IM_CHECK_STR_EQ(session.draft.spec().data.path.c_str(), folder.c_str());
    IM_CHECK(!session.draft.problem());
    IM_CHECK(!session.hint.wrong && !session.hint.text.empty());
    ctx->MouseMove("//Transport");
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->Yield(2);
    IM_CHECK(session.draft.spec() == before);
  }));
}

TEST_F(DropTest, AnythingElseIsRefusedInTheLogAndInTheHint) {
  GuiBench bench({.seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& session = bench.laboratory().session();
    bench.window().drop({written(bench, "notes.txt", "words"), "/elsewhere/more.json"});
    IM_CHECK(waitFor(ctx, [&] { return session.hint.wrong; }));
    IM_CHECK(session.hint.text.find("notes.txt") != std::string::npos);
    IM_CHECK_EQ(session.log.unreadErrors(), 1U);
    IM_CHECK(session.log.entries().back().what.find("more.json") != std::string::npos);
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->MouseMove("//Transport");
    ctx->MouseClick();
    IM_CHECK(session.hint.text.empty());
  }));
  bench.write("drop-refused.png");
}

TEST_F(DropTest, ABrokenExperimentSaysWhatIsWrongWithIt) {
  GuiBench bench({.seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    bench.window().drop({written(bench, "broken.json", "{\"nmae\": 1}")});
    const auto& session = bench.laboratory().session();
    IM_CHECK(waitFor(ctx, [&] { return session.hint.wrong; }));
    IM_CHECK(session.hint.text.find("nmae") != std::string::npos);
  }));
}

}  // namespace
}  // namespace dentate::tests
