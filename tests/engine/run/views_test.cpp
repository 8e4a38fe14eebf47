// What the window watches, answered by the run thread.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <numeric>
#include <thread>

#include "tests/engine/run/running.h"
#include "tests/engine/run/small_experiment.h"

namespace dentate::run {
namespace {

using link::Phase;
using link::StimulusChoice;
using link::UnitState;
using namespace std::chrono_literals;

class Views : public test::RunningTest {
 protected:
  // At the end of the second task of a dual network with two pathways.
  void learn() {
    send(link::Load{test::smallDualExperiment()});
    send(link::StepTask{});
    await([](const auto& s) { return s.phase == Phase::Paused && s.step == 3; });
    send(link::StepTask{});
    await([](const auto& s) { return s.phase == Phase::Paused && s.step == 6; });
  }
  std::shared_ptr<const link::UnitsView> unitsOf(const link::UnitsRequest& request) {
    link::Watch watch;
    watch.units = request;
    send(link::SetWatch{watch});
    return await([&](const auto& s) { return s.views.units && s.views.units->request == request; })
        ->views.units;
  }
  std::shared_ptr<const link::LesionView> lesionOf(const link::LesionRequest& request,
                                                   std::int64_t samples) {
    link::Watch watch;
    watch.lesion = request;
    send(link::SetWatch{watch});
    return await([&](const auto& s) {
             return s.views.lesion && s.views.lesion->request == request &&
                    s.views.lesion->samples >= samples;
           })
        ->views.lesion;
  }
  static std::size_t layerOf(spec::Pathway pathway) {
    const auto layers = test::smallDualExperiment().network.layers;
    for (std::size_t l = 0; l < layers.size(); ++l)
      if (layers[l].pathway == pathway) return l;
    return layers.size();
  }
};

TEST_F(Views, NobodyIsAnsweredWhoDoesNotAsk) {
  learn();
  const auto now = channel.snapshots.get();
  EXPECT_EQ(now->views.units, nullptr);
  EXPECT_EQ(now->views.lesion, nullptr);
}

TEST_F(Views, UnitsAnswerADrawnImage) {
  learn();
  StimulusChoice drawn{StimulusChoice::Kind::Drawn, 0, 0, std::vector<std::uint8_t>(784)};
  for (std::size_t i = 300; i < 400; ++i) drawn.pixels[i] = 255;
  const auto view = unitsOf({drawn, {{1, 3}, {2, 0}}});
  EXPECT_EQ(view->pixels, drawn.pixels);
  ASSERT_EQ(view->layers.size(), 6U);
  EXPECT_GE(view->answer, 0);
  for (std::size_t u = 0; u < view->layers[1].acts.size(); ++u)
    EXPECT_EQ(view->layers[1].states[u] == UnitState::Active, view->layers[1].acts[u] > 0);
  ASSERT_EQ(view->units.size(), 2U);
  EXPECT_TRUE(view->units[0].direct);
  EXPECT_FALSE(view->units[1].direct);
  EXPECT_EQ(view->units[0].incoming.size(), 784U);
  EXPECT_EQ(view->units[0].by_task.size(), 3U);
  EXPECT_EQ(view->units[0].by_category.size(), 10U);
  ASSERT_EQ(view->units[0].strongest.size(), 8U);
  for (std::size_t i = 1; i < 8; ++i)
    EXPECT_LE(std::abs(view->units[0].strongest[i].weight),
              std::abs(view->units[0].strongest[i - 1].weight));
}

TEST_F(Views, UnitsOfAConvolutionalLayerShowTheirKernel) {
  send(link::Load{test::smallConvolutionalExperiment()});
  send(link::StepTask{});
  await([](const auto& s) { return s.phase == Phase::Paused && s.step == 3; });
  // In c1 channel 2, row 1, column 3; in c2 channel 1 in the corner; a dense unit.
  const auto view = unitsOf({{}, {{1, 2 * 196 + 14 + 3}, {2, 49}, {3, 5}}});
  ASSERT_EQ(view->units.size(), 3U);
  const auto& first = view->units[0];
  ASSERT_EQ(first.kernels.size(), 1U);
  EXPECT_EQ(first.kernels[0].path, 0U);
  EXPECT_EQ(first.kernels[0].channels, 1);
  EXPECT_EQ(first.kernels[0].side, 3);
  EXPECT_TRUE(first.direct);
  // Its weights from the input are its kernel where it lies: rows 1 to 3, columns 5 to 7.
  std::vector<float> expected(784);
  for (std::size_t y = 0; y < 3; ++y)
    for (std::size_t x = 0; x < 3; ++x)
      expected[(1 + y) * 28 + 5 + x] = first.kernels[0].weights[3 * y + x];
  EXPECT_EQ(first.incoming, expected);
  ASSERT_EQ(first.strongest.size(), 8U);
  for (const auto& out : first.strongest) {  // it meets rows 0, 1 and columns 1, 2 of c2
    EXPECT_EQ(out.path, 1U);
    EXPECT_LE(out.unit % 49 / 7, 1);
    EXPECT_TRUE(out.unit % 7 == 1 || out.unit % 7 == 2) << out.unit;
  }
  const auto& second = view->units[1];
  ASSERT_EQ(second.kernels.size(), 1U);
  EXPECT_EQ(second.kernels[0].channels, 4);
  EXPECT_EQ(second.kernels[0].weights.size(), 36U);
  EXPECT_FALSE(second.direct);
  EXPECT_TRUE(view->units[2].kernels.empty());
  EXPECT_EQ(view->units[2].by_category.size(), 10U);
  const auto& of = view->units[0].by_task;
  EXPECT_TRUE(std::all_of(of.begin(), of.end(), [](float a) { return a >= 0 && a < 100; }));
}

TEST_F(Views, ALesionOfAConvolutionalLayerSilencesWholeChannels) {
  send(link::Load{test::smallConvolutionalExperiment()});
  send(link::StepTask{});
  await([](const auto& s) { return s.phase == Phase::Paused && s.step == 3; });
  send(link::SetLesions{{{spec::LesionPart::Layer, 1, 0.5}}});
  const auto& states = unitsOf({{}, {}})->layers[1].states;
  ASSERT_EQ(states.size(), 784U);
  int channels = 0;
  for (std::size_t c = 0; c < 4; ++c) {
    const auto begin = states.begin() + static_cast<std::ptrdiff_t>(196 * c);
    const auto silenced = std::count(begin, begin + 196, UnitState::Lesioned);
    EXPECT_TRUE(silenced == 0 || silenced == 196) << silenced;
    channels += silenced > 0 ? 1 : 0;
  }
  EXPECT_EQ(channels, 2);
}

TEST_F(Views, UnitsAnswerATestImageWithItsTransform) {
  learn();
  const auto view = unitsOf({{StimulusChoice::Kind::Test, 1, 2, {}}, {}});
  EXPECT_EQ(view->transform, "rotated by 60°");
  EXPECT_GE(view->category, 0);
  EXPECT_TRUE(view->units.empty());
}

TEST_F(Views, AUnitsLayerThatIsLesionedSaysSo) {
  learn();
  const auto large = layerOf(spec::Pathway::Large);
  send(link::SetLesions{{{spec::LesionPart::Layer, large, 0.5}}});
  const auto view = unitsOf({{}, {}});
  const auto& states = view->layers[large].states;
  EXPECT_EQ(std::count(states.begin(), states.end(), UnitState::Lesioned),
            static_cast<std::ptrdiff_t>(states.size() / 2));
}

TEST_F(Views, UnitsFollowTheRun) {
  learn();
  const auto before = unitsOf({{}, {}});
  send(link::StepMeta{});
  const auto after =
      await([&](const auto& s) { return s.views.units && s.views.units->step == 7; });
  EXPECT_NE(after->views.units->pixels, before->pixels);
}

TEST_F(Views, ALesionOfEverythingLeavesChance) {
  learn();
  const auto large = layerOf(spec::Pathway::Large), small = layerOf(spec::Pathway::Small);
  const auto whole = lesionOf(
      {{{spec::LesionPart::Layer, large, 1.0}, {spec::LesionPart::Layer, small, 1.0}}, 24}, 24);
  ASSERT_EQ(whole->replicas, (std::vector<std::size_t>{0, 1}));
  for (std::size_t r = 0; r < 2; ++r) {
    EXPECT_EQ(whole->lesioned[r].active_fraction[large], 0);
    EXPECT_GT(whole->intact[r].active_fraction[large], 0);
    // Silent, it answers the first of 36 items: right once in two tasks of 12.
    EXPECT_NEAR(whole->lesioned[r].item, 1.0 / 24, 1e-9);
  }
}

TEST_F(Views, NoLesionChangesNothing) {
  learn();
  const auto none = lesionOf({{{spec::LesionPart::Layer, 1, 0.0}}, 24}, 24);
  for (std::size_t r = 0; r < 2; ++r) {
    EXPECT_EQ(none->intact[r].category, none->lesioned[r].category);
    EXPECT_EQ(none->intact[r].item, none->lesioned[r].item);
  }
}

TEST_F(Views, TheStreamIsShownTaskByTask) {
  learn();
  link::Watch watch;
  watch.stream = link::StreamRequest{false, 1, 5, 4};
  send(link::SetWatch{watch});
  auto view = await([](const auto& s) { return s.views.stream != nullptr; })->views.stream;
  EXPECT_EQ(view->begins.size(), 3U);
  EXPECT_EQ(view->transforms[1], "rotated by 60°");
  EXPECT_EQ(view->in_task, 12);
  ASSERT_EQ(view->images.size(), 4U);
  EXPECT_EQ(view->images[0].item, 12 + 5);  // items count through the stream
  EXPECT_EQ(view->images[0].pixels.size(), 784U);
  watch.stream->first = 10;
  send(link::SetWatch{watch});
  view = await([](const auto& s) { return s.views.stream->request.first == 10; })->views.stream;
  EXPECT_EQ(view->images.size(), 2U);
}

// 12 images a task in sets of 5: the third task's are items 6, 7 and 8.
TEST_F(Views, TheStreamShowsWhichImagesShareAnItemLabel) {
  auto spec = test::smallDualExperiment();
  spec.stream.samples_per_item = 5;
  send(link::Load{spec});
  link::Watch watch;
  for (const bool tests : {false, true}) {
    watch.stream = link::StreamRequest{tests, 2, 0, 12};
    send(link::SetWatch{watch});
    const auto view = await([&](const auto& s) {
                        return s.views.stream && s.views.stream->request == *watch.stream;
                      })->views.stream;
    std::vector<std::int32_t> items;
    for (const auto& image : view->images) items.push_back(image.item);
    EXPECT_EQ(items, (std::vector<std::int32_t>{6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8}));
  }
}

TEST_F(Views, AreAnsweredWhileItLearns) {
  auto spec = test::smallExperiment();
  spec.stream.samples_per_task = 8000;
  send(link::Load{spec});
  send(link::Play{});
  link::Watch watch;
  watch.units = link::UnitsRequest{{}, {{1, 0}}};
  watch.lesion = link::LesionRequest{{{spec::LesionPart::Layer, 1, 0.5}}, 30};
  send(link::SetWatch{watch});
  await([](const auto& s) {
    return s.phase == Phase::Running && s.step > 10 && s.views.units && s.views.lesion;
  });
}

}  // namespace
}  // namespace dentate::run
