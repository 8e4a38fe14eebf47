// Data and stream are chosen in the experiment panel.
#include <gtest/gtest.h>

#include "imgui_te_context.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;
using spec::DatasetKind;
using spec::StreamKind;

class ExperimentTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
  static void choose(ImGuiTestContext* ctx, const char* list, const char* value) {
    ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
    ctx->ItemClick(list);
    ctx->Yield(2);
    ctx->ItemClick((std::string("//##Combo_00/") + value).c_str());
    ctx->Yield(2);
  }
  static bool has(ImGuiTestContext* ctx, const char* field) {
    return ctx->ItemExists((std::string("//Experiment/**/##") + field).c_str());
  }
};

TEST_F(ExperimentTest, ARuleIsChosenWithWhatItTakes) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    const auto before = draft.spec();
    IM_CHECK(!has(ctx, "rule.reptile_within"));
    choose(ctx, "##rule.name", "mer");
    IM_CHECK_STR_EQ(draft.spec().rule.name.c_str(), "mer");
    IM_CHECK(draft.spec().rule.condition == spec::Condition::Baseline);  // it takes no other
    IM_CHECK(has(ctx, "rule.reptile_within"));
    IM_CHECK(!has(ctx, "rule.prediction_depth"));
    ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
    ctx->ItemInputValue("##rule.reptile_across", "0.5");
    IM_CHECK_EQ(draft.spec().rule.reptile_across, 0.5);
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->Yield(2);
    IM_CHECK(draft.spec() == before);
  }));
  bench.write("experiment-rule.png");
}

TEST_F(ExperimentTest, AStreamIsChosenAndShowsTheValuesThatItReads) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    const auto before = draft.spec();
    IM_CHECK(!has(ctx, "stream.classes_per_task"));
    choose(ctx, "##stream.kind", "class-splits");
    IM_CHECK(draft.spec().stream.kind == StreamKind::ClassSplits);
    IM_CHECK_EQ(draft.spec().stream.tasks, 5);  // ten digits, two a task
    IM_CHECK(!draft.problem());
    IM_CHECK(has(ctx, "stream.classes_per_task"));
    choose(ctx, "##stream.incremental", "task");
    IM_CHECK(draft.spec().stream.incremental == spec::Incremental::Task);
    IM_CHECK_EQ(draft.spec().network.layers[3].units, 2);
    ctx->ItemInputValue("//Experiment/**/##stream.classes_per_task", "3");
    IM_CHECK(draft.refused("stream.classes_per_task") != nullptr);
    ctx->Yield(2);
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);  // takes what is refused back, then one each
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    ctx->Yield(2);
    IM_CHECK(draft.spec() == before);
    choose(ctx, "##stream.kind", "occlusion");
    choose(ctx, "##stream.patch", "moves");
    ctx->ItemInputValue("//Experiment/**/##stream.patch_size", "0.25");
    IM_CHECK(draft.spec().stream.patch == spec::Patch::Moves);
    IM_CHECK_EQ(draft.spec().stream.patch_size, 0.25);
    IM_CHECK(!has(ctx, "stream.noise"));
  }));
  bench.write("experiment-class-splits.png");
}

TEST_F(ExperimentTest, DataThatWantAPathTakeTheOneThatIsTypedNext) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto& draft = bench.laboratory().session().draft;
    IM_CHECK(!has(ctx, "data.path"));
    choose(ctx, "##data.dataset", "cifar-100");
    IM_CHECK(draft.spec().data.dataset == DatasetKind::Mnist10k);
    IM_CHECK(draft.refused("data.dataset") != nullptr);
    bench.screenshotNext();
    ctx->Yield(2);
    ctx->ItemInputValue("//Experiment/**/##data.path", "/data/cifar-100-binary.tar.gz");
    IM_CHECK(draft.spec().data.dataset == DatasetKind::Cifar100);
    IM_CHECK_STR_EQ(draft.spec().data.path.c_str(), "/data/cifar-100-binary.tar.gz");
    IM_CHECK_EQ(draft.spec().network.layers[0].units, 3072);
    IM_CHECK(!draft.problem());
    choose(ctx, "##data.dataset", "mnist-10k");
    IM_CHECK(draft.spec().data.dataset == DatasetKind::Mnist10k);
    IM_CHECK_EQ(draft.spec().network.layers[0].units, 784);
    IM_CHECK(!draft.problem());
  }));
  bench.write("experiment-wants-path.png");
}

}  // namespace
}  // namespace dentate::tests
