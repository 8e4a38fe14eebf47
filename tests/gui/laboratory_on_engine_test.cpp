// The real window over the real engine, driven as a person would drive it.
#include <gtest/gtest.h>

#include "engine/learn/registry.h"
#include "engine/run/experiment.h"
#include "engine/run/run_thread.h"
#include "engine/spec/experiment_json.h"
#include "imgui_te_context.h"
#include "tests/engine/run/devices.h"
#include "tests/ui/gui_bench.h"

namespace dentate::tests {
namespace {

using link::Phase;

std::shared_ptr<void> startEngine(link::Channel& channel) {
  return std::make_shared<run::RunThread>(channel, "assets");
}

class LaboratoryOnEngine : public testing::Test {
 protected:
  void SetUp() override {
    if (!GuiBench::hasDisplay()) GTEST_SKIP() << "needs a display";
  }
};

// The same experiment learned once more, apart from the window.
std::vector<link::StepPoint> learnAlone(const spec::ExperimentSpec& spec, std::int64_t steps) {
  auto setting = run::makeSetting(spec, "assets").value();
  run::Experiment experiment(setting, {}, {0});
  std::vector<link::StepPoint> points;
  const auto take = [&](const std::vector<link::MetricPoint>& from) {
    for (const auto& point : from)
      if (const auto* step = std::get_if<link::StepPoint>(&point)) points.push_back(*step);
  };
  take(experiment.advance({.until = {steps, false}}));
  return points;
}

void expectCurves(const ui::History& history, const std::vector<link::StepPoint>& points) {
  ASSERT_EQ(history.positions(), points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t p = 0; p < points[i].alpha.size(); ++p)
      ASSERT_FLOAT_EQ(history.alpha(p).at(i).mean, points[i].alpha[p]) << "meta-step " << i;
    for (std::size_t l = 1; i > 0 && l < points[i].m.size(); ++l) {
      ASSERT_FLOAT_EQ(history.m(l).at(i).mean, points[i].m[l]) << "meta-step " << i;
      ASSERT_FLOAT_EQ(history.activeFraction(l).at(i).mean, points[i].active_fraction[l]);
    }
  }
}

TEST(Terms, EveryRuleHasACardWithItsSource) {
  for (const auto& name : learn::ruleNames()) {
    const ui::Term* const card = ui::findTerm(name);
    ASSERT_NE(card, nullptr) << name;
    EXPECT_NE(std::string(card->source), "") << name;
  }
}

TEST_F(LaboratoryOnEngine, ChoosePlayPauseStepResetClose) {
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1, .start_run = startEngine});
  std::int64_t paused_at = 0;
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    ctx->ItemClick("//Experiment/**/##four-layer");
    IM_CHECK(waitFor(ctx, [&] {
      return bench.now().spec->name == "Four layers" && bench.now().phase == Phase::Ready;
    }));
    ctx->ItemClick("//Transport/**/###play");
    IM_CHECK(waitFor(
        ctx, [&] { return bench.now().step >= 100; }, 20'000));
    ctx->ItemClick("//Transport/**/###play");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Paused; }));
    paused_at = bench.now().step;
    ctx->Yield(2);
    IM_CHECK_EQ(bench.now().step, paused_at);
  }));
  expectCurves(bench.laboratory().history(), learnAlone(*bench.now().spec, paused_at));

  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    ctx->ItemClick("//Transport/**/###step");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step == paused_at + 1; }));
    ctx->ItemClick("//Transport/**/###reset");
    ctx->Yield(2);
    ctx->ItemClick("//Discard the run?/###discard");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    IM_CHECK_EQ(bench.laboratory().history().positions(), 1U);  // alpha and m before learning
    ctx->ItemClick("//Transport/**/###play");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().step >= 3; }));
  }));
}  // the window closes while the network learns

TEST_F(LaboratoryOnEngine, SaysAtTheDeviceThatThereIsNoGpu) {
  if (test::hasCuda()) GTEST_SKIP() << "there is a GPU";
  GuiBench bench({.workspace = ui::Workspace::Lab, .seeds = 1, .start_run = startEngine});
  EXPECT_TRUE(bench.run([&](ImGuiTestContext* ctx) {
    IM_CHECK(waitFor(ctx, [&] { return bench.now().phase == Phase::Ready; }));
    const auto choose = [&](const char* device) {
      ctx->SetRef(ctx->WindowInfo("//Experiment/values").ID);
      ctx->ItemClick("##device");
      ctx->Yield(2);
      ctx->ItemClick(device);
      ctx->Yield(2);
    };
    choose("//##Combo_00/cuda");
    IM_CHECK(bench.laboratory().session().draft.spec().device == spec::Device::Cuda);
    ctx->ItemClick("//Experiment/**/###restart");
    IM_CHECK(waitFor(ctx, [&] { return bench.now().failure.has_value(); }));
    IM_CHECK_STR_EQ(bench.now().failure->where.c_str(), "device");
    IM_CHECK(bench.now().phase == Phase::Ready);  // what was loaded stays
    IM_CHECK(bench.now().spec->device == spec::Device::Auto);
    choose("//##Combo_00/cpu");
    ctx->ItemClick("//Experiment/**/###restart");
    IM_CHECK(waitFor(ctx, [&] {
      return !bench.now().failure && bench.now().spec->device == spec::Device::Cpu;
    }));
  }));
}

}  // namespace
}  // namespace dentate::tests
